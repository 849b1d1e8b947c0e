"""A server between blogkit and a site that damages what the site answers."""

from __future__ import annotations

import http.client
import json
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO, Self
from urllib.parse import urlsplit

from tests.crash.wire import asked

_OWN = {"connection", "content-length", "transfer-encoding", "content-encoding", "date", "server"}


@dataclass
class Answer:
    """What the site answered, to be damaged.

    Attributes:
        method: Of the request.
        address: Of the request, with its query.
        fresh: Whether the client wants no answer that a cache has kept.
        path: The route that was asked for, wherever in the address it is.
        status: The status code.
        headers: The headers that are sent on.
        body: The body.
        data: The decoded JSON; None if the body is something else.
        raw: The body to send instead of `data`.
        write: Sends the whole answer instead, status line, headers and all, given the body that
            would have been sent; then the connection is closed.
    """

    method: str
    address: str
    fresh: bool
    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    data: Any
    raw: bytes | None = None
    write: Callable[[BinaryIO, bytes], None] | None = None


Way = Callable[[Answer], None]


class _Server(ThreadingHTTPServer):
    def handle_error(self, *args: Any) -> None:
        """Print nothing about a client that is gone."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(*args)


class SickProxy:
    """Sends requests on to a site, and its answers back through `way`. damaged: so many answers
    were others than the site's.
    """

    def __init__(self, target: str) -> None:
        self.way: Way | None = None
        self.damaged = 0
        proxy, site = self, urlsplit(target)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each body waits 40 ms for the headers' receipt

            def handle_any(self) -> None:
                self.close_connection, last = True, self.close_connection
                with suppress(OSError, http.client.HTTPException):  # either side may be broken
                    size = int(self.headers.get("Content-Length") or 0)
                    body = self.rfile.read(size)
                    if len(body) < size:
                        return  # the client ended: a site would wait for the rest for ever
                    line = http.client.HTTPConnection(str(site.hostname), site.port)
                    with closing(line):
                        headers = {**self.headers, "Host": site.netloc}
                        line.request(self.command, self.path, body, headers)
                        answer = proxy._damaged(self, line.getresponse())
                    self._send(answer)
                    self.close_connection = last or bool(answer.write)

            def _send(self, answer: Answer) -> None:
                if answer.write:
                    answer.write(self.wfile, answer.raw or b"")
                    return
                self.send_response_only(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                sent = answer.raw if answer.raw is not None else b""
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        # the interval is how long `shutdown` may take
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _damaged(
        self, asked_for: BaseHTTPRequestHandler, response: http.client.HTTPResponse
    ) -> Answer:
        body = response.read()
        headers = {k: v for k, v in response.getheaders() if k.lower() not in _OWN}
        try:
            data = json.loads(body)
        except ValueError:
            data = None
        method, address = asked_for.command, asked_for.path
        fresh = "no-cache" in asked_for.headers.get("Cache-Control", "")
        _, route = asked(method, address)
        answer = Answer(
            method, address, fresh, route, response.status, headers, body, data, raw=body
        )
        if self.way is not None and response.status < 300:
            before, was = json.dumps(data), dict(headers)
            answer.raw = None
            self.way(answer)
            same = json.dumps(answer.data) == before
            changed = answer.raw is not None or answer.write or answer.headers != was
            self.damaged += bool(changed or not same)
            if answer.raw is None:
                answer.raw = body if same else json.dumps(answer.data).encode()
        return answer
