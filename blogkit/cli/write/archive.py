"""`blogkit import` of a whole blog's backup: one file for each post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogkit.cli.listener import listening

if TYPE_CHECKING:
    from blogkit.cli.output import Output
    from blogkit.project.archives.report import ArchiveReport
    from blogkit.project.project import Project

_NAMED = 10
"""Files of one kind to name; --json names all."""


def import_backup(
    output: Output, project: Project, path: Path, *, no_meta: bool, **options: Any
) -> int:
    """Import a backup and report what became of its posts.

    Args:
        output: Prints the report.
        project: The blog's folder.
        path: The backup.
        no_meta: Leave out custom fields.
        **options: As for `Project.import_archive`.

    Returns:
        The exit code: 1 if a post or an image could not be imported.
    """
    with listening(output, project.config.zone) as listener:
        report = project.import_archive(path, meta=not no_meta, on_progress=listener, **options)
    output.report({**asdict(report), "left_out": dict(report.left_out)})
    for blog in report.blogs:
        where = f"site {blog.site}" if blog.site else "another blog, so its posts are new ones"
        output.say(f"“{blog.title}” ({blog.name}) is {where}; posts and pages: {blog.posts:,}")
        if blog.left_out:
            counts = (f"{what} ({count:,})" for what, count in blog.left_out.items())
            output.say(f"left out: {', '.join(counts)}")
        for note in blog.notes:
            output.say(note)
    _say_files(output, report)
    _say_images(output, report)
    if not report.dry_run:
        output.say(f"Next: {_next(report)}")
    return int(bool(report.without_id or report.images.failed))


def _say_files(output: Output, report: ArchiveReport) -> None:
    done = "to write" if report.dry_run else "written"
    _say(output, f"files {done}", report.files)
    _say(output, "files unchanged since an earlier import", report.unchanged)
    _say(output, "files left alone because they differ from it (--force)", report.different)
    _say(output, "posts with a file of their own, which blogkit published", report.known)
    _say(output, "posts that are in the backup twice; the first one counts", report.repeated)
    _say(output, "posts left out, because the backup has no id for them", report.without_id)
    _say(output, "files that need a title before you can publish them", report.untitled)
    undated = "files that are drafts now, because the backup has no valid date for their posts"
    _say(output, undated, report.undated)
    flaws = [f"{name}: {reason}" for name, reason in report.flawed.items()]
    _say(output, "files to correct before you can publish them", flaws)
    _say(output, "files that are too large for a post; save their images apart", report.too_large)


def _say_images(output: Output, report: ArchiveReport) -> None:
    images = report.images
    if images.files or images.failed:
        _say(output, "images saved; the posts show the old addresses", list(images.files.values()))
        reasons = [f"{url}: {why}" for url, why in images.failed.items()]
        _say(output, "images that could not be saved", reasons)
    elif images.addresses:
        output.say(f"images: {len(images.addresses):,}; --images saves them, --json lists them")


def _say(output: Output, what: str, names: Sequence[str]) -> None:
    if not names:
        return
    output.say(f"{what}: {len(names):,}")
    for name in names[:_NAMED]:
        output.say(f"  {name}")
    if len(names) > _NAMED:
        output.say(f"  and {len(names) - _NAMED} more; --json lists all")


def _next(report: ArchiveReport) -> str:
    tied = [blog.site for blog in report.blogs if blog.site]
    if tied:
        return f"blogkit plan --site {tied[0]} (it should find nothing to create)"
    return "blogkit check"
