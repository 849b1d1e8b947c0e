"""Serve the workers' state to Prometheus, on this machine only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.status import metrics_of, read_status
from blogkit.errors import BlogkitError, UsageError, reason_of


@contextmanager
def serving_metrics(database: QueueDatabase, port: int) -> Iterator[int]:
    """Answer `GET /metrics` while this lasts.

    Args:
        database: The workers' database.
        port: The port on 127.0.0.1; 0 takes any free one.

    Yields:
        The port.

    Raises:
        UsageError: The port is in use.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/metrics":
                self.send_error(404)
                return
            try:
                text = metrics_of(read_status(database)).encode()
            except (BlogkitError, psycopg.Error):
                self.send_error(503, "the database cannot be reached")
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError as error:
        raise UsageError(
            f"cannot serve metrics on port {port}: {reason_of(error)}", hint="choose another port"
        ) from None
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
