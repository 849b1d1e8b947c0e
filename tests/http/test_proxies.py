"""A proxy in the environment is for the web, never for this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from blogkit.errors import Unreachable
from blogkit.http import Request
from blogkit.http.adapter import direct_children
from blogkit.origins import is_loopback
from tests.cases import for_each
from tests.http.conftest import Connect
from tests.http.server import Script, says, serving

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """A proxy that every variable of the environment names, and that answers 418."""
    script = Script("", [says(418)])
    server = serving(script)
    for name in VARIABLES:
        monkeypatch.setenv(name, script.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield script
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_this_machine_is_reached_directly(
    proxy: Script, script: Script, connect: Connect, host: str
) -> None:
    script.answers = [says(200)]
    assert connect().send(Request("GET", script.url.replace("127.0.0.1", host))).status == 200
    assert proxy.seen == []


def test_ipv6_is_reached_directly(proxy: Script, connect: Connect) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        with pytest.raises(Unreachable, match="connection refused"):
            connect().send(Request("GET", f"http://[::1]:{taken.getsockname()[1]}/"))
    assert proxy.seen == []


def test_tls_to_this_machine_is_direct(proxy: Script, script: Script, connect: Connect) -> None:
    with pytest.raises(Unreachable, match="does not use TLS"):
        connect().send(Request("GET", script.url.replace("http:", "https:")))
    assert proxy.seen == []


def test_the_web_is_reached_through_the_proxy(proxy: Script, connect: Connect) -> None:
    assert connect().send(Request("GET", "http://blog.example/feed")).status == 418
    assert [path for _, path, _, _ in proxy.seen] == ["http://blog.example/feed"]


def test_hosts_in_no_proxy_are_reached_directly(
    monkeypatch: pytest.MonkeyPatch, proxy: Script, script: Script, connect: Connect
) -> None:
    monkeypatch.setenv("no_proxy", "example")
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest: look_up("127.0.0.1" if host == "blog.example" else host, *rest),
    )
    script.answers = [says(200)]
    assert (
        connect().send(Request("GET", script.url.replace("127.0.0.1", "blog.example"))).status
        == 200
    )
    assert proxy.seen == []


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:9", "http:///"])
def test_a_proxy_of_no_use_is_named(
    monkeypatch: pytest.MonkeyPatch, proxy: Script, script: Script, connect: Connect, address: str
) -> None:
    for name in VARIABLES:
        monkeypatch.setenv(name, address)
    script.answers = [says(200)]
    assert connect().send(Request("GET", script.url)).status == 200
    with pytest.raises(Unreachable, match="proxy named in the environment"):
        connect().send(Request("GET", "http://blog.example/"))


def test_which_hosts_are_this_machine() -> None:
    here = [
        "localhost",
        "localhost.",
        "a.localhost",
        "127.0.0.1",
        "127.255.0.1",
        "::1",
        "::ffff:127.0.0.1",
    ]
    assert [host for host in here if not is_loopback(host)] == []
    elsewhere = [
        "",
        "localhost.example",
        "notlocalhost",
        "10.0.0.1",
        "0.0.0.0",
        "::",
        "::ffff:10.0.0.1",
        "127.0.0.1.example",
    ]
    assert [host for host in elsewhere if is_loopback(host)] == []


@for_each(
    "before", [{}, {"no_proxy": "intra.example"}, {"NO_PROXY": "intra.example", "http_proxy": "x"}]
)
def test_programs_that_are_started_reach_this_machine(before: dict[str, str]) -> None:
    environ = dict(before)
    with direct_children(environ):
        for name in ("no_proxy", "NO_PROXY"):
            names = environ[name].split(",")
            assert {"localhost", "127.0.0.1", "::1"} <= set(names)
            assert ("intra.example" in names) == ("intra.example" in before.values())
    assert environ == before


def test_the_environment_is_read_once_for_each_host(
    proxy: Script, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = connect()
    assert http.send(Request("GET", "http://blog.example/a")).status == 418
    for name in VARIABLES:
        monkeypatch.delenv(name)
    assert http.send(Request("GET", "http://blog.example/b")).status == 418
    assert len(proxy.seen) == 2
