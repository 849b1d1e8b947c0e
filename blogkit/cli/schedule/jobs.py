"""`blogkit jobs`: list, cancel and retry timed jobs."""

from __future__ import annotations

import click

from blogkit.cli.options import common
from blogkit.cli.schedule.timed import of_job, say_jobs
from blogkit.cli.shared import current_project, the_output
from blogkit.times import both_clocks

_COLOURS = {"failed": "red", "done": "green", "waiting": ""}
_NUMBER = click.IntRange(1, 10**18)


@click.group(epilog="Example: blogkit jobs list")
@common
def jobs() -> None:
    """List, cancel and retry timed jobs: what commands with --when or --until recorded."""


@jobs.command(name="list", epilog="Example: blogkit jobs list --all")
@click.option("--all", "everything", is_flag=True, help="Also those that are done or cancelled.")
@common
def list_(everything: bool) -> None:
    """List the jobs that wait or failed. Sends nothing."""
    output, project = the_output(), current_project()
    found = project.jobs(everything=everything)
    for job in found:
        when = both_clocks(job.due, project.config.zone)
        output.say(
            f"{job.id}  {job.status}  {when}  {job.summary}", _COLOURS.get(job.status, "dim")
        )
        for more in filter(None, (job.note, job.hint)):
            output.say(f"    {more}")
    if not found:
        output.say("no jobs")
    output.report({"jobs": [of_job(project, job) for job in found]})


@jobs.command(epilog="Example: blogkit jobs cancel 3")
@click.argument("numbers", nargs=-1, required=True, type=_NUMBER, metavar="JOB...")
@common
def cancel(numbers: tuple[int, ...]) -> None:
    """Cancel jobs. With an insertion, the removal of its widget is cancelled, too."""
    output, project = the_output(), current_project()
    found = project.cancel_jobs(*numbers)
    for job in found:
        output.say(f"cancelled job {job.id}: {job.summary}")
    output.report({"jobs": [of_job(project, job) for job in found]})


@jobs.command(epilog="Example: blogkit jobs retry 3")
@click.argument("numbers", nargs=-1, required=True, type=_NUMBER, metavar="JOB...")
@common
def retry(numbers: tuple[int, ...]) -> None:
    """Let failed jobs wait again: the next `blogkit run` does what is left of them."""
    output, project = the_output(), current_project()
    found = project.retry_jobs(*numbers)
    say_jobs(output, project, found)
    output.report({"jobs": [of_job(project, job) for job in found]})
