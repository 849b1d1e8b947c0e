"""`blogkit todo`: list what a person has to set on the blog, and tick it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.shared import current_project, the_output
from blogkit.errors import UsageError

if TYPE_CHECKING:
    from blogkit.project.plans.report import Todo


@click.command(epilog="Example: blogkit todo --done 3")
@click.option(
    "--done", multiple=True, type=int, metavar="N", help="Tick off number N; may be repeated."
)
@click.option("--all-done", is_flag=True, help="Tick off everything.")
@common
def todo(done: tuple[int, ...], all_done: bool) -> int:
    """List what only you can set, by hand, on the blog.

    Blogger's API does not accept a post's search description or permalink. When blogkit publishes
    a post whose file has one, it adds it to this list, with the text and the link to the post's
    editor. The entry stays until you tick it off. Nothing is sent.
    """
    output, project = the_output(), current_project()
    items = project.todo()
    ticked = items if all_done else [item for item in items if item.id in done]
    if unknown := [number for number in done if number not in {item.id for item in items}]:
        hint = "blogkit todo lists the numbers"
        raise UsageError(f"nothing to do has the number {unknown[0]}", hint=hint)
    if ticked:
        project.tick(*ticked)
    left = [item for item in items if item not in ticked]
    show_todo(output, left)
    if not left:
        output.say("nothing to do by hand", "green")
    output.report({"todo": [asdict(item) for item in left], "ticked": [one.id for one in ticked]})
    return 0


def show_todo(output: Output, items: Sequence[Todo]) -> None:
    """Print what is to be done.

    Args:
        output: The printer.
        items: What is to be done.
    """
    for item in items:
        output.say(f"{item.id}  “{item.title}” on {item.site}: set the {item.name}")
        output.say(f"   {item.value}")
        output.say(f"   {item.link}")
