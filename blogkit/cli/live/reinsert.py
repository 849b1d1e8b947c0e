"""`blogkit reinsert`: put back widgets that a later save on the blog removed."""

from __future__ import annotations

from typing import Any

import click

from blogkit.cli.listener import listening
from blogkit.cli.live import edit_runner
from blogkit.cli.live.selection import chosen, selection_options
from blogkit.cli.options import common, limit_option
from blogkit.cli.reports import of_left_out, of_wiped
from blogkit.cli.schedule.timed import Asked
from blogkit.cli.shared import current_project, the_output


@click.command(
    epilog="Example: blogkit reinsert https://example.blogspot.com/2024/05/old-post.html"
)
@click.argument("refs", nargs=-1, metavar="[POST...]")
@click.option("--id", "name", default="", metavar="ID", help="Put back this widget only.")
@click.option(
    "--dismiss",
    is_flag=True,
    help="Leave the widgets out: they were removed on purpose, and are not reported again.",
)
@selection_options
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and send nothing.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def reinsert(refs: tuple[str, ...], name: str, dismiss: bool, **options: Any) -> int:
    """Put back widgets that a later save on the blog removed.

    If a post is open in the blog's editor while blogkit inserts a widget, the next save there
    writes the text without it. `blogkit status` and `blogkit regions` report such widgets. They go
    back where they were, with the same HTML. If the text around one has changed, it goes to the
    place that you gave when you inserted it.
    """
    if dismiss and name:
        raise click.UsageError(
            "--dismiss takes all removed widgets of a post; first put back those you want"
        )
    output, project = the_output(), current_project()
    asked = Asked(options.pop("limit"), options.pop("dry_run"), options.pop("yes"))
    posts = chosen(refs, options)
    if not dismiss:
        return edit_runner.run_edit(
            output,
            project,
            "reinsert",
            asked,
            lambda listener: project.reinsert(name, posts=posts, on_progress=listener),
        )
    with listening(output, project.config.zone) as listener:
        done = project.dismiss(posts, on_progress=listener)
    for error in done.left_out:
        output.error(error)
    for region in done.wiped:
        output.say(f"{region.id} in “{region.post}” on {region.site} stays out")
    if not done.wiped:
        output.say("no widget was removed from these posts by a later save")
    output.report({"dismissed": of_wiped(done.wiped), **of_left_out({}, done.left_out)})
    return int(bool(done.left_out))
