"""`blogkit diff`: what was changed in the file and what on the blog, since both were the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.prepare import Prepared, prepare_all, say_down
from blogkit.cli.workbench import Wishes, Workbench, open_workbench, the_output
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, Remote
from blogkit.publish.actions import Look
from blogkit.publish.backup import unpack
from blogkit.publish.difference import Change, lines, three_way
from blogkit.publish.observe import look, with_known_uploads

_COLOURS = {"+": "green", "-": "red", "@": "blue"}


@click.command(epilog="Example: blogkit diff posts/miami.md")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("On this site only.")
@common
def diff(paths: tuple[Path, ...], site: str) -> int:
    """What was changed in the file, and what on the blog, since both were the same. Reads only.

    For PATH... or all posts. Lines with - are gone, lines with + are new; exit code 1 when anything differs.
    A post that was put back by `undo` shows nothing until its file changes.
    """
    output, bench = the_output(), open_workbench()
    ready = prepare_all(bench, paths, Wishes(site=site, allow_open=True, whole=not paths), online=True)
    found: list[dict[str, Any]] = []
    with bench.journal() as journal:
        for name, prepared in ready.items():
            if name not in bench.down:
                with bench.tolerating(name):
                    found += _site(bench, output, journal, name, prepared)
    say_down(bench, output, others=True)
    if not found:
        output.say("no differences", "green")
    output.report({"differences": found})
    return int(bool(found or bench.down))


def _site(bench: Workbench, output: Output, journal: Journal, site: str, ready: Sequence[Prepared]) -> list[dict[str, Any]]:
    memories = journal.memories(site)
    with output.progress(len(ready), f"looking at {site}") as advance:
        wanted = [one.desired for one in ready]
        seen = look(wanted, bench.platform(site), journal, memories=memories, report=advance)
    platform = bench.platform(site)
    found: list[dict[str, Any]] = []
    for one in ready:
        place, looked = bench.workspace.relative(one.path), seen[one.desired.key]
        if looked.trouble:
            output.fail(f"{place}: {looked.trouble}", looked.hint)
            found.append({"path": place, "site": site, "key": one.desired.key, "trouble": looked.trouble})
        elif looked.remote is None:
            output.say(f"{place} is not on {site}")
        there, here = _compare(journal, platform, one, looked, memories.get(one.desired.key))
        if there or here:
            _say(output, place, site, there, here)
            found.append({"path": place, "site": site, "key": one.desired.key, "there": _data(there), "here": _data(here)})
    return found


def _compare(
    journal: Journal, platform: Platform, one: Prepared, look: Look, memory: Memory | None
) -> tuple[Sequence[Change], Sequence[Change]]:
    desired, remote = one.desired, look.remote
    if remote is None or (look.differs is None and look.intent is None):
        return (), ()  # not there, or as we left it and as the file means it
    draft = with_known_uploads(desired.draft, desired.site, journal)
    draft = replace(draft, body=platform.meant(draft))
    base = _base(journal, desired.site, desired.key) if memory else None
    there, here = three_way(base, remote, draft)
    return there, here if memory is None or memory.pushed != desired.digest else ()


def _base(journal: Journal, site: str, key: str) -> Remote | None:
    entry = journal.base(site, key)
    return unpack(entry.after) if entry and entry.after else None


def _say(output: Output, place: str, site: str, there: Sequence[Change], here: Sequence[Change]) -> None:
    for title, found in ((f"{place}: changed on {site}", there), (f"{place}: changed in the file", here)):
        if found:
            output.say(title, "bold")
            for sign, line in lines(found):
                output.say(line, _COLOURS.get(sign, ""))


def _data(found: Sequence[Change]) -> list[dict[str, Any]]:
    return [vars(change) for change in found]
