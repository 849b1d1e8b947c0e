"""A fuse that goes off at a chosen boundary: before or after any request to the blog, before or
after any write to the journal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from blogkit.errors import AuthenticationError, RateLimited

REQUESTS = {
    "find",
    "find_all",
    "get",
    "get_many",
    "glance",
    "list",
    "create",
    "update",
    "restore",
    "set_state",
    "trash",
    "untrash",
    "upload",
}
WRITES = {"start_run", "intend", "mark", "done", "remember", "remember_asset", "finish_run"}


class Killed(BaseException):
    """The process is gone: nobody catches this."""


ANSWERS = (RateLimited, AuthenticationError)
"""These a site says in place of doing something, never after it."""


class Fuse:
    """Counts boundaries and raises at one of them, in whichever thread gets there. names: every
    boundary that was passed.
    """

    def __init__(
        self, at: int | None = None, error: Callable[[], BaseException] = Killed, only: str = ""
    ) -> None:
        self.at, self.error, self.only = at, error, only
        self.names: list[str] = []
        self._lock = threading.Lock()

    def pass_by(self, name: str) -> None:
        if not name.startswith(self.only):
            return
        with self._lock:
            self.names.append(name)
            hit = self.at == len(self.names) - 1
        if hit:
            self.go_off()

    def go_off(self) -> None:
        raise self.error()


class HonestFuse(Fuse):
    """Does not say that nothing was done where something was."""

    def go_off(self) -> None:
        error = self.error()
        if not (isinstance(error, ANSWERS) and self.names[self.at or 0].endswith("after")):
            raise error


class Moment(Fuse):
    """At one of the boundaries something happens, and nothing fails."""

    def __init__(self, at: int, what: Callable[[], None], only: str = "") -> None:
        super().__init__(at, only=only)
        self._what = what

    def go_off(self) -> None:
        self._what()


class Fused:
    """Anything behind a fuse. What it does is done for real; the fuse may keep it from
    happening, or its answer from arriving.
    """

    def __init__(self, real: Any, fuse: Fuse) -> None:
        self._real, self._fuse = real, fuse
        self._fused = REQUESTS if hasattr(real, "compose") else WRITES
        self._prefix = "site" if hasattr(real, "compose") else "journal"

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name not in self._fused:
            return found

        def fused(*args: Any, **kwargs: Any) -> Any:
            self._fuse.pass_by(f"{self._prefix}.{name} before")
            result = found(*args, **kwargs)
            self._fuse.pass_by(f"{self._prefix}.{name} after")
            return result

        return fused


class Exchanges(Fused):
    """An `Http` behind a fuse: between any two HTTP exchanges."""

    def __init__(self, real: Any, fuse: Fuse) -> None:
        super().__init__(real, fuse)
        self._fused, self._prefix = {"send"}, "http"
