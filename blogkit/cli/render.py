"""`blogkit render`: a post's HTML on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.shared import open_project, the_output

_FORMS = ("feed", "email", "text", "markdown")


@click.command(epilog="Example: blogkit render posts/miami.md --page > miami.html")
@click.argument("path", type=click.Path(path_type=Path))
@site_option("For this site (default: the post's own).")
@click.option("--as", "form", type=click.Choice(["html", *_FORMS]), default="html", help="For readers elsewhere than on the site.")
@click.option("--page", "as_page", is_flag=True, help="A whole page to open in a browser, not a fragment.")
@click.option("--quiz-url", default="", metavar="URL", help="The mock-test address, instead of the post's own.")
@click.option("--allow-open", "allow_pending_quiz", is_flag=True, help="Show an open mock-test address as coming soon.")
@click.option("--allow-http", is_flag=True, help="Accept a mock-test address without TLS.")
@common
def render(path: Path, form: str, as_page: bool, **options: Any) -> None:
    """Show a post's HTML, as it would be sent to its site. Sends nothing.

    --as feed and --as email are HTML for feed readers and mail programs; --as text and --as markdown are the post without HTML.
    """
    output, project = the_output(), open_project()
    post = project.render(path, format=form, **options)
    written = post.page if as_page else post.content
    if output.as_json:
        key = "html" if post.is_html else post.format
        output.report({"path": post.path, "site": post.site, "title": post.title, "as": form, key: written})
    else:
        output.result(written)
