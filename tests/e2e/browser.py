"""A Chromium that looks at pages as a reader would: narrow and wide, light and dark, with
axe-core at hand.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.e2e import node
from tests.e2e.wordpress import machine

WIDTHS = (320, 360, 768, 1280)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Visit:
    """One look at a page.

    scheme: the reader's preference, light or dark; within: a selector of the part that axe-core
    looks at; click: one to click at the end.
    """

    url: str
    width: int
    scheme: str = "light"
    within: str = ""
    click: str = ""


@dataclass(frozen=True)
class Seen:
    """What a look showed.

    violations: axe-core's; needsReview: what axe could not decide; overflowing: elements that stick
    out to the right; foreign: requests to other hosts; errors: of scripts; landed: where the click
    led, "" without one; images: what each image chose from its `srcset`.
    """

    violations: list[str]
    needsReview: list[str]  # noqa: N815
    overflowing: list[str]
    scrollWidth: int  # noqa: N815
    clientWidth: int  # noqa: N815
    foreign: list[str]
    errors: list[str]
    landed: str = ""
    images: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sideways(self) -> bool:
        return self.scrollWidth > self.clientWidth


class Browser:
    """The machine's Chromium, started for each call."""

    def __init__(self) -> None:
        machine.ensure(machine.BROWSER)

    def look(self, visits: Sequence[Visit]) -> list[Seen]:
        """Visit each page in turn, in one Chromium."""
        question = {
            "chromium": shutil.which("chromium"),
            "visits": [vars(visit) for visit in visits],
        }
        return [Seen(**seen) for seen in node.ask("browse.cjs", question)]

    def drive(self, *steps: Sequence[object], flags: Sequence[str] = ()) -> list[Any]:
        """Use pages step by step, in one Chromium; see `node/drive.cjs` for the steps.

        The answer has what each step returned.
        """
        question = {"chromium": shutil.which("chromium"), "flags": flags, "steps": steps}
        answers: list[Any] = node.ask("drive.cjs", question)
        return answers


def markup(pages: Sequence[str]) -> list[list[str]]:
    """What html-validate complains about in each page."""
    answers: list[list[str]] = node.ask("markup.cjs", {"pages": list(pages)})
    return answers


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    """Serve HTML pages by path on 127.0.0.1 while the block runs; the value is the address of
    the root, without a slash at its end.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path.partition("?")[0])
            with contextlib.suppress(ConnectionError):  # a browser may leave before it has read all
                self.send_response(
                    204
                    if page is None and self.path == "/favicon.ico"
                    else 404
                    if page is None
                    else 200
                )
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((page or "").encode())

        # the base class's name for it
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
