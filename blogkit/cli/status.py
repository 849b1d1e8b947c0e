"""`blogkit status`: every post on every site it goes to, and how the two compare."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from blogkit.cli import reports
from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.prepare import Prepared, prepare_all, say_down
from blogkit.cli.workbench import Wishes, Workbench, open_workbench, the_output
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.observe import look
from blogkit.publish.plan import orphans, remembered
from blogkit.publish.plan import plan as plan_for

WORDS = {
    ActionKind.CREATE: "new",
    ActionKind.UPDATE: "changed",
    ActionKind.SET_STATE: "changed",
    ActionKind.ADOPT: "up to date",
    ActionKind.UNCHANGED: "up to date",
    ActionKind.REMOTE_EDITED: "edited there",
    ActionKind.CONFLICT: "conflict",
    ActionKind.GONE: "gone",
    ActionKind.REFUSED: "refused",
    ActionKind.ORPHAN: "no file",
}
UNDONE = "undone"
"""The file's last change was sent and taken back; it is not sent again until the file changes."""


@click.command(epilog="Example: blogkit status --offline")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("On this site only.")
@click.option("--offline", is_flag=True, help="Ask no site: say what blogkit remembers.")
@common
def status(paths: tuple[Path, ...], site: str, offline: bool) -> int:
    """What is live, scheduled, new or changed. Reads only.

    FILE says how the file compares with the blog: new, changed, up to date, undone (put back, and not sent again until the
    file changes), edited there, conflict, gone, refused, no file. THERE says how the blog has it; times are shown on the
    blog's clock and in UTC.
    """
    output, bench = the_output(), open_workbench()
    ready = prepare_all(bench, paths, Wishes(site=site, allow_open=True, whole=not paths), online=not offline)
    keys = {one.desired.key for prepared in ready.values() for one in prepared}
    rows: list[dict[str, Any]] = []
    with bench.journal() as journal:
        for name in [site] if site else dict.fromkeys([*ready, *bench.workspace.sites]):
            memories = journal.memories(name)
            actions: list[Action] = []
            if name not in bench.down:
                with bench.tolerating(name):
                    actions = _actions(bench, output, journal, name, ready.get(name, []), memories, offline=offline)
            if name not in bench.down:
                undone = journal.undone(name)
                rows += [_row(bench, action, undone) for action in (*actions, *(() if paths else orphans(name, memories, keys)))]
    say_down(bench, output, others=bool(rows))
    output.table([(r["site"], r["path"] or r["key"], r["file"], r["there"]) for r in rows], ("SITE", "POST", "FILE", "THERE"))
    if not rows:
        output.say("no posts yet: blogkit new post TITLE")
    output.report({"posts": rows, **reports.of_down(bench.down)})
    return int(bool(bench.down))


def _actions(
    bench: Workbench,
    output: Output,
    journal: Journal,
    site: str,
    ready: Sequence[Prepared],
    memories: Mapping[str, Memory],
    *,
    offline: bool,
) -> list[Action]:
    wanted = [one.desired for one in ready]
    if offline:
        return [remembered(desired, memories.get(desired.key), bench.clock()) for desired in wanted]
    if not wanted:
        return []
    with output.progress(len(wanted), f"looking at {site}") as advance:
        seen = look(wanted, bench.platform(site), journal, memories=memories, report=advance)
    return plan_for(wanted, seen, bench.clock())


def _row(bench: Workbench, action: Action, undone: Collection[str]) -> dict[str, Any]:
    remote, path = action.look.remote, action.desired.path
    return {
        "site": action.site,
        "path": bench.workspace.relative(path) if path else "",
        "key": action.key,
        "file": UNDONE if action.kind is ActionKind.UNCHANGED and action.key in undone else WORDS[action.kind],
        "there": reports.state_of(remote, bench.workspace.zone) if remote else "-",
        "state": str(remote.state) if remote else "",
        "url": remote.url if remote else "",
        "at": remote.at.isoformat() if remote and remote.at else None,
    }
