"""Forked children that run `blogkit …`: no start-up to wait for, and a SIGKILL that is one.

They come from a launcher, a small process with one thread: a child of the tests' own process would
copy hundreds of megabytes, and inherit locks that a server's threads hold.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.crash.boundaries import install
from tests.crash.job import Ended, Job
from tests.disk import folder_in_memory

_ROOT = Path(__file__).resolve().parents[2]
_sleep = time.sleep
_NO_WARMTH = (
    "blogkit.sandbox",
    "blogkit.__main__",
    "blogkit.platforms.blogger.sign_in",
    "blogkit.cli.setup.sandbox",
)


class Children:
    """`with Children() as children: children.run(Job(…))`. sabotage: the safeguard of blogkit that
    is switched off in all of them; like: others, whose launcher makes this one, warm already.
    """

    def __init__(self, sabotage: str = "", *, like: Children | None = None) -> None:
        self._sabotage, self._like = sabotage, like

    def __enter__(self) -> Self:
        self._ours, theirs = Pipe()
        self._launcher = self._forked(theirs) if self._like else self._started(theirs)
        theirs.close()
        self._warm = False
        return self

    def _started(self, theirs: Connection) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", __name__, str(theirs.fileno()), self._sabotage]
        return subprocess.Popen(command, cwd=_ROOT, pass_fds=[theirs.fileno()])

    def _forked(self, theirs: Connection) -> None:
        assert self._like
        self._like.warm_up()
        self._like._ours.send(self._sabotage)
        send_handle(self._like._ours, theirs.fileno(), None)
        self._like._ours.recv()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._ours.close()
        if self._launcher:
            self._launcher.wait()

    def warm_up(self) -> None:
        """Return when a child can start at once, and so at the same moment as another's."""
        if not self._warm:
            self._ours.recv()
            self._warm = True

    def run(self, job: Job, *, stopped: Callable[[], None] = lambda: None) -> Ended:
        """Run to the end, whichever it is. stopped: what happens while a child whose job's
        signal is SIGSTOP stands still.
        """
        self.warm_up()
        self._ours.send(job)
        while True:
            heard = self._ours.recv()
            if isinstance(heard, Ended):
                return heard
            stopped()
            self._ours.send(None)


def _launch(pipe: Connection, sabotage: str) -> None:
    """The launcher's life: jobs in, endings out, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up()
    _switch_off(sabotage)
    gc.collect()
    gc.disable()  # a child is too short for garbage, and to look for it copies what all share
    with suppress(EOFError, ConnectionError):
        pipe.send("warm")
        while True:
            asked = pipe.recv()
            if isinstance(asked, Job):
                pipe.send(_one(asked, pipe))
            else:
                pipe = _twin(asked, pipe)


def _twin(sabotage: str, pipe: Connection) -> Connection:
    """Fork another launcher; return the pipe of the one that goes on: this one, or the other."""
    handle = recv_handle(pipe)
    if os.fork():
        os.close(handle)
        pipe.send("forked")
        return pipe
    pipe.close()
    _switch_off(sabotage)
    other = Connection(handle)
    other.send("warm")
    return other


def _switch_off(safeguard: str) -> None:
    if safeguard:
        importlib.import_module("tests.crash.sabotage").SABOTAGES[safeguard]()


def warm_up() -> None:
    """Import what commands import, and let them fill their caches, once for all children."""
    import blogkit
    from blogkit.__main__ import main

    for module in pkgutil.walk_packages(blogkit.__path__, "blogkit."):
        if not module.name.startswith(_NO_WARMTH):
            importlib.import_module(module.name)
    with (
        tempfile.TemporaryDirectory(prefix="blogkit-warm-") as folder,
        Path(os.devnull).open("w") as nowhere,
    ):
        Path(folder, "posts").mkdir()
        Path(folder, "posts/warm.md").write_text(
            "---\ntitle: Warm – up\n---\nText.\n", encoding="utf-8"
        )
        Path(folder, "blogkit.toml").write_text(
            '[sites.main]\nplatform = "folder"\nfolder = "public"\n[blog]\ndefault_site = "main"\n'
        )
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            main(["-C", folder, "publish", "--yes"])


def _one(job: Job, pipe: Connection) -> Ended:
    place = folder_in_memory() or None
    with tempfile.TemporaryDirectory(prefix="blogkit-child-", dir=place) as folder:
        files = [Path(folder, name) for name in ("out", "err", "trace")]
        child = _fork(lambda: _live(job, files))
        code, used = _end_of(child, job.after, pipe)
        out, err, trace = (
            file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
            for file in files
        )
        seconds = used.ru_utime + used.ru_stime
        return Ended(code, out, err, tuple(trace.splitlines()), used.ru_maxrss * 1024, seconds)


def _end_of(
    child: int, after: float | None, pipe: Connection
) -> tuple[int, resource.struct_rusage]:
    deadline = None if after is None else time.monotonic() + after
    while True:
        options = os.WUNTRACED | (0 if deadline is None else os.WNOHANG)
        pid, status, used = os.wait4(child, options)
        if pid and os.WIFSTOPPED(status):
            pipe.send("stopped")
            pipe.recv()
            os.kill(child, signal.SIGCONT)
        elif pid:
            return os.waitstatus_to_exitcode(status), used
        elif deadline is not None and time.monotonic() >= deadline:
            os.kill(child, signal.SIGKILL)
            deadline = None
        else:
            _sleep(0.001)


def _live(job: Job, files: list[Path]) -> None:
    """The child: its own streams and folder, then the command as anybody would run it."""
    from blogkit.__main__ import main

    out, err, trace = (
        os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) for file in files
    )
    sys.stdout, sys.stderr = (
        os.fdopen(out, "w", encoding="utf-8"),
        os.fdopen(err, "w", encoding="utf-8"),
    )
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(job.folder)
    if job.home:
        os.environ["HOME"] = str(job.home)
    if job.most:
        resource.setrlimit(resource.RLIMIT_CPU, (job.most, job.most))
    install(job, trace)
    code = 99
    try:
        code = main(job.arguments, sleep=_sleep if job.patient else lambda _seconds: None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return child


if __name__ == "__main__":
    _launch(Connection(int(sys.argv[1])), sys.argv[2])
