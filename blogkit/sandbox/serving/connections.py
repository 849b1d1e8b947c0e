"""Serve many requests on one connection, as real servers do."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, cast

from flask import Flask
from werkzeug.serving import WSGIRequestHandler

CONNECTIONS: Final = "blogkit.sandbox.serving.connections"
"""The key of the application's `Connections` in its extensions."""
_log = logging.getLogger("blogkit.sandbox")


class Connections:
    """The connections of one server that are open.

    Args:
        now: Returns the date of answers, aware.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def add(self, connection: socket.socket) -> None:
        """Remember a connection that was opened."""
        with self._lock:
            self._open.add(connection)

    def remove(self, connection: socket.socket) -> None:
        """Forget a connection that was closed."""
        with self._lock:
            self._open.discard(connection)

    def close(self) -> None:
        """End all of them: their threads wait for further requests."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):  # the client was quicker
                    connection.shutdown(socket.SHUT_RDWR)


class Handler(WSGIRequestHandler):
    """One connection, with the application's server name, and no output on the terminal.

    werkzeug's own handler closes each connection after one answer, because it cannot tell what an
    application has left unread. `Middleware` reads every body first.
    """

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    """Head and body leave in one packet; otherwise the second waits for the first's receipt."""

    def setup(self) -> None:
        """Begin with the connection."""
        super().setup()
        self._connections.add(self.connection)

    def finish(self) -> None:
        """End with the connection."""
        self._connections.remove(self.connection)
        with suppress(ConnectionError):  # it was cut
            super().finish()

    def run_wsgi(self) -> None:
        """Answer one request."""
        answer: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            answer[:] = [status, headers]

        environ = self.make_environ()
        try:
            body = b"".join(self.server.app(environ, start_response))  # type: ignore[arg-type]
            status, headers = answer
            code, _, reason = status.partition(" ")
            self.send_response(int(code), reason)
            for name, value in headers:
                self.send_header(name, value)
            if self.close_connection:  # asked for by the client, which may not remember it
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
        except (ConnectionError, TimeoutError) as error:
            self.connection_dropped(error, environ)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Send the status line and the date, without the server's own name."""
        self.send_response_only(code, message)
        self.send_header("Date", self.date_time_string(self._connections.now().timestamp()))

    # (werkzeug's signature)
    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:  # noqa: ARG002
        """Log a connection that the client closed."""
        self.close_connection = True
        _log.debug("connection dropped: %s", error)

    # (werkzeug's names)
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ARG002
        """Log to the debug log instead of the terminal."""
        _log.debug(message, *args)

    @property
    def _connections(self) -> Connections:
        return cast("Connections", cast("Flask", self.server.app).extensions[CONNECTIONS])
