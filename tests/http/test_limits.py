"""A hostile or broken server costs a bounded time and a bounded memory."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from contextlib import suppress

import pytest

from blogkit.decoding import HostileJson, decode_json, decode_leading
from blogkit.errors import OutcomeUnknown, RateLimited, ServerError
from blogkit.http import HttpClient, Request, limits
from tests.cases import for_each
from tests.http.server import Handler, Script, Scripted, hangs_until, says

MB = 1_000_000


def client(timeout: float = 60, max_bytes: int = MB, naps: list[float] | None = None) -> HttpClient:
    return HttpClient(
        "main",
        sleep=(naps if naps is not None else []).append,
        timeout=(60, timeout),
        max_bytes=max_bytes,
    )


def endless(piece: bytes) -> Scripted:
    """Answer with bytes that never end, until the client has gone away."""

    def answer(handler: Handler) -> None:
        handler.close_connection = True
        try:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.end_headers()
            while True:
                handler.wfile.write(piece)
                handler.wfile.flush()
        except OSError:
            return

    return answer


def interim_answers_without_end(handler: Handler) -> None:
    handler.close_connection = True
    with suppress(OSError):
        while True:
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


class Hurried:
    """A clock that a server which drips sets forward by more than the client's patience."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead

    def drips(self, part: str) -> Scripted:
        begin = b"HTTP/1.1 200 OK\r\n" + (b"X-Long: " if part == "headers" else b"\r\n")

        def answer(handler: Handler) -> None:
            handler.close_connection = True
            with suppress(OSError):  # until the client has gone away
                handler.wfile.write(begin)
                for _ in range(3000):
                    handler.wfile.write(b"a")
                    self._ahead += 9
                    time.sleep(0.02)

        return answer


def bomb() -> Scripted:
    data = gzip.compress(b'{"a": "' + b"a" * (200 * MB), 1)

    def answer(handler: Handler) -> None:
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(data)

    return answer


def test_an_answer_without_end_is_cut_off_at_the_limit(script: Script) -> None:
    script.answers = [endless(b"a" * 10_000)]
    with pytest.raises(ServerError, match=r"sent more than 1 MB in one answer"):
        client().send(Request("GET", script.url))
    assert len(script.seen) == 1, "what is too large once is not asked for again"


def test_a_write_that_answers_without_end_may_have_been_made(script: Script) -> None:
    script.answers = [endless(b"a" * 10_000)]
    with pytest.raises(OutcomeUnknown, match="may have been made"):
        client().send(Request("POST", script.url, json={}))


@pytest.mark.slow
def test_a_compressed_answer_is_measured_as_it_unfolds(script: Script) -> None:
    script.answers = [bomb()]
    tracemalloc.start()
    try:
        with pytest.raises(ServerError, match="more than 1 MB"):
            client().send(Request("GET", script.url))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * MB


