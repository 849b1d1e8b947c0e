"""`blogkit new post|page`: create a file to write in."""

from __future__ import annotations

import click

from blogkit.cli.options import common
from blogkit.cli.shared import open_config, the_output
from blogkit.errors import UsageError
from blogkit.paths import is_text
from blogkit.project.files import scaffold


@click.group(epilog='Example: blogkit new post "What the budget means for you"')
@common
def new() -> None:
    """Create a post or a page."""


@new.command(epilog='Example: blogkit new post "What the budget means for you"')
@click.argument("title")
@common
def post(title: str) -> None:
    """Create a post in posts/, named after its title."""
    _start("posts", title, scaffold.POST_TEXT)


@new.command(epilog='Example: blogkit new page "About this blog"')
@click.argument("title")
@common
def page(title: str) -> None:
    """Create a page in pages/, named after its title."""
    _start("pages", title, scaffold.PAGE_TEXT)


def _start(folder: str, title: str, text: str) -> None:
    output, workspace = the_output(), open_config()
    title = " ".join(title.split())
    if not is_text(title):
        raise UsageError(
            f'the title "{title}" is not UTF-8 text',
            hint="type it again in a terminal that uses UTF-8",
        )
    if not title:
        raise UsageError("a post needs a title", hint='blogkit new post "What happened today"')
    path = workspace.root / folder / f"{scaffold.file_stem(title)}.md"
    if not scaffold.write_new(path, text.format(title=scaffold.quote(title))):
        raise UsageError(
            f"{workspace.relative(path)} already exists",
            hint="edit that file, or choose another title",
        )
    output.report({"path": workspace.relative(path)})
    output.say(f"{workspace.relative(path)}")
    output.say(f"Next: edit it, then run blogkit check {workspace.relative(path)}")
