"""What a command works with: the workspace, its posts, its platforms, put together from the layers below."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli.output import Output
from blogkit.errors import BlogkitError, ConfigError, ContentError, Problem, SiteError, UsageError

if TYPE_CHECKING:  # each of these costs more than `--help` may
    from blogkit.content.post import Post
    from blogkit.journal.store import Journal
    from blogkit.platforms.base import Platform
    from blogkit.render.document import Document
    from blogkit.render.registry import Registry
    from blogkit.render.theme import Theme
    from blogkit.survival.profile import Profile
    from blogkit.workspace import Site, Workspace


def the_output() -> Output:
    """The run's printer, as the shared options ask for it."""
    shared = click.get_current_context().ensure_object(dict)
    output: Output = shared.setdefault("output", Output())
    output.as_json, output.quiet = bool(shared.get("as_json")), bool(shared.get("quiet"))
    output.no_color = output.no_color or bool(shared.get("no_color"))
    if not shared.get("telling"):
        from blogkit.cli.telling import telling

        shared["telling"] = True
        click.get_current_context().find_root().with_resource(telling(output, everything=bool(shared.get("verbose"))))
    return output


def start_folder() -> Path:
    """Where the command works: -C DIR, else the current folder."""
    folder: Path = click.get_current_context().ensure_object(dict).get("directory") or Path.cwd()
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}", hint="-C takes a folder that exists")
    return folder


def expanded(path: Path) -> list[Path]:
    """The files that a pattern such as `posts/*.md` names. cmd.exe and PowerShell leave patterns to the program."""
    text = str(path)
    if not any(sign in text for sign in "*?[") or (start_folder() / path).exists():
        return [path]
    from glob import glob

    return [Path(name) for name in sorted(glob(text, root_dir=start_folder(), recursive=True))] or [path]  # noqa: PTH207 - absolute ones, too


def open_workspace() -> Workspace:
    """The workspace around the start folder."""
    from blogkit import workspace

    return workspace.discover(start_folder())


def open_workbench() -> Workbench:
    """The workbench of the workspace around the start folder."""
    shared = click.get_current_context().ensure_object(dict)
    return Workbench(open_workspace(), sleep=shared.get("sleep", time.sleep))


@dataclass(frozen=True)
class Wishes:
    """What the command line says about every post of a run. whole: it names no posts, but means all."""

    site: str = ""
    quiz_url: str = ""
    allow_open: bool = False
    allow_http: bool = False
    ours: bool = False
    theirs: bool = False
    recreate: bool = False
    as_new: bool = False
    whole: bool = False


