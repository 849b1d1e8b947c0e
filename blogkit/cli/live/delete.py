"""`blogkit delete`: move posts to the trash."""

from __future__ import annotations

from contextlib import nullcontext

import click

from blogkit.cli import plan_runner
from blogkit.cli.listener import listening
from blogkit.cli.options import common, limit_option, site_option
from blogkit.cli.shared import current_project, the_output


@click.command(epilog="Example: blogkit delete posts/miami.md")
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@site_option("Delete on this site only.")
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would happen, and send nothing.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def delete(posts: tuple[str, ...], site: str, limit: int, dry_run: bool, yes: bool) -> int:
    """Move posts to the trash of their blogs.

    POST is a post's file, key, address or id. Readers do not see the post any more. Its file stays,
    and blogkit publishes it again only with publish --recreate. `blogkit undo` restores the post on
    WordPress and in a folder. On Blogger only you can, in its editor.
    """
    output, project = the_output(), current_project()
    zone = project.config.zone
    # As for undo: what was shown must be what is applied.
    with nullcontext() if dry_run else project.exclusive("delete"):
        with listening(output, zone) as listener:
            plan = project.delete(*posts, site=site, on_progress=listener)
        plan_runner.warn(output, plan)
        if dry_run or not yes:
            plan_runner.show_plan(output, plan, everything=True)
        for name in plan.final:
            output.warn(
                f"{name}: blogkit undo cannot restore posts from this blog's trash; you can, in the"
                " blog's own editor"
            )
        more = {"final": plan.final}
        if dry_run:
            return plan_runner.dry_run(output, plan, limit, more)
        count = plan.writing
        question = f"Move {count} post{'s' * (count != 1)} to the trash?"
        return plan_runner.apply_plan(
            output, plan, zone, limit=limit, yes=yes, more=more, question=question
        )
