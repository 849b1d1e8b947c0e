"""`blogkit undo`: put back what a run changed."""

from __future__ import annotations

from contextlib import nullcontext

import click

from blogkit.cli import plan_runner, reports
from blogkit.cli.listener import listening
from blogkit.cli.options import common, limit_option
from blogkit.cli.shared import open_project, the_output
from blogkit.errors import UsageError

_LONGEST_NUMBER = 18
"""Digits; a database counts no further than to 2^63."""


@click.command(epilog="Example: blogkit undo 12 miami")
@click.argument("run", required=False, metavar="[RUN]")
@click.argument("posts", nargs=-1, metavar="[POST...]")
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would be put back and stop.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask; needed in a pipe and in cron.")
@common
def undo(run: str | None, posts: tuple[str, ...], limit: int, dry_run: bool, yes: bool) -> int:
    """Put back what a run changed: earlier text and state; posts that it made go to the trash.

    RUN is a number that `blogkit log` shows (default: the last run that changed something); POST is a post's key, file, id or
    address, to undo only those of that run. A post that was changed since is left alone (exit code 4). What was undone stays so until its
    file changes; to have it back, undo the undo.
    """
    output, project = the_output(), open_project()
    if run is not None and not run.isdecimal():
        posts, run = (run, *posts), None
    if run is not None and len(run) > _LONGEST_NUMBER:
        raise UsageError(f"there is no run {run}", hint="see blogkit log")
    zone, number = project.config.zone, None if run is None else int(run)
    with nullcontext() if dry_run else project.exclusive("undo"):
        with listening(output, zone) as listener:
            plan = project.undo(number, *posts, on_progress=listener)
        plan_runner.warn(output, plan)
        chosen = plan.run
        if dry_run or not yes:
            output.say(f"run {chosen.id}, {chosen.command}, {reports.moment(chosen.started, zone)}:")
            plan_runner.show(output, plan, everything=True)
        if dry_run:
            return plan_runner.dry_run(output, plan, limit, {"run": chosen.id})
        return plan_runner.run(output, plan, zone, limit=limit, yes=yes, more={"undone": chosen.id})
