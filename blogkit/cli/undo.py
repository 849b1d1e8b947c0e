"""`blogkit undo`: put back what a run changed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from blogkit.cli import reports, running
from blogkit.cli.options import common, limit_option
from blogkit.cli.output import Output
from blogkit.cli.refs import file_named, same_address
from blogkit.cli.workbench import Workbench, open_workbench, the_output
from blogkit.errors import NotFound, UsageError
from blogkit.journal.records import Entry, Run
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote, State
from blogkit.publish import undo as undoing
from blogkit.publish.actions import Action
from blogkit.publish.backup import unpack
from blogkit.publish.undo import Undoing

_LONGEST_NUMBER = 18
"""Digits; a database counts no further than to 2^63."""


@click.command(epilog="Example: blogkit undo 12 miami")
@click.argument("run", required=False, metavar="[RUN]")
@click.argument("posts", nargs=-1, metavar="[POST...]")
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would be put back and stop.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask; needed in a pipe and in cron.")
@common
def undo(run: str | None, posts: tuple[str, ...], limit: int, dry_run: bool, yes: bool) -> int:
    """Put back what a run changed: earlier text and state; posts that it made go to the trash.

    RUN is a number that `blogkit log` shows (default: the last run that changed something); POST is a post's key, file, id or
    address, to undo only those of that run. A post that was changed since is left alone (exit code 4). What was undone stays so until its
    file changes; to have it back, undo the undo.
    """
    output, bench = the_output(), open_workbench()
    if run is not None and not run.isdecimal():
        posts, run = (run, *posts), None
    with bench.journal() as journal, nullcontext() if dry_run else journal.alone("undo"):
        chosen = _run(journal, run)
        entries = _entries(bench, journal, chosen, posts)
        plans = _plans(bench, output, journal, entries)
        if dry_run or not yes:
            output.say(f"run {chosen.id}, {chosen.command}, {reports.moment(chosen.started, bench.workspace.zone)}:")
            running.show(output, plans, everything=True)
        if dry_run:
            return running.dry_run(output, bench, plans, limit, {"run": chosen.id})
        running.refuse_many(plans, limit)
        agreed = running.confirmed(output, plans, yes=yes)
        if agreed is None:
            return 1
        outcomes = running.carry_out(bench, output, journal, agreed, f"undo {chosen.id}")
    return running.ended(bench, output, outcomes, {"undone": chosen.id})


def _run(journal: Journal, number: str | None) -> Run:
    found = journal.last_writing_run() if number is None else journal.run(int(number)) if len(number) <= _LONGEST_NUMBER else None
    if found is None:
        raise UsageError(f"there is no run {number}" if number else "no run has changed anything yet", hint="see blogkit log")
    return found


def _entries(bench: Workbench, journal: Journal, run: Run, posts: Sequence[str]) -> list[Entry]:
    """What the run did, newest first. Raises `UsageError` when there is nothing to undo, or a post is not in it."""
    done = [entry for entry in journal.actions(run.id) if undoing.undoable(entry)]
    if posts:
        meant = {name: [entry for entry in done if _is_meant(bench, entry, name)] for name in posts}
        missing = [name for name, found in meant.items() if not found]
        if missing:
            raise UsageError(f"run {run.id} changed no post {', '.join(missing)}", hint=f"see blogkit log {run.id}")
        done = [entry for entry in done if any(entry in found for found in meant.values())]
    if not done:
        raise UsageError(f"run {run.id} changed nothing", hint="see blogkit log")
    return done[::-1]


def _is_meant(bench: Workbench, entry: Entry, name: str) -> bool:
    """By the post's key, file, id or address."""
    if "://" in name:
        data = entry.after or entry.before
        return data is not None and same_address(unpack(data).url, name)
    path = file_named(name)
    if path:  # it may have become unreadable since: then its name has to do
        posts, _ = bench.readable_posts([path])
        return entry.key in [post.key for post in posts] or entry.remote_id in [post.remote_id for post in posts if post.remote_id]
    if name.endswith((".md", ".html")):
        name = Path(name).stem
    return name in (entry.key, entry.remote_id)


def _plans(bench: Workbench, output: Output, journal: Journal, entries: Sequence[Entry]) -> dict[str, list[Action]]:
    plans: dict[str, list[Action]] = {}
    with output.progress(len(entries), "looking") as advance:
        for entry in entries:
            if entry.site not in bench.down:
                with bench.tolerating(entry.site):
                    at = bench.clock()
                    memory = journal.memories(entry.site).get(entry.key)
                    undone = undoing.decide(Undoing(entry, _seen(bench, entry), at, bench.workspace.zone, memory))
                    plans.setdefault(entry.site, []).append(undone)
            advance(entry.key)
    for error in bench.down.values():
        output.error(error)
    return plans


def _seen(bench: Workbench, entry: Entry) -> Remote | None:
    platform = bench.platform(entry.site)
    ref = undoing.ref_of(entry)
    try:
        found = platform.get(ref) if ref.id else platform.find(entry.key, ref.kind)
    except NotFound:
        return None
    return None if found is None or found.state is State.TRASHED else found
