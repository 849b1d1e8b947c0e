"""`blogkit worker`: do what is due at its time, until stopped."""

from __future__ import annotations

import os
import signal
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.schedule.cluster import cluster_status, work_together, workers_share
from blogkit.cli.schedule.durations import about
from blogkit.cli.schedule.run_report import (
    exit_code_of,
    late_text,
    of_due,
    of_result,
    say_result,
)
from blogkit.cli.shared import current_project, the_output
from blogkit.errors import BlogkitError, UsageError
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.schedule.report import RunReport
    from blogkit.schedule.work import WorkResult


@click.group(invoke_without_command=True, epilog="Example: blogkit worker --json")
@site_option("Work on this site only.")
@click.option(
    "--projects",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Work on all blogs whose folders are in DIR. Needs a database.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="How many sites to work on at a time, with a database.",
)
@click.option(
    "--metrics",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Serve metrics for Prometheus on this port of 127.0.0.1. Needs a database.",
)
@common
def worker(site: str, projects: Path | None, concurrency: int, metrics: int | None) -> None:
    """Do what is due at its time, until you stop it.

    For servers and containers. It sleeps until the next time, looks for changed files every 20
    seconds, and tells what it does: in sentences, or with --json in one JSON object a line. Ctrl-C
    or SIGTERM ends it after the work under way; a second one ends it at once. The next start
    goes on where it was, also after a crash.

    If BLOGKIT_DATABASE_URL in the environment names a PostgreSQL database, any number of workers on
    any number of machines share the work. They need the extra "cluster".
    """
    if click.get_current_context().invoked_subcommand is not None:
        return
    if workers_share() and not site:
        work_together(projects, concurrency, metrics)
    elif projects or metrics is not None:
        option = "--projects" if projects else "--metrics"
        raise UsageError(
            f"{option} needs a database that the workers share"
            if not site
            else f"{option} and --site exclude each other",
            hint="set BLOGKIT_DATABASE_URL in the environment: docs/cluster.md",
        )
    else:
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
            self._output.say(f"next: {both_clocks(report.next, self._zone)}")
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

    With a database, it shows all of its workers, the jobs that wait, and what fails. Exits with 1
    if no worker is alive, or a job waits for too long: for monitors and containers.
    """
    if workers_share():
        return cluster_status()
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
            output.say(f"next: {both_clocks(health.next, zone)}")
        since = both_clocks(health.started, zone)
        output.say(f"{health.done} done, {health.failed} failed since {since}")
        if health.trouble:
            output.warn(health.trouble)
    found = vars(health) if health else {}
    output.report({"alive": well, **found, **_say_backlog(), "exit_code": int(not well)})
    return int(not well)


def _say_backlog() -> dict[str, Any]:
    """Print what waits on each site and what fails; return it for --json."""
    from blogkit.schedule.backlog import read_backlog

    output, project = the_output(), current_project()
    zone, now = project.config.zone, project.timed.now
    backlog = read_backlog(project)
    rows = [
        (
            one.site,
            one.kind,
            str(one.count),
            f"due for {about(now - one.oldest)}" if one.oldest < now else "",
            both_clocks(one.next, zone),
            str(one.failing),
        )
        for one in backlog.queues
    ]
    if rows:
        output.table(rows, ("site", "work", "waits", "oldest", "next", "failing"))
    for each in backlog.failures:
        tries = "once" if each.failures == 1 else f"{each.failures} times in a row"
        again = f"tried again at {both_clocks(each.again, zone)}"
        reason = f"{each.site}: {each.reason} (failed {tries}, {again})"
        output.error(BlogkitError(reason, hint="to try now, run: blogkit run --retry"))
    for error in backlog.errors:
        output.error(error)
    return {
        "queues": [vars(one) for one in backlog.queues],
        "failures": [vars(one) for one in backlog.failures],
    }
