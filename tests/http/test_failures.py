"""What each kind of failure means: the error, how often a repeat is safe, and what is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
import urllib3.exceptions

from blogkit.errors import ConfigError, OutcomeUnknown, RateLimited, ServerError, Unreachable
from blogkit.http.connection_errors import connection_reason, never_sent, timed_out
from blogkit.http.failures import FailedExchange, FailureRules
from blogkit.http.limits import AnswerTooLarge, DeadlinePassed
from blogkit.http.messages import Request, Response
from tests.cases import for_each
from tests.http.conftest import NOW, Connect
from tests.http.server import Handler, Script

URL = "https://blog.example/posts"
READ = Request("GET", URL)
PAGE = Request("GET", URL, page=True)
CREATE = Request("POST", URL, json={})
UPDATE = Request("PATCH", URL, json={}, repeatable=True)
RULES = FailureRules(
    "main",
    clock=lambda: NOW,
    timeout=2.5,
    retries=3,
    throttled=lambda answer: answer.status == 429,
)
SAID = '{"message": "Busy."}'
RUN_AGAIN = "run the same command again; it checks the site first and sends nothing twice"


def judged(
    request: Request, status: int, text: str = SAID, **headers: str
) -> Response | FailedExchange:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return RULES.judge_response(request, Response(status, named, text, URL))


def failed(request: Request, status: int, text: str = SAID, **headers: str) -> FailedExchange:
    outcome = judged(request, status, text, **headers)
    assert isinstance(outcome, FailedExchange)
    return outcome


@for_each(
    ("request_", "status", "text"),
    [
        (READ, 200, '{"id": 7}'),
        (READ, 200, "[]"),
        (READ, 200, ' {"id": 7}<!-- kept by a cache -->'),
        (READ, 200, '[{"id": 7}]\n'),
        (PAGE, 200, "<html>"),
        (PAGE, 200, ""),
        (READ, 300, "<html>"),
        (READ, 404, "<html>"),
        (READ, 499, ""),
        (CREATE, 200, "<html>"),
        (UPDATE, 201, ""),
        (CREATE, 400, SAID),
    ],
)
def test_what_the_platform_can_use_or_must_judge_is_an_answer(
    request_: Request, status: int, text: str
) -> None:
    answer = judged(request_, status, text)
    assert isinstance(answer, Response)
    assert (answer.status, answer.text) == (status, text)


@for_each(
    ("value", "wait", "again", "asks", "later"),
    [
        ("", None, 3, "slow down", "wait a while"),
        ("soon", None, 3, "slow down", "wait a while"),
        ("0", 0, 3, "wait 0 s", "wait 0 s"),
        (" 7 ", 7, 3, "wait 7 s", "wait 7 s"),
        ("60", 60, 3, "wait 60 s", "wait 60 s"),
        ("61", 61, 0, "wait 61 s", "wait 61 s"),
        ("86401", 86400, 0, "wait 86400 s", "wait 86400 s"),
        ("Sun, 01 Nov 2026 12:00:20 GMT", 20, 3, "wait 20 s", "wait 20 s"),
        ("Sun, 01 Nov 2026 11:00:00 GMT", 0, 3, "wait 0 s", "wait 0 s"),
        ("Fri, 31 Dec 2027 12:00:00 GMT", 86400, 0, "wait 86400 s", "wait 86400 s"),
    ],
)
@for_each("request_", [READ, CREATE], ids=["read", "create"])
def test_a_site_that_asks_to_slow_down_has_done_nothing(
    request_: Request, value: str, wait: float | None, again: int, asks: str, later: str
) -> None:
    outcome = failed(request_, 429, Retry_After=value)
    assert (outcome.wait, outcome.again, outcome.all, outcome.answer) == (wait, again, True, None)
    assert outcome.why == "asks to slow down (429: Busy)"
    error = outcome.error
    assert isinstance(error, RateLimited)
    assert error.message == f"site main asks to {asks}: Busy"
    assert error.hint == (
        f"{later}, then run the same command again; finished posts are not sent again"
    )
    assert (error.site, error.status, error.reason, error.retry_after) == (
        "main",
        429,
        "Busy.",
        wait,
    )


@for_each(
    ("request_", "status", "value", "again", "wait"),
    [
        (READ, 500, "", 3, None),
        (UPDATE, 503, "", 3, None),
        (CREATE, 500, "", 0, None),
        (READ, 503, "60", 3, 60),
        (READ, 503, "61", 0, 61),
        (CREATE, 503, "1", 0, 1),
    ],
)
def test_a_server_that_fails_may_have_saved(
    request_: Request, status: int, value: str, again: int, wait: float | None
) -> None:
    outcome = failed(request_, status, Retry_After=value)
    assert (outcome.again, outcome.wait, outcome.all, outcome.answer) == (again, wait, False, None)
    assert outcome.why == f"answered {status}: Busy"
    error = outcome.error
    sentence = f"site main answered {status}: Busy ({request_.method} {URL})"
    if request_.write:
        assert isinstance(error, OutcomeUnknown)
        assert error.message == f"{sentence}; the change may have been made"
        assert error.hint == RUN_AGAIN
    else:
        assert isinstance(error, ServerError)
        assert (error.message, error.hint) == (sentence, "try again later")
    assert (error.site, error.status, error.reason) == ("main", status, "Busy.")


@for_each(
    ("text", "what"),
    [
        ('{"id": 7, "ti', "broke off its response"),
        ('\n [{"id": 7}, ', "broke off its response"),
        ("<title>One moment.</title>", 'answered 200 with a web page titled "One moment."'),
        ("", "answered 200 with an empty response"),
    ],
)
def test_a_read_that_is_no_json_is_repeated_once_and_then_the_platforms_to_judge(
    text: str, what: str
) -> None:
    outcome = failed(READ, 200, text)
    assert (outcome.why, outcome.again, outcome.wait, outcome.all) == (what, 1, None, False)
    assert outcome.answer is not None
    assert outcome.answer.text == text
    assert outcome.error.message == f"site main {what} (GET {URL})"
    assert outcome.error.status == 200


# exchanges that raise


def chained(error: Exception, *causes: Exception) -> Any:
    """The error with the causes behind it, as `raise … from …` or an `except` block leaves them."""
    last = error
    for number, cause in enumerate(causes):
        if number % 2:
            last.__context__ = cause
        else:
            last.__cause__ = cause
        last = cause
    return error


SLOW_BODY = chained(
    requests.ConnectionError(),
    urllib3.exceptions.ReadTimeoutError(None, "/", "slow"),  # type: ignore[arg-type]
)
DRIPPED = chained(requests.ConnectionError(), ValueError(), OSError(), DeadlinePassed())
LATE = chained(requests.ReadTimeout(), DeadlinePassed())


@for_each(
    ("error", "expected"),
    [
        (requests.ReadTimeout(), "silent"),
        (SLOW_BODY, "silent"),
        (DRIPPED, "incomplete"),
        (LATE, "incomplete"),
        (requests.ConnectionError(), ""),
        (chained(requests.ConnectionError(), ValueError()), ""),
    ],
)
def test_how_an_answer_failed_to_come_in_time(
    error: requests.RequestException, expected: str
) -> None:
    assert timed_out(error) == expected


CLOSED = "closed the connection before its response was complete"
SILENT = "did not answer within 2.5 s"


@for_each(
    ("error", "what", "read", "update"),
    [
        (requests.ConnectionError(), CLOSED, 3, 3),
        (requests.exceptions.ChunkedEncodingError(), CLOSED, 3, 3),
        (requests.exceptions.ContentDecodingError(), CLOSED, 3, 3),
        (requests.exceptions.SSLError("unexpected EOF"), CLOSED, 3, 3),
        (requests.ReadTimeout(), SILENT, 1, 1),
        (SLOW_BODY, SILENT, 1, 1),
        (LATE, SILENT, 0, 0),
        (AnswerTooLarge(1_500_000), "sent more than 1.5 MB in one answer", 0, 0),
    ],
)
def test_an_exchange_that_may_have_arrived(
    error: requests.RequestException, what: str, read: int, update: int
) -> None:
    outcomes = [RULES.of_exception(request, error) for request in (READ, UPDATE, CREATE)]
    assert [outcome.again for outcome in outcomes] == [read, update, 0]
    for outcome, request in zip(outcomes, (READ, UPDATE, CREATE), strict=True):
        assert (outcome.why, outcome.wait, outcome.all, outcome.answer) == (what, None, False, None)
        assert outcome.error.message.startswith(f"site main {what} ({request.method} {URL})")
        assert isinstance(outcome.error, OutcomeUnknown if request.write else ServerError)
        assert (outcome.error.site, outcome.error.status, outcome.error.reason) == ("main", 0, "")


def pool(reason: Exception) -> requests.ConnectionError:
    """As requests raises it: the cause is the `reason` of its first argument."""
    return requests.ConnectionError(urllib3.exceptions.MaxRetryError(None, "/", reason))  # type: ignore[arg-type]


BAD_PROXY = (
    "the proxy named in the environment cannot be used: its address is wrong, or it is SOCKS"
    " (pip install pysocks)"
)
REFUSED = urllib3.exceptions.NewConnectionError(None, "refused")  # type: ignore[arg-type]
UNKNOWN_HOST = urllib3.exceptions.NameResolutionError("b.example", None, OSError())  # type: ignore[arg-type]


@for_each(
    ("error", "reason"),
    [
        (requests.ConnectTimeout(), "no response"),
        (requests.exceptions.ProxyError(), "the proxy from the environment does not respond"),
        (requests.exceptions.InvalidProxyURL(), BAD_PROXY),
        (requests.exceptions.InvalidSchema("Missing dependencies for SOCKS support."), BAD_PROXY),
        (
            requests.exceptions.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED]"),
            "its certificate is not valid for this address",
        ),
        (
            requests.exceptions.SSLError("[SSL: WRONG_VERSION_NUMBER]"),
            "it does not use TLS on that port",
        ),
        (pool(REFUSED), "connection refused or no route"),
        (requests.ConnectionError(REFUSED), "connection refused or no route"),
        (pool(UNKNOWN_HOST), "no such host"),
    ],
)
def test_an_exchange_that_never_left(error: requests.RequestException, reason: str) -> None:
    assert never_sent(error)
    assert connection_reason(error) == reason
    outcome = RULES.of_exception(CREATE, error)
    assert (outcome.again, outcome.why, outcome.wait, outcome.all, outcome.answer) == (
        1,
        "could not be reached",
        None,
        False,
        None,
    )
    assert isinstance(outcome.error, Unreachable)
    assert outcome.error.site == "main"
    assert outcome.error.message == f"site main: cannot connect to https://blog.example: {reason}"
    assert outcome.error.hint == (
        "check the connection, and the site's `url` (and `api_base`) in blogkit.toml"
    )


@for_each(
    "error",
    [
        requests.ConnectionError(),
        requests.ConnectionError("reset"),
        requests.ReadTimeout(),
        requests.exceptions.SSLError("unexpected EOF"),
        requests.exceptions.InvalidSchema("No connection adapters were found"),
        pool(urllib3.exceptions.ProtocolError()),
    ],
)
def test_what_may_have_arrived_is_not_taken_for_unsent(error: requests.RequestException) -> None:
    assert not never_sent(error)


@for_each("error", [requests.exceptions.InvalidURL(), requests.exceptions.InvalidSchema("no")])
def test_what_makes_no_request_is_the_configurations_fault(
    error: requests.RequestException,
) -> None:
    with pytest.raises(ConfigError) as caught:
        RULES.of_exception(Request("GET", f"{URL}?token=abc"), error)
    assert caught.value.message == (
        f"site main: cannot build a request from its address or credentials ({URL}?token=***)"
    )
    assert caught.value.hint == (
        "check `url` in blogkit.toml for typing errors; if a secret contains line breaks, run"
        " blogkit login main"
    )


@for_each(
    ("text", "summary"),
    [
        ('{"error": {"message": "Busy.", "code": 503}}', "Busy."),
        ('{"code": "rest_forbidden", "message": "Sorry."}', "Sorry. (rest_forbidden)"),
        (
            '{"error": "invalid_grant", "error_description": "Token has been revoked."}',
            "invalid_grant: Token has been revoked.",
        ),
        ('{"error": "invalid_grant"}', "invalid_grant"),
        ('{"error": {"error_description": "Expired."}}', "Expired."),
        ('{"error": {"message": 7}}', "7"),
        ('{"error": {"code": "expired", "status": "GONE"}}', "expired"),
        ('{"error": {"code": 410}}', "410"),
        ('{"error": {"status": "GONE", "code": ""}}', "GONE ()"),
        ('{"error": {}}', "status 400"),
        ('{"error": ""}', "status 400"),
        ("[]", "status 400"),
        ("", "an empty response"),
    ],
)
def test_what_the_site_tells_is_quoted_in_short(text: str, summary: str) -> None:
    assert Response(400, {}, text, URL).summary() == summary


def test_a_text_of_the_site_is_cut_at_its_limit() -> None:
    quote = Response(400, {}, "", URL).quote
    assert (quote("abcd", 4), quote("abcde", 4)) == ("abcd", "abc…")
    assert (quote("x" * 300), quote("x" * 301)) == ("x" * 300, "x" * 299 + "…")


def test_bytes_that_no_encoding_reads_are_replaced(script: Script, connect: Connect) -> None:
    def spoilt(charset: str) -> Callable[[Handler], None]:
        def answer(handler: Handler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", f"application/json; charset={charset}")
            handler.send_header("Content-Length", "11")
            handler.end_headers()
            handler.wfile.write(b'{"a": "\xe9\x81"}')

        return answer

    read = {"nonsense": "\ufffd", "utf-8": "\ufffd", "windows-1252": "é\ufffd"}
    script.answers = [spoilt(charset) for charset in read]
    for text in read.values():
        assert connect().send(Request("GET", script.url)).json("main") == {"a": text}


@for_each(
    ("request_", "writes"),
    [
        (READ, False),
        (Request("HEAD", URL), False),
        (CREATE, True),
        (UPDATE, True),
        (Request("DELETE", URL), True),
        (Request("POST", URL, only_reads=True), False),
    ],
)
def test_what_may_change_something_is_a_write(request_: Request, writes: bool) -> None:
    assert request_.write == writes
