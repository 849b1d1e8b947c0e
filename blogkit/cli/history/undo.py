"""`blogkit undo`: take back what a run changed."""

from __future__ import annotations

from contextlib import nullcontext

import click

from blogkit.cli import plan_runner, reports
from blogkit.cli.listener import listening
from blogkit.cli.options import common, limit_option
from blogkit.cli.shared import current_project, the_output
from blogkit.errors import UsageError

_LONGEST_NUMBER = 18
"""Digits; a database holds numbers up to 2^63."""


@click.command(epilog="Example: blogkit undo 12 miami")
@click.argument("run", required=False, metavar="[RUN]")
@click.argument("posts", nargs=-1, metavar="[POST...]")
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and send nothing.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def undo(run: str | None, posts: tuple[str, ...], limit: int, dry_run: bool, yes: bool) -> int:
    """Take back what a run changed.

    Posts get their earlier text and state back; posts that the run created go to the trash. RUN is
    a number from `blogkit log` (default: the last run that changed something). With POST (a key,
    file, id or address), undo only these posts. Posts that changed since the run are left alone
    (exit code 4). An undone post is not sent again until its file changes. To reverse an undo, undo
    it.
    """
    output, project = the_output(), current_project()
    # RUN may be left out, as in `blogkit undo miami`.
    # A key made of digits only must come after RUN.
    if run is not None and not run.isdecimal():
        posts, run = (run, *posts), None
    if run is not None and len(run) > _LONGEST_NUMBER:
        raise UsageError(f"there is no run {run}", hint="run: blogkit log")
    zone, number = project.config.zone, None if run is None else int(run)
    # The lock is held from the plan to the end: what was planned must be what is applied, whatever
    # another terminal does.
    with nullcontext() if dry_run else project.exclusive("undo"):
        with listening(output, zone) as listener:
            plan = project.undo(number, *posts, on_progress=listener)
        plan_runner.warn(output, plan)
        chosen = plan.run
        if dry_run or not yes:
            output.say(
                f"run {chosen.id}, {chosen.command}, {reports.moment(chosen.started, zone)}:"
            )
            plan_runner.show_plan(output, plan, everything=True)
        if dry_run:
            return plan_runner.dry_run(output, plan, limit, {"run": chosen.id})
        return plan_runner.apply_plan(
            output, plan, zone, limit=limit, yes=yes, more={"undone": chosen.id}
        )
