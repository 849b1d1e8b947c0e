"""`blogkit adopt`: start managing posts that are already on the blog, without changing them."""

from __future__ import annotations

import click

from blogkit.cli import plan_runner
from blogkit.cli.listener import listening
from blogkit.cli.options import common, site_option
from blogkit.cli.shared import current_project, the_output


@click.command(epilog="Example: blogkit adopt --all --site main")
@click.argument("refs", nargs=-1, metavar="[POST...]")
@site_option("The site (default: the default site).")
@click.option("--all", "everything", is_flag=True, help="Adopt every post and page of the site.")
@click.option(
    "--label",
    default="",
    metavar="LABEL",
    help="Adopt only posts with this label, category or tag.",
)
@click.option(
    "--dry-run", is_flag=True, help="Show which files would be written, and write nothing."
)
@common
def adopt(refs: tuple[str, ...], site: str, everything: bool, label: str, dry_run: bool) -> int:
    """Start managing posts that are already on the blog. Nothing on the blog changes.

    Writes each POST (an address or id; or --all) to an .html file with exactly the blog's HTML.
    From then on `blogkit status` watches it, and you can edit the file and publish it like any
    other. Posts that blogkit published and whose files are still here are recognised by the key in
    their text, so this command also rebuilds a lost journal.
    """
    from blogkit.project.plans.report import Report

    output, project = the_output(), current_project()
    zone = project.config.zone
    with listening(output, zone) as listener:
        done = project.adopt(
            *refs, site=site, all=everything, label=label, dry_run=dry_run, on_progress=listener
        )
    failed = [
        {"site": one.site, "id": one.remote.ref.id, "error": error.message}
        for one, error in done.failed
    ]
    failed += [
        {"site": error.site, "id": getattr(error, "post_id", ""), "error": error.message}
        for error in done.left_out
    ]
    for error in done.left_out:
        output.error(error)
    more = {"files": done.files, "not_adopted": failed}
    if dry_run:
        output.report({**more, "dry_run": True})
        return int(bool(failed))
    return plan_runner.ended(output, done.recorded or Report(), zone, more, failed=bool(failed))
