"""`blogkit run`: do what is due, and exit. For cron, timers and GitHub Actions."""

from __future__ import annotations

from datetime import timedelta

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.schedule.durations import Duration
from blogkit.cli.schedule.run_report import exit_code_of, of_report, say_report, say_result
from blogkit.cli.shared import current_project, the_output


@click.command(epilog="Example: blogkit run --until 5m")
@click.option(
    "--until",
    type=Duration(timedelta(seconds=1), timedelta(days=1)),
    metavar="TIME",
    help="Also wait for what is due within this time, such as 90s, 5m or 2h.",
)
@site_option("Work on this site only.")
@click.option("--retry", is_flag=True, help="Try what failed before again now.")
@common
def run(until: timedelta | None, site: str, retry: bool) -> int:
    """Do what is due now, and exit.

    For cron, timers and GitHub Actions: start it every few minutes. With nothing due it sends no
    request. It may be started twice: if another blogkit process is publishing here, it leaves the
    work to that one.

    Work that fails is tried again after a minute, then in growing intervals of at most six hours.
    Exits with 1 if something failed, or waits for more than 15 minutes for another process.
    """
    from blogkit.schedule.notify import notify
    from blogkit.schedule.run import run as do_what_is_due
    from blogkit.schedule.stopping import Stop, polite_signals, stopping

    output, project = the_output(), current_project()
    zone = project.config.zone
    end = project.timed.now + until if until else None
    stop = Stop()
    with stopping(stop, *polite_signals()):
        report = do_what_is_due(
            project,
            site=site,
            until=end,
            retry=retry,
            stop=stop,
            on_result=lambda result: say_result(output, result),
        )
    say_report(output, report, zone, project.timed.now)
    notify(project, report)
    code = exit_code_of(output, report)
    output.report({**of_report(report, zone), "exit_code": code})
    return code
