"""One blog's folder, and everything that can be done with it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit import config as config_module
from blogkit.project.connect import Settings, database_in_dotenv, trust_of, utc_now
from blogkit.project.context import JournalHolder, ProjectContext
from blogkit.project.files.making import FileMaking, PathLike
from blogkit.project.jobs.timed_jobs import TimedJobs
from blogkit.project.links.named import NamedLinks
from blogkit.project.live.editing import LiveEdits
from blogkit.project.options import PublishOptions
from blogkit.project.plans.publishing import Publishing, paths_of
from blogkit.project.posts import Posts
from blogkit.project.previews.previewing import Previewing
from blogkit.project.rendering import PostRenderer
from blogkit.project.sites import Sites
from blogkit.project.trusting import (
    TrustItem,
    grant,
    require_inside,
    require_trusted_owner,
    untrusted_items,
)
from blogkit.project.upkeep import Upkeep

if TYPE_CHECKING:  # each of these costs more than `blogkit --help` may
    from blogkit.platforms.base import Platform
    from blogkit.project.checking import CheckReport, FixReport
    from blogkit.project.images.handle import ProjectImages
    from blogkit.project.live.post import SiteHandle
    from blogkit.project.rendered import RenderedPost
    from blogkit.project.widget import Widget
    from blogkit.render.looks.theme import Theme
    from blogkit.render.widgets.registry import Registry


def open_project(
    folder: PathLike = ".",
    *,
    environ: Mapping[str, str] | None = None,
    clock: Callable[[], datetime] | None = None,
    sleep: Callable[[float], None] | None = None,
    trust: bool = False,
    processes: int | None = None,
) -> Project:
    """Open a blog's folder. Sends nothing.

    Args:
        folder: The folder that holds `blogkit.toml`, or one inside it. Relative paths that you
            give to the project start here.
        environ: Where credentials may be; None means the process's environment.
        clock: Returns the current time, with a time zone; None means the machine's clock.
        sleep: Waits for a number of seconds, such as when a site asks to slow down;
            None means `time.sleep`.
        trust: Use the folder even if it belongs to another user, run the Python of its widgets,
            and write to the places that its settings name. Otherwise only what `Project.trust` was
            called for is used; `BLOGKIT_TRUST=1` in the environment means true.
        processes: How many processes may read and render posts, where there are many; 1 for only
            this one. None means `BLOGKIT_PROCESSES` in the environment, else the number of cores.

    Returns:
        The project. It reads `blogkit.toml` and the widgets once: open it again after a change.

    Raises:
        ConfigError: `blogkit.toml` is missing, cannot be read, or it is another user's.
        ContentError: Settings in it are wrong, or lead out of the folder; it has all problems.
    """
    start = Path(folder).absolute()
    settings = read_settings(
        start, environ, clock=clock, sleep=sleep, trust=trust, processes=processes
    )
    return Project(settings, start)


def read_settings(
    start: Path,
    environ: Mapping[str, str] | None = None,
    *,
    clock: Callable[[], datetime] | None = None,
    sleep: Callable[[float], None] | None = None,
    trust: bool = False,
    processes: int | None = None,
) -> Settings:
    """Return the settings of a blog's folder, for `Project`.

    Args:
        start: As `folder` of `open_project`.
        environ: As there.
        clock: As there.
        sleep: As there.
        trust: As there.
        processes: As there.

    Returns:
        The settings.

    Raises:
        ConfigError: `blogkit.toml` is missing, cannot be read, or it is another user's.
        ContentError: Settings in it are wrong, or lead out of the folder; it has all problems.
    """
    env = dict(os.environ) if environ is None else environ
    root = config_module.find_root(start)
    # Nothing of the folder is read before its owner is trusted: it may be in /tmp, and belong to
    # another user (https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory).
    trusted = trust_of(root, env, everything=trust)
    require_trusted_owner(root, trusted, env)
    config = config_module.load_config(root)
    require_inside(config, trusted)
    return Settings(config, env, clock or utc_now, sleep or time.sleep, trust, processes=processes)


class Project(Publishing, LiveEdits, NamedLinks, TimedJobs, FileMaking, Previewing, Upkeep):
    """One blog's folder. Make it with `blogkit.open`.

    Methods that read return values. Methods that write return a plan whose `apply` writes, unless
    documented otherwise. A project is for one thread.

    Args:
        settings: Configuration, credentials and clock.
        folder: Where relative paths start.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._connected: dict[str, Platform] = {}
        self._held = JournalHolder()
        self._renderer = self._new_renderer()

    @property
    def config(self) -> config_module.Config:
        """The settings in `blogkit.toml`, and the folder that holds it."""
        return self._settings.config

    @property
    def widgets(self) -> Registry:
        """The widgets by name: the blog's own, those of installed packages, the built-in ones."""
        return self._renderer.registry

    @property
    def theme(self) -> Theme:
        """The look of the widgets.

        Raises:
            ConfigError: `[theme]` in `blogkit.toml` is wrong.
        """
        return self._renderer.theme

    @property
    def untrusted(self) -> list[TrustItem]:
        """What in the folder is not used because the user has not trusted it yet.

        Raises:
            ConfigError: A widget's files are too many or too large.
        """
        settings = self._settings
        database = database_in_dotenv(settings)
        return untrusted_items(self.config, settings.trust, settings.environ, database)

    def trust(self, *items: TrustItem) -> None:
        """Use these things from now on, until their files change. Kept outside of the folder.

        Args:
            *items: From `untrusted`; none means all of them.
        """
        grant(self._settings.trust, items or self.untrusted)
        self._renderer = self._new_renderer()

    def distrust(self) -> bool:
        """Take back all trust in this folder.

        Returns:
            Whether anything was trusted.
        """
        self._renderer = self._new_renderer()
        return self._settings.trust.forget()

    def _new_renderer(self) -> PostRenderer:
        """Return a renderer that knows what the user trusts now."""
        settings = self._settings
        return PostRenderer(settings.config, settings.trust, settings.cache_folder / "templates")

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        sites = Sites(self._settings, self._connected)
        posts = Posts(self.config, self._folder)
        return ProjectContext(self._settings, posts, sites, self._renderer, self._held)

    @contextmanager
    def exclusive(self, doing: str) -> Iterator[None]:
        """Hold the project's lock over several calls, such as a plan and its `apply`.

        Args:
            doing: What other processes are told that this one does.

        Raises:
            JournalError: Another process is publishing; the message names it.
        """
        with self._context().locked_journal(doing):
            yield

    def site(self, name: str) -> SiteHandle:
        """Return a site by its name in `blogkit.toml`. Sends nothing.

        Raises:
            UsageError: The site does not exist.
        """
        from blogkit.project.live.post import SiteHandle

        return SiteHandle(self, self.config.site(name).name)

    @property
    def images(self) -> ProjectImages:
        """The pictures of posts: where they are on the web."""
        from blogkit.project.images.handle import ProjectImages

        return ProjectImages(self._context)

    def check(
        self,
        *paths: PathLike,
        site: str = "",
        quiz_url: str = "",
        allow_pending_quiz: bool = False,
        allow_http: bool = False,
    ) -> CheckReport:
        """Return the problems of these posts, or of all. Sends nothing.

        Args:
            *paths: Files and folders.
            site: Check for this site; empty means the sites of each post.
            quiz_url: The mock-test address, instead of each post's own.
            allow_pending_quiz: Accept pending quiz links.
            allow_http: Accept a mock-test address without TLS.

        Returns:
            A list of `Problem`, sorted by file and line.

        Raises:
            UsageError: A path does not exist.
        """
        from blogkit.project import checking

        options = PublishOptions(site, quiz_url, allow_pending_quiz, allow_http)
        return checking.check(self._context(), paths_of(paths), options)

    def fix(self, *paths: PathLike, dry_run: bool = False) -> FixReport:
        """Fix in the files what can be fixed safely.

        Args:
            *paths: Files and folders.
            dry_run: Change nothing.

        Returns:
            A list of `Fix`; `run` of it is the run's number for `undo`.

        Raises:
            ConfigError: A file cannot be written.
            Conflict: A file changed meanwhile; nothing was written.
            JournalError: Another process is publishing, or the journal cannot be written.
        """
        from blogkit.project import checking

        return checking.fix(self._context(), paths_of(paths), dry_run=dry_run)

    def render(
        self,
        path: PathLike,
        *,
        site: str = "",
        format: str = "html",  # noqa: A002
        quiz_url: str = "",
        allow_pending_quiz: bool = False,
        allow_http: bool = False,
    ) -> RenderedPost:
        """Render a post as it would be sent. Sends nothing.

        Args:
            path: The post's file.
            site: Render for this site; empty means the post's first.
            format: `html`, or for readers elsewhere `feed`, `email`, `text` or `markdown`.
            quiz_url: The mock-test address, instead of the post's own.
            allow_pending_quiz: Render a pending quiz link as "coming soon".
            allow_http: Accept a mock-test address without TLS.

        Raises:
            ContentError: The post has errors; it has all of them.
            UsageError: The path is not a post.

        Returns:
            The post, with `.html` for its site.
        """
        from blogkit.project import rendered

        options = PublishOptions(site, quiz_url, allow_pending_quiz, allow_http)
        return rendered.render(self._context(), Path(path), options, format)

    def widget(self, name: str, /, **fields: object) -> Widget:
        """Return a widget with its fields, with the blog's own widgets, theme and language.

        Args:
            name: The widget's name.
            **fields: Its fields; `blogkit widget show NAME` describes them.

        Raises:
            UsageError: No widget has this name; the hint has the nearest name.
        """
        from blogkit.project.widget import Widget, source_of

        renderer, config = self._renderer, self.config
        _ = renderer.registry[name]
        source = source_of(name, fields)
        return Widget(
            name,
            source,
            renderer.registry,
            config.root,
            config.language,
            renderer.theme,
            config.words,
        )
