"""Posts of a blog becoming files of the workspace, without a byte of them changed on the blog."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
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
from blogkit.platforms.base import Draft
from blogkit.publish.actions import ActionKind
from blogkit.publish.compare import differences, meant_of
from blogkit.publish.outcome import Outcome
from blogkit.publish.pulled import file_name, source


class Keeper:
    """Writes files for posts that are on a site. No file is ever overwritten; what is replaced is kept in `.blogkit/replaced/`."""

    def __init__(self, bench: Workbench, journal: Journal) -> None:
        self.bench, self.journal = bench, journal
        self._taken = {path.stem.casefold() for path in bench.sources()} | {key.casefold() for key in self._files}

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The workspace's posts by key."""
        return {post.key: post.path for post in self._posts}

    @cached_property
    def _posts(self) -> Sequence[Post]:
        return self.bench.readable_posts()[0]

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Path]:
        return {(site, post.remote_id): post.path for post in self._posts if post.remote_id for site in post.sites}

    def file_of(self, found: Found) -> Path | None:
        """The file that a post has already."""
        return self._by_id.get((found.site, found.remote.ref.id)) or self._files.get(found.key)

    def adopted(self, path: Path) -> Post | None:
        """The post of a file that holds the blog's own HTML; None for one that blogkit renders."""
        return next((post for post in self._posts if post.path == path and post.remote_id), None)

    def draft_of(self, found: Found, path: Path, text: bytes | None = None) -> Draft | None:
        """What a file means for the post's site; None when it cannot be read. text: what the file would hold."""
        try:
            post = load(path, root=self.bench.workspace.root, zone=self.bench.workspace.zone, text=text)
            profile = self.bench.platform(found.site).profile()
            return prepare(self.bench, post, found.site, Wishes(allow_open=True), profile=profile).desired.draft
        except ContentError:
            return None

    def shows(self, found: Found, draft: Draft) -> bool:
        """Whether the blog has the post as a file means it, known rewrites aside."""
        platform = self.bench.platform(found.site)
        return not differences(meant_of(draft, platform.meant(draft), platform.capabilities), found.remote)

    def restore(self, found: Found, *, dry_run: bool) -> Path | None:
        """The file that a post of ours was made from, as the journal keeps it, if the blog still shows what that file makes."""
        if not found.key:
            return None
        for entry in self.journal.history(found.site, found.key):
            if entry.source is None:
                continue
            for ending in (".md", ".html"):
                path = self._folder(found) / f"{found.key}{ending}"
                draft = self.draft_of(found, path, entry.source)
                if draft is not None and draft.key == found.key and self.shows(found, draft):
                    return path if dry_run else self._put(path, entry.source)
        return None

    def write(self, found: Found, *, dry_run: bool = False) -> Path:
        """A new .html file with the blog's own bytes."""
        stem = file_name(found.remote, self._taken)
        self._taken.add(stem.casefold())
        path = self._folder(found) / f"{stem}.html"
        key = found.key if found.key and found.key != stem else ""
        return path if dry_run else self._put(path, source(found.remote, found.site, key))

    def replace(self, found: Found, old: Path, *, dry_run: bool) -> Path:
        """The blog's bytes in the place of a file."""
        path = old.with_suffix(".html")
        if dry_run:
            return path
        kept = self.bench.workspace.private / "replaced"
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp = f"{self.bench.clock():%Y%m%dT%H%M%S}"
        new = source(found.remote, found.site, found.key if found.key != old.stem else "")
        try:
            (kept / f"{old.stem}-{stamp}{old.suffix}").write_bytes(old.read_bytes())
            whole = path.with_name(f".{path.name}.new")
            whole.write_bytes(new)
            whole.replace(path)
            if old != path:
                old.unlink()
        except OSError as error:
            raise ConfigError(f"{path}: cannot be written: {error.strerror}", hint="check the disk and who may write there") from error
        return path

    def _folder(self, found: Found) -> Path:
        return self.bench.workspace.root / ("pages" if found.remote.ref.kind == "page" else "posts")

    def _put(self, path: Path, data: bytes) -> Path:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
        except FileExistsError:
            raise ConfigError(f"{path} is there already; nothing was written", hint="move it aside") from None
        except OSError as error:
            raise ConfigError(f"{path}: cannot be written: {error.strerror}", hint="check the disk and who may write there") from error
        return path


def take_note(bench: Workbench, output: Output, journal: Journal, files: Mapping[str, Sequence[Path]], command: str) -> list[Outcome]:
    """Let the journal know that these files are what the blog shows; sends nothing. Raises when the blog shows something else."""
    plans = {}
    for site, paths in files.items():
        wishes = Wishes(site=site, allow_open=True)
        plans.update(plans_of(bench, output, journal, paths, wishes))
    sending = [action for actions in plans.values() for action in actions if action.writes]
    if sending:
        raise BlogkitError(
            f"the blog does not show “{sending[0].desired.title}” as its file says ({sending[0].story}); nothing was sent",
            hint="see blogkit diff, then blogkit plan",
        )
    quiet = {site: [action for action in actions if action.kind is not ActionKind.UNCHANGED] for site, actions in plans.items()}
    return running.carry_out(bench, output, journal, quiet, command)
