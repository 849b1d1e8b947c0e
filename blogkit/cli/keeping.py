"""Posts of a blog becoming files of the workspace, without a byte of them changed on the blog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from blogkit.cli import running
from blogkit.cli.output import Output
from blogkit.cli.prepare import prepare
from blogkit.cli.publish import plans_of
from blogkit.cli.refs import Found
from blogkit.cli.workbench import Wishes, Workbench
from blogkit.content.load import load
from blogkit.content.post import Post
from blogkit.errors import BlogkitError, ConfigError, ContentError
from blogkit.journal.store import Journal
from blogkit.paths import flaw
from blogkit.platforms.base import Draft
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.compare import differences, meant_of
from blogkit.publish.outcome import Outcome
from blogkit.publish.pulled import file_name, source


class Unkeepable(BlogkitError):
    """A post that no file can hold as the blog has it."""


@dataclass(frozen=True)
class NewFile:
    """A file that a post is about to get. old: the one whose place it takes, which is then kept in `.blogkit/replaced/`."""

    path: Path
    data: bytes
    old: Path | None = None


class Keeper:
    """Makes files for posts that are on a site. No file is ever overwritten but the one that is to be replaced."""

    def __init__(self, bench: Workbench, journal: Journal) -> None:
        self.bench, self.journal = bench, journal
        self._keys = set(self._files)
        self._taken = {path.stem.casefold() for path in bench.sources()} | {key.casefold() for key in self._keys}

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The workspace's posts by key."""
        return {post.key: post.path for post in self._posts}

    @cached_property
    def _posts(self) -> Sequence[Post]:
        return self.bench.readable_posts()[0]

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Path]:
        usual = (self.bench.workspace.default_site,)
        return {(site, post.remote_id): post.path for post in self._posts if post.remote_id for site in post.sites or usual}

    def file_of(self, found: Found) -> Path | None:
        """The file that a post has already."""
        return self._by_id.get((found.site, found.remote.ref.id)) or self._files.get(found.key)

    def adopted(self, path: Path) -> Post | None:
        """The post of a file that holds the blog's own HTML; None for one that blogkit renders."""
        return next((post for post in self._posts if post.path == path and post.remote_id), None)

    def draft_of(self, found: Found, path: Path, text: bytes | None = None) -> Draft:
        """What a file means for the post's site. text: what the file would hold. Raises `ContentError` when it cannot be read."""
        post = load(path, root=self.bench.workspace.root, zone=self.bench.workspace.zone, text=text)
        profile = self.bench.platform(found.site).profile()
        return prepare(self.bench, post, found.site, Wishes(allow_open=True), profile=profile).desired.draft

    def differs(self, found: Found, draft: Draft) -> tuple[str, ...]:
        """In what the blog has a post other than a file means it, known rewrites aside."""
        platform = self.bench.platform(found.site)
        return differences(meant_of(draft, platform.meant(draft), platform.capabilities), found.remote)

    def made(self, found: Found) -> NewFile:
        """A post's file as it once was, if the blog still shows what it makes; else one with the blog's own bytes.

        Raises `Unkeepable`.
        """
        return self._as_it_was(found) or self._copied(found)

    def instead(self, found: Found, old: Path) -> NewFile:
        """The blog's bytes in the place of a file. Raises `Unkeepable`, and `ConfigError` when another file has the name."""
        path = old.with_suffix(".html")
        if path != old and path.exists():
            raise ConfigError(f"{path} is there already; nothing was written", hint="move it aside")
        new = NewFile(path, source(found.remote, found.site, found.key if found.key != old.stem else ""), old)
        self._refuse_other_meaning(found, new)
        return new

    def _as_it_was(self, found: Found) -> NewFile | None:
        usable = found.key and not flaw(found.key) and "/" not in found.key  # it stands in a text that others can write
        for entry in self.journal.history(found.site, found.key) if usable else ():
            for ending in (".md", ".html") if entry.source is not None else ():
                assert entry.source is not None
                path = self._folder(found) / f"{found.key}{ending}"
                with suppress(ContentError):
                    draft = self.draft_of(found, path, entry.source)
                    if draft.key == found.key and not self.differs(found, draft):
                        return NewFile(path, entry.source)
        return None

    def _copied(self, found: Found) -> NewFile:
        stem = file_name(found.remote, self._taken)
        key = found.key if found.key not in ("", stem, *self._keys) else ""
        new = NewFile(self._folder(found) / f"{stem}.html", source(found.remote, found.site, key))
        self._refuse_other_meaning(found, new)
        self._taken.add(stem.casefold())
        self._keys.add(key or stem)
        return new

    def _refuse_other_meaning(self, found: Found, new: NewFile) -> None:
        """A file that cannot be read, or would change the post when it is published, is rather not written."""
        try:
            differs = self.differs(found, self.draft_of(found, new.path, new.data))
        except ContentError as error:
            reason = error.problems[0].message
        else:
            if not differs:
                return
            reason = f"publishing it would change the post ({', '.join(differs)})"
        raise Unkeepable(f"“{found.remote.title}” on {found.site} cannot be kept in a file: {reason}", hint="change that on the blog")

    def _folder(self, found: Found) -> Path:
        return self.bench.workspace.root / ("pages" if found.remote.ref.kind == "page" else "posts")

    def put(self, new: NewFile) -> None:
        """Write it. Raises `ConfigError` when something of its name is there already, or the disk refuses."""
        try:
            if new.old:
                self._put_instead(new, new.old)
            else:
                new.path.parent.mkdir(parents=True, exist_ok=True)
                with new.path.open("xb") as file:
                    file.write(new.data)
        except FileExistsError:
            raise ConfigError(f"{new.path} is there already; nothing was written", hint="move it aside") from None
        except OSError as error:
            hint = "check the disk and who may write there"
            raise ConfigError(f"{new.path}: cannot be written: {error.strerror}", hint=hint) from error

    def _put_instead(self, new: NewFile, old: Path) -> None:
        kept = self.bench.workspace.private / "replaced"
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        (kept / f"{old.stem}-{self.bench.clock():%Y%m%dT%H%M%S%f}{old.suffix}").write_bytes(old.read_bytes())
        whole = new.path.with_name(f".{new.path.name}.new")
        whole.write_bytes(new.data)
        whole.replace(new.path)
        if old != new.path:
            old.unlink()


def take_note(bench: Workbench, output: Output, journal: Journal, files: Mapping[str, Sequence[Path]], command: str) -> list[Outcome]:
    """Let the journal know that these files are what the blog shows. Sends nothing: files that say something else are left to publish."""
    plans: dict[str, list[Action]] = {}
    for site, paths in files.items():
        for actions in plans_of(bench, output, journal, paths, Wishes(site=site, allow_open=True)).values():
            noted = [replace(action, kind=ActionKind.ADOPT) if _is_there(action) else action for action in actions]
            for action in noted:
                if action.writes:
                    output.say(f"left to blogkit publish: {action.story}", "yellow")
            plans[site] = [action for action in noted if not action.writes and action.kind is not ActionKind.UNCHANGED]
    return running.carry_out(bench, output, journal, plans, command)


def _is_there(action: Action) -> bool:
    """The blog's own bytes in place of another file of the post: there is nothing to send."""
    return action.kind is ActionKind.UPDATE and bool(action.desired.remote_id) and not action.changes and action.target is None
