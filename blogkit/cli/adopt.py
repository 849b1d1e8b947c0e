"""`blogkit adopt`: posts that are on the blog under management, without a byte of them rewritten."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli import running
from blogkit.cli.keeping import Keeper, take_note
from blogkit.cli.options import common, site_option
from blogkit.cli.refs import Found, key_of, resolve
from blogkit.cli.workbench import Workbench, open_workbench, the_output
from blogkit.errors import UsageError
from blogkit.journal.store import Journal
from blogkit.publish.shelf import PRESENT


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
    with bench.journal() as journal, journal.alone("adopt"):
        keeper = Keeper(bench, journal)
        found = [resolve(bench, journal, text, site) for text in refs] or _all(bench, journal, site, label)
        with output.progress(len(found), "adopting") as advance:
            for one in found:
                path = keeper.file_of(one)
                if path is None:
                    path = keeper.restore(one, dry_run=dry_run) or keeper.write(one, dry_run=dry_run)
                    output.say(f"“{one.remote.title}” → {bench.workspace.relative(path)}")
                files.setdefault(one.site, []).append(path)
                advance(one.remote.title)
        names = [bench.workspace.relative(path) for paths in files.values() for path in paths]
        if dry_run:
            output.report({"files": names, "dry_run": True})
            return 0
        outcomes = take_note(bench, output, journal, files, "adopt") if files else []
    return running.ended(bench, output, outcomes, {"files": names})


def _all(bench: Workbench, journal: Journal, site: str, label: str) -> list[Found]:
    name = bench.workspace.site(site or bench.workspace.default_site).name
    platform = bench.platform(name)
    posts = [post for kind in ("post", "page") for post in platform.list(kind, PRESENT, label)]
    return [Found(name, post, key_of(journal, name, post)) for post in posts]
