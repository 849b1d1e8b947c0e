"""The part of a project that looks after it: signing in, checking, history and backups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.project.files.making import PathLike
from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:
    from blogkit.journal.schedules import Schedule
    from blogkit.journal.todo import Todo
    from blogkit.project.backup import BackupReport
    from blogkit.project.context import ProjectContext
    from blogkit.project.health import HealthCheck
    from blogkit.project.history import LoggedRun
    from blogkit.project.schedules.proof import Proof
    from blogkit.project.sign_in.login import LoginReport
    from blogkit.project.sign_in.questions import Ask
    from blogkit.project.timed.work import TimedWork


class Upkeep:
    """Sign in, check the project, and read its history; a base of `Project`."""

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        raise NotImplementedError

    def login(
        self,
        site: str,
        *,
        ask: Ask,
        show: Callable[[str], None],
        client: PathLike | None = None,
        no_browser: bool = False,
        origin: str = "",
    ) -> LoginReport:
        """Ask for a site's credentials, test them, and store them if the site accepts them.

        Args:
            site: The site's name, or `images` for the image host.
            ask: Gets a `Question` and returns the user's answer: an application password, an
                OAuth client, or the address at which a browser elsewhere ended.
            show: Shows a text to the user, such as the address to open.
            client: Blogger: the client file from the Google Cloud console.
            no_browser: Blogger and WordPress.com: don't open a browser here.
            origin: The address of one more server that the site's credentials may be sent to.

        Returns:
            What the site answered, and where the credentials are now.

        Raises:
            UsageError: The site does not exist, it needs no login, or an answer is missing.
            ConfigError: The client file cannot be used, google-auth-oauthlib is not installed, or
                a credential is not for the server that `url` or `api_base` names.
            AuthenticationError: The user declined, or Google or WordPress.com refused.
            Unreachable: The site, Google or WordPress.com does not answer.
        """
        from blogkit.project.images.login import log_in_host
        from blogkit.project.images.secrets import HOST_NAME, SECRETS
        from blogkit.project.sign_in.login import log_in

        file = Path(client) if client is not None else None
        settings = self._context().settings
        if site == HOST_NAME and settings.config.images.host in SECRETS:
            return log_in_host(settings, origin=origin, ask=ask)
        return log_in(
            settings, site, client=file, no_browser=no_browser, origin=origin, ask=ask, show=show
        )

    def ending_sign_ins(self, within: timedelta = timedelta(days=3)) -> Mapping[str, datetime]:
        """Return when sign-ins end that end soon, of the sites that were asked so far.

        Google ends a sign-in after seven days while the project of the OAuth client is in testing.
        Sends no request.

        Args:
            within: How soon.

        Returns:
            The times, by the site's name.
        """
        from blogkit.project.sign_in.ends import ending

        sites = self._context().sites
        return ending(sites.settings, sites.connected, within)

    @property
    def timed(self) -> TimedWork:
        """The project's clock, and what it remembers of work that is left for a later time."""
        from blogkit.project.timed.work import TimedWork

        return TimedWork(self._context())

    def todo(self) -> list[Todo]:
        """Return what a person has to set on the sites, because their APIs cannot. Sends nothing.

        Runs record it when they publish a post: on Blogger the search description, and the
        permalink as long as readers have not seen the post.
        """
        with self._context().journal() as journal:
            return journal.todo.open()

    def tick(self, *items: Todo) -> None:
        """Record that these are done.

        Args:
            *items: Some of what `todo` returned.
        """
        with self._context().locked_journal("todo") as journal:
            journal.todo.tick([item.id for item in items])

    def schedules(self, *, most: int | None = None) -> list[Schedule]:
        """Return the times at which sites have agreed to publish posts. Sends nothing.

        Args:
            most: Also those that are proven or withdrawn, this many with the latest times; None
                means those that are open only, the earliest first.
        """
        with self._context().journal() as journal:
            return journal.schedules.waiting() if most is None else journal.schedules.newest(most)

    def prove(self, site: str, *keys: str) -> list[Proof]:
        """Look whether scheduled posts went live, and publish those whose site missed the time.

        It looks past caches, and as readers do where the site shows posts without signing in. A
        post that cannot be proven is looked at again later, more and more seldom.

        Args:
            site: The site's name.
            *keys: Only these posts; none means all whose time has come.

        Returns:
            What was found or done; empty if no post is due.

        Raises:
            UsageError: The site does not exist.
            JournalError: Another process is publishing, or the journal cannot be written.
        """
        from blogkit.project.schedules.proof import prove

        context = self._context()
        return prove(context, context.config.site(site).name, keys)

    def doctor(self, site: str | None = None) -> dict[str, list[HealthCheck]]:
        """Check the project and each site, or one. Reads only.

        Returns:
            The checks, by place: "workspace", each site's name, and "images" for an image host
            with a key.

        Raises:
            UsageError: The site does not exist.
        """
        from blogkit.project.health import examine

        return examine(self._context(), site)

    def log(self, most: int = 20) -> list[LoggedRun]:
        """Return the latest runs, newest first."""
        from blogkit.project.history import read_runs

        return read_runs(self._context(), most)

    def run(self, number: int) -> LoggedRun:
        """Return one run with its changes.

        Raises:
            UsageError: The run does not exist.
        """
        from blogkit.project.history import read_run

        return read_run(self._context(), number)

    def export_backups(
        self,
        folder: PathLike,
        *,
        site: str = "",
        key: str = "",
        run: int | None = None,
        on_progress: OnProgress = silent,
    ) -> BackupReport:
        """Write every post that the journal keeps, as it was before and after each change.

        Entries that are damaged are skipped.

        Args:
            folder: A new or empty folder.
            site: Only posts of this site.
            key: Only this post.
            run: Only changes of this run.
            on_progress: Told each post.

        Returns:
            How many files were written, and what was skipped.

        Raises:
            UsageError: The folder is not empty.
        """
        from blogkit.project.backup import export_backups

        return export_backups(
            self._context(), Path(folder), site=site, key=key, run=run, on_progress=on_progress
        )
