"""The page on this machine at which a sign-in in the browser ends.

See https://www.rfc-editor.org/rfc/rfc8252#section-7.3
"""

from __future__ import annotations

import queue
import threading
import webbrowser
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

_PAGE = b"blogkit has received your answer. You can close this page and go back to the terminal."


def is_refusal(landed: Mapping[str, str]) -> bool:
    """Return whether the user declined.

    The documentation shows this answer without a state. A forged one only ends the sign-in.

    Args:
        landed: The parameters of the address at which the browser ended.
    """
    return landed.get("error") == "access_denied"


class Landing:
    """Listens on this machine only, and takes the answer to one sign-in.

    Args:
        port: Where to listen; 0 for any free port.
        state: The text that the answer must bring back. Other requests are ignored.

    Raises:
        OSError: Another program uses the port.
    """

    def __init__(self, port: int, state: str) -> None:
        answers: queue.SimpleQueue[Mapping[str, str]] = queue.SimpleQueue()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                landed = {name: values[0] for name, values in query.items()}
                fits = landed.get("state") == state or is_refusal(landed)
                self.send_response(200 if fits else 404)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.send_header("Content-Length", str(len(_PAGE) if fits else 0))
                self.end_headers()
                if fits:
                    self.wfile.write(_PAGE)
                    answers.put(landed)

            def log_message(self, *_: object) -> None:
                """Print nothing: the address contains the code."""

        self._answers = answers
        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        # The interval is how long `shutdown` may take.
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def open(self, browser: webbrowser.BaseBrowser, address: str) -> None:
        """Open an address without waiting: a browser in the terminal returns when it is closed.

        Args:
            browser: The user's browser.
            address: The sign-in page.
        """
        threading.Thread(target=browser.open, args=(address, 1), daemon=True).start()

    def wait(self, seconds: float) -> Mapping[str, str] | None:
        """Return the parameters of the answer; None if there is none in time."""
        try:
            return self._answers.get(timeout=seconds)
        except queue.Empty:
            return None
