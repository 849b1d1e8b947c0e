"""A host in front of a WordPress that behaves as public reports describe some hosts and plugins."""

from __future__ import annotations

import base64
import threading
from collections.abc import Collection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import requests

from tests.e2e.wordpress.site import LONGEST

_PASSED = (
    "Authorization",
    "X-Blogkit-Authorization",
    "Content-Type",
    "Accept",
    "X-HTTP-Method-Override",
)


class OddHost:
    """Passes requests on, and answers back, apart from its oddities.

    Args:
        origin: The site behind it.
        keeps: Whether it answers a GET that it has seen before with what it kept, whoever asks.
        blocked: A part of addresses that its firewall turns away; "" for none.
        refused: Methods that its firewall turns away.
        missing: A part of addresses for which a plugin answers that there is no such route.
        behind: What a plugin writes behind each answer.
        date: The header `Date` of its answers; "" for the usual one.
        fault: What a plugin does on the site: a name of wordpress/config/faults.php.
        logins: Who may come in, as user:password; empty for everyone.
        open_to_all: A part of addresses that need no login; "" for none.
    """

    def __init__(
        self,
        origin: str,
        *,
        keeps: bool = False,
        blocked: str = "",
        refused: Collection[str] = (),
        missing: str = "",
        behind: bytes = b"",
        date: str = "",
        fault: str = "",
        logins: Collection[str] = (),
        open_to_all: str = "",
    ) -> None:
        self.kept: dict[str, tuple[int, bytes]] = {}
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                if (blocked and blocked in self.path) or self.command in refused:
                    return self.give(403, b"<html><title>Blocked</title></html>", "text/html")
                if logins and not self.let_in():
                    return self.give(401, b"<title>401 Authorization Required</title>", "text/html")
                if missing and missing in self.path:
                    return self.give(404, b'{"code":"rest_no_route","message":"No route"}')
                if self.command == "GET" and self.path in host.kept:
                    return self.give(*host.kept[self.path])
                answer = self.passed_on(body)
                if keeps and self.command == "GET" and answer.status_code == 200:
                    host.kept[self.path] = answer.status_code, answer.content
                return self.give(answer.status_code, answer.content + behind)

            def let_in(self) -> bool:
                if open_to_all and open_to_all in self.path:
                    return True
                scheme, _, value = str(self.headers["Authorization"]).partition(" ")
                return scheme == "Basic" and base64.b64decode(value).decode() in logins

            def passed_on(self, body: bytes) -> requests.Response:
                headers = {name: self.headers[name] for name in _PASSED if self.headers[name]}
                headers |= {"X-Blogkit-Fault": fault} if fault else {}
                with requests.Session() as session:
                    session.trust_env = False
                    return session.request(
                        self.command,
                        origin + self.path,
                        data=body,
                        headers=headers,
                        timeout=LONGEST,
                        allow_redirects=False,
                    )

            def give(self, status: int, body: bytes, kind: str = "application/json") -> None:
                self.send_response(status)
                if status == 401 and kind == "text/html":
                    self.send_header("WWW-Authenticate", 'Basic realm="Staging"')
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def date_time_string(self, timestamp: float | None = None) -> str:
                return date or super().date_time_string(timestamp)

            do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
