"""`blogkit` as a process of its own, in a pipe, on a terminal, and under Ctrl-C."""

from __future__ import annotations

import ctypes
import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# A process started in the background may be told to ignore Ctrl-C; one that is typed is not.
_PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from"
    " blogkit.__main__ import main; sys.exit(main())"
)
BLOGKIT = (sys.executable, "-c", _PROGRAM)
_NEXT = "=== next ==="
_SEVERAL = (
    "import shlex, sys; from blogkit.__main__ import main\n"
    f"sys.exit(max([print({_NEXT!r}) or main(shlex.split(line)) for line in sys.argv[1:]]))"
)


def start(
    *arguments: object, cwd: Path, encoding: str = "utf-8", **options: object
) -> subprocess.Popen[str]:
    """A running command whose output comes through pipes."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [*BLOGKIT, *map(str, arguments)],
        cwd=cwd,
        text=True,
        encoding=encoding,
        **{**pipes, **options},
    )


@contextmanager
def started(*arguments: object, cwd: Path, **options: object) -> Iterator[subprocess.Popen[str]]:
    """A running command that does not outlive a test that fails."""
    with start(*arguments, cwd=cwd, **options) as running:
        try:
            yield running
        except BaseException:
            running.kill()
            raise


def call(*arguments: object, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """A command that has ended."""
    with started(*arguments, cwd=cwd, **options) as process:
        out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def all_on_a_terminal(commands: Sequence[str], cwd: Path, columns: int) -> list[str]:
    """What each command draws on a terminal, one after the other in one process."""
    program = (sys.executable, "-c", _SEVERAL)
    drawn = on_a_terminal(*commands, cwd=cwd, columns=columns, program=program)
    return drawn.split(_NEXT)[1:]


def on_a_terminal(
    *arguments: object,
    cwd: Path,
    columns: int = 80,
    program: Sequence[str] = BLOGKIT,
    answers: str = "",
    **environ: str,
) -> str:
    """What a command draws on a terminal, where these answers are typed."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    env = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in ("NO_COLOR", "COLUMNS", "LINES")
        },
        "TERM": "xterm-256color",
        **environ,
    }
    with subprocess.Popen(
        [*program, *map(str, arguments)],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
    ) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        drawn = b""
        while chunk := _read(ours):
            drawn += chunk
        os.close(ours)
    assert process.returncode == 0, drawn
    return drawn.decode()


def with_ordinary_rights() -> None:
    """Before a process starts: root gives up the right to write where permissions forbid it
    (https://man7.org/linux/man-pages/man7/capabilities.7.html).
    """
    drop_from_bounding_set, dac_override = 24, 1
    if os.getuid() == 0:
        assert ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0) == 0


def interrupt(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Ctrl-C: exit code, output, error output."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says EIO when the other side is closed
        return b""
