"""Receive every request: log it, and apply a fault if one is due."""

from __future__ import annotations

import io
import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, NoReturn
from urllib.parse import parse_qsl

from werkzeug.wrappers import Response

from blogkit.sandbox.faults import MAINTENANCE, REFUSALS, Fault, Faults
from blogkit.sandbox.quirks import Quirks

NAME: Final = "blogkit-sandbox"
"""The value of the Server header, by which a client can tell the sandbox from Blogger."""
_CONTROL: Final = "/_sandbox/"
SECRET: Final = frozenset(("access_token", "oauth_token", "key", "code"))
"""Query parameters that the log leaves out."""
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True)
class Served:
    """One request and its outcome, without bodies and tokens.

    Attributes:
        at: When it came, by the sandbox's clock.
        method: The HTTP method.
        path: The path.
        query: The query parameters in order.
        status: The status of the response; 0 if the connection was closed.
        fault: The fault that was applied; "" for none.
    """

    at: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    status: int
    fault: str = ""

    @property
    def write(self) -> bool:
        """Whether it could change the blog."""
        return self.method in ("POST", "PUT", "PATCH", "DELETE") and "v3/" in self.path


class Log:
    """The last requests, oldest first.

    Args:
        longest: How many are kept.
    """

    def __init__(self, longest: int = 10_000) -> None:
        self._lock = threading.Lock()
        self._served: deque[Served] = deque(maxlen=longest)

    def add(self, served: Served) -> None:
        """Add one."""
        with self._lock:
            self._served.append(served)

    def clear(self) -> None:
        """Remove all."""
        with self._lock:
            self._served.clear()

    def served(self) -> list[Served]:
        """Return all of them."""
        with self._lock:
            return list(self._served)

    def writes(self) -> list[Served]:
        """Return those that could change the blog."""
        return [served for served in self.served() if served.write]

    def to_json(self) -> list[dict[str, Any]]:
        """Return the log for `/_sandbox/log`."""
        return [asdict(served) for served in self.served()]


class Middleware:
    """WSGI around the application. Control requests (`/_sandbox/`) pass unlogged.

    Args:
        app: The application.
        faults: The faults to apply.
        log: Where to log.
        switches: The switches; one decides whether a fault commits.
        clock: Returns the current time, aware.
    """

    def __init__(
        self,
        app: Wsgi,
        *,
        faults: Faults,
        log: Log,
        switches: Quirks,
        clock: Callable[[], datetime],
    ) -> None:
        self._app = app
        self._faults = faults
        self._log = log
        self._switches = switches
        self._clock = clock

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve one request."""
        _read_body(environ)
        path = environ.get("PATH_INFO", "")
        if path.startswith(_CONTROL):
            return self._app(environ, start_response)
        fault = self._faults.take(environ["REQUEST_METHOD"], path)
        answer = self._run(environ) if fault is None else self._meet(fault, environ)
        query = tuple(
            (k, v)
            for k, v in parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
            if k not in SECRET
        )
        status = answer.status_code if answer else 0
        self._log.add(
            Served(
                self._clock().isoformat(),
                environ["REQUEST_METHOD"],
                path,
                query,
                status,
                fault.kind if fault else "",
            )
        )
        # Logged before the connection is cut, since `_cut` raises: a test counts the writes of lost
        # connections too.
        if answer is None:
            _cut(environ)
        answer.headers["Server"] = NAME
        return answer(environ, start_response)

    def _run(self, environ: dict[str, Any]) -> Response:
        # Buffered: half of a response can only be sent once the whole is known.
        return Response.from_app(self._app, environ, buffered=True)

    def _meet(self, fault: Fault, environ: dict[str, Any]) -> Response | None:
        """Return the response under this fault, or None."""
        answer = self._run(environ) if fault.commits and not self._spares(fault, environ) else None
        if fault.kind.startswith(("hang", "slow")):
            self._faults.wait(fault.seconds)
        if fault.kind.startswith(("hang", "reset")):
            return None
        if fault.kind == "redirect":
            return Response(
                "",
                301,
                headers={"Location": f"https://moved.invalid{environ.get('PATH_INFO', '')}"},
            )
        if fault.kind == "html-maintenance":
            return Response(MAINTENANCE, fault.status, mimetype="text/html", headers=_retry(fault))
        if fault.kind in REFUSALS:
            refused = REFUSALS[fault.kind]()
            return Response(
                json.dumps(refused.body(), indent=2),
                refused.code,
                mimetype="application/json",
                headers=_retry(fault),
            )
        if fault.kind == "truncated-json" and answer is not None:
            whole = answer.get_data()
            # This sets the Content-Length of the half, so the client gets a complete response with
            # broken JSON rather than a broken connection.
            answer.set_data(whole[: len(whole) // 2])
        return answer

    def _spares(self, fault: Fault, environ: dict[str, Any]) -> bool:
        """Return whether an insert that ends in a 5xx does nothing."""
        inserts = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith(
            ("/posts", "/pages")
        )
        return inserts and fault.kind[0] == "5" and self._switches.insert_5xx_commits == "never"


def _retry(fault: Fault) -> dict[str, str]:
    return {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}


def _read_body(environ: dict[str, Any]) -> None:
    """Read the body first: a response on a socket with unread bytes is cut off by a reset.

    https://www.rfc-editor.org/rfc/rfc9112.html#section-9.6
    """
    source = environ["wsgi.input"]
    size = int(environ.get("CONTENT_LENGTH") or 0)
    body = source.read() if environ.get("wsgi.input_terminated") else source.read(size)
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _cut(environ: dict[str, Any]) -> NoReturn:
    """Close the connection with a TCP reset.

    `SO_LINGER` with 0 seconds makes `close` send one. The error that is raised is seen by the
    server, or by a test's client.
    """
    connection: socket.socket | None = environ.get("werkzeug.socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(connection.detach())
    raise ConnectionResetError("the sandbox closed the connection, as requested")
