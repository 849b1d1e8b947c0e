"""Bound one answer: how long it may take, and how much it may hold.

The timeouts of requests bound the wait for the next bytes only, so a server that sends a byte now
and then holds a program for ever
(https://requests.readthedocs.io/en/latest/user/advanced/#timeouts). The deadline here bounds the
wait for the whole answer, headers included.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from http.client import HTTPResponse
from typing import Any

import requests
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

MAX_BYTES = 50_000_000
"""Largest answer that is read, in bytes after decompression."""

SECONDS = 60.0
"""Longest wait for a whole answer, in seconds, for a server that sends next to nothing."""

CONNECT_SECONDS = 10.0
"""Longest wait for a connection, in seconds."""

_SLOW_LINE = 32_000
"""Bytes that earn one more second: a slow line is not a stalled server."""

_PIECE = 65_536
_MAX_HEAD = 1_000_000
"""Most bytes before an answer's body: its headers, and those of interim answers."""


class AnswerTooLarge(requests.RequestException):
    """An answer holds more than it may.

    Args:
        limit: The bytes that it may hold.

    Attributes:
        limit: The bytes that it may hold.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class DeadlinePassed(TimeoutError):
    """An answer was not complete in time."""


def read_body(response: requests.Response, limit: int = MAX_BYTES) -> bytes:
    """Return an answer's body, read in pieces: no more than the limit is ever decompressed.

    Args:
        response: An answer that was asked for with `stream=True`.
        limit: Most bytes to accept, after decompression.

    Raises:
        AnswerTooLarge: There is more; the connection is closed.
        requests.RequestException: The connection broke, or the deadline passed.
    """
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_content(_PIECE):
        size += len(piece)
        if size > limit:
            response.close()
            raise AnswerTooLarge(limit)
        pieces.append(piece)
    return b"".join(pieces)


class _TimedReader(io.RawIOBase):
    """A socket's bytes until a deadline."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, seconds: float) -> None:
        super().__init__()
        self._raw = raw
        self._socket = sock
        self._idle = sock.gettimeout()
        self._end = time.monotonic() + seconds
        self._begun = False
        self._head: int | None = _MAX_HEAD

    def end_head(self) -> None:
        """From now on, the bytes are the body's, and earn time."""
        self._head = None

    def readable(self) -> bool:
        """Return True, as `io.RawIOBase` asks."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what has come, waiting no longer than to the deadline."""
        left = self._end - time.monotonic()
        # Never 0, which would not mean "at once" but switch the socket to non-blocking reads:
        # https://docs.python.org/3/library/socket.html#socket.socket.settimeout
        self._socket.settimeout(max(0.001, left if self._idle is None else min(left, self._idle)))
        try:
            count: int | None = self._raw.readinto(buffer)
        except TimeoutError:
            # Before the first byte it is the ordinary timeout: the server may not have read the
            # request yet.
            if self._begun and time.monotonic() >= self._end:
                raise DeadlinePassed from None
            raise
        self._begun = True
        if self._head is None:
            self._end += (count or 0) / _SLOW_LINE
        else:
            self._head -= count or 0
            if self._head < 0:
                raise AnswerTooLarge(_MAX_HEAD)
        return count

    def close(self) -> None:
        """Close the socket's stream."""
        self._raw.close()
        super().close()


def _answers(seconds: float) -> Callable[..., HTTPResponse]:
    """Return a factory of http.client's responses that end at a deadline."""

    class Answer(HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            # http.client has no hook for a deadline, and it reads everything, status line included,
            # from `fp`.
            self._reader = _TimedReader(self.fp.detach(), sock, seconds)
            self.fp = io.BufferedReader(self._reader)

        def begin(self) -> None:
            # It skips answers of status 100, however many there are
            # (https://bugs.python.org/issue44022).
            super().begin()
            self._reader.end_head()

    return Answer


class _InPieces:
    """Sends a long body in pieces.

    A socket's timeout bounds the whole of one `sendall`
    (https://docs.python.org/3/library/socket.html#socket.socket.sendall), so a picture sent in one
    call would have to leave within the time that is meant for connecting.
    """

    def send(self, data: Any) -> None:
        """Send data, a long one in pieces."""
        long = isinstance(data, bytes) and len(data) > _PIECE
        for start in range(0, len(data), _PIECE) if long else ():
            super().send(data[start : start + _PIECE])  # type: ignore[misc]
        if not long:
            super().send(data)  # type: ignore[misc]


def bounded_pools(seconds: float) -> dict[str, type[HTTPConnectionPool]]:
    """Return urllib3's connection pools, by scheme, whose answers end at a deadline.

    Args:
        seconds: Longest wait for a whole answer; every 32 kB received earn one more second.
    """

    class Plain(_InPieces, HTTPConnection):
        response_class = staticmethod(_answers(seconds))  # type: ignore[assignment]

    class Encrypted(_InPieces, HTTPSConnection):
        response_class = staticmethod(_answers(seconds))  # type: ignore[assignment]

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}