@dataclass
class Workbench:
    """One workspace with everything that commands need, each part made when first asked for."""

    workspace: Workspace
    environ: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    down: dict[str, BlogkitError] = field(default_factory=dict)
    """Sites that cannot be worked with in this run, and why: the others are served all the same."""
    _platforms: dict[str, Platform] = field(default_factory=dict)

    @cached_property
    def registry(self) -> Registry:
        from blogkit.render.registry import usual

        return usual(self.workspace.root / "widgets")

    def sources(self, paths: Sequence[Path] = ()) -> list[Path]:
        """The post files that are named, or all."""
        return self.workspace.sources([self._from_start(each) for path in paths for each in expanded(path)])

    def posts(self, paths: Sequence[Path] = ()) -> list[Post]:
        """The posts of these files, or of all. Raises `ContentError` with the problems of all of them."""
        posts, problems = self.readable_posts(paths)
        if problems:
            raise ContentError(problems)
        return posts

    def readable_posts(self, paths: Sequence[Path] = ()) -> tuple[list[Post], list[Problem]]:
        """The posts that can be read, and what is wrong with the others: so that one run names the problems of all."""
        from blogkit.content.load import load_each

        posts, problems = load_each(self.sources(paths), root=self.workspace.root, zone=self.workspace.zone)
        lost = {post.key: self._unknown_sites(post) for post in posts}
        return [post for post in posts if not lost[post.key]], problems + [problem for found in lost.values() for problem in found]

    def keys(self) -> frozenset[str]:
        """The keys of all files of the workspace; of one that cannot be read, the key that its name would give it."""
        from blogkit.content.load import load_each

        sources = self.workspace.sources()
        posts, _ = load_each(sources, root=self.workspace.root, zone=self.workspace.zone)
        return frozenset({*(post.key for post in posts), *({path.stem for path in sources} - {post.path.stem for post in posts})})

    def sites_of(self, post: Post, wishes: Wishes) -> list[str]:
        """Where a post goes: --site, else its `sites:`, else the default site.

        Without paths, --site is no word about posts whose `sites:` name others: they were never meant for it.
        """
        if wishes.site:
            site = self.workspace.site(wishes.site).name
            return [] if wishes.whole and post.sites and site not in post.sites else [site]
        if post.sites:
            return list(post.sites)
        if not self.workspace.default_site:
            known = ", ".join(self.workspace.sites)
            choose = f"add default_site to [blog] in blogkit.toml, or use --site (sites: {known})"
            raise UsageError(
                f"{self.workspace.relative(post.path)} goes to no site: there is no default site",
                hint=choose if known else "add a [sites.main] table to blogkit.toml, as `blogkit init` writes it in a new folder",
            )
        return [self.workspace.default_site]

    def platform(self, site: str) -> Platform:
        """The site's platform, connected once."""
        if site not in self._platforms:
            from blogkit.cli.connect import connect

            self._platforms[site] = connect(self.workspace.site(site), self)
        return self._platforms[site]

    @contextmanager
    def tolerating(self, site: str) -> Iterator[None]:
        """A site's own trouble ends what is done inside, and nothing else."""
        try:
            yield
        except (SiteError, ConfigError) as error:
            self.down[site] = error

    def usual_profile(self, site: str) -> Profile:
        """What a site of this kind keeps at least; needs no request."""
        from blogkit.survival import profile

        return {"blogger": profile.BLOGGER, "folder": profile.FOLDER}.get(self.workspace.site(site).platform, profile.STRICT)

    def document(self, post: Post, site: Site, wishes: Wishes, profile: Profile) -> Document:
        """The post rendered for a site. Raises `ContentError` with all its problems."""
        from blogkit.render import engine, quiz

        return engine.render(
            post,
            registry=self.registry,
            profile=profile,
            quiz_url=quiz.resolve(wishes.quiz_url, post.quiz, site.quiz_url),
            allow_open=wishes.allow_open,
            allow_http=wishes.allow_http or site.allow_http,
            root=self.workspace.root,
            theme=self.theme(),
            language=self.workspace.language,
        )

    def journal(self) -> Journal:
        """The workspace's journal, made when it is not there: in the database that BLOGKIT_DATABASE_URL names, else in a file."""
        from blogkit.cli.connect import secrets_of
        from blogkit.journal.dialect import VARIABLE
        from blogkit.journal.store import Journal

        file = self.workspace.private / "journal.sqlite"
        url = secrets_of(self.workspace, self.environ).setting(VARIABLE)
        if url is None:
            return Journal.open(file, clock=self.clock)
        return Journal.connect(url.secret.reveal(), clock=self.clock, lock=file.with_name(file.name + ".lock"))

    def theme(self) -> Theme:
        """The look of widgets that `[theme]` asks for. Raises `ConfigError` for what cannot be read."""
        from blogkit.render.theme import chosen

        return chosen(self.workspace.theme)

    def _from_start(self, path: Path) -> Path:
        return path if path.is_absolute() else start_folder() / path

    def _unknown_sites(self, post: Post) -> list[Problem]:
        from blogkit.errors import nearest

        place = self.workspace.relative(post.path)
        known = ", ".join(self.workspace.sites)
        return [
            Problem(
                place,
                post.lines.get("sites", 1),
                f'there is no site "{name}"',
                nearest(name, self.workspace.sites) or f"sites: {known}",
                "unknown-site",
            )
            for name in post.sites
            if name not in self.workspace.sites
        ]
