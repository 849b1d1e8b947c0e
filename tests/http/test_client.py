from __future__ import annotations

import logging
import re
import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from blogkit import __version__
from blogkit.errors import (
    AuthenticationError,
    ConfigError,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    SiteError,
    Unreachable,
)
from blogkit.http import HttpClient, Request
from tests.cases import for_each
from tests.http.conftest import Connect
from tests.http.server import Handler, Script, hangs_until, resets, says, truncates
from tests.ports import nobody_listens


def test_an_answer_carries_status_headers_and_text(script: Script, connect: Connect) -> None:
    script.answers = [says(200, '{"title": "हिन्दी 📍"}', ETag="x")]
    answer = connect().send(
        Request(
            "GET",
            script.url + "/a",
            params=(("status", "LIVE"), ("when", "2026-01-01T00:00:00+05:30")),
        )
    )
    assert (answer.status, answer.headers["etag"]) == (200, "x")
    assert answer.url.startswith(f"{script.url}/a?status=LIVE&")
    assert answer.json("main") == {"title": "हिन्दी 📍"}
    method, path, headers, _ = script.seen[0]
    assert (method, path) == ("GET", "/a?status=LIVE&when=2026-01-01T00%3A00%3A00%2B05%3A30")
    assert headers["Accept"] == "application/json"
    assert headers["Cache-Control"] == "no-cache", "a cache may have an older answer"


def test_a_request_takes_its_own_headers_and_names_the_program(
    script: Script, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "blogkit.http")
    script.answers = [says(201, Location="/elsewhere")]
    request = Request("POST", f"{script.url}/a?key=x", headers={"X-Key": "1"}, data=b"raw")
    assert connect().send(request).status == 201, "an address beside a result is no redirect"
    ((_, _, headers, body),) = script.seen
    assert (headers["User-Agent"], headers["X-Key"]) == (f"blogkit/{__version__}", "1")
    assert body == b"raw"
    assert re.fullmatch(rf"POST {script.url}/a\?key=\*\*\* 201 \d\.\d\d\d s", caplog.messages[0])


def test_the_sites_clock_is_compared_with_ours(script: Script, connect: Connect) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nDate: Sun, 01 Nov 2026 12:02:30 GMT\r\nContent-Length: 2\r\n\r\n{}"
        )
        handler.close_connection = True

    script.answers = [answer]
    http = connect()
    assert http.clock_offset == timedelta()
    http.send(Request("GET", script.url))
    assert http.clock_offset == timedelta(seconds=150)


def test_repeats_wait_longer_each_time(
    script: Script, connect: Connect, naps: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "blogkit.http")
    script.answers = [says(500, '{"message": "Busy."}')]
    with pytest.raises(ServerError):
        connect().send(Request("GET", script.url))
    assert naps == [1, 2, 4]
    assert caplog.messages == [f"main answered 500: Busy: waiting {nap} s" for nap in (1, 2, 4)]


@for_each(("seconds", "level"), [(9, "INFO"), (10, "WARNING"), (60, "WARNING")])
def test_only_a_long_wait_is_announced(
    script: Script,
    connect: Connect,
    caplog: pytest.LogCaptureFixture,
    seconds: int,
    level: str,
) -> None:
    caplog.set_level(logging.INFO, "blogkit.http")
    caplog.clear()
    script.answers = [says(429, '{"message": "Slow."}', Retry_After=str(seconds)), says(200)]
    connect().send(Request("GET", script.url))
    assert (caplog.records[0].levelname, caplog.messages[0]) == (
        level,
        f"main asks to slow down (429: Slow): waiting {seconds} s",
    )


def test_a_wait_for_the_site_holds_other_requests_and_a_repeat_does_not(
    script: Script, connect: Connect
) -> None:
    http = connect()
    held: list[float] = []
    http.rate_limiter.hold = held.append  # type: ignore[method-assign]
    script.answers = [says(429, Retry_After="5"), says(500), says(200)]
    http.send(Request("GET", script.url))
    assert held == [5]


def test_an_exchange_without_a_response_is_in_the_log(
    script: Script, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "blogkit.http")
    script.answers = [resets]
    with pytest.raises(OutcomeUnknown):
        connect().send(Request("POST", f"{script.url}/a?key=x"))
    (message,) = caplog.messages
    assert message.startswith(
        f"POST {script.url}/a?key=*** got no response: site main closed the connection"
    )


