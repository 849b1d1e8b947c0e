"""Programs that run beside the tests: started in their own session, stopped by their id, and
only when they are still ours.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.e2e.wordpress.machine import HarnessError


@dataclass(frozen=True)
class Daemon:
    """pid: also the id of its process group; born: when it started, in ticks of the kernel's
    clock; log: the file of what it said.
    """

    name: str
    pid: int
    born: int
    log: str

    def as_json(self) -> dict[str, int | str]:
        return asdict(self)


def start(
    command: Sequence[str | Path], *, log: Path, env: Mapping[str, str] | None = None
) -> Daemon:
    """Start a program that outlives this one until `stop`; its output goes to `log`."""
    words = [str(word) for word in command]
    program = shutil.which(words[0])
    if not program:
        raise HarnessError(f"{words[0]} is not installed")
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        pid = os.posix_spawn(
            program,
            words,
            {**os.environ, **(env or {})},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nothing, 0),
                (os.POSIX_SPAWN_DUP2, output, 1),
                (os.POSIX_SPAWN_DUP2, output, 2),
            ],
            setsid=True,
        )
    finally:
        os.close(output)
        os.close(nothing)
    return Daemon(words[0], pid, _born(pid), str(log))


def running(daemon: Daemon) -> bool:
    """Whether the process lives and is still the one that was started (ids are given out again)."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(daemon.pid, os.WNOHANG)
    return _born(daemon.pid) == daemon.born != 0


def _stat(pid: int) -> list[str]:
    """Fields 3 and on of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; [] for a
    process that is gone or dead.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
    return [] if fields[0] == "Z" else fields


def _born(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[19]) if fields else 0


def _group_lives(group: int) -> bool:
    processes = (
        _stat(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()
    )
    return any(fields and int(fields[2]) == group for fields in processes)


def wait_until(ready: Callable[[], bool], daemon: Daemon, *, seconds: float = 300) -> None:
    """Wait for a started program to answer; raise with the end of its log when it dies or stays
    silent.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if not running(daemon) or time.monotonic() > deadline:
            said = Path(daemon.log).read_text(errors="replace")[-2000:]
            raise HarnessError(
                f"{daemon.name} {'does not answer' if running(daemon) else 'ended'}:\n{said}"
            )
        time.sleep(0.05)


def stop(daemon: Daemon) -> None:
    """Kill the program and its children: their data is thrown away, so none of it is worth a wait.
    A process that only has the same number is left alone.
    """
    if not running(daemon):
        return
    os.killpg(daemon.pid, signal.SIGKILL)
    while running(daemon) or _group_lives(daemon.pid):
        time.sleep(0.01)
