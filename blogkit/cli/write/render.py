"""`blogkit render`: print a post's HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.shared import current_project, the_output

_FORMS = ("feed", "email", "text", "markdown")


@click.command(epilog="Example: blogkit render posts/miami.md --page > miami.html")
@click.argument("path", type=click.Path(path_type=Path))
@site_option("Render for this site (default: the post's own).")
@click.option(
    "--as",
    "form",
    type=click.Choice(["html", *_FORMS]),
    default="html",
    help="The output format: HTML for the site (default), a feed or e-mail; plain text; Markdown.",
)
@click.option(
    "--page",
    "as_page",
    is_flag=True,
    help="Print a complete page to open in a browser instead of a fragment.",
)
@click.option(
    "--quiz-url", default="", metavar="URL", help="The quiz link to use instead of the post's own."
)
@click.option(
    "--allow-open",
    "allow_pending_quiz",
    is_flag=True,
    help="Show “coming soon” for a pending quiz link.",
)
@click.option("--allow-http", is_flag=True, help="Accept a quiz link without TLS (http:).")
@common
def render(path: Path, form: str, as_page: bool, **options: Any) -> None:
    """Print a post's HTML, as it would be sent to its site. Sends nothing.

    With --as, print HTML for feed readers (feed) or mail programs (email), or the post without HTML
    (text, markdown).
    """
    output, project = the_output(), current_project()
    post = project.render(path, format=form, **options)
    written = post.page if as_page else post.content
    if output.as_json:
        key = "html" if post.is_html else post.format
        output.report(
            {"path": post.path, "site": post.site, "title": post.title, "as": form, key: written}
        )
    else:
        # Not `say`: the HTML goes into pipes and files, and `--quiet` must not empty them.
        output.result(written)
