"""Tell the open pages what changed, by server-sent events."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ALIVE = 15.0
"""Seconds. A comment from time to time shows a page that has gone away."""
_END = ""


class Events:
    """The pages that listen, and the post that each one shows.

    Each event goes to the pages of one post, or to all.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[tuple[str, queue.SimpleQueue[str]]] = []
        self._closed = False

    @property
    def posts(self) -> frozenset[str]:
        """The posts that pages show."""
        with self._lock:
            return frozenset(post for post, _ in self._listeners if post)

    def send(self, kind: str, data: Any, post: str = "") -> None:
        """Send an event.

        Args:
            kind: Its name.
            data: What can be JSON.
            post: Only to the pages of this post; empty means to all.
        """
        text = f"event: {kind}\ndata: {json.dumps(data)}\n\n"
        with self._lock:
            for shown, waiting in self._listeners:
                if post in ("", shown):
                    waiting.put(text)

    @contextmanager
    def listening(self, post: str) -> Iterator[Iterator[str]]:
        """Listen while the block runs.

        Args:
            post: The post that the page shows; empty for none.

        Yields:
            The events as text, until `close`.
        """
        mine: tuple[str, queue.SimpleQueue[str]] = (post, queue.SimpleQueue())
        with self._lock:
            self._listeners.append(mine)
            if self._closed:
                mine[1].put(_END)
        try:
            yield _events(mine[1])
        finally:
            with self._lock:
                self._listeners.remove(mine)

    def close(self) -> None:
        """End all streams."""
        with self._lock:
            self._closed = True
            for _, waiting in self._listeners:
                waiting.put(_END)


def _events(waiting: queue.SimpleQueue[str]) -> Iterator[str]:
    # Tells EventSource to connect again soon after the server has restarted:
    # https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
    yield "retry: 1000\n\n"
    while True:
        try:
            text = waiting.get(timeout=_ALIVE)
        except queue.Empty:
            text = ": still here\n\n"
        if text == _END:
            return
        yield text
