"""`blogkit log`: what was done, run by run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from blogkit.cli import reports
from blogkit.cli.options import RUN_NUMBER, common
from blogkit.cli.output import Output
from blogkit.cli.workbench import Workbench, open_workbench, the_output
from blogkit.errors import UsageError
from blogkit.journal.records import Entry, Run
from blogkit.journal.store import Journal
from blogkit.publish.backup import unpack
from blogkit.publish.difference import changes, lines


@click.command(epilog="Example: blogkit log 12")
@click.argument("run", required=False, type=RUN_NUMBER, metavar="[RUN]")
@click.option("--most", type=RUN_NUMBER, default=20, metavar="N", help="Show at most N runs (default: 20).")
@common
def log(run: int | None, most: int) -> int:
    """What was done: the latest runs, or with RUN each of its actions with what stood there before and after.

    `blogkit undo RUN` puts back what a run changed.
    """
    output, bench = the_output(), open_workbench()
    with bench.journal() as journal:
        if run is None:
            _runs(output, bench, journal, most)
        else:
            _one(output, bench, journal, run)
    return 0


def _runs(output: Output, bench: Workbench, journal: Journal, most: int) -> None:
    runs = journal.runs(most)
    rows = [(str(one.id), reports.moment(one.started, bench.workspace.zone), one.command, one.outcome or "did not end") for one in runs]
    output.table(rows, ("RUN", "STARTED", "COMMAND", "OUTCOME"))
    if not runs:
        output.say("nothing was published yet")
    output.report({"runs": [_run_data(one, journal) for one in runs]})


def _run_data(run: Run, journal: Journal) -> Mapping[str, Any]:
    return {
        "run": run.id,
        "command": run.command,
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat() if run.finished else None,
        "outcome": run.outcome,
        "actions": dict(journal.counts(run.id)),
    }


def _one(output: Output, bench: Workbench, journal: Journal, number: int) -> None:
    run = journal.run(number)
    if run is None:
        raise UsageError(f"there is no run {number}", hint="see blogkit log")
    output.say(f"run {run.id}: {run.command}, {reports.moment(run.started, bench.workspace.zone)}; {run.outcome or 'did not end'}", "bold")
    data = []
    for entry in journal.entries(run=number):
        _say_entry(output, entry)
        data.append(_entry_data(entry))
    output.report({**_run_data(run, journal), "entries": data})


def _say_entry(output: Output, entry: Entry) -> None:
    output.say(
        f"{entry.story}: {entry.status}" + (f" ({entry.note})" if entry.note else ""), "green" if entry.status == "done" else "yellow"
    )
    if entry.before and entry.after:
        for sign, line in lines(changes(unpack(entry.before), unpack(entry.after))):
            output.say(f"    {line}", {"+": "green", "-": "red", "@": "blue"}.get(sign, ""))


def _entry_data(entry: Entry) -> Mapping[str, Any]:
    before, after = (unpack(data) if data else None for data in (entry.before, entry.after))
    return {
        "site": entry.site,
        "key": entry.key,
        "action": entry.action,
        "story": entry.story,
        "status": entry.status,
        "note": entry.note,
        "id": entry.remote_id,
        "at": entry.intended.isoformat(),
        "changed": [change.where for change in changes(before, after)] if before and after else [],
        "before": reports.of_remote(before) if before else None,
        "after": reports.of_remote(after) if after else None,
    }
