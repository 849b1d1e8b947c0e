"""Export posts to an archive: of the project's files, or of a live site. Sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from blogkit.archive.blogger_writer import AtomWriter
from blogkit.archive.post import ArchivedBlog, ArchivedPost
from blogkit.archive.spool import PostSpool
from blogkit.archive.wxr_writer import WxrWriter
from blogkit.config import CONFIG
from blogkit.dataclass import dataclass
from blogkit.errors import UsageError, nearest
from blogkit.files import create_file, replace_file
from blogkit.project.context import ProjectContext
from blogkit.project.files.writing import writing
from blogkit.project.moving.from_files import FilePosts
from blogkit.project.moving.from_site import blog_of, posts_of_site
from blogkit.project.moving.report import EXPORT_FORMATS, ExportedArchive, ExportFormat, noted
from blogkit.project.moving.to_folder import write_folder
from blogkit.project.plans.progress import OnProgress, advancing

_WRITERS: Mapping[str, type[WxrWriter | AtomWriter]] = {
    "wxr": WxrWriter,
    "blogger-atom": AtomWriter,
}


@dataclass(frozen=True)
class ExportChoices:
    """What the caller of an export decided.

    Attributes:
        format: The format.
        source: The site whose posts to export; "" for posts of files.
        site: Of files, only the posts for this site; "" for each post's own.
        published: Also files whose posts are on their site.
        force: Overwrite what is there.
        dry_run: Write nothing.
    """

    format: ExportFormat
    source: str = ""
    site: str = ""
    published: bool = False
    force: bool = False
    dry_run: bool = False


def export_archive(
    context: ProjectContext,
    target: Path,
    paths: Sequence[Path],
    choices: ExportChoices,
    on_progress: OnProgress,
) -> ExportedArchive:
    """Write posts to an archive, all of it or nothing.

    Args:
        context: The call's context.
        target: The file, or the folder.
        paths: Files and folders of posts; none means all.
        choices: What the caller decided.
        on_progress: Told each post.

    Returns:
        What was written, and what was left out.

    Raises:
        UsageError: The target exists, or the choices contradict each other.
        SiteError: The site cannot be read; nothing was written.
        ConfigError: The disk refuses.
    """
    _check(context, paths, choices)
    place = context.posts.folder / target
    report = ExportedArchive(str(target), choices.format, dry_run=choices.dry_run)
    _refuse_existing(place, choices)
    with ExitStack() as stack:
        posts, blog, total = _posts(context, paths, choices, report, stack)
        told = _told(posts, report, advancing(on_progress, "exporting", total))
        zone, force, dry_run = context.config.zone, choices.force, choices.dry_run
        if choices.format == "folder":
            own = not choices.source
            report.files = write_folder(
                place, told, blog, zone, are_own=own, force=force, dry_run=dry_run
            )
        else:
            spool = stack.enter_context(PostSpool(told))
            writer = _WRITERS[choices.format](blog, zone, context.clock())
            _write(place, writer.chunks(spool), choices)
            report.notes += noted(writer.notes)
    return report


def _check(context: ProjectContext, paths: Sequence[Path], choices: ExportChoices) -> None:
    if choices.format not in EXPORT_FORMATS:
        hint = nearest(choices.format, EXPORT_FORMATS) or f"formats: {', '.join(EXPORT_FORMATS)}"
        raise UsageError(f'"{choices.format}" is not a format of archives', hint=hint)
    for name in filter(None, (choices.source, choices.site)):
        context.config.site(name)
    if choices.source and (paths or choices.site or choices.published):
        message = "the posts of a live site and those of files are chosen at the same time"
        raise UsageError(message, hint="use --from alone, or leave it out")


def _refuse_existing(place: Path, choices: ExportChoices) -> None:
    if place.name == "-":
        message = "blogkit export cannot write to standard output"
        raise UsageError(message, hint="name a file, such as blog.xml")
    if choices.format == "folder":
        if (place / CONFIG).exists():
            hint = "name a new folder, and copy its posts/ and pages/ yourself"
            raise UsageError(f"{place} is the folder of a blog, whose posts it has", hint=hint)
        if place.exists() and (not place.is_dir() or (any(place.iterdir()) and not choices.force)):
            hint = "name a new folder, or overwrite the files in it with --force"
            raise UsageError(f"{place} is not an empty folder", hint=hint)
        return
    if place.exists() and (place.is_dir() or not choices.force):
        raise UsageError(f"{place} already exists", hint="name another file, or use --force")
    if not place.parent.is_dir():
        raise UsageError(f"no such folder: {place.parent}", hint="create it first")


def _posts(
    context: ProjectContext,
    paths: Sequence[Path],
    choices: ExportChoices,
    report: ExportedArchive,
    stack: ExitStack,
) -> tuple[Iterator[ArchivedPost], ArchivedBlog, int]:
    """Return the posts, the blog that they are from, and how many there may be."""
    if choices.source:
        number = context.sites.platform(choices.source).identity()
        blog = blog_of(context, choices.source, number)
        return posts_of_site(context, choices.source, report), blog, 0
    sources = context.posts.sources(paths)
    journal = stack.enter_context(context.journal())
    files = FilePosts(
        context, journal, site=choices.site, published=choices.published, report=report
    )
    site = choices.site or context.config.default_site
    blog = blog_of(context, site) if site else ArchivedBlog("blogger", context.config.title)
    return files.posts(sources), blog, len(sources)


def _told(
    posts: Iterable[ArchivedPost], report: ExportedArchive, advance: Callable[[str], None]
) -> Iterator[ArchivedPost]:
    for post in posts:
        if post.kind == "page":
            report.pages += 1
        else:
            report.posts += 1
        advance(post.title)
        yield post


def _write(place: Path, chunks: Iterator[bytes], choices: ExportChoices) -> None:
    if choices.dry_run:
        for _ in chunks:  # the notes are complete when all of it is made
            pass
        return
    with writing(place):
        (replace_file if choices.force else create_file)(place, chunks)
