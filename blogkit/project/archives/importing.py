"""Import the posts of archives: one file for each post and page. Sends nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.archive.pictures import picture_addresses
from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState
from blogkit.archive.post_file import known_post_file, new_post_file
from blogkit.archive.reader import ArchiveReader, Contents, key_in
from blogkit.archive.sources import archive_sources
from blogkit.dataclass import dataclass
from blogkit.errors import UsageError
from blogkit.lint.active_content import find_active
from blogkit.paths import flaw
from blogkit.posts.slugs import slugify
from blogkit.project.archives.flaws import refusal_of
from blogkit.project.archives.identities import Identities, PostIdentity
from blogkit.project.archives.images import save_images
from blogkit.project.archives.names import FileNames
from blogkit.project.archives.report import ArchiveReport, ImportedBlog, ImportedImages
from blogkit.project.archives.ties import KnownFiles, site_of_blog
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange, FileRun, bytes_of
from blogkit.project.files.writing import reading
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.project.plans.report import Report
from blogkit.regions import without_key_block

if TYPE_CHECKING:
    from blogkit.journal.store import Journal

_BATCH = 100
_BATCH_BYTES = 8_000_000
_LARGEST_POST = 5_000_000
"""Bytes of a file that blogkit reads as a post."""


@dataclass(frozen=True)
class ImportChoices:
    """What the caller of an import decided.

    Attributes:
        site: The site that the archive is of; "" finds it.
        as_new: The archive is of another blog.
        allow: Kinds of active content that new posts may have.
        meta: Keep custom fields.
        images: Save the posts' images.
        private: Also from servers on this machine and in private networks.
        force: Overwrite files of an earlier import that differ.
        dry_run: Write nothing.
    """

    site: str = ""
    as_new: bool = False
    allow: tuple[str, ...] = ()
    meta: bool = True
    images: bool = False
    private: bool = False
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class _Blog:
    """One blog that is about to be imported."""

    reader: ArchiveReader
    contents: Contents
    site: str
    folder: str


def import_archive(
    context: ProjectContext, path: Path, choices: ImportChoices, on_progress: OnProgress
) -> ArchiveReport:
    """Make a file of each post in an archive.

    All of the archive is read once before the first file is written, so that a broken one changes
    nothing.

    Args:
        context: The call's context.
        path: A feed, an export, or a zip file with some.
        choices: What the caller decided.
        on_progress: Told each post.

    Returns:
        The files, and what was left out.

    Raises:
        ContentError: The archive cannot be read.
        UsageError: The choices contradict each other, or the archive.
        BlogkitError: It may be of a site that cannot be asked.
        ConfigError: The disk refuses; what was written is part of a run.
        JournalError: Another process is publishing, or the journal cannot be written.
    """
    if choices.site and choices.as_new:
        raise UsageError("--site and --as-new contradict each other", hint="use one of them")
    blogs = _survey(context, path, choices)
    report = ArchiveReport(dry_run=choices.dry_run)
    report.blogs = tuple(_imported(name, blog) for name, blog in blogs)
    with context.locked_journal("import") as journal:
        keys = {key for _, blog in blogs if blog.site for key in blog.contents.keys}
        run = _ImportRun(context, journal, choices, report, keys)
        recorded = Report()
        with FileRun(journal, context.config, "import", recorded) as files:
            for _, blog in blogs:
                run.read(blog, files, on_progress)
        report.run = recorded.run
    report.images = ImportedImages(tuple(run.images))
    if choices.images and not choices.dry_run:
        addresses = report.images.addresses
        report.images = save_images(context, addresses, on_progress, private=choices.private)
    return report


def _survey(context: ProjectContext, path: Path, choices: ImportChoices) -> list[tuple[str, _Blog]]:
    read = []
    parts: dict[ArchivedBlog, ArchiveReader] = {}
    for source in archive_sources(path):
        reader = source.reader(context.clock())
        contents = reader.survey()
        read.append((source.name, reader, contents))
        reader.join(parts.setdefault(contents.blog, reader))
    if choices.site and len(parts) > 1:
        message = f"{path.name} has {len(parts)} blogs, and --site names one"
        raise UsageError(message, hint="import the blog's own feed.atom, or omit --site")
    sites = {
        blog: site_of_blog(context, blog, site=choices.site, as_new=choices.as_new)
        for blog in parts
    }
    return [
        (name, _Blog(reader, one, sites[one.blog], _folder(one.blog) if len(parts) > 1 else ""))
        for name, reader, one in read
    ]


def _folder(blog: ArchivedBlog) -> str:
    return slugify(blog.title or blog.id, max_chars=60) or "blog"


def _imported(name: str, blog: _Blog) -> ImportedBlog:
    contents = blog.contents
    return ImportedBlog(
        name,
        contents.blog.title,
        blog.site,
        contents.posts,
        dict(+contents.left_out),
        tuple(contents.notes),
        contents.attachments,
    )


class _ImportRun:
    """Makes the files of one call."""

    def __init__(
        self,
        context: ProjectContext,
        journal: Journal,
        choices: ImportChoices,
        report: ArchiveReport,
        keys: Collection[str],
    ) -> None:
        self._context, self._choices, self._report = context, choices, report
        self._known = KnownFiles(context, journal)
        self._names = FileNames(context.config.root, self._known.taken, keys)
        self._identities = Identities()
        self._keys: set[str] = set()
        self.images: dict[str, None] = {}

    def read(self, blog: _Blog, files: FileRun, on_progress: OnProgress) -> None:
        """Make the files of a blog."""
        advance = advancing(on_progress, "importing", blog.contents.posts)
        batch: list[FileChange] = []
        size = 0
        for post in blog.reader.posts():
            self.images.update(dict.fromkeys(picture_addresses(post.body)))
            if post.image:
                self.images[post.image] = None
            if change := self._change(post, blog):
                batch.append(change)
                size += len(change.after or b"")
            if len(batch) >= _BATCH or size >= _BATCH_BYTES:
                self._write(batch, files)
                batch, size = [], 0
            advance(post.title)
        self._write(batch, files)

    def _write(self, batch: Sequence[FileChange], files: FileRun) -> None:
        if not self._choices.dry_run:
            files.write_apart(batch)
            files.settle()
        relative = self._context.config.relative
        self._report.files += [relative(change.path) for change in batch]

    def _change(self, post: ArchivedPost, blog: _Blog) -> FileChange | None:
        """Return the change that makes the file of a post; None if there is nothing to do."""
        relative, report = self._context.config.relative, self._report
        if source := self._known.source(post, blog.site):
            report.known.append(relative(source))
            return None
        identity = self._identities.next(post, blog.contents.blog, blog.site)
        if identity is None:
            skipped = report.repeated if post.id or not blog.site else report.without_id
            skipped.append(post.title or post.url)
            return None
        old = self._known.imported(identity)
        key, wish = self._key(post, old), ""
        if not blog.site:
            key, wish = "", "" if self._known.was_published(key) else key
        path = old or self._names.new(post, key, blog.folder, wish=wish)
        data = self._file(post, blog, identity, "" if key == path.stem else key)
        place = relative(path)
        with reading(path):
            before = bytes_of(path) if old else None
        if before not in (None, data) and not self._choices.force:
            report.different.append(place)
            return None
        self._note_flaws(post, blog, path, data)
        if before == data:
            report.unchanged.append(place)
            return None
        summary = f"create {place}" if before is None else f"overwrite {place}"
        return FileChange(
            path, before, data, summary, blog.site, key or path.stem, post.id if blog.site else ""
        )

    def _note_flaws(self, post: ArchivedPost, blog: _Blog, path: Path, data: bytes) -> None:
        """Note what a person has to do before the file can be published as its post was."""
        place, report = self._context.config.relative(path), self._report
        if not post.title.strip() and not blog.site:
            report.untitled.append(place)
        if _lacks_date(post) and not blog.site:
            report.undated.append(place)
        if len(data) > _LARGEST_POST:
            report.too_large.append(place)
        elif post.title.strip() and (refusal := refusal_of(self._context, path, data)):
            report.flawed[place] = refusal

    def _key(self, post: ArchivedPost, old: Path | None) -> str:
        """Return the key that blogkit gave a live post earlier, if no other file has it."""
        key = key_in(post.body, post.id)
        if not key or flaw(key) or "/" in key:  # anybody who edits the post can write a key there
            return ""
        if key in self._keys or self._known.paths.get(key) not in (None, old):
            return ""
        self._keys.add(key)
        return key

    def _file(self, post: ArchivedPost, blog: _Blog, identity: PostIdentity, key: str) -> bytes:
        zone = self._context.config.zone
        if blog.site:
            return known_post_file(post, blog.site, zone, key=key)
        choices = self._choices
        kinds = {part.kind for part in find_active(post.body)} if choices.allow else set()
        # Without its date, an old post would appear as today's.
        state = ArchivedState.DRAFT if _lacks_date(post) else post.state
        # A key of another blog's post would make two posts of one identity.
        return new_post_file(
            replace(post, body=without_key_block(post.body), state=state),
            blog.contents.blog,
            zone,
            allow=tuple(kind for kind in choices.allow if kind in kinds),
            with_author=len(blog.contents.authors) > 1 and blog.contents.blog.platform != "blogger",
            with_meta=choices.meta,
            origin=identity.name,
        )


def _lacks_date(post: ArchivedPost) -> bool:
    """Return whether publishing a post would give it another date than it had; pages show none."""
    dated = (ArchivedState.LIVE, ArchivedState.PRIVATE) if post.kind == "post" else ()
    return post.published is None and post.state in (*dated, ArchivedState.SCHEDULED)
