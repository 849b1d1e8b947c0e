"""Whether a page exists: asked politely, without credentials, and never of a private network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from blogkit.http.probe import Probe, ProbeError
from tests.ports import nobody_listens

PAGES = {"/here": 200, "/gone": 404, "/head-refused": 200, "/closed": 401, "/broken": 500}


class Pages(ThreadingHTTPServer):
    """A server with a few pages, and what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers HEAD like an old server: some pages do not know it."""

    server: Pages

    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/head-refused" else None)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        self.server.headers.append(dict(self.headers))
        target = {"/old": "/here", "/loop": "/loop", "/away": "ftp://a.example/"}.get(self.path)
        self.send_response(302 if target else status or PAGES.get(self.path, 404))
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def pages() -> Iterator[Pages]:
    with Pages() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_page_that_is_there_needs_one_request(pages: Pages) -> None:
    assert Probe(private=True)(f"{pages.url}/here") == (200, f"{pages.url}/here")
    assert pages.asked == ["HEAD /here"]
    assert {"Authorization", "Cookie"}.isdisjoint(pages.headers[0])


def test_get_decides_where_a_server_does_not_know_head(pages: Pages) -> None:
    assert Probe(private=True)(f"{pages.url}/head-refused")[0] == 200
    assert Probe(private=True)(f"{pages.url}/gone")[0] == 404
    assert pages.asked == ["HEAD /head-refused", "GET /head-refused", "HEAD /gone", "GET /gone"]


def test_other_answers_are_told_as_they_are(pages: Pages) -> None:
    assert Probe(private=True)(f"{pages.url}/closed")[0] == 401
    assert Probe(private=True)(f"{pages.url}/broken")[0] == 500


def test_redirects_are_followed_and_bounded(pages: Pages) -> None:
    assert Probe(private=True)(f"{pages.url}/old") == (200, f"{pages.url}/here")
    with pytest.raises(ProbeError, match="loop"):
        Probe(private=True)(f"{pages.url}/loop")
    assert pages.asked.count("HEAD /loop") == 6
    with pytest.raises(ProbeError, match="ftp"):
        Probe(private=True)(f"{pages.url}/away")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254"])
def test_private_addresses_are_refused_unasked(pages: Pages, host: str) -> None:
    with pytest.raises(ProbeError, match="private network") as refused:
        Probe()(f"http://{host}:{pages.server_port}/here")
    assert (refused.value.refused, pages.asked) == (True, [])


def test_a_name_that_leads_to_a_private_network_is_refused(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookup = socket.getaddrinfo

    def answer(host: str, port: int, *args: Any, **options: Any) -> object:
        return lookup("127.0.0.1" if host == "quiz.example" else host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with pytest.raises(ProbeError, match="private network"):
        Probe()(f"http://quiz.example:{pages.server_port}/here")
    assert pages.asked == []


def test_a_server_that_is_not_there() -> None:
    with nobody_listens() as port, pytest.raises(ProbeError, match="connection refused"):
        Probe(private=True)(f"http://127.0.0.1:{port}/here")
