"""`blogkit preview`: show a post in the browser while you write it."""

from __future__ import annotations

import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.shared import current_project, start_folder, the_output

if TYPE_CHECKING:
    from blogkit.preview.server import PreviewServer


@click.command(epilog="Example: blogkit preview posts/miami.md")
@click.argument(
    "path", required=False, type=click.Path(path_type=Path), metavar="[POST]", default=None
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help="Port on 127.0.0.1; 0 picks a free one (default: 8766, or a free one if it is in use).",
)
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@common
def preview(path: Path | None, port: int | None, no_open: bool) -> None:
    """Show a post in the browser while you write it. Press Ctrl-C to stop.

    The page follows the file as you save it. It shows the post as its site will keep it, at the
    widths of a phone, a tablet and a computer, with its problems, all posts with their state, and
    what publishing would do. A button publishes, after the same question as blogkit publish.

    Only this machine, and only the browser that opens the printed address, can see the page.
    """
    from blogkit.preview.server import PreviewServer
    from blogkit.preview.session import PreviewSession

    session = PreviewSession(current_project, start_folder())
    post = session.name_of(path) if path else ""
    server = PreviewServer(session, port)
    serve_preview(server, server.access.address_of(post), {"post": post}, no_open=no_open)


def serve_preview(
    server: PreviewServer, address: str, facts: Mapping[str, object], *, no_open: bool = False
) -> None:
    """Print where a preview is, open it in the browser, and serve it until Ctrl-C.

    Args:
        server: The preview.
        address: The address that lets a browser in.
        facts: What the JSON report has beside the address.
        no_open: Open no browser.
    """
    output = the_output()

    def ready() -> None:
        output.report({"url": address, **facts})
        output.say(f"The preview is at {address}   (press Ctrl-C to stop it)")
        # A pipe keeps the line until its buffer is full.
        output.flush()
        if not no_open and not output.as_json and output.out.isatty():
            _open(output, address)

    server.start().serve(ready)


def _open(output: Output, address: str) -> None:
    from blogkit.http.adapter import direct_children

    with direct_children():
        if not webbrowser.open(address):
            output.warn("no browser was found; open the address yourself")
