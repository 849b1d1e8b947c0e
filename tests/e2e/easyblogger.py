"""EasyBlogger, a Python client for Blogger, in a folder of its own.

Not in requirements/dev.txt: its command depends on a package that has to be built from source.
"""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from blogkit.sandbox.server import Sandbox
from scripts.setup import PIP, unpacked_pip, working_uv
from tests.e2e.wordpress import cache
from tests.e2e.wordpress.machine import run

LOCKED = Path(__file__).resolve().parents[2] / "requirements/easyblogger.txt"
DRIVER = Path(__file__).with_name("easyblogger_driver.py")


def packages() -> Path:
    """A folder for PYTHONPATH with exactly what is locked; installed into the cache on first use."""
    digest = hashlib.sha256(LOCKED.read_bytes()).hexdigest()[:12]
    folder = cache.folder()
    place = folder / f"easyblogger-{digest}"
    with cache.locked(folder, place.name):
        if not place.exists():
            work = place.with_suffix(".making")
            shutil.rmtree(work, ignore_errors=True)
            install(work, working_uv())
            work.rename(place)
    return place


def install(place: Path, uv: str | None) -> None:
    """Install with uv if it is there, else with pip."""
    locked = ("--no-deps", "--require-hashes", "--target", place, "--requirement", LOCKED)
    with tempfile.TemporaryDirectory(prefix="pip-") as folder:
        command: list[str | Path] = (
            [uv, "pip", "install", "--quiet", "--python", sys.executable]
            if uv
            else [sys.executable, unpacked_pip(Path(folder)), *PIP]
        )
        # Tests move HOME, and the account's own holds the settings of uv and pip.
        run([*command, *locked], env={"HOME": pwd.getpwuid(os.getuid()).pw_dir})


def ask(sandbox: Sandbox, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Call its methods one after another and return the answers; an exception ends them with its
    text. POST as a value becomes the id in the first answer.
    """
    question = json.dumps({"root": sandbox.url, "calls": calls})
    told = run([sys.executable, DRIVER, question], env={"PYTHONPATH": str(packages())})
    answers: list[Any] = json.loads(told)
    return answers