@pytest.mark.parametrize("part", ["headers", "body"])
def test_an_answer_that_drips_ends_at_the_deadline(
    script: Script, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hurried()
    monkeypatch.setattr(limits, "time", clock)
    script.answers = [clock.drips(part)]
    with pytest.raises(ServerError, match="did not answer within 60 s"):
        client().send(Request("GET", script.url))
    assert len(script.seen) == 1, "a server that drips is not asked again"


def test_a_silent_server_is_asked_twice(script: Script) -> None:
    stop, naps = threading.Event(), []
    script.answers = [hangs_until(stop)]
    try:
        with pytest.raises(ServerError, match=r"did not answer within 0\.2 s"):
            client(timeout=0.2, naps=naps).send(Request("GET", script.url))
    finally:
        stop.set()
    assert len(naps) == 1


def test_a_picture_may_take_longer_to_leave_than_a_connection_to_be_made(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time for connecting bounds what is sent in one call: a small part of a picture."""
    sent: list[int] = []
    send = socket.socket.sendall

    def noted(self: socket.socket, data: bytes) -> None:
        sent.append(len(data))
        send(self, data)

    monkeypatch.setattr(socket.socket, "sendall", noted)
    script.answers = [says(200)]
    assert client().send(Request("POST", script.url, data=b"x" * MB)).status == 200
    assert len(script.seen[0][3]) == MB
    assert sum(sent) > MB
    assert max(sent) < 70_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[" * 100_000 + "]" * 99_000, "nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 99_000, "nested too deeply"),
        ("[" + "[]," * 1_100_000 + "[]]", "more than 2,000,000 values"),
        ('{"a": NaN}', "not JSON"),
        ('{"a": ' + "9" * 5000 + "}", "not JSON"),
        ("{'a': 1}", "not JSON"),
    ],
    ids=["lists", "objects", "many", "NaN", "digits", "quotes"],
)
def test_json_that_no_blog_sends_is_an_answer_without_use(
    script: Script, body: str, said: str
) -> None:
    script.answers = [says(200, body)]
    answer = client(max_bytes=10 * MB).send(Request("GET", script.url))
    with pytest.raises(ServerError, match=said):
        answer.json("main")
    assert answer.summary()


@for_each(
    "deep",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '[{"a]": "}[\\""},' * 20_000 + "1" + "]" * 20_000,
    ],
    ids=["lists", "objects", "brackets in texts"],
)
def test_only_what_is_nested_too_deeply_is_lost(deep: str) -> None:
    found = decode_json(f'{{"items": [{{"id": 1, "odd": {deep}}}, {{"id": 2}}]}}')
    assert [item["id"] for item in found["items"]] == [1, 2]
    value, levels = found["items"][0]["odd"], 0
    while value is not None:
        value, levels = (value["a"] if isinstance(value, dict) else value[-1]), levels + 1
    assert 100 < levels < 300
    value, rest = decode_leading(f'{{"a": {deep}}}<!-- kept -->')
    assert (list(value), rest) == (["a"], "<!-- kept -->")


def test_commas_within_texts_are_no_values_of_note() -> None:
    text = '["' + "one, two, " * 100_000 + '"]'
    assert decode_json(text) == [text[2:-2]]
    with pytest.raises(HostileJson):
        decode_json('["' + "," * 2_000_001 + '"]')


@pytest.mark.parametrize("value", ["9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT", "٩" * 50])
def test_no_wait_is_longer_than_a_day(script: Script, value: str) -> None:
    script.answers = [says(429, "{}", Retry_After=value.encode().decode("latin-1"))]
    with pytest.raises(RateLimited) as raised:
        client().send(Request("GET", script.url))
    assert raised.value.retry_after is None or raised.value.retry_after <= 86_400


@pytest.mark.parametrize(
    "date",
    ["", "soon", "Fri, 31 Dec 9999 23:59:59 -2359", "Sat, 1 Jan 0001 00:00:00 +2359", "9" * 400],
)
def test_a_date_that_is_none_tells_nothing_about_the_clock(script: Script, date: str) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(
            f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 2\r\n\r\n{{}}".encode()
        )
        handler.close_connection = True

    script.answers = [answer]
    http = client()
    assert http.send(Request("GET", script.url)).status == 200
    assert abs(http.clock_offset.total_seconds()) < 1e12


def test_interim_answers_end(script: Script) -> None:
    """They came without end as fast as the line allows, so no deadline passed."""
    script.answers = [interim_answers_without_end]
    with pytest.raises(ServerError, match="sent more than 1 MB in one answer"):
        client().send(Request("GET", script.url))
    with pytest.raises(OutcomeUnknown, match="sent more than 1 MB in one answer"):
        client().send(Request("POST", script.url, json={}))
    assert len(script.seen) == 2, "neither was repeated"


def test_a_few_interim_answers_are_skipped(script: Script) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 3)
        says(200, '{"id": 1}')(handler)

    script.answers = [answer]
    assert client().send(Request("GET", script.url)).json("main") == {"id": 1}
