"""What one call works with: configuration, posts, sites, renderer, journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from blogkit.config import Config
from blogkit.dataclass import dataclass
from blogkit.project.connect import Settings, open_journal
from blogkit.project.posts import Posts
from blogkit.project.rendering import PostRenderer
from blogkit.project.sites import Sites

if TYPE_CHECKING:
    from blogkit.journal.store import Journal
    from blogkit.project.content_checks import ContentChecks


@dataclass
class JournalHolder:
    """The journal that is open and locked for several calls, if any."""

    journal: Journal | None = None


@dataclass(frozen=True)
class ProjectContext:
    """One call's frozen context.

    Attributes:
        settings: Configuration, credentials and clock.
        posts: The project's files.
        sites: The connections, and the sites that failed in this call.
        renderer: Renders posts with the blog's own widgets and theme.
        held: The journal, if it is locked for several calls.
    """

    settings: Settings
    posts: Posts
    sites: Sites
    renderer: PostRenderer
    held: JournalHolder = field(default_factory=JournalHolder)

    @property
    def config(self) -> Config:
        """The blog's folder and the settings in `blogkit.toml`."""
        return self.settings.config

    @property
    def clock(self) -> Callable[[], datetime]:
        """Returns the current time."""
        return self.settings.clock

    @cached_property
    def checks(self) -> ContentChecks:
        """The checks of content, put together once."""
        from blogkit.project.content_checks import ContentChecks

        return ContentChecks(self.posts, self.clock)

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """Open the journal for reading what happened."""
        if self.held.journal is not None:
            yield self.held.journal
            return
        with open_journal(self.settings) as journal:
            yield journal

    @contextmanager
    def locked_journal(self, doing: str) -> Iterator[Journal]:
        """Open the journal and keep other processes from publishing in this folder meanwhile.

        Raises:
            JournalError: Another process is publishing; the message names it.
        """
        if self.held.journal is not None:
            yield self.held.journal
            return
        with open_journal(self.settings) as journal, journal.alone(doing):
            self.held.journal = journal
            try:
                yield journal
            finally:
                self.held.journal = None