def test_a_refusal_is_an_answer(script: Script, connect: Connect) -> None:
    script.answers = [says(400, '{"error": {"message": "labels"}}')]
    assert connect().send(Request("POST", script.url, json={"a": 1})).summary() == "labels"
    assert script.seen[0][3] == b'{"a": 1}'


@pytest.mark.parametrize("failing", [resets, truncates, says(500), says(503)])
def test_a_read_is_repeated_until_it_works(
    script: Script, connect: Connect, failing: object
) -> None:
    script.answers = [failing, failing, says(200)]  # type: ignore[list-item]
    assert connect().send(Request("GET", script.url)).status == 200
    assert len(script.seen) == 3


@pytest.mark.parametrize(
    "failing", [resets, truncates, says(500), says(502), says(503, Retry_After="1")]
)
def test_a_create_is_sent_once_and_its_outcome_is_unknown(
    script: Script, connect: Connect, failing: object
) -> None:
    script.answers = [failing]  # type: ignore[list-item]
    with pytest.raises(OutcomeUnknown, match="may have been made"):
        connect().send(Request("POST", script.url, json={}))
    assert len(script.seen) == 1


@pytest.mark.parametrize("failing", [resets, says(500)])
def test_a_repeatable_write_is_repeated_and_ends_unknown(
    script: Script, connect: Connect, failing: object
) -> None:
    script.answers = [failing]  # type: ignore[list-item]
    with pytest.raises(OutcomeUnknown):
        connect().send(Request("PATCH", script.url, json={}, repeatable=True))
    assert len(script.seen) == 4


@pytest.mark.parametrize(("method", "error"), [("POST", OutcomeUnknown), ("GET", ServerError)])
def test_silence_is_told_apart_by_what_was_asked(
    script: Script, connect: Connect, method: str, error: type[Exception]
) -> None:
    done = threading.Event()
    script.answers = [hangs_until(done)]
    http = connect(timeout=(60, 0.05))
    with pytest.raises(error, match="did not answer within"):
        http.send(Request(method, script.url))
    done.set()


def test_nobody_there_is_safe_to_repeat(connect: Connect, naps: list[float]) -> None:
    with nobody_listens() as port:
        url = f"http://127.0.0.1:{port}"
        with pytest.raises(Unreachable, match=f"main: cannot connect to {url}"):
            connect().send(Request("POST", f"{url}/"))
    assert len(naps) == 1


def test_tls_is_verified_and_a_failure_reached_nobody(script: Script, connect: Connect) -> None:
    script.answers = [says(200)]
    with pytest.raises(Unreachable):
        connect().send(Request("POST", script.url.replace("http:", "https:")))
    assert script.seen == []


def test_too_fast_waits_as_told_and_repeats_even_a_create(
    script: Script, connect: Connect, naps: list[float]
) -> None:
    script.answers = [says(429, Retry_After="7"), says(200)]
    assert connect().send(Request("POST", script.url)).status == 200
    assert naps == [7]


def test_retry_after_as_a_date(script: Script, connect: Connect, naps: list[float]) -> None:
    script.answers = [says(429, Retry_After="Sun, 01 Nov 2026 12:00:20 GMT"), says(200)]
    connect().send(Request("GET", script.url))
    assert naps == [20]


def test_a_long_wait_is_the_callers_to_schedule(
    script: Script, connect: Connect, naps: list[float]
) -> None:
    script.answers = [says(429, '{"message": "daily"}', Retry_After="21600")]
    with pytest.raises(RateLimited, match="daily") as caught:
        connect().send(Request("GET", script.url))
    assert (caught.value.retry_after, naps, len(script.seen)) == (21600, [], 1)
    assert "wait 21600 s" in caught.value.message
    assert "wait 21600 s" in caught.value.hint


def test_another_thread_waits_too_after_a_429(
    script: Script, connect: Connect, naps: list[float]
) -> None:
    http = connect()
    script.answers = [says(429, Retry_After="61"), says(200)]
    http.rate_limiter.hold(9)
    with pytest.raises(RateLimited):
        http.send(Request("GET", script.url))
    assert naps == [9]


def test_credentials_are_renewed_once(script: Script, connect: Connect) -> None:
    asked: list[bool] = []

    def auth(request: Request, renew: bool) -> Mapping[str, str]:
        asked.append(renew)
        return {"Authorization": f"Bearer token-{len(asked)}"}

    script.answers = [says(401), says(200)]
    assert connect(auth).send(Request("POST", script.url)).status == 200
    assert [seen[2]["Authorization"] for seen in script.seen] == [
        "Bearer token-1",
        "Bearer token-2",
    ]
    script.answers = [says(401, '{"code": "x", "message": "Invalid Credentials"}')]
    with pytest.raises(AuthenticationError) as caught:
        connect(auth).send(Request("GET", script.url))
    error = caught.value
    assert error.message == "site main does not accept the credentials: Invalid Credentials (x)"
    assert (error.site, error.status, error.reason, error.hint) == (
        "main",
        401,
        "Invalid Credentials (x)",
        "blogkit login main",
    )
    assert len(script.seen) == 4


