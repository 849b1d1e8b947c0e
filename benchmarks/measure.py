"""What a whole process costs: time on the clock, time of the processor, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]
ROOT = Path(__file__).resolve().parent.parent
# getrusage(2) counts in bytes on macOS and in kilobytes on Linux.
_MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024
_EVERY = 0.02


@dataclass(frozen=True)
class Cost:
    """What a process and its children took.

    Attributes:
        wall: Seconds from start to end.
        cpu: Seconds of all cores.
        largest: MB of the largest process at its peak.
        total: MB of all processes at their common peak, shared pages counted once; None if it was
            not looked at.
    """

    wall: float
    cpu: float
    largest: float
    total: float | None = None


def run(
    command: Command, folder: Path, environ: dict[str, str], *, watch: bool = False
) -> tuple[Cost, str]:
    """Run a command and return its cost and its output.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environ: Its environment.
        watch: Look at the memory of all its processes, which costs some time.

    Raises:
        RuntimeError: It failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    watcher = Watcher(process.pid) if watch else None
    assert process.stdout
    with process.stdout as stream:
        output = stream.read().decode("utf-8", "replace")
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    total = watcher.stop() if watcher else None
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {output[-2000:]}")
    cpu = used.ru_utime + used.ru_stime
    return Cost(wall, cpu, used.ru_maxrss / _MEGABYTE, total), output


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure, and the peak of memory."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        max(cost.largest for cost in costs),
        max((cost.total for cost in costs if cost.total is not None), default=None),
    )


class Watcher(threading.Thread):
    """Look again and again at the memory of a process and its children (Linux only).

    PSS counts a page that n processes share as 1/n of a page in each:
    https://docs.kernel.org/filesystems/proc.html
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._peak, self._ended = pid, 0, threading.Event()
        self.start()

    def run(self) -> None:
        """Look until `stop` is called."""
        while not self._ended.wait(_EVERY):
            self._peak = max(self._peak, sum(map(_pss, _family(self._pid))))

    def stop(self) -> float | None:
        """Return the peak in MB; None where the system does not tell."""
        self._ended.set()
        self.join()
        return self._peak / 1024 or None


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        with suppress(OSError):  # the process has ended
            for file in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, _text(file).split())
    return found


def _pss(pid: int) -> int:
    lines = _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # the process has ended
        return ""
