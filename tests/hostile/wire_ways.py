"""Ways to damage an answer below its JSON: its bytes, its headers, and how it is sent."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from functools import cache
from typing import BinaryIO

from tests.hostile.sick_proxy import Answer, Way
from tests.hostile.ways import API

MB = 1_000_000
WARNING = b"<br />\n<b>Warning</b>: Undefined variable in <b>/srv/plugin.php</b> on line 7<br />\n"
Write = Callable[[BinaryIO, bytes], None]


def _of_posts(change: Callable[[Answer, bytes], None]) -> Way:
    """Damage answers about posts, given the site's own bytes."""

    def way(answer: Answer) -> None:
        if answer.path.startswith(API):
            change(answer, answer.body)

    return way


def _bytes(change: Callable[[bytes], bytes]) -> Way:
    return _of_posts(lambda answer, body: setattr(answer, "raw", change(body)))


def _sent(write: Write) -> Way:
    return _of_posts(lambda answer, _: setattr(answer, "write", write))


def _typed(kind: str, change: Callable[[bytes], bytes] = bytes) -> Way:
    def damage(answer: Answer, body: bytes) -> None:
        answer.headers["Content-Type"] = kind
        answer.raw = change(body)

    return _of_posts(damage)


@cache
def _packed() -> bytes:
    return gzip.compress(b'{"a": "' + b"a" * (60 * MB), 1)


def _bomb(answer: Answer, _body: bytes) -> None:
    answer.headers["Content-Encoding"] = "gzip"
    answer.raw = _packed()


def _head(length: int | str, *more: str) -> bytes:
    lines = (
        "HTTP/1.1 200 OK",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        *more,
    )
    return "\r\n".join((*lines, "", "")).encode()


def _drip(out: BinaryIO, body: bytes) -> None:
    out.write(_head(len(body)))
    for at in range(len(body)):
        out.write(body[at : at + 1])
        out.flush()
        time.sleep(0.05)


def _flood(status: str, times: int) -> Write:
    def write(out: BinaryIO, body: bytes) -> None:
        out.write(f"HTTP/1.1 {status}\r\n\r\n".encode() * times + _head(len(body)) + body)

    return write


def _chunks_cut(out: BinaryIO, body: bytes) -> None:
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
    out.write(b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(body), body))


WIRE: dict[str, Way] = {
    "page before": _bytes(lambda body: WARNING + body),
    "page after": _bytes(lambda body: body + WARNING),
    "twice": _bytes(lambda body: body + body),
    "byte order mark": _bytes(lambda body: b"\xef\xbb\xbf" + body),
    "zeros": _bytes(lambda body: b"\0" * len(body)),
    "called a page": _typed("text/html"),
    "called a picture": _typed("image/png"),
    "UTF-16": _typed("application/json", lambda body: body.decode().encode("utf-16")),
    "UTF-16 called UTF-8": _typed(
        "application/json; charset=utf-8", lambda body: body.decode().encode("utf-16")
    ),
    "half of it in another encoding": _bytes(
        lambda body: body[: len(body) // 2] + b"\x93\xe9\xff" + body[len(body) // 2 :]
    ),
    "bomb": _of_posts(_bomb),
    "too long": _sent(lambda out, body: out.write(_head(len(body) + 9) + body)),
    "too short": _sent(lambda out, body: out.write(_head(len(body) // 2) + body)),
    "length of a word": _sent(lambda out, body: out.write(_head("many") + body)),
    "length below nothing": _sent(lambda out, body: out.write(_head(-5) + body)),
    "two lengths": _sent(lambda out, body: out.write(_head(len(body), "Content-Length: 3") + body)),
    "chunks cut": _sent(_chunks_cut),
    "flood of 100": _sent(_flood("100 Continue", 2000)),
    "flood of 103": _sent(_flood("103 Early Hints", 2000)),
    "flood of headers": _sent(
        lambda out, body: out.write(_head(len(body), *(f"X-{n}: x" for n in range(2000))) + body)
    ),
    "no status": _sent(lambda out, body: out.write(b"hello\r\n\r\n" + body)),
    "closed": _sent(lambda _out, _body: None),
}
"""Damage that a client must see, or see through, within the time of an answer."""

DRIP = _sent(_drip)
"""An answer of a byte now and then: it costs all the time that an answer may take."""
