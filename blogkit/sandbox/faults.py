"""Make the next matching requests fail, as networks and services do.

The faults that end in `-after-commit` do the work first and then withhold the response: what a
client must never repeat blindly.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from blogkit.errors import UsageError, nearest
from blogkit.sandbox import errors

REFUSALS: Final[dict[str, Callable[[], errors.Refused]]] = {
    "expired-token": errors.bad_credentials,
    "forbidden": errors.forbidden,
    "insufficient-scopes": errors.insufficient_scopes,
    "api-disabled": errors.api_disabled,
    "quota": errors.quota_exceeded,
    "rate-limit-403": lambda: errors.rate_limited(403),
    "429": errors.rate_limited,
    "404": errors.not_found,
    "500": lambda: errors.backend_error(500),
    "503": lambda: errors.backend_error(503),
    "500-after-commit": lambda: errors.backend_error(500),
    "503-after-commit": lambda: errors.backend_error(503),
}
"""Faults that are one of Google's error responses."""
KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(REFUSALS, "one of Google's error responses"),
    "reset": "the connection is closed before anything is done",
    "reset-after-commit": (
        "the request is executed, then the connection is closed without a response"
    ),
    "hang": "nothing is done; the connection is held for `seconds`, then closed",
    "hang-after-commit": (
        "the request is executed, then the connection is held for `seconds` and closed without a"
        " response"
    ),
    "slow": "the request is executed and answered `seconds` later",
    "truncated-json": "the request is executed; half of the response's bytes arrive",
    "redirect": "a redirect to another host (301); nothing is done",
    "html-maintenance": "an HTML page instead of the API, status 503 or `status`",
}
MAINTENANCE: Final = """<!DOCTYPE html>
<html lang="en"><head><title>Temporarily unavailable</title></head>
<body><h1>We'll be right back</h1><p>The service is undergoing maintenance. Please try again later.</p></body></html>
"""


@dataclass(frozen=True)
class Fault:
    """A fault of some of the next requests.

    Attributes:
        kind: One of `KINDS`.
        method: The HTTP method of the requests; "" for any.
        path: A regular expression that is searched in their path; "" for any.
        times: How many requests it applies to.
        after: How many matching requests it lets pass before.
        seconds: How long to wait, for those that wait.
        status: The status of "html-maintenance".
        retry_after: The Retry-After of an error response, in seconds; None sends none.

    Raises:
        UsageError: The fault does not exist, or the path is not a regular expression.
    """

    kind: str
    method: str = ""
    path: str = ""
    times: int = 1
    after: int = 0
    seconds: float = 2.0
    status: int = 503
    retry_after: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UsageError(
                f"the sandbox has no fault {self.kind!r}",
                hint=nearest(self.kind, KINDS) or f"faults: {', '.join(KINDS)}",
            )
        try:
            re.compile(self.path)
        except re.error as error:
            raise UsageError(
                f"the fault's path {self.path!r} is not a regular expression: {error}",
                hint='e.g. "/posts$"',
            ) from None

    @property
    def commits(self) -> bool:
        """Whether the request is executed."""
        return self.kind.endswith("-after-commit") or self.kind in ("slow", "truncated-json")

    def matches(self, method: str, path: str) -> bool:
        """Return whether it applies to this request.

        Args:
            method: The HTTP method, in capitals.
            path: The path.
        """
        return self.method.upper() in ("", method) and re.search(self.path, path) is not None


class Faults:
    """Faults in the order they were added. `stop` ends every wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        self._stopped = threading.Event()

    def add(self, fault: Fault) -> None:
        """Add one."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Remove all."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> list[Fault]:
        """Return the unused ones."""
        with self._lock:
            return list(self._waiting)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault for this request, and count its use.

        Args:
            method: The HTTP method, in capitals.
            path: The path.
        """
        with self._lock:
            for index, fault in enumerate(self._waiting):
                if not fault.matches(method, path):
                    continue
                # It does not count a request that an earlier fault of the list has taken.
                if fault.after:
                    self._waiting[index] = replace(fault, after=fault.after - 1)
                    continue
                if fault.times > 1:
                    self._waiting[index] = replace(fault, times=fault.times - 1)
                else:
                    del self._waiting[index]
                return fault
        return None

    def wait(self, seconds: float) -> None:
        """Sleep, at most until `stop`."""
        self._stopped.wait(seconds)

    def stop(self) -> None:
        """End every wait, now and later."""
        self._stopped.set()


def from_json(body: dict[str, Any]) -> Fault:
    """Return a fault that the control API was sent.

    Args:
        body: Such as {"fault": "429", "match": {"method": "POST", "path": "/posts$"}, "times": 1}.

    Raises:
        UsageError: It has unknown fields or wrong values.
    """
    match = body.get("match", {})
    known = {"times": int, "after": int, "seconds": (int, float), "status": int, "retry_after": int}
    if (
        not isinstance(match, dict)
        or not set(match) <= {"method", "path"}
        or not set(body) <= {"fault", "match", *known}
    ):
        raise UsageError(
            "the fields of a fault are: fault, match {method, path}, times, after, seconds, status,"
            " retry_after"
        )
    options = {name: body[name] for name in known if name in body}
    for name, value in options.items():
        if not isinstance(value, known[name]) or isinstance(value, bool) or value < 0:  # type: ignore[arg-type]
            raise UsageError(f"the fault's {name} must be a number of 0 or more, not {value!r}")
    return Fault(
        str(body.get("fault", "")),
        str(match.get("method", "")),
        str(match.get("path", "")),
        **options,
    )
