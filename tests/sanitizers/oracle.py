"""WordPress's own filters, run as a black box: texts go in, texts come out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache as remember
from pathlib import Path
from typing import Any

from tests.e2e.wordpress import cache
from tests.e2e.wordpress.tree import tree

SCRIPT = Path(__file__).with_name("oracle.php")


class Filters:
    """The filters of one unpacked WordPress.

    Attributes:
        exact: The version that WordPress reports, such as `6.8.12`.
        version: The version as our profiles take it.
    """

    def __init__(self, docroot: Path) -> None:
        """Find PHP and ask the tree for its version.

        Args:
            docroot: The folder that holds `wp-includes`.
        """
        php = shutil.which("php")
        assert php, (
            "these tests run WordPress's own code. Install PHP with: sudo apt-get install php-cli"
            " php-mbstring"
        )
        self._command = [php, str(SCRIPT), str(docroot)]
        self.exact: str = self("version", [""])[0]
        major, minor = re.findall(r"\d+", self.exact)[:2]
        self.version = int(major), int(minor)

    def __call__(self, name: str, inputs: Sequence[str]) -> list[Any]:
        """Return the answers of one of the calls in oracle.php, all from one process."""
        request = json.dumps({"call": name, "inputs": list(inputs)}) + "\n"
        done = subprocess.run(
            self._command,
            input=request,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=1000,
        )
        assert done.returncode == 0, done.stderr or done.stdout
        answers: list[Any] = json.loads(done.stdout)
        return answers


@remember
def filters(label: str) -> Filters:
    """Return the filters of a WordPress branch, such as `6.8`; fetch its files on first use."""
    return Filters(tree(label, cache.folder()).docroot)
