"""Servers that keep what they are sent: a webhook's, and a mail server."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class WebSink(ThreadingHTTPServer):
    """Answers with `status`. asked: method and path; bodies: JSON of the requests with one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _WebHandler)
        self.status = 200
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[Any] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _WebHandler(BaseHTTPRequestHandler):
    server: WebSink

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path))
        if length := int(self.headers.get("Content-Length", "0")):
            self.server.bodies.append(json.loads(self.rfile.read(length)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


class MailSink(socketserver.ThreadingTCPServer):
    """A mail server that takes one account. refuses: the status with which it refuses e-mails."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _MailHandler)
        self.refuses = ""
        self.logins: list[str] = []
        self.mails: list[Message] = []

    @property
    def url(self) -> str:
        return f"smtp://me:can%40ary@127.0.0.1:{self.server_address[1]}"


class _MailHandler(socketserver.StreamRequestHandler):
    server: MailSink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline().strip():
            verb = line.split(b" ")[0].upper()
            if verb == b"EHLO":
                self._say("250-sink\r\n250 AUTH PLAIN")
            elif verb == b"AUTH":
                self.server.logins.append(line.decode())
                self._say("235 ok")
            elif verb == b"DATA":
                self._data()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> None:
        if self.server.refuses:
            self._say(f"{self.server.refuses} no, can@ary")
            return
        self._say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        mail = b"".join(line.removeprefix(b".") for line in lines)
        self.server.mails.append(message_from_bytes(mail, policy=default))
        self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    """Serve while this lasts."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
