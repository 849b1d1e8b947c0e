"""`blogkit status`: every post on every site it goes to, and how the two compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from blogkit.cli import reports
from blogkit.cli.options import common, site_option
from blogkit.cli.prepare import Prepared, prepare_all, say_down
from blogkit.cli.workbench import Wishes, Workbench, open_workbench, the_output
from blogkit.journal.records import Memory
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.observe import look
from blogkit.publish.plan import plan as plan_for

_WORDS = {
    ActionKind.CREATE: "new",
    ActionKind.UPDATE: "changed",
    ActionKind.SET_STATE: "changed",
    ActionKind.ADOPT: "up to date",
    ActionKind.UNCHANGED: "up to date",
    ActionKind.REMOTE_EDITED: "edited there",
    ActionKind.CONFLICT: "conflict",
    ActionKind.GONE: "gone",
    ActionKind.REFUSED: "refused",
}


@click.command(epilog="Example: blogkit status --offline")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("On this site only.")
@click.option("--offline", is_flag=True, help="Ask no site: say what blogkit remembers.")
@common
def status(paths: tuple[Path, ...], site: str, offline: bool) -> int:
    """What is live, scheduled, new or changed. Reads only.

    Times are shown on the blog's clock and in UTC.
    """
    output, bench = the_output(), open_workbench()
    ready = prepare_all(bench, paths, Wishes(site=site, allow_open=True), online=not offline)
    rows: list[dict[str, Any]] = []
    for name, prepared in ready.items():
        if name not in bench.down:
            with bench.tolerating(name):
                rows += (_remembered if offline else _seen)(bench, name, prepared)
    say_down(bench, output, others=bool(rows))
    output.table([(r["site"], r["path"], r["file"], r["there"]) for r in rows], ("SITE", "POST", "FILE", "THERE"))
    if not rows:
        output.say("no posts yet: blogkit new post TITLE")
    output.report({"posts": rows, **reports.of_down(bench.down)})
    return int(bool(bench.down))


def _seen(bench: Workbench, site: str, ready: list[Prepared]) -> list[dict[str, Any]]:
    wanted = [one.desired for one in ready]
    with bench.journal() as journal:
        seen = look(wanted, bench.platform(site), journal)
    return [_row(bench, action) for action in plan_for(wanted, seen, bench.clock())]


def _row(bench: Workbench, action: Action) -> dict[str, Any]:
    remote = action.look.remote
    return {
        "site": action.site,
        "path": bench.workspace.relative(action.desired.path) if action.desired.path else "",
        "key": action.key,
        "file": _WORDS[action.kind],
        "there": reports.state_of(remote, bench.workspace.zone) if remote else "-",
        "state": str(remote.state) if remote else "",
        "url": remote.url if remote else "",
        "at": remote.at.isoformat() if remote and remote.at else None,
    }


def _remembered(bench: Workbench, site: str, ready: list[Prepared]) -> list[dict[str, Any]]:
    with bench.journal() as journal:
        memories = journal.memories(site)
    return [_memory_row(bench, one, memories.get(one.desired.key)) for one in ready]


def _memory_row(bench: Workbench, one: Prepared, memory: Memory | None) -> dict[str, Any]:
    same = memory is not None and memory.pushed == one.desired.digest and memory.wish == one.desired.wish
    there = "-" if memory is None else memory.state
    if memory and memory.at and memory.state == "scheduled":
        there = f"scheduled for {reports.moment(memory.at, bench.workspace.zone)}"
    return {
        "site": one.site,
        "path": bench.workspace.relative(one.path),
        "key": one.desired.key,
        "file": "new" if memory is None else "up to date" if same else "changed",
        "there": there,
        "state": memory.state if memory else "",
        "url": memory.url if memory else "",
        "at": memory.at.isoformat() if memory and memory.at else None,
    }
