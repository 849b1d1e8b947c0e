"""Which failures prove that nothing was sent, and which redirects may carry credentials."""

from __future__ import annotations

import pytest
import requests
import responses
import urllib3

from blogkit.errors import ConfigError, OutcomeUnknown, ServerError, SiteError, Unreachable
from blogkit.http import HttpClient, Request
from tests.cases import for_each

SIGNED = {"Authorization": "Bearer ours"}


def connect(naps: list[float] | None = None) -> HttpClient:
    return HttpClient(
        "main",
        auth=lambda request, renew: SIGNED,
        sleep=(naps if naps is not None else []).append,
        allow_http=True,
    )


def pool_error(reason: Exception) -> requests.ConnectionError:
    """As requests raises it: the cause is the `reason` of its first argument."""
    return requests.ConnectionError(urllib3.exceptions.MaxRetryError(None, "/", reason))  # type: ignore[arg-type]


REFUSED = urllib3.exceptions.NewConnectionError(None, "refused")  # type: ignore[arg-type]
NO_SUCH_HOST = urllib3.exceptions.NameResolutionError("blog.example", None, OSError("unknown"))  # type: ignore[arg-type]
BAD_CERTIFICATE = requests.exceptions.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")
NO_TLS = requests.exceptions.SSLError("[SSL: WRONG_VERSION_NUMBER] wrong version number")


@for_each(
    ("failure", "reason"),
    [
        (requests.ConnectTimeout("timed out"), "no response"),
        (
            requests.exceptions.ProxyError("down"),
            "the proxy from the environment does not respond",
        ),
        (BAD_CERTIFICATE, "its certificate is not valid for this address"),
        (NO_TLS, "it does not use TLS on that port"),
        (pool_error(NO_SUCH_HOST), "no such host"),
        (pool_error(REFUSED), "connection refused or no route"),
    ],
    ids=["connect timeout", "proxy", "certificate", "no TLS", "no such host", "refused"],
)
def test_a_write_that_never_left_is_repeated_once_and_named_unreachable(
    failure: Exception, reason: str
) -> None:
    """`Unreachable` stops the site; `OutcomeUnknown` would claim that the change may have been
    made.
    """
    naps: list[float] = []
    with responses.RequestsMock() as mock:
        mock.add("POST", "https://blog.example/posts", body=failure)
        with pytest.raises(Unreachable) as caught:
            connect(naps).send(Request("POST", "https://blog.example/posts", json={}))
        assert (
            caught.value.message == f"site main: cannot connect to https://blog.example: {reason}"
        )
        assert (len(mock.calls), len(naps)) == (2, 1)


@for_each(
    "failure",
    [
        requests.ConnectionError(),
        requests.ReadTimeout("slow"),
        requests.exceptions.SSLError("unexpected EOF"),
    ],
    ids=["no details", "read timeout", "TLS broken off"],
)
def test_a_write_that_may_have_arrived_has_an_unknown_outcome(failure: Exception) -> None:
    with responses.RequestsMock() as mock:
        mock.add("POST", "https://blog.example/posts", body=failure)
        with pytest.raises(OutcomeUnknown, match="may have been made") as caught:
            connect().send(Request("POST", "https://blog.example/posts", json={}))
        assert (len(mock.calls), caught.value.status) == (1, 0)


@for_each(
    "url",
    ["http://blog.example/", "http:///posts", "http://10.0.0.7/", "http://127.0.0.1.blog.example/"],
)
def test_credentials_are_not_sent_unencrypted_to_another_machine(url: str) -> None:
    with pytest.raises(ConfigError, match="not encrypted"):
        HttpClient("main", auth=lambda request, renew: SIGNED).send(Request("GET", url))


@for_each("url", ["http://localhost/", "http://127.0.0.1:8080/", "http://[::1]/"])
def test_credentials_are_sent_unencrypted_on_this_machine(url: str) -> None:
    with responses.RequestsMock() as mock:
        mock.add("GET", url, json={"id": 7})
        HttpClient("main", auth=lambda request, renew: SIGNED).send(Request("GET", url))
        assert mock.calls[0].request.headers["Authorization"] == "Bearer ours"


@for_each(
    ("start", "target"),
    [
        ("http://blog.example/old", "https://blog.example/old"),
        ("http://blog.example/old", "https://blog.example:443/old"),
        ("https://blog.example/old", "https://blog.example/new"),
        ("https://blog.example/old", "/new?page=2"),
        ("https://blog.example:8443/old", "https://blog.example:8443/new"),
    ],
)
def test_a_read_takes_its_credentials_to_the_same_server_or_to_its_https_port(
    start: str, target: str
) -> None:
    with responses.RequestsMock() as mock:
        mock.add("GET", start, status=301, headers={"Location": target})
        mock.add("GET", requests.compat.urljoin(start, target), json={"id": 7})
        assert connect().send(Request("GET", start)).json("main") == {"id": 7}
        assert [call.request.headers["Authorization"] for call in mock.calls] == ["Bearer ours"] * 2


@for_each(
    ("start", "target"),
    [
        ("http://blog.example/", "https://blog.example:8443/"),
        ("http://blog.example/", "https://blog.example:80/"),
        ("http://blog.example/", "https://www.blog.example/"),
        ("http://blog.example/", "ftp://blog.example/"),
        ("https://blog.example/", "http://blog.example/"),
        ("https://blog.example/", "https://blog.example:8443/"),
        ("https://blog.example/", "https://me@blog.example/"),
        ("https://blog.example:8443/", "https://blog.example/"),
    ],
)
def test_credentials_go_to_no_other_port_scheme_or_host(start: str, target: str) -> None:
    with responses.RequestsMock() as mock:
        mock.add("GET", start, status=301, headers={"Location": target})
        with pytest.raises((Unreachable, ServerError), match="does not send credentials") as caught:
            connect().send(Request("GET", start))
        assert len(mock.calls) == 1
    assert isinstance(caught.value, SiteError)
    assert caught.value.status == 301
