"""What kinds of scheduled work ask of a project, beside its plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from blogkit.journal.notices import Notice
from blogkit.journal.work import Retry, WaitingPost
from blogkit.project.context import ProjectContext

__all__ = ["Notice", "Retry", "TimedWork", "WaitingPost"]


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

    def notices(self) -> Sequence[Notice]:
        """Return what people were told of.

        Raises:
            JournalError: The journal cannot be read.
        """
        with self._context.journal() as journal:
            return journal.notices.told()

    def told(self, notice: Notice) -> None:
        """Record that people were told of a failure.

        Raises:
            JournalError: The journal cannot be written.
        """
        with self._context.journal() as journal:
            journal.notices.note(notice)

    def forget_notice(self, notice: Notice) -> None:
        """Forget a failure that is over.

        Raises:
            JournalError: The journal cannot be written.
        """
        with self._context.journal() as journal:
            journal.notices.forget(notice)

    def variable(self, name: str) -> str:
        """Return a secret that belongs to no site, from the environment or `.env`; "" if not set.

        Args:
            name: Its variable.
        """
        found = self._context.settings.credentials().setting(name)
        return found.secret.reveal() if found else ""

    def ending_sign_ins(self, within: timedelta) -> Mapping[str, datetime]:
        """Return when sign-ins end that end soon, by site. Sends no request.

        Args:
            within: How soon.
        """
        from blogkit.project.sign_in.ends import ending

        return ending(self._context.settings, self._context.config.sites, within)
