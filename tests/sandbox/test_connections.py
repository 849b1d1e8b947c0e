"""One connection serves many requests, as on real servers, and ends with the sandbox."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest

from blogkit.sandbox.server import Sandbox


@pytest.fixture
def client(running: Sandbox) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(running.host, running.port, timeout=60)
    yield connection
    connection.close()


def ask(client: http.client.HTTPConnection, method: str, path: str, body: bytes = b"") -> int:
    client.request(method, path, body)
    answer = client.getresponse()
    answer.read()
    return answer.status


def test_requests_of_every_kind_follow_each_other_on_one_connection(
    client: http.client.HTTPConnection,
) -> None:
    ends = set()
    for method, path, status in (
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("POST", "/v3/blogs/1/posts", 403),  # refused without a look at its body
        ("GET", "/missing", 404),
        ("GET", "/", 200),
    ):
        assert ask(client, method, path, b"x" * 100_000 if method == "POST" else b"") == status
        assert client.sock, f"{method} {path} ended the connection"
        ends.add(client.sock.getsockname())
    assert len(ends) == 1


def test_an_answer_that_is_cut_ends_the_connection(
    running: Sandbox, client: http.client.HTTPConnection
) -> None:
    running.fail("reset-after-commit")
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        ask(client, "GET", "/")
    client.close()
    assert ask(client, "GET", "/") == 200


def test_a_connection_that_waits_ends_with_the_sandbox(
    running: Sandbox, client: http.client.HTTPConnection
) -> None:
    assert ask(client, "GET", "/") == 200
    running.stop()
    assert client.sock.recv(1) == b""


def test_a_client_that_asks_for_an_end_is_told_of_it(client: http.client.HTTPConnection) -> None:
    client.request("GET", "/", headers={"Connection": "close"})
    assert client.getresponse().getheader("Connection") == "close"
