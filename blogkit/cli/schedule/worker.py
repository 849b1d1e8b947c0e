"""`blogkit worker`: do what is due at its time, until stopped."""

from __future__ import annotations

import os
import signal
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli import reports
from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.schedule.durations import about
from blogkit.cli.schedule.run_report import (
    exit_code_of,
    late_text,
    of_due,
    of_result,
    say_result,
)
from blogkit.cli.shared import current_project, the_output

if TYPE_CHECKING:
    from blogkit.errors import BlogkitError
    from blogkit.schedule.report import RunReport
    from blogkit.schedule.work import WorkResult


@click.group(invoke_without_command=True, epilog="Example: blogkit worker --json")
@site_option("Work on this site only.")
@common
def worker(site: str) -> None:
    """Do what is due at its time, until you stop it.

    For servers and containers. It sleeps until the next time, looks for changed files every 20
    seconds, and tells what it does: in sentences, or with --json in one JSON object a line. Ctrl-C
    or SIGTERM ends it after the work under way; a second one ends it at once. Whatever ends it, the
    next start goes on where it was.
    """
    if click.get_current_context().invoked_subcommand is None:
        _work_here(site)


def _work_here(site: str) -> None:
    from blogkit.schedule.stopping import Stop, polite_signals, stopping
    from blogkit.schedule.worker import Worker

    output, project = the_output(), current_project()
    voice = _Voice(output, project.config.zone, str(project.config.root))
    shared = click.get_current_context().ensure_object(dict)
    stop = Stop(shared["sleep"])
    with stopping(stop, signal.SIGINT, *polite_signals()):
        Worker(current_project, stop, voice, site).work()


class _Voice:
    """Prints what the worker tells: sentences, or JSON lines."""

    def __init__(self, output: Output, zone: tzinfo, folder: str) -> None:
        self._output, self._zone, self._folder = output, zone, folder
        self._next: datetime | None = None
        self._busy = ""

    def started(self) -> None:
        self._output.say(f"working in {self._folder} (press Ctrl-C to stop)")
        self._line("started", folder=self._folder, process=os.getpid())

    def result(self, result: WorkResult) -> None:
        if self._output.as_json:
            self._line("result", **of_result(result, self._zone))
        else:
            say_result(self._output, result)
            self._output.flush()

    def looked(self, report: RunReport, now: datetime) -> None:
        for due in report.late:
            text = late_text(due, self._zone, now)
            self._line("late", summary=text, **of_due(due, self._zone))
            self._output.warn(text)
        for error in report.errors:
            self.trouble(error)
        busy = report.busy.message if report.overdue and report.busy else ""
        if report.busy and busy and busy != self._busy:
            self.trouble(report.busy)
        self._busy = busy
        exit_code_of(self._output, report)
        if report.next != self._next and report.next and report.next > now:
            self._output.say(f"next: {reports.moment(report.next, self._zone)}")
            self._line("next", next=report.next.isoformat())
        self._next = report.next
        self._output.flush()

    def trouble(self, error: BlogkitError) -> None:
        self._line("error", summary=error.message, hint=error.hint)
        self._output.error(error)
        self._output.flush()

    def stopped(self) -> None:
        self._output.say("stopped")
        self._line("stopped")

    def _line(self, event: str, **data: Any) -> None:
        at = datetime.now(self._zone).isoformat(timespec="seconds")
        self._output.line({"time": at, "event": event, **data})


@worker.command(epilog="Example: blogkit worker status")
@common
def status() -> int:
    """Show whether the worker of this folder is alive, and what it waits for.

    Exits with 1 if it is not: for monitors and containers.
    """
    from blogkit.schedule.health import read_health
    from blogkit.schedule.worker import health_path

    output, project = the_output(), current_project()
    zone, now = project.config.zone, project.timed.now
    health = read_health(health_path(project))
    well = health is not None and health.is_well(now)
    if health is None:
        output.fail("no worker has run in this folder", "run: blogkit worker")
    else:
        line = f"{health.state} (process {health.process}), {about(now - health.written)} ago"
        if well:
            output.say(line, "green")
        else:
            output.fail(f"the worker does not run; its last word: {line}", "run: blogkit worker")
        if health.next:
            output.say(f"next: {reports.moment(health.next, zone)}")
        since = reports.moment(health.started, zone)
        output.say(f"{health.done} done, {health.failed} failed since {since}")
        if health.trouble:
            output.warn(health.trouble)
    found = vars(health) if health else {}
    output.report({"alive": well, **found, "exit_code": int(not well)})
    return int(not well)
