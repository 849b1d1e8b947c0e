"""Ports without a server, which no other test gets in the meantime."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from blogkit.sandbox.server import Sandbox


@contextmanager
def nobody_listens(port: int = 0) -> Iterator[int]:
    """A port that refuses connections."""
    with socket.socket() as taken:
        if port:  # connections to a server that was there may not be through yet
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        yield taken.getsockname()[1]


@contextmanager
def stopped(sandbox: Sandbox) -> Iterator[None]:
    """Without this sandbox."""
    port = sandbox.port
    sandbox.stop()
    with nobody_listens(port):
        yield
