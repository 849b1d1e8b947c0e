"""The outcome of importing archives of blogs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field

from blogkit.dataclass import dataclass


@dataclass(frozen=True)
class ImportedBlog:
    """One blog of an archive.

    Attributes:
        name: The archive's name, for messages.
        title: The blog's title.
        site: The site of the project that it is; "" for another blog.
        posts: How many posts and pages it has.
        left_out: What was not imported, with its number.
        notes: What else was noticed, in sentences.
        attachments: The addresses of the files in its media library.
    """

    name: str
    title: str
    site: str
    posts: int
    left_out: Mapping[str, int]
    notes: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportedImages:
    """The images of imported posts.

    Attributes:
        addresses: Where they are.
        files: The files that they were saved as, by their addresses.
        failed: Why others were not saved, by their addresses.
    """

    addresses: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)


@dataclass
class ArchiveReport:
    """The outcome of importing the posts of an archive. Files are relative to the project's folder.

    Attributes:
        blogs: The blogs.
        files: The files that were written; with `dry_run` those that would be.
        unchanged: Files of an earlier import that are the same.
        different: Files of an earlier import that differ from the archive; they were left alone.
        known: Posts that blogkit published from files which are still there, with those files.
        repeated: Posts that the archive has twice; the first one was imported.
        without_id: Posts of a site of the project that name no id, so that they would be copied.
        untitled: Files of posts without a title, which have to get one before they are published.
        undated: Files of posts that were not drafts, but of which the archive has no valid date;
            they are drafts.
        flawed: Why publishing would refuse a file, by file.
        too_large: Files that are larger than a post may be.
        images: The posts' images.
        run: The run's number, for `Project.undo`; None if nothing was written.
        dry_run: Nothing was written.
    """

    blogs: tuple[ImportedBlog, ...] = ()
    files: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    without_id: list[str] = field(default_factory=list)
    untitled: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    flawed: dict[str, str] = field(default_factory=dict)
    too_large: list[str] = field(default_factory=list)
    images: ImportedImages = ImportedImages()
    run: int | None = None
    dry_run: bool = False

    @property
    def left_out(self) -> Mapping[str, int]:
        """What was not imported from all the blogs, with its number."""
        total: Counter[str] = Counter()
        for blog in self.blogs:
            total.update(blog.left_out)
        return total
