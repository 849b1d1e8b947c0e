"""Posts of a blog become files of the project. Nothing on the blog changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.config import Config
from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ContentError
from blogkit.journal.store import Journal
from blogkit.paths import flaw
from blogkit.platforms.base import Draft, Remote
from blogkit.posts.loader import load_post
from blogkit.posts.post import Post
from blogkit.project.built_post import build_posts
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange
from blogkit.project.files.writing import already_exists, reading
from blogkit.project.live.references import ReferencedPost
from blogkit.project.options import PublishOptions
from blogkit.project.plans.change import Change
from blogkit.project.plans.execution import run_actions
from blogkit.project.plans.planning import plan_posts
from blogkit.project.plans.progress import OnProgress, Progress
from blogkit.project.plans.report import Report
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.compare import differences, expected_on
from blogkit.sync.export import export_file_name, export_source

if TYPE_CHECKING:
    from blogkit.importers.patch.body import PatchNote


class CannotExport(BlogkitError):
    """No file can hold this post as the blog has it."""


@dataclass(frozen=True)
class NewFile:
    """A file for a post.

    Attributes:
        found: The post.
        path: Where to write it.
        data: Its bytes.
        old: The file whose place it takes.
        notes: What the user should know about it.
        patched: Whether it is the old file with the site's changes.
    """

    found: ReferencedPost
    path: Path
    data: bytes
    old: Path | None = None
    notes: tuple[PatchNote, ...] = ()
    patched: bool = False

    @property
    def left(self) -> tuple[PatchNote, ...]:
        """What still differs from the site."""
        return tuple(note for note in self.notes if note.left)

    def changes(self, config: Config) -> list[FileChange]:
        """Return the changes of files that put it there.

        Args:
            config: Knows how users call the file.

        Raises:
            ConfigError: The old file cannot be read.
        """
        place, old = config.relative(self.path), self.old
        post = (self.found.site, self.found.key or self.path.stem, self.found.remote.ref.id)
        if old is None:
            return [FileChange(self.path, None, self.data, f"create {place}", *post)]
        with reading(old):
            before = old.read_bytes()
        summary = f"replace {config.relative(old)} with the blog's HTML"
        if before == self.data:
            return []
        if self.patched:
            summary = f"write the blog's changes into {config.relative(old)}"
        if old == self.path:
            return [FileChange(old, before, self.data, summary, *post)]
        return [
            FileChange(self.path, None, self.data, f"create {place}", *post),
            FileChange(old, before, None, summary, *post),
        ]


class PostExporter:
    """Make files for posts that are on a site.

    No file is ever overwritten except the one that is to be replaced.

    Args:
        context: The call's context.
        journal: Knows the earlier files of posts.
    """

    def __init__(self, context: ProjectContext, journal: Journal) -> None:
        self._context, self._journal = context, journal
        self._keys = set(self._files)
        stems = {path.stem.casefold() for path in context.posts.sources()}
        self._taken = stems | {key.casefold() for key in self._keys}

    def file_of(self, found: ReferencedPost) -> Path | None:
        """Return the file that a post has already."""
        by_id = self._by_id.get((found.site, found.remote.ref.id))
        return by_id or self._files.get(found.key)

    def adopted(self, path: Path) -> Post | None:
        """Return the post of a file that holds the blog's HTML; None if blogkit renders it."""
        return next((post for post in self._posts if post.path == path and post.remote_id), None)

    def draft_of(self, found: ReferencedPost, path: Path, text: bytes | None = None) -> Draft:
        """Return what a file asks for on the post's site.

        Args:
            found: The post.
            path: The file.
            text: What the file would hold; None reads it.

        Raises:
            ContentError: The file cannot be read.
        """
        config = self._context.config
        post = load_post(path, root=config.root, zone=config.zone, text=text)
        profile = self._context.sites.platform(found.site).profile()
        options = PublishOptions(allow_pending_quiz=True)
        return build_posts(self._context, post, found.site, options, profile=profile).desired.draft

    def differs(self, found: ReferencedPost, draft: Draft) -> tuple[str, ...]:
        """Return the fields in which the blog differs from a file, known rewrites aside."""
        platform = self._context.sites.platform(found.site)
        return differences(expected_on(platform, draft, found.remote), found.remote)

    def new_file(self, found: ReferencedPost) -> NewFile:
        """Return a post's earlier file if the blog still shows it; else one with its HTML.

        Raises:
            CannotExport: No file can hold the post.
        """
        return self._from_journal(found) or self._from_blog(found)

    def patched(self, found: ReferencedPost, old: Path, *, as_html: bool) -> NewFile | None:
        """Return a Markdown file with the blog's changes; None if they cannot be told apart.

        Args:
            found: The post.
            old: The file.
            as_html: Write the blog's HTML in the place of blocks that Markdown cannot express.

        Raises:
            ContentError: The file cannot be read.
            ConfigError: The disk refuses.
        """
        from blogkit.project.files.patching import patch_file

        with reading(old):
            patch = patch_file(self._context, self._journal, found, old, as_html=as_html)
        return NewFile(found, old, patch.data, old, patch.notes, patched=True) if patch else None

    def replacement(self, found: ReferencedPost, old: Path) -> NewFile:
        """Return the blog's HTML in the place of a file.

        Raises:
            CannotExport: No file can hold the post.
            ConfigError: Another file has the name.
        """
        path = old.with_suffix(".html")
        if path != old and path.exists():
            raise already_exists(path)
        # A key equal to the file's name is the default, and is not written into it.
        key = found.key if found.key != old.stem else ""
        new = NewFile(found, path, export_source(self._as_written(found), found.site, key), old)
        self._refuse_other_content(found, new)
        return new

    def _as_written(self, found: ReferencedPost) -> Remote:
        """Return a post with its categories as a file names them."""
        paths = self._context.sites.platform(found.site).category_paths(found.remote)
        return replace(found.remote, categories=tuple(paths))

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The project's posts by key."""
        return {post.key: post.path for post in self._posts}

    @cached_property
    def _posts(self) -> Sequence[Post]:
        return self._context.posts.readable()[0]

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Path]:
        default = (self._context.config.default_site,)
        return {
            (site, post.remote_id): post.path
            for post in self._posts
            if post.remote_id
            for site in post.sites or default
        }

    def _from_journal(self, found: ReferencedPost) -> NewFile | None:
        key = found.key
        if not key or flaw(key) or "/" in key:  # anybody who edits the post can write a key there
            return None
        for entry in self._journal.history(found.site, key):
            if entry.source is None:
                continue
            # The journal has the bytes, not the name: what reads without a problem and gives the
            # blog's text is the right one.
            for ending in (".md", ".html"):
                path = self._folder(found) / f"{found.key}{ending}"
                with suppress(ContentError):
                    draft = self.draft_of(found, path, entry.source)
                    if draft.key == found.key and not self.differs(found, draft):
                        return NewFile(found, path, entry.source)
        return None

    def _from_blog(self, found: ReferencedPost) -> NewFile:
        stem = export_file_name(found.remote, self._taken)
        key = found.key if found.key not in ("", stem, *self._keys) else ""
        path = self._folder(found) / f"{stem}.html"
        new = NewFile(found, path, export_source(self._as_written(found), found.site, key))
        self._refuse_other_content(found, new)
        # Compared without case, since macOS and Windows keep one file for "Talks" and "talks".
        self._taken.add(stem.casefold())
        self._keys.add(key or stem)
        return new

    def _refuse_other_content(self, found: ReferencedPost, new: NewFile) -> None:
        """Raise for a file that cannot be read, or would change the post when published."""
        try:
            differs = self.differs(found, self.draft_of(found, new.path, new.data))
        except ContentError as error:
            reason = error.problems[0].message
        else:
            if not differs:
                return
            reason = f"publishing it would change the post ({', '.join(differs)})"
        raise CannotExport(
            f"“{found.remote.title}” on {found.site} cannot be saved as a file: {reason}",
            hint="change it on the blog",
        )

    def _folder(self, found: ReferencedPost) -> Path:
        name = "pages" if found.remote.ref.kind == "page" else "posts"
        return self._context.config.root / name


