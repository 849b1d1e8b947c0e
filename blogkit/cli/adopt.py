"""`blogkit adopt`: posts that are on the blog under management, without a byte of them rewritten."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli import running
from blogkit.cli.keeping import Keeper, Unkeepable, take_note
from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.refs import Found, listed, resolve_all
from blogkit.cli.workbench import Workbench, open_workbench, the_output
from blogkit.errors import UsageError


@click.command(epilog="Example: blogkit adopt --all --site main")
@click.argument("refs", nargs=-1, metavar="[REF...]")
@site_option("On this site (default: the default site).")
@click.option("--all", "everything", is_flag=True, help="Every post and page of the site.")
@click.option("--label", default="", metavar="LABEL", help="Only posts with this label, category or tag.")
@click.option("--dry-run", is_flag=True, help="Say which files would be written and stop.")
@common
def adopt(refs: tuple[str, ...], site: str, everything: bool, label: str, dry_run: bool) -> int:
    """Let blogkit keep posts that are on the blog already. Nothing on the blog is changed, not a byte.

    Each post (REF: its address or id; or --all) becomes an .html file that holds just what the blog has; from then on `status`
    watches it, and a change of the file is published like any other. Posts that blogkit wrote and whose files are here are
    recognised by the key in their text: so a lost journal is made anew.
    """
    if bool(refs) == (everything or bool(label)):
        raise UsageError("say which posts: REF..., or --all, or --label", hint="see blogkit adopt --help")
    output, bench = the_output(), open_workbench()
    files: dict[str, list[Path]] = {}
    unkept = []
    with bench.journal() as journal, journal.alone("adopt"):
        keeper = Keeper(bench, journal)
        found = resolve_all(bench, journal, refs, site) if refs else list(listed(bench, journal, site, label))
        with output.progress(len(found), "adopting") as advance:
            for one in found:
                try:
                    files.setdefault(one.site, []).append(_file_of(bench, output, keeper, one, dry_run=dry_run))
                except Unkeepable as error:  # no reason to leave out all the others
                    output.error(error)
                    unkept.append({"site": one.site, "id": one.remote.ref.id, "error": error.message})
                advance(one.remote.title)
        names = [bench.workspace.relative(path) for paths in files.values() for path in paths]
        more = {"files": names, "not_adopted": unkept}
        if dry_run:
            output.report({**more, "dry_run": True})
            return int(bool(unkept))
        outcomes = take_note(bench, output, journal, files, "adopt") if names else []
    return running.ended(bench, output, outcomes, more, failed=bool(unkept))


def _file_of(bench: Workbench, output: Output, keeper: Keeper, found: Found, *, dry_run: bool) -> Path:
    """The file that a post has, made when there is none."""
    path = keeper.file_of(found)
    if path is None:
        new = keeper.made(found)
        path = new.path
        if not dry_run:
            keeper.put(new)
        output.say(f"“{found.remote.title}” → {bench.workspace.relative(path)}")
    return path
