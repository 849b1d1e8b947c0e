"""A web server of pictures on this machine, which serves them as well or as badly as it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What an address answers. `late` answers nothing before the server ends."""

    body: bytes = b""
    status: int = 200
    type: str = "image/png"
    location: str = ""
    late: bool = False


@dataclass
class Gallery:
    """The server: answers by path, used one after the other; the last of a path stays.

    default: what all other paths answer.
    """

    url: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)
    default: Answer = field(default_factory=lambda: Answer(b"none", 404, "text/html"))

    def on(self, path: str, *answers: Answer) -> str:
        """Set what a path answers, and return its address."""
        self.answers[path] = list(answers)
        return self.url + path

    def answer(self, path: str) -> Answer:
        """The next answer of a path."""
        self.seen.append(path)
        prepared = self.answers.get(urlsplit(path).path, [self.default])
        return prepared.pop(0) if len(prepared) > 1 else prepared[0]


@contextmanager
def open_gallery() -> Iterator[Gallery]:
    """Run a gallery on a free port."""
    gallery = Gallery()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = gallery.answer(self.path)
            if answer.late:
                gallery.closed.wait(60)
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            if answer.location:
                self.send_header("Location", answer.location)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gallery.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield gallery
    finally:
        gallery.closed.set()
        server.shutdown()
        thread.join()
        server.server_close()
