"""The outcome of exporting posts to an archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from blogkit.errors import BlogkitError

ExportFormat = Literal["blogger-atom", "wxr", "folder"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = ("blogger-atom", "wxr", "folder")


@dataclass
class ExportedArchive:
    """An archive that was written, or would be.

    Attributes:
        path: The file or folder, as the user typed it.
        format: Its format.
        posts: How many posts it has.
        pages: How many pages.
        known: Files that were left out because their posts are on the site already.
        failed: What else was left out, and why.
        notes: What the format cannot hold, in sentences with numbers.
        files: The files in a folder, relative to it.
        dry_run: Nothing was written.
    """

    path: str
    format: ExportFormat
    posts: int = 0
    pages: int = 0
    known: list[str] = field(default_factory=list)
    failed: list[tuple[str, BlogkitError]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    dry_run: bool = False


def noted(counts: Mapping[str, int]) -> list[str]:
    """Return what was counted as notes.

    Args:
        counts: How often something happened, by the words for it.
    """
    return [f"{words} ({count:,})" for words, count in sorted(counts.items()) if count]
