"""Turn a task on and off, with the machine's own programs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence

from blogkit.errors import ConfigError
from blogkit.files import replace_file
from blogkit.schedule.units import cron
from blogkit.schedule.units.unit import Unit

Call = Callable[[Sequence[str], bytes], subprocess.CompletedProcess[bytes]]
"""Runs a program with this input."""


def call_program(words: Sequence[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run a program.

    Args:
        words: The program and its arguments.
        data: Its input.

    Returns:
        How it ended, and what it printed.

    Raises:
        ConfigError: The program is not installed.
    """
    program = shutil.which(words[0])
    if program is None:
        raise ConfigError(
            f"{words[0]} is not installed", hint="choose another scheduler: --with NAME"
        )
    return subprocess.run([program, *words[1:]], input=data, capture_output=True, check=False)  # noqa: S603


def install(unit: Unit, call: Call = call_program) -> None:
    """Write the files, and turn the task on. An earlier version of it is replaced.

    Args:
        unit: What to install.
        call: Runs programs.

    Raises:
        ConfigError: A command of the system failed; the message has its words.
        OSError: A file cannot be written.
    """
    if unit.scheduler == "cron":
        _set_crontab(cron.with_line(_crontab(call), unit.task), call)
        return
    if unit.scheduler == "launchd":  # it keeps an agent as it was when it was loaded
        for words in unit.stop:
            call(words, b"")  # it fails if the agent was not loaded
    for folder in unit.folders:
        folder.mkdir(parents=True, exist_ok=True)
    for path, data in unit.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    for words in unit.start:
        _require(words, call)


def uninstall(unit: Unit, call: Call = call_program) -> bool:
    """Turn the task off, and remove its files.

    Args:
        unit: What was installed.
        call: Runs programs.

    Returns:
        Whether there was anything to remove.

    Raises:
        ConfigError: A command of the system failed; the message has its words.
        OSError: A file cannot be removed.
    """
    if not is_installed(unit, call):
        return False
    if unit.scheduler == "cron":
        _set_crontab(cron.without_line(_crontab(call), unit.task), call)
        return True
    for words in unit.stop:
        _require(words, call)
    for path in unit.files:
        path.unlink(missing_ok=True)
    if unit.scheduler == "systemd":
        call(("systemctl", "--user", "daemon-reload"), b"")
    return True


def is_installed(unit: Unit, call: Call = call_program) -> bool:
    """Return whether the task is installed.

    Args:
        unit: What may be installed.
        call: Runs programs.
    """
    if unit.scheduler == "cron":
        return cron.has_line(_crontab(call), unit.task)
    return any(path.exists() for path in unit.files)


def _crontab(call: Call) -> bytes:
    done = call(("crontab", "-l"), b"")
    if done.returncode == 0:
        return done.stdout
    if b"no crontab" in done.stderr:
        return b""
    raise _failed(("crontab", "-l"), done)


def _set_crontab(text: bytes, call: Call) -> None:
    done = call(("crontab", "-"), text)
    if done.returncode != 0:
        raise _failed(("crontab", "-"), done)


def _require(words: Sequence[str], call: Call) -> None:
    done = call(words, b"")
    if done.returncode != 0:
        raise _failed(words, done)


def _failed(words: Sequence[str], done: subprocess.CompletedProcess[bytes]) -> ConfigError:
    told = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
    reason = " ".join(told.split()) or f"exit code {done.returncode}"
    command = " ".join(words)
    return ConfigError(
        f"`{command}` failed: {reason}",
        hint="see what would be installed: blogkit schedule show; or choose another: --with cron",
    )
