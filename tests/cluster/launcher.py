"""Starts worker processes by forking: a worker that imports all by itself takes a second to start."""

from __future__ import annotations

import atexit
import functools
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from tests.cluster.job import WorkerJob

ROOT = Path(__file__).resolve().parents[2]


class Launcher:
    """A small process with one thread, whose children the workers are: they inherit no locks of a
    server's threads, and end with it.
    """

    def __init__(self) -> None:
        self._ours, theirs = Pipe()
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()

    def start(self, job: WorkerJob) -> int:
        """Start a worker, and return the number of its process."""
        self._ours.send(job)
        return int(self._ours.recv())

    def wait(self, process: int, seconds: float) -> int:
        """Return a worker's exit code when it has ended. Ask once only."""
        self._ours.send((process, seconds))
        code = self._ours.recv()
        if code is None:
            raise subprocess.TimeoutExpired("a worker", seconds)
        return int(code)

    def close(self) -> None:
        """End the launcher, and the workers that are left."""
        self._ours.close()
        self._process.wait()


@functools.cache
def launcher() -> Launcher:
    """Return the launcher of this process; it ends with it."""
    made = Launcher()
    atexit.register(made.close)
    return made


def _launch(pipe: Connection) -> WorkerJob | None:
    """The launcher's life, until the other end is closed. A worker gets its job out of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    children: set[int] = set()
    with suppress(EOFError, ConnectionError):
        while True:
            asked = pipe.recv()
            if not isinstance(asked, WorkerJob):
                process, seconds = asked
                code = _end_of(process, seconds)
                children -= set() if code is None else {process}
                pipe.send(code)
            elif child := os.fork():
                children.add(child)
                pipe.send(child)
            else:
                pipe.close()
                return asked
    for child in children:
        os.kill(child, signal.SIGKILL)
    return None


def _end_of(process: int, seconds: float) -> int | None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    return None


def _settle_in(job: WorkerJob) -> None:
    """Take the environment and the files that a process of its own would have."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(job.environ)
    adding = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    files: dict[int, tuple[str | Path, int]] = {
        0: (os.devnull, os.O_RDONLY),
        1: (job.out, adding),
        2: (job.out.with_suffix(".err"), adding),
    }
    for number, (path, flags) in files.items():
        file = os.open(path, flags, 0o600)
        os.dup2(file, number)
        os.close(file)


if __name__ == "__main__":
    from tests.cluster.process import main
    from tests.crash.children import warm_up

    warm_up()
    if job := _launch(Connection(int(sys.argv[1]))):
        _settle_in(job)
        main(*job.arguments)
