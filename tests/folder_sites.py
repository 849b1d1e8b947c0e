"""Folder sites with posts in them, and what is written in their folders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.platforms.folder import Folder
from blogkit.regions import sentinel

WORDS_OF_PAGES = (
    "Nothing is published yet.",
    "Older posts",
    "Newer posts",
    "All posts",
    "Labels",
    "Pages",
    "Feed",
    "Page not found",
)
"""The words that only the pages of a folder site print."""


@dataclass
class Blog:
    """A folder site with a clock that goes on by a day for each post.

    Attributes:
        root: The blog's folder.
        now: The clock.
    """

    root: Path
    now: datetime = datetime(2026, 9, 1, 6, tzinfo=UTC)
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.root / "site"

    def folder(self, **settings: object) -> Folder:
        """A new process's view of the site."""
        return Folder(
            "main",
            self.home,
            records=self.root / ".blogkit/sites",
            zone=ZoneInfo("Asia/Kolkata"),
            clock=lambda: self.now,
            **{"title": "News & <Notes>", **self.settings, **settings},  # type: ignore[arg-type]
        )

    def publish(self, title: str, folder: Folder | None = None, **fields: object) -> Remote:
        """A new live post, a day after the last one."""
        folder = folder or self.folder()
        self.now += timedelta(days=1)
        body = str(fields.pop("body", "<p>Text.</p>"))
        if not body.startswith("<!--"):
            body = f"{sentinel(title.lower())}\n{body}"
        written = {"key": title.lower(), "kind": "post", "title": title, "body": body, **fields}
        return folder.set_state(folder.create(Draft(**written)).ref, Target(State.LIVE))  # type: ignore[arg-type]

    def pages(self) -> dict[str, str]:
        """Every page's text by its path."""
        return {path: (self.home / path).read_text("utf-8") for path in self.files("*.html")}

    def files(self, pattern: str = "*") -> Iterator[str]:
        """The paths of the files that readers get."""
        for file in sorted(self.home.rglob(pattern)):
            path = file.relative_to(self.home).as_posix()
            if file.is_file() and not path.startswith("."):
                yield path

    def versions(self) -> dict[str, int]:
        """What changes for each file that is written again: each write makes a new one."""
        return {path: (self.home / path).stat().st_ino for path in self.files()}
