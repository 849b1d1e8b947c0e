"""Every place where a run can end that leaves something else behind: named as it is passed, and
perhaps the last.

They are found below blogkit, where its own parts cannot move them: in the statements that SQLite
gets, in what `requests` sends and reads, and in what the operating system is asked to do with
files.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from tests.crash.job import Job
from tests.crash.wire import asked, exchange
from tests.disk import Hasty

WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT")
FILES = {
    "os.rename": "rename",
    "os.remove": "remove",
    "os.mkdir": "mkdir",
    "os.truncate": "truncate",
    "os.link": "link",
}


class Boundaries:
    """trace: an open file that outlives the process, for the names."""

    def __init__(self, job: Job, trace: int) -> None:
        self._job, self._trace = job, trace
        self._passed = 0
        self._lock = threading.Lock()

    def pass_by(self, name: str) -> None:
        """Here is one. The process may not come back from it."""
        with self._lock:
            os.write(self._trace, f"{name}\n".encode())
            if self._job.dies and re.search(self._job.dies, name):
                signal.raise_signal(signal.SIGKILL)
            if not re.search(self._job.only, name):
                return
            self._passed += 1
            hit = self._passed - 1 == self._job.at
        if hit and self._job.later:
            threading.Timer(self._job.later, os.kill, (os.getpid(), self._job.signal)).start()
        elif hit:
            # To this thread: sent to the process, another thread may take it, and this one goes on.
            signal.raise_signal(self._job.signal)


def install(job: Job, trace: int) -> None:
    """From now on, for the rest of this process."""
    line = Boundaries(job, trace)
    os.fsync = lambda _file: None
    _in_the_journal(line.pass_by)
    _on_the_wire(line.pass_by, job)
    _in_files(line.pass_by, job.folder.resolve())


def _in_the_journal(pass_by: Callable[[str], None]) -> None:
    """Before each statement that changes something; what follows a COMMIT is the time before
    whatever comes next.
    """
    connect = sqlite3.connect

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(*args, **{"factory": Hasty, **options})
        db.set_trace_callback(
            lambda sql: pass_by(f"journal {_head(sql)}") if sql.startswith(WRITES) else None
        )
        return db

    sqlite3.connect = traced  # type: ignore[assignment]


def _head(sql: str) -> str:
    return " ".join(sql.split(maxsplit=3)[:3]) if " " in sql[:8] else sql[:8].strip()


def _on_the_wire(pass_by: Callable[[str], None], job: Job) -> None:
    """Before a request is sent, with the answer on its way, and with the answer read."""
    adapter_send, session_send = HTTPAdapter.send, requests.Session.send
    numbers = iter(range(1_000_000))

    def send(
        self: HTTPAdapter, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        method, route = asked(str(request.method), request.path_url)
        name = f"{method} {route}"
        fault = job.faults.get(next(numbers), "")
        pass_by(f"request {name} before")
        try:
            return exchange(lambda: adapter_send(self, request, **options), request, fault)
        finally:
            pass_by(f"request {name} done there")

    def whole(
        self: requests.Session, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        answer = session_send(self, request, **options)
        pass_by(f"request {asked(str(request.method), request.path_url)[0]} answered")
        return answer

    HTTPAdapter.send = send  # type: ignore[method-assign, assignment]
    requests.Session.send = whole  # type: ignore[method-assign]


def _in_files(pass_by: Callable[[str], None], folder: Path) -> None:
    """Before a file of the workspace is made, changed, moved or removed. The journal's own are
    SQLite's.
    """
    home = f"{folder}{os.sep}"

    def hear(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = args
            if (
                isinstance(path, str | Path)
                and flags & (os.O_WRONLY | os.O_RDWR)
                and _ours(str(path), home)
            ):
                pass_by(f"file write {Path(path).suffix}")
        elif event in FILES and _ours(
            os.fsdecode(args[0]) if not isinstance(args[0], int) else "", home
        ):
            pass_by(f"file {FILES[event]}")

    sys.addaudithook(hear)


def _ours(path: str, home: str) -> bool:
    kept = f"{os.sep}.blogkit{os.sep}"
    return path.startswith(home) and (kept not in path or f"{kept}sites{os.sep}" in path)
