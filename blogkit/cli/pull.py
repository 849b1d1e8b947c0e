"""`blogkit pull`: a live post into the workspace."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from blogkit.cli import running
from blogkit.cli.keeping import Keeper, NewFile, take_note
from blogkit.cli.options import common, site_option
from blogkit.cli.refs import Found, resolve_all
from blogkit.cli.workbench import Workbench, open_workbench, the_output
from blogkit.errors import ConflictError, ContentError
from blogkit.publish.difference import changes


@click.command(epilog="Example: blogkit pull https://example.blogspot.com/2024/05/old-post.html")
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@site_option("From this site (default: the one that the address belongs to, else the default site).")
@click.option("--replace", is_flag=True, help="Where the post has a file that says something else: put the blog's HTML in its place.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and stop.")
@common
def pull(refs: tuple[str, ...], site: str, replace: bool, dry_run: bool) -> int:
    """Bring live posts into the workspace. Nothing on the blog is changed.

    REF is a post's address, id, key or file. A post that blogkit wrote comes back as the file it was made from, when the
    blog still shows what that file makes; any other becomes an .html file whose body is the blog's, byte for byte. Images
    stay where they are.
    """
    output, bench = the_output(), open_workbench()
    written: dict[str, list[Path]] = {}
    with bench.journal() as journal, journal.alone("pull"):
        keeper = Keeper(bench, journal)
        # First everything is looked at: when one cannot be had, none is written.
        steps = [(found.site, *_step(bench, keeper, found, replace=replace)) for found in resolve_all(bench, journal, refs, site)]
        for name, new, what in steps:
            if new and not dry_run:
                keeper.put(new)
            output.say(what, "green" if new else "")
            if new:
                written.setdefault(name, []).append(new.path)
        names = [bench.workspace.relative(path) for paths in written.values() for path in paths]
        if dry_run:
            output.report({"files": names, "dry_run": True})
            return 0
        outcomes = take_note(bench, output, journal, written, "pull") if written else []
    return running.ended(bench, output, outcomes, {"files": names}, silent=not outcomes)


def _step(bench: Workbench, keeper: Keeper, found: Found, *, replace: bool) -> tuple[NewFile | None, str]:
    """The file to be written, None when there is nothing to write, and a sentence about it."""
    name = f"“{found.remote.title}” on {found.site}"
    old = keeper.file_of(found)
    if old is None:
        new = keeper.made(found)
        return new, f"{name} → {bench.workspace.relative(new.path)}"
    place = bench.workspace.relative(old)
    where = "text"
    with suppress(ContentError):
        draft = keeper.draft_of(found, old)
        if not keeper.differs(found, draft):
            return None, f"{place} is what {name} was made from, and the blog shows just that: nothing to pull"
        where = ", ".join(dict.fromkeys(change.where for change in changes(draft, found.remote)))
    if not replace:
        raise ConflictError(
            f"{name} and {place} differ ({where}); nothing was written",
            hint=f"see blogkit diff {place}; with --replace the blog's text takes its place, and the file is kept in .blogkit/replaced/",
        )
    new = keeper.instead(found, old)
    return new, f"{name} → {bench.workspace.relative(new.path)} ({place} is kept in .blogkit/replaced/)"
