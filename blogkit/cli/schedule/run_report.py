"""Work that was done at its time, for people and as JSON."""

from __future__ import annotations

import sys
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from blogkit.cli.output import Output
from blogkit.cli.schedule.durations import about
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.schedule.report import RunReport
    from blogkit.schedule.work import Due, WorkResult


def say_result(output: Output, result: WorkResult) -> None:
    """Print the outcome of one piece of work.

    Args:
        output: The printer.
        result: The outcome.
    """
    if result.ok:
        output.say(result.summary, "green")
        if result.hint:
            output.say(f"    {result.hint}")
    else:
        output.fail(result.summary, result.hint)


def late_text(due: Due, zone: tzinfo, now: datetime) -> str:
    """Return the sentence about work that is done long after its time.

    Args:
        due: The work.
        zone: The blog's time zone.
        now: The present time.
    """
    return (
        f"late by {about(now - due.at)}: {due.summary} was due at {both_clocks(due.at, zone)};"
        " blogkit did not run then (was this computer asleep or off?)"
    )


def say_report(output: Output, report: RunReport, zone: tzinfo, now: datetime) -> None:
    """Print how a run ended.

    Args:
        output: The printer.
        report: The run's report.
        zone: The blog's time zone.
        now: The present time.
    """
    for due in report.late:
        output.warn(late_text(due, zone, now))
    for error in report.errors:
        output.error(error)
    if report.overdue and report.busy:
        output.fail(
            f"{report.overdue.summary} is due since {both_clocks(report.overdue.at, zone)};"
            f" {report.busy.message}",
            report.busy.hint,
        )
    elif report.busy:
        output.note(f"left to another process: {report.busy.message}")
    elif not report.results:
        output.say("nothing is due")
    if report.next and report.next > now:
        output.say(f"next: {both_clocks(report.next, zone)}")


def exit_code_of(output: Output, report: RunReport) -> int:
    """Return a run's exit code; write and name the report of a bug.

    Args:
        output: The printer.
        report: The run's report.
    """
    if report.bug is None:
        return int(not report.ok)
    from blogkit.cli.error_handler import write_report

    path = write_report(report.bug, sys.argv[1:])
    output.fail(f"a report without secrets is in {path}", "please report it, with that file")
    return 3


def of_report(report: RunReport, zone: tzinfo) -> dict[str, Any]:
    """Return the JSON of a run.

    Args:
        report: The run's report.
        zone: The blog's time zone.
    """
    return {
        "results": [of_result(result, zone) for result in report.results],
        "late": [of_due(due, zone) for due in report.late],
        "next": report.next.isoformat() if report.next else None,
        "left_to": report.busy.message if report.busy else "",
        "errors": [{"error": error.message, "hint": error.hint} for error in report.errors],
    }


def of_due(due: Due, zone: tzinfo) -> dict[str, Any]:
    """Return the JSON of work.

    Args:
        due: The work.
        zone: The blog's time zone.
    """
    return {
        "kind": due.kind,
        "site": due.site,
        "post": due.key,
        "due": due.at.isoformat(),
        "due_at_blog": due.at.astimezone(zone).isoformat(),
    }


def of_result(result: WorkResult, zone: tzinfo) -> dict[str, Any]:
    """Return the JSON of one piece of work that was done.

    Args:
        result: The outcome.
        zone: The blog's time zone.
    """
    return {
        **of_due(result.due, zone),
        "run": result.run,
        "outcome": "done" if result.ok else "failed",
        "summary": result.summary,
        "hint": result.hint,
        "seconds": round(result.seconds, 3),
        "requests": result.requests,
    }
