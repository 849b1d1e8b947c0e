"""`blogkit render`: a post's HTML on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.workbench import Wishes, open_workbench, start_folder, the_output
from blogkit.errors import UsageError

_FORMS = ("feed", "email", "text", "markdown")


@click.command(epilog="Example: blogkit render posts/miami.md --page > miami.html")
@click.argument("path", type=click.Path(path_type=Path))
@site_option("For this site (default: the post's own).")
@click.option("--as", "form", type=click.Choice(["html", *_FORMS]), default="html", help="For readers elsewhere than on the site.")
@click.option("--page", "as_page", is_flag=True, help="A whole page to open in a browser, not a fragment.")
@click.option("--quiz-url", default="", metavar="URL", help="The mock-test address, instead of the post's own.")
@click.option("--allow-open", is_flag=True, help="Show an open mock-test address as coming soon.")
@click.option("--allow-http", is_flag=True, help="Accept a mock-test address without TLS.")
@common
def render(path: Path, site: str, form: str, as_page: bool, quiz_url: str, allow_open: bool, allow_http: bool) -> None:
    """Show a post's HTML, as it would be sent to its site. Sends nothing.

    --as feed and --as email are HTML for feed readers and mail programs; --as text and --as markdown are the post without HTML.
    """
    output, bench = the_output(), open_workbench()
    wishes = Wishes(site=site, quiz_url=quiz_url, allow_open=allow_open, allow_http=allow_http)
    if (start_folder() / path).is_dir():
        raise UsageError(f"{path} is a folder, and render shows one post", hint=f"name a file in it: blogkit render {path}/hello.md")
    from dataclasses import replace

    from blogkit.render.document import Fragment
    from blogkit.render.forms import written as written_as
    from blogkit.survival.profile import FORMS

    (post,) = bench.posts([path])
    name = bench.sites_of(post, wishes)[0]
    profile = FORMS.get(form) or bench.usual_profile(name)
    document = bench.document(post, bench.workspace.site(name), wishes, profile)
    written = written_as(document, profile)
    if as_page and profile.form in {"text", "markdown"}:
        raise UsageError(f"--page makes a page of HTML, and --as {form} is none", hint="leave one of them out")
    if as_page:
        from blogkit.render.page import page

        document = document if profile.form == "html" else replace(document, fragments=(Fragment("html", written),))
        written = page(document, title=post.title, language=post.language or bench.workspace.language)
    if output.as_json:
        key = profile.form if profile.form in {"text", "markdown"} else "html"
        output.report({"path": bench.workspace.relative(post.path), "site": name, "title": post.title, "as": form, key: written})
    else:
        output.result(written)
