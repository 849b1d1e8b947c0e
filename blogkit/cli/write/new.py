"""`blogkit new post|page`: create a file to write in."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from blogkit.cli.options import common
from blogkit.cli.shared import current_project, the_output
from blogkit.cli.suggestions import guiding
from blogkit.errors import closest

if TYPE_CHECKING:
    from blogkit.platforms.base import PostKind


def _as_a_post(words: Sequence[str]) -> str:
    """Return the command for a title that was given without `post`, or after a mistyped one."""
    mistyped = len(words) > 1 and closest(words[0], ("post", "page"))
    title = " ".join(words[1:] if mistyped else words)
    plain = not any(sign in title for sign in '"\\$`!')
    quoted = f'"{title}"' if plain else shlex.quote(title)
    return f"run: blogkit new {mistyped or 'post'} {quoted}"


@click.group(
    cls=guiding(_as_a_post), epilog='Example: blogkit new post "What the budget means for you"'
)
@common
def new() -> None:
    """Create a post or a page."""


@new.command(epilog='Example: blogkit new post "What the budget means for you"')
@click.argument("title")
@common
def post(title: str) -> None:
    """Create a post in posts/, named after its title."""
    _start(title, "post")


@new.command(epilog='Example: blogkit new page "About this blog"')
@click.argument("title")
@common
def page(title: str) -> None:
    """Create a page in pages/, named after its title."""
    _start(title, "page")


def _start(title: str, kind: PostKind) -> None:
    output, project = the_output(), current_project()
    path = project.config.relative(project.new(title, kind=kind))
    output.report({"path": path})
    output.say(path)
    output.say(f"Next: edit it, then run blogkit check {path}")
