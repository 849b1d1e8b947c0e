"""`blogkit log`: list the runs and what each changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import click

from blogkit.cli import reports
from blogkit.cli.history.schedules import schedule_data, schedule_line, show_schedules
from blogkit.cli.options import RUN_NUMBER, common
from blogkit.cli.output import Output
from blogkit.cli.shared import current_project, the_output
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from datetime import tzinfo

    from blogkit.project.history import LoggedChange, LoggedFile, LoggedRun
    from blogkit.project.project import Project


@click.command(epilog="Example: blogkit log 12")
@click.argument("run", required=False, type=RUN_NUMBER, metavar="[RUN]")
@click.option(
    "--most", type=RUN_NUMBER, default=20, metavar="N", help="Show at most N runs (default: 20)."
)
@common
def log(run: int | None, most: int) -> int:
    """List the latest runs. With RUN, show what it changed in each post and file.

    Below the runs are the scheduled posts: when each was due, fired, and was seen live.

    `blogkit undo RUN` takes back what a run changed.
    """
    output, project = the_output(), current_project()
    if run is None:
        _show_runs(output, project, most)
    else:
        return _show_run(output, project.run(run), project.config.zone)
    return 0


def _show_runs(output: Output, project: Project, most: int) -> None:
    runs, schedules = project.log(most), project.schedules(most=most)
    zone = project.config.zone
    rows = [
        (
            str(one.id),
            both_clocks(one.started, zone),
            one.command,
            one.outcome or "did not finish",
        )
        for one in runs
    ]
    output.table(rows, ("RUN", "STARTED", "COMMAND", "OUTCOME"))
    if not runs:
        output.say("no runs yet")
    show_schedules(output, schedules, zone)
    output.report(
        {
            "runs": [_run_data(one) for one in runs],
            "schedules": [schedule_data(one) for one in schedules],
        }
    )


def _show_run(output: Output, run: LoggedRun, zone: tzinfo) -> int:
    output.say(
        f"run {run.id}: {run.command}, {both_clocks(run.started, zone)};"
        f" {run.outcome or 'did not finish'}",
        "bold",
    )
    for file in run.files:
        _show_file(output, file)
    for change in run.changes:
        _show_change(output, change, zone)
    entries = [_change_data(change) for change in run.changes]
    files = [_file_data(file) for file in run.files]
    output.report({**_run_data(run), "entries": entries, "files": files})
    damages = [*(change.damage for change in run.changes), *(file.damage for file in run.files)]
    return int(any(damages))


def _run_data(run: LoggedRun) -> Mapping[str, Any]:
    return {
        "run": run.id,
        "command": run.command,
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat() if run.finished else None,
        "outcome": run.outcome,
        "actions": dict(run.counts),
        "changed_files": run.changed_files,
    }


def _show_file(output: Output, file: LoggedFile) -> None:
    from blogkit.sync.diff import lines

    note = f" ({file.entry.note})" if file.entry.note else ""
    colour = "green" if file.status == "done" else "yellow"
    output.say(f"{file.summary}: {file.status}{note}", colour)
    if file.damage:
        output.error(file.damage)
    for sign, line in lines(file.differences):
        output.lines(f"    {line}", reports.COLOURS.get(sign, ""))


def _file_data(file: LoggedFile) -> Mapping[str, Any]:
    entry = file.entry
    return {
        "path": entry.path,
        "site": entry.site,
        "key": entry.key,
        "id": entry.remote_id,
        "summary": entry.summary,
        "status": file.status,
        "note": entry.note,
        "at": entry.intended.isoformat(),
        "sha256_before": entry.before_digest or None,
        "sha256_after": entry.after_digest or None,
    }


def _show_change(output: Output, change: LoggedChange, zone: tzinfo) -> None:
    from blogkit.sync.diff import lines

    entry = change.entry
    note = f" ({entry.note})" if entry.note else ""
    output.say(
        f"{change.summary}: {entry.status}{note}", "green" if entry.status == "done" else "yellow"
    )
    if change.schedule:
        output.say(f"    {schedule_line(change.schedule, zone)}")
    if change.damage:
        output.error(change.damage)
    for sign, line in lines(change.differences):
        output.lines(f"    {line}", reports.COLOURS.get(sign, ""))


def _post_data(change: LoggedChange, when: Literal["before", "after"]) -> Mapping[str, Any] | None:
    from blogkit.project.backup import as_data

    post = None if change.damage else getattr(change, when)
    return as_data(post, hidden=True) if post else None


def _change_data(change: LoggedChange) -> Mapping[str, Any]:
    entry = change.entry
    return {
        "site": entry.site,
        "key": entry.key,
        "action": entry.action,
        # The report keeps its old names, which programs read.
        "story": change.summary,
        "status": entry.status,
        "note": entry.note,
        "id": entry.remote_id,
        "at": entry.intended.isoformat(),
        "changed": [one.where for one in change.differences],
        "before": _post_data(change, "before"),
        "after": _post_data(change, "after"),
        **({"schedule": schedule_data(change.schedule)} if change.schedule else {}),
        **({"damaged": True} if change.damage else {}),
    }
