"""What the machine must have (PHP, MariaDB, Chromium, node), and how it gets it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.wordpress import cache


class HarnessError(Exception):
    """A real site could not be brought up; the message says what to install or what failed."""


def run(
    command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> str:
    """Run a program to its end and return its standard output; raise `HarnessError` with all it
    said when it fails.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise HarnessError(f"{words[0]} is not installed") from error
    if done.returncode:
        raise HarnessError(
            f"{' '.join(words)} failed ({done.returncode}):\n{done.stdout}{done.stderr}"
        )
    return done.stdout


@dataclass(frozen=True)
class Need:
    """Something to have on the machine: Debian's packages for it, and the look that tells
    whether it is there.
    """

    what: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _php_modules() -> bool:
    if not shutil.which("php"):
        return False
    have = set(run(["php", "-m"]).lower().split())
    return {"mysqli", "dom", "mbstring", "curl", "gd", "zip"} <= have


PHP = Need(
    "PHP",
    ("php-cli", "php-mysql", "php-xml", "php-mbstring", "php-curl", "php-gd", "php-zip"),
    _php_modules,
)
MARIADB_SERVER = Need(
    "the MariaDB server's programs", ("mariadb-server-core",), _program("mariadbd")
)
MARIADB_CLIENT = Need("the MariaDB client", ("mariadb-client-core",), _program("mariadb"))
NODE = Need("node", ("nodejs",), _program("node"))
NPM = Need("npm", ("npm",), _program("npm"))
CURL = Need("curl", ("curl",), _program("curl"))
CHROMIUM = Need("Chromium", ("chromium",), _program("chromium"))

WORDPRESS = (PHP, MARIADB_SERVER, MARIADB_CLIENT)
BROWSER = (NODE, NPM, CHROMIUM)


def ensure(needs: Sequence[Need]) -> None:
    """Install what is missing if root asked for it with SYSTEM=1; otherwise raise with the one
    command that would.
    """
    missing = _missing(needs)
    if not missing:
        return
    packages = _packages(missing)
    if os.geteuid() != 0 or not os.environ.get("SYSTEM") or not shutil.which("apt-get"):
        names = ", ".join(need.what for need in missing)
        command = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
        raise HarnessError(f"missing: {names}. Install with: {command}")
    # Two at a time would fail at apt-get's own lock.
    with cache.locked(cache.folder(), "apt-get"):
        if missing := _missing(needs):
            _install(missing)


def _missing(needs: Sequence[Need]) -> list[Need]:
    return [need for need in needs if not need.present()]


def _packages(needs: Sequence[Need]) -> list[str]:
    return [package for need in needs for package in need.packages]


def _install(needs: Sequence[Need]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    packages = _packages(needs)
    run(["apt-get", "update"], env=quiet)
    run(["apt-get", "install", "-y", "--no-install-recommends", *packages], env=quiet)
    if still := _missing(needs):
        names = ", ".join(need.what for need in still)
        raise HarnessError(f"apt-get installed {' '.join(packages)}, but still missing: {names}")
