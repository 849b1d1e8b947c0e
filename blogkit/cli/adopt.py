"""`blogkit adopt`: posts that are on the blog under management, without a byte of them rewritten."""

from __future__ import annotations

import click

from blogkit.cli import plan_runner
from blogkit.cli.listener import listening
from blogkit.cli.options import common, site_option
from blogkit.cli.shared import open_project, the_output


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
    from blogkit.project.plans.report import Report

    output, project = the_output(), open_project()
    zone = project.config.zone
    with listening(output, zone) as listener:
        done = project.adopt(*refs, site=site, all=everything, label=label, dry_run=dry_run, on_progress=listener)
    failed = [{"site": one.site, "id": one.remote.ref.id, "error": error.message} for one, error in done.failed]
    more = {"files": done.files, "not_adopted": failed}
    if dry_run:
        output.report({**more, "dry_run": True})
        return int(bool(failed))
    return plan_runner.ended(output, done.recorded or Report(), zone, more, failed=bool(failed))
