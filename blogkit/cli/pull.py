"""`blogkit pull`: a live post into the workspace."""

from __future__ import annotations

import click

from blogkit.cli import plan_runner
from blogkit.cli.listener import listening
from blogkit.cli.options import common, site_option
from blogkit.cli.shared import open_project, the_output


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
    from blogkit.project.plans.report import Report

    output, project = the_output(), open_project()
    zone = project.config.zone
    with listening(output, zone) as listener:
        done = project.pull(*refs, site=site, replace=replace, dry_run=dry_run, on_progress=listener)
    if dry_run:
        output.report({"files": done.files, "dry_run": True})
        return 0
    report = done.recorded or Report()
    return plan_runner.ended(output, report, zone, {"files": done.files}, silent=not report.outcomes)
