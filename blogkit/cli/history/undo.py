"""`blogkit undo`: take back what a run changed."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli import plan_runner
from blogkit.cli.listener import listening
from blogkit.cli.options import common, limit_option
from blogkit.cli.output import Output
from blogkit.cli.schedule.timed import Asked, chosen_times, record_command, when_option
from blogkit.cli.shared import current_project, the_output
from blogkit.errors import UsageError
from blogkit.paths import shown
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.project.plans.undo import UndoPlan

_LONGEST_NUMBER = 18
"""Digits; a database holds numbers up to 2^63."""


@click.command(epilog="Example: blogkit undo 12 miami")
@click.argument("run", required=False, metavar="[RUN]")
@click.argument("posts", nargs=-1, metavar="[POST...]")
@when_option
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def undo(
    run: str | None, posts: tuple[str, ...], limit: int, dry_run: bool, yes: bool, **options: Any
) -> int:
    """Take back what a run changed, on your sites and in your files.

    Posts and files get their earlier text back, and posts their state; posts that the run created
    go to the trash, and files that it created are removed. RUN is a number from `blogkit log`
    (default: the last run that changed something). With POST (a key, file, id or address), undo
    only these posts. Posts and files that changed since the run are left alone (exit code 4). An
    undone post is not sent again until its file changes. To reverse an undo, undo it.
    """
    from blogkit.project.jobs.requests import Undo

    output, project = the_output(), current_project()
    times = chosen_times(project, options)
    # RUN may be left out, as in `blogkit undo miami`.
    # A key made of digits only must come after RUN.
    if run is not None and not run.isdecimal():
        posts, run = (run, *posts), None
    if run is not None and len(run) > _LONGEST_NUMBER:
        raise UsageError(f"there is no run {run}", hint="run: blogkit log")
    zone, number = project.config.zone, None if run is None else int(run)
    # The lock is held from the plan to the end: what was planned must be what is applied, whatever
    # another terminal does.
    with nullcontext() if dry_run or times.when else project.exclusive("undo"):
        with listening(output, zone) as listener:
            plan = project.undo(number, *posts, on_progress=listener)
        plan_runner.warn(output, plan)
        chosen = plan.run
        title = f"run {chosen.id}, {chosen.command}, {both_clocks(chosen.started, zone)}"
        if number is None and chosen.command.startswith("undo "):
            output.warn(
                f"run {chosen.id} was an undo; undoing it restores what it took back. To undo an"
                " earlier run: blogkit log, then blogkit undo RUN"
            )
        _tell_later(output, plan)
        if dry_run or times.when or not yes:
            _show(output, plan, title)
        if times.when:
            asked = Asked(limit, dry_run, yes)
            return record_command(output, project, Undo(chosen.id, posts), times, plan, asked)
        more = {
            "files": [project.config.relative(file.path) for file in plan.files if file.change],
            "later": [vars(change) for change in plan.later],
        }
        if dry_run:
            return plan_runner.dry_run(output, plan, limit, {"run": chosen.id, **more})
        return plan_runner.apply_plan(
            output,
            plan,
            zone,
            limit=limit,
            yes=yes,
            more={"undone": chosen.id, **more},
            question=f"Undo {title}: {_extent(plan)}?",
        )


def _show(output: Output, plan: UndoPlan, title: str) -> None:
    output.say(f"{title}:")
    for file in plan.files:
        output.say(file.summary, "green" if file.change else "")
    plan_runner.show_plan(output, plan, everything=True)


def _extent(plan: UndoPlan) -> str:
    """Return how many files and posts an undo changes: "1 file and 2 posts"."""
    files = sum(file.change is not None for file in plan.files)
    posts = sum(change.writes for change in plan)
    counts = [(files, "file"), (posts, "post")]
    return " and ".join(f"{count} {what}{'s' * (count != 1)}" for count, what in counts if count)


def _tell_later(output: Output, plan: UndoPlan) -> None:
    """Name what newer runs changed in the same posts: this undo does not take that back."""
    for one in plan.later:
        what = shown(one.path) if one.path else f'the post "{one.key}" on {one.site}'
        output.warn(f"{what} was changed again by run {one.run}: see blogkit log {one.run}")
