"""`blogkit export`: write posts to an archive that other programs import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli.listener import listening
from blogkit.cli.options import common, site_option
from blogkit.cli.shared import counted, current_project, the_output

if TYPE_CHECKING:
    from blogkit.project.moving.report import ExportFormat

_FORMATS = ("blogger-atom", "wxr", "folder")


@click.command(epilog="Example: blogkit export blog.xml --format wxr --from main")
@click.argument("target", type=click.Path(path_type=Path), metavar="TARGET")
@click.argument("posts", nargs=-1, type=click.Path(path_type=Path), metavar="[POST...]")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    required=True,
    help="wxr for WordPress, blogger-atom for Blogger's Import content, folder for blogkit.",
)
@click.option(
    "--from", "source", default="", metavar="SITE", help="Export the posts of this live site."
)
@site_option("Export only posts for this site (default: each post's own).")
@click.option(
    "--published", is_flag=True, help="Also export files whose posts are on their site already."
)
@click.option("--force", is_flag=True, help="Overwrite TARGET.")
@click.option("--dry-run", is_flag=True, help="Show what would be exported, and write nothing.")
@common
def export(
    target: Path,
    posts: tuple[Path, ...],
    form: ExportFormat,
    source: str,
    site: str,
    published: bool,
    force: bool,
    dry_run: bool,
) -> int:
    """Write posts to TARGET, for another blog to import. Nothing on a blog changes.

    Exports the files POST (default: all posts and pages), rendered as publishing would. Files whose
    posts are on their site already are left out, because an importer would make copies of them.
    With --from, exports every post of a live site, byte for byte.
    """
    output, project = the_output(), current_project()
    with listening(output, project.config.zone) as listener:
        done = project.export(
            target,
            *posts,
            format=form,
            source=source,
            site=site,
            published=published,
            force=force,
            dry_run=dry_run,
            on_progress=listener,
        )
    for _, error in done.failed:
        output.error(error)
    for note in done.notes:
        output.say(note)
    if done.known:
        known = counted(len(done.known), "file")
        output.say(f"left out: {known} of posts that are on their site; add --published")
    exported = f"{counted(done.posts, 'post')} and {counted(done.pages, 'page')}"
    made = "would be written to" if dry_run else "written to"
    output.say(f"{exported} {made} {done.path}", "green")
    failed = [{"place": place, "error": error.message} for place, error in done.failed]
    output.report(
        {
            "path": done.path,
            "format": done.format,
            "posts": done.posts,
            "pages": done.pages,
            "known": done.known,
            "failed": failed,
            "notes": done.notes,
            "files": done.files,
            "dry_run": done.dry_run,
        }
    )
    return int(bool(done.failed))
