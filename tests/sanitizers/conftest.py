"""WordPress's own filters, for the tests that hold our models to them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e.wordpress import cache
from tests.e2e.wordpress.tree import LABELS, tree

ORACLE = Path(__file__).with_name("oracle.php")


class Filters:
    """The filters of one WordPress; `version` as our models take it."""

    def __init__(self, exact: str, docroot: Path) -> None:
        self.exact = exact
        self.version = tuple(int(part) for part in exact.split("-")[0].split("."))
        php = shutil.which("php")
        assert php, (
            "these tests run WordPress's own code. Install PHP with: sudo apt-get install php-cli"
            " php-mbstring"
        )
        self._command = [php, str(ORACLE), str(docroot)]

    def __call__(self, name: str, inputs: Sequence[str]) -> list[str]:
        """The answers of one of the calls in oracle.php, all in one process."""
        request = json.dumps({"call": name, "inputs": list(inputs)}) + "\n"
        done = subprocess.run(
            self._command,
            input=request,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0, done.stderr or done.stdout
        answers: list[str] = json.loads(done.stdout)
        return answers


@pytest.fixture(scope="session", params=LABELS)
def real(request: pytest.FixtureRequest) -> Filters:
    """The real filters of each known WordPress, out of `$BLOGKIT_WORDPRESS_CACHE` or fetched."""
    files = tree(request.param, cache.folder())
    return Filters(files.version, files.docroot)
