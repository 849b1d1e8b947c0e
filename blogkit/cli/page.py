"""Show a page of HTML in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from tempfile import mkdtemp

from blogkit.cli.output import Output


def show_page(output: Output, html: str, name: str) -> str:
    """Write a page to a temporary file and open it.

    Args:
        output: The printer; it tells the address.
        html: The whole page.
        name: The file's name, without its ending.

    Returns:
        The page's address.
    """
    from blogkit.http.adapter import direct_children

    # The browser reads it after this command has ended.
    page = Path(mkdtemp(prefix="blogkit-")) / f"{name}.html"
    page.write_text(html, encoding="utf-8", newline="\n")
    output.note(f"  {page.as_uri()}")
    with direct_children():
        if not webbrowser.open(page.as_uri()):
            output.warn("no browser was found; open the address yourself")
    return page.as_uri()
