"""The options --when and --until: record a command as a timed job instead of running it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blogkit.cli import reports
from blogkit.cli.output import Output, interactive
from blogkit.dataclass import dataclass
from blogkit.errors import UsageError
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.project.jobs.recording import Job
    from blogkit.project.jobs.requests import JobRequest
    from blogkit.project.plans.plan import Plan
    from blogkit.project.project import Project

_F = TypeVar("_F", bound=Callable[..., Any])


def when_option(function: _F) -> _F:
    """Return the command with `--when TIME`."""
    about = "Do it at this time, such as '2026-12-01 07:00', not now; see `blogkit jobs list`."
    return click.option("--when", default="", metavar="TIME", help=about)(function)


def until_option(function: _F) -> _F:
    """Return the command with `--until TIME`."""
    about = "Remove the widget again at this time."
    return click.option("--until", default="", metavar="TIME", help=about)(function)


@dataclass(frozen=True)
class Times:
    """When a command is to be run, and when its widget leaves again.

    Attributes:
        when: None for now.
        until: None for never.
    """

    when: datetime | None
    until: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """The options for running an edit.

    Attributes:
        limit: Live posts that may change.
        dry_run: Send nothing.
        yes: Do not ask.
    """

    limit: int
    dry_run: bool
    yes: bool


def chosen_times(project: Project, options: dict[str, Any]) -> Times:
    """Take the times out of the options.

    Args:
        project: Knows the time zone.
        options: The command's options.

    Returns:
        The times.

    Raises:
        UsageError: A value is not a time, or it is past.
    """
    when = _time(project, options.pop("when", ""), "--when")
    until = _time(project, options.pop("until", ""), "--until")
    if until is not None and when is not None and until <= when:
        raise UsageError("--until is not after --when", hint="choose a later --until")
    return Times(when, until)


def record_command(
    output: Output,
    project: Project,
    request: JobRequest,
    times: Times,
    plan: Plan,
    asked: Asked,
) -> int:
    """Record a command whose plan was shown, unless it is a dry run.

    Args:
        output: The printer.
        project: The project.
        request: What the command does.
        times: When; `when` is not None.
        plan: What it would do now, to find mistakes early.
        asked: How to run it.

    Returns:
        The exit code.

    Raises:
        UsageError: The question needs a terminal or --yes, or the job cannot be recorded.
    """
    assert times.when is not None
    code = reports.plan_exit_code(plan)
    data = {**reports.of_plan(plan), **reports.of_left_out(plan.unavailable, plan.left_out)}
    when = both_clocks(times.when, project.config.zone)
    if code or asked.dry_run:
        if code:
            output.warn("the job was not recorded, because it would fail now")
        output.report({**data, "dry_run": asked.dry_run, "jobs": [], "exit_code": code})
        return code
    if not asked.yes and not interactive():
        raise UsageError(
            "cannot ask for confirmation without a terminal; nothing was recorded",
            hint="add --yes; or --dry-run to see what would happen",
        )
    if not asked.yes and not output.confirm(f"Do this on {when}?"):
        output.say("Nothing was recorded.")
        output.report({**data, "declined": True, "jobs": [], "exit_code": 1})
        return 1
    jobs = project.do_later(request, times.when, until=times.until, limit=asked.limit)
    say_jobs(output, project, jobs)
    output.say("`blogkit run` or `blogkit worker` does it then")
    output.report({**data, "jobs": [of_job(project, job) for job in jobs], "exit_code": 0})
    return 0


def say_jobs(output: Output, project: Project, jobs: list[Job]) -> None:
    """Print one line a job.

    Args:
        output: The printer.
        project: Knows the time zone.
        jobs: The jobs.
    """
    for job in jobs:
        when = both_clocks(job.due, project.config.zone)
        output.say(f"job {job.id}: {job.summary} on {when}", "green")


def of_job(project: Project, job: Job) -> dict[str, Any]:
    """Return the JSON of a job.

    Args:
        project: Knows the time zone.
        job: The job.
    """
    names = ("id", "site", "summary", "limit", "follows", "status", "note", "hint")
    values = {name: getattr(job, name) for name in names}
    due = job.due.astimezone(project.config.zone)
    return {**values, "due": due.isoformat(), "run": job.run or None}


def _time(project: Project, text: str, name: str) -> datetime | None:
    from blogkit.posts.dates import BadDate, read_moment

    if not text:
        return None
    try:
        at = read_moment(text, project.config.zone, name)
    except BadDate as error:
        raise UsageError(error.message, hint=error.hint) from error
    if at <= project.timed.now:
        when = both_clocks(at, project.config.zone)
        hint = "choose a later time" + ("" if name == "--until" else ", or leave out --when")
        raise UsageError(f"{name}: {when} is past", hint=hint)
    return at
