"""`blogkit backup export`: write earlier versions of posts from the journal to files."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli.listener import listening
from blogkit.cli.options import RUN_NUMBER, common, site_option
from blogkit.cli.shared import current_project, the_output
from blogkit.paths import shown


@click.group(epilog="Example: blogkit backup export old-posts")
@common
def backup() -> None:
    """Export earlier versions of posts. The journal keeps a copy from before and after each
    change.
    """  # noqa: D205


@backup.command(epilog="Example: blogkit backup export old-posts --site main")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@site_option("Export only this site's posts.")
@click.option("--post", "key", default="", metavar="KEY", help="Export only this post.")
@click.option("--run", type=RUN_NUMBER, default=None, metavar="RUN", help="Export only this run.")
@common
def export(folder: Path, site: str, key: str, run: int | None) -> int:
    """Write every post, as it was before and after each change, to DIR. DIR must be new or empty.

    Each version becomes two files: the body as HTML, and everything else as JSON. Files of posts,
    as they were before blogkit changed them, go to DIR/files. Versions that are damaged in the
    journal are skipped and listed.
    """
    output, project = the_output(), current_project()
    with listening(output, project.config.zone) as listener:
        done = project.export_backups(folder, site=site, key=key, run=run, on_progress=listener)
    for error in done.skipped:
        output.error(error)
    output.say(f"{done.files} files written to {shown(folder)}", "green")
    skipped = [error.message for error in done.skipped]
    output.report({"folder": folder, "files": done.files, "skipped": skipped})
    return int(bool(done.skipped))
