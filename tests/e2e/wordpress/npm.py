"""npm, as the tests call it."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from tests.e2e.wordpress import machine
from tests.e2e.wordpress.machine import HarnessError, run

QUIETLY = ("--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1")
HINT = "npm could not fetch what the tests need; make sure that this works: npm ping"


def npm(*arguments: str | Path, cwd: Path, timeout: int = 60) -> None:
    """Run npm in a folder; `timeout` is in seconds, for each request."""
    machine.ensure((machine.NODE, machine.NPM))
    # Tests move HOME, and the account's own holds npm's registry and certificates.
    home = {"HOME": pwd.getpwuid(os.getuid()).pw_dir}
    try:
        run(["npm", *arguments, *QUIETLY, f"--fetch-timeout={timeout}000"], cwd=cwd, env=home)
    except HarnessError as error:
        raise HarnessError(f"{error}\n{HINT}") from error
