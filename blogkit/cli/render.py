"""`blogkit render`: a post's HTML on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.workbench import Wishes, open_workbench, start_folder, the_output
from blogkit.errors import UsageError


@click.command(epilog="Example: blogkit render posts/miami.md --page > miami.html")
@click.argument("path", type=click.Path(path_type=Path))
@site_option("For this site (default: the post's own).")
@click.option("--page", "as_page", is_flag=True, help="A whole page to open in a browser, not a fragment.")
@click.option("--quiz-url", default="", metavar="URL", help="The mock-test address, instead of the post's own.")
@click.option("--allow-open", is_flag=True, help="Show an open mock-test address as coming soon.")
@click.option("--allow-http", is_flag=True, help="Accept a mock-test address without TLS.")
@common
def render(path: Path, site: str, as_page: bool, quiz_url: str, allow_open: bool, allow_http: bool) -> None:
    """Show a post's HTML, as it would be sent to its site. Sends nothing."""
    output, bench = the_output(), open_workbench()
    wishes = Wishes(site=site, quiz_url=quiz_url, allow_open=allow_open, allow_http=allow_http)
    if (start_folder() / path).is_dir():
        raise UsageError(f"{path} is a folder, and render shows one post", hint=f"name a file in it: blogkit render {path}/hello.md")
    (post,) = bench.posts([path])
    name = bench.sites_of(post, wishes)[0]
    document = bench.document(post, bench.workspace.site(name), wishes, bench.usual_profile(name))
    if as_page:
        from blogkit.render.page import page

        html = page(document, title=post.title, language=post.language or bench.workspace.language)
    else:
        html = document.html
    if output.as_json:
        output.report({"path": bench.workspace.relative(post.path), "site": name, "title": post.title, "html": html})
    else:
        output.result(html)