def record_adoption(
    context: ProjectContext,
    journal: Journal,
    files: Mapping[str, Sequence[Path]],
    command: str,
    report: Report,
    on_progress: OnProgress,
    *,
    taken: Collection[Path] = (),
) -> None:
    """Record in the journal that these files are what the blog shows.

    Sends nothing: a file that asks for something else is left to publish.

    Args:
        context: The call's context.
        journal: The journal, locked by the caller.
        files: The files of each site.
        command: What the journal calls the run.
        report: Gets the outcome of every file.
        on_progress: Told every outcome, and each file that is left to publish.
        taken: The files that have all of the blog's changes. What they render to may still differ,
            such as a table of contents whose heading was changed; that is left to publish.
    """
    actions: dict[str, list[Action]] = {}
    for site, paths in files.items():
        options = PublishOptions(site=site, allow_pending_quiz=True, shorter=True)
        planned = plan_posts(context, journal, paths, options, on_progress=on_progress)
        for found in planned.by_site.values():
            noted = [
                _taking(action) if action.desired.path in taken else _adopting(action)
                for action in found
            ]
            for action in noted:
                if action.writes:
                    message = f"needs blogkit publish: {Change(action).summary}"
                    on_progress(Progress("left to publish", message=message))
            idle = (ActionKind.UNCHANGED,)
            actions[site] = [one for one in noted if not one.writes and one.kind not in idle]
    report.unavailable = context.sites.unavailable
    run_actions(context, journal, actions, command, report, on_progress)


def _adopting(action: Action) -> Action:
    """Return the action, or an adoption if the file now has the blog's own bytes."""
    same = bool(action.desired.remote_id) and not action.changes and action.target is None
    if action.kind is ActionKind.UPDATE and same:
        return replace(action, kind=ActionKind.ADOPT)
    return action


def _taking(action: Action) -> Action:
    """Return the action, or an adoption that leaves to publish what still differs."""
    if action.kind not in (ActionKind.UPDATE, ActionKind.CONFLICT, ActionKind.REMOTE_EDITED):
        return action
    summary = f"take note of the changes on {action.site}"
    desired = replace(action.desired, digest="")
    return replace(
        action, kind=ActionKind.ADOPT, summary=summary, desired=desired, target=None, asked={}
    )
