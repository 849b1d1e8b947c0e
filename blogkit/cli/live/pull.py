"""`blogkit pull`: write a live post to a file."""

from __future__ import annotations

import click

from blogkit.cli import plan_runner
from blogkit.cli.listener import listening
from blogkit.cli.options import common, site_option
from blogkit.cli.reports import COLOURS, of_left_out, of_public, warn_of_public
from blogkit.cli.shared import current_project, the_output


@click.command(epilog="Example: blogkit pull https://example.blogspot.com/2024/05/old-post.html")
@click.argument("refs", nargs=-1, required=True, metavar="POST...")
@site_option("The site (default: the one that the address belongs to, or the default site).")
@click.option(
    "--replace",
    is_flag=True,
    help="If the post's file differs from the blog, replace its text with the blog's HTML.",
)
@click.option(
    "--html",
    "as_html",
    is_flag=True,
    help="Write the blog's HTML in place of single blocks that Markdown cannot express.",
)
@click.option(
    "--dry-run", is_flag=True, help="Show what would change in which files, and write nothing."
)
@common
def pull(refs: tuple[str, ...], site: str, replace: bool, as_html: bool, dry_run: bool) -> int:
    """Write live posts to files in your folder. Nothing on the blog changes.

    POST is a post's address, id, key or file. What was changed on the blog in the post of a
    Markdown file is written into the file: changed paragraphs, and values such as the title.
    Everything else in it stays. If blogkit published the post and you lost its file, you get the
    file back. Any other post becomes an .html file with exactly the blog's HTML. Images stay where
    they are.
    """
    from blogkit.project.plans.report import Report
    from blogkit.sync.diff import lines

    output, project = the_output(), current_project()
    zone = project.config.zone
    with listening(output, zone) as listener:
        done = project.pull(
            *refs,
            site=site,
            replace=replace,
            as_html=as_html,
            dry_run=dry_run,
            on_progress=listener,
        )
    warn_of_public(output, done.public)
    for error in done.left_out:
        output.error(error)
    failed = [
        {"site": one.site, "id": one.remote.ref.id, "error": error.message}
        for one, error in done.failed
    ]
    more = {
        "files": done.files,
        "not_pulled": failed,
        **of_public(done.public),
        **of_left_out({}, done.left_out),
    }
    code = max(
        [int(bool(done.left_out or done.public)), *(error.exit_code for _, error in done.failed)]
    )
    if dry_run:
        for sign, line in lines(done.changes):
            output.lines(line, COLOURS.get(sign, ""))
        output.report({**more, "dry_run": True})
        return code
    report = done.recorded or Report()
    return plan_runner.ended(output, report, zone, more, silent=not report.outcomes, failed=code)
