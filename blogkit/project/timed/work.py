"""What kinds of scheduled work ask of a project, beside its plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from blogkit.journal.work import Retry, WaitingPost
from blogkit.project.context import ProjectContext

__all__ = ["Retry", "TimedWork", "WaitingPost"]


class TimedWork:
    """A project's clock, the requests it has sent, and what it remembers of work left to do.

    Args:
        context: The call's context.
    """

    def __init__(self, context: ProjectContext) -> None:
        self._context = context

    @property
    def now(self) -> datetime:
        """The present time by the project's clock."""
        return self._context.clock()

    @property
    def requests(self) -> int:
        """How many requests the project has sent so far."""
        return self._context.settings.requests.total

    def sleep(self, seconds: float) -> None:
        """Wait, by the project's own way of waiting."""
        self._context.settings.sleep(seconds)

    def waiting(self) -> Sequence[WaitingPost]:
        """Return the new posts that a run was to create, and that their sites take only later.

        Posts whose file or site is gone are not among them. Sends nothing.

        Raises:
            JournalError: The journal cannot be read.
        """
        config = self._context.config
        with self._context.journal() as journal:
            found = journal.work.waiting()
        return [
            one for one in found if one.site in config.sites and (config.root / one.path).is_file()
        ]

    def retries(self) -> Sequence[Retry]:
        """Return the work that failed, with the times at which it is tried again.

        Raises:
            JournalError: The journal cannot be read.
        """
        with self._context.journal() as journal:
            return journal.work.retries()

    def failed(self, retry: Retry) -> None:
        """Record that work failed.

        Raises:
            JournalError: The journal cannot be written.
        """
        with self._context.journal() as journal:
            journal.work.failed(retry)

    def succeeded(self, kind: str, site: str, key: str) -> None:
        """Forget that work failed.

        Args:
            kind: The name of the kind of work.
            site: The site's name.
            key: The work's key.

        Raises:
            JournalError: The journal cannot be written.
        """
        with self._context.journal() as journal:
            journal.work.succeeded(kind, site, key)