def test_credentials_that_cannot_change_are_not_tried_twice(
    script: Script, connect: Connect
) -> None:
    script.answers = [says(401)]
    with pytest.raises(AuthenticationError):
        connect(lambda request, renew: {"Authorization": "Basic YTpi"}).send(
            Request("GET", script.url)
        )
    assert len(script.seen) == 1


def test_a_token_that_was_confirmed_just_now_is_tried_again(
    script: Script, connect: Connect
) -> None:
    script.answers = [says(401), says(200)]
    http = connect(lambda request, renew: {"Authorization": "Bearer ours"})
    assert http.send(Request("GET", script.url)).status == 200


def test_a_session_of_the_callers_own_sends_the_requests(script: Script) -> None:
    script.answers = [says(200)]
    with requests.Session() as session:
        session.headers["X-Staging"] = "yes"
        HttpClient("main", session=session).send(Request("GET", script.url))
    assert script.seen[0][2]["X-Staging"] == "yes"


def test_without_credentials_a_401_is_an_answer(script: Script, connect: Connect) -> None:
    script.answers = [says(401)]
    assert connect().send(Request("POST", script.url)).status == 401


def test_a_netrc_cannot_replace_our_credentials(
    script: Script, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    script.answers = [says(200)]
    connect(lambda request, renew: {"Authorization": "Bearer ours"}).send(
        Request("GET", script.url)
    )
    assert script.seen[0][2]["Authorization"] == "Bearer ours"


def test_a_cookie_does_not_sign_the_next_request(script: Script, connect: Connect) -> None:
    script.answers = [says(200, Set_Cookie="wordpress_logged_in=1; Path=/")]
    http = connect()
    http.send(Request("GET", script.url))
    http.send(Request("GET", script.url))
    assert "Cookie" not in script.seen[1][2]


def test_a_read_follows_a_redirect_on_the_same_host(script: Script, connect: Connect) -> None:
    script.answers = [says(301, Location="/new?a=1"), says(200)]
    connect(lambda request, renew: {"Authorization": "Bearer ours"}).send(
        Request("GET", script.url + "/old", params=(("b", "2"),))
    )
    assert [seen[1] for seen in script.seen] == ["/old?b=2", "/new?a=1"]
    assert script.seen[1][2]["Authorization"] == "Bearer ours"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, Unreachable),
        (302, ServerError),
        (303, ServerError),
        (307, Unreachable),
        (308, Unreachable),
    ],
)
def test_a_write_follows_no_redirect(
    script: Script, connect: Connect, status: int, error: type[SiteError]
) -> None:
    """What has moved was not done; a 302 or 303 may come after it was done."""
    script.answers = [says(status, Location="/new")]
    with pytest.raises(error, match="redirects to") as caught:
        connect().send(Request("POST", script.url))
    assert script.url in caught.value.hint
    assert (caught.value.site, caught.value.status) == ("main", status)
    assert len(script.seen) == 1


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/elsewhere", "http://other.invalid/", "//other.invalid/x"]
)
def test_credentials_go_to_no_other_host(script: Script, connect: Connect, target: str) -> None:
    script.answers = [says(302, Location=target)]
    with pytest.raises(ServerError, match="does not send credentials"):
        connect().send(Request("GET", script.url))


def test_a_redirect_in_a_circle_ends(script: Script, connect: Connect) -> None:
    script.answers = [says(302, Location="/again")]
    with pytest.raises(ServerError) as caught:
        connect().send(Request("GET", script.url))
    assert caught.value.message == f"site main redirects in a loop at {script.url}/again"
    assert (caught.value.site, caught.value.status) == ("main", 302)
    assert len(script.seen) == 6


@for_each(("status", "paths"), [(300, ["/a", "/b"]), (399, ["/a", "/b"]), (400, ["/a"])])
def test_only_a_redirect_is_followed(
    script: Script, connect: Connect, status: int, paths: list[str]
) -> None:
    script.seen.clear()
    script.answers = [says(status, Location="/b"), says(200)]
    connect().send(Request("GET", f"{script.url}/a"))
    assert [path for _, path, _, _ in script.seen] == paths


def test_a_redirect_without_a_target_is_an_answer(script: Script, connect: Connect) -> None:
    script.answers = [says(304)]
    assert connect().send(Request("GET", script.url)).status == 304


def test_a_redirect_to_an_address_that_is_none_is_the_sites_fault(
    script: Script, connect: Connect
) -> None:
    script.answers = [says(302, Location="http://blog.example:port/")]
    with pytest.raises(ServerError) as caught:
        connect().send(Request("GET", script.url))
    assert caught.value.message == f"site main: {script.url} redirects to an invalid address"
    assert (caught.value.site, caught.value.status) == ("main", 302)


def test_an_html_page_is_not_an_api(script: Script, connect: Connect) -> None:
    script.answers = [says(200, "<html><title>Down for\nmaintenance</title>", "text/html")]
    with pytest.raises(ServerError, match='titled "Down for maintenance"'):
        connect().send(Request("GET", script.url)).json("main")
    with pytest.raises(OutcomeUnknown):
        connect().send(Request("POST", script.url)).json("main")


def test_signing_in_without_tls_is_refused_beyond_this_machine(connect: Connect) -> None:
    http = connect(lambda request, renew: {"Authorization": "Bearer ours"})
    with pytest.raises(ConfigError, match="not encrypted"):
        http.send(Request("GET", "http://school.invalid/wp-json/"))


@for_each("url", ["not an address", "https://", "htps://x.invalid", "http://[::1", "http://a..b/"])
def test_an_unusable_address_is_the_configurations_fault(url: str, connect: Connect) -> None:
    with pytest.raises((ConfigError, Unreachable)):
        connect().send(Request("GET", url))


def test_one_session_serves_many_threads(script: Script, connect: Connect) -> None:
    script.answers = [says(200)]
    http: HttpClient = connect()
    threads = [
        threading.Thread(target=http.send, args=(Request("GET", script.url),)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(script.seen) == 8


def test_a_wait_is_told_when_it_is_over(
    script: Script, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    slow = '{"error": {"message": "Resource has been exhausted."}}'
    script.answers = [says(429, slow, Retry_After="3"), says(200)]
    connect().send(Request("POST", script.url))
    script.answers = [says(503, '{"message": "Backend Error"}'), says(200)]
    connect().send(Request("GET", script.url))
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "waited 3 s as main asked (429: Resource has been exhausted), then went on",
        "waited 1 s because main answered 503: Backend Error, then went on",
    ]
    caplog.clear()
    script.answers = [says(500), says(429, slow), says(200)]
    connect().send(Request("GET", script.url))
    assert caplog.messages[-1] == (
        "waited 3 s because main asks to slow down (429: Resource has been exhausted), then went on"
    )


@pytest.mark.parametrize("status", [400, 404])
def test_a_wait_is_not_told_beside_the_error_that_follows(
    script: Script, connect: Connect, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    script.answers = [says(500), says(status)]
    assert connect().send(Request("GET", script.url)).status == status
    assert [record for record in caplog.records if record.levelname == "WARNING"] == []


@pytest.mark.parametrize("body", ['{"id": 7, "ti', "<html><title>One moment</title></html>", ""])
def test_a_read_that_was_cut_off_is_repeated_once(
    script: Script, connect: Connect, body: str
) -> None:
    script.answers = [says(200, body), says(200, '{"id": 7}')]
    assert connect().send(Request("GET", script.url)).json("main") == {"id": 7}
    script.answers = [says(200, body), says(200, body), says(200, '{"id": 7}')]
    with pytest.raises(ServerError, match="not JSON"):
        connect().send(Request("GET", script.url)).json("main")


def test_a_write_whose_answer_was_cut_off_is_not_repeated(script: Script, connect: Connect) -> None:
    script.answers = [says(200, '{"id": 7, "ti')]
    with pytest.raises(OutcomeUnknown):
        connect().send(Request("POST", script.url, repeatable=True)).json("main")
    assert len(script.seen) == 1


def test_only_an_anonymous_read_that_may_roam_leaves_its_host(
    script: Script, connect: Connect
) -> None:
    script.answers = [says(301, Location="http://127.0.0.1:1/elsewhere")]
    for request in (
        Request("GET", script.url, signed=False),
        Request("GET", script.url, roams=True),
        Request("GET", script.url, signed=False, roams=True),  # not over TLS
    ):
        with pytest.raises(Unreachable, match="redirects to"):
            connect().send(request)
