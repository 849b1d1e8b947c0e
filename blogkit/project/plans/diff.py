"""Show what was changed in a file and what on the blog, since both were the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform
from blogkit.project.build import build_all
from blogkit.project.built_post import PendingPost
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.sync.actions import RemoteState
from blogkit.sync.compare import as_shown
from blogkit.sync.diff import FieldDiff as Difference
from blogkit.sync.diff import three_way
from blogkit.sync.fetch import fetch_states
from blogkit.sync.merging.base import agreed
from blogkit.sync.merging.merge import as_asked
from blogkit.sync.uploads import with_known_uploads


@dataclass(frozen=True)
class PostDiff:
    """How one post differs from one site.

    Attributes:
        path: The file, relative to the project's folder.
        site: The site's name.
        key: The post's stable identity.
        on_site: What was changed on the site.
        in_file: What was changed in the file.
        missing: The post is not on the site, or not in its public view.
        trouble: Why the post cannot be compared.
        hint: What to do then.
        public: Compared with what readers see, because the sign-in to the site has ended.
    """

    path: str
    site: str
    key: str
    on_site: Sequence[Difference] = ()
    in_file: Sequence[Difference] = ()
    missing: bool = False
    trouble: str = ""
    hint: str = ""
    public: bool = False

    @property
    def differs(self) -> bool:
        """Whether anything was changed, or cannot be compared."""
        return bool(self.on_site or self.in_file or self.trouble)


class DiffReport(list[PostDiff]):
    """The posts that differ, are missing or cannot be compared.

    Attributes:
        unavailable: Sites that could not be asked, and why.
        public: Sites of which only the public view was read, and why signing in failed.
        left_out: Why files were left out: a `ContentError` with their problems.
    """

    unavailable: Mapping[str, BlogkitError]
    public: Mapping[str, BlogkitError]
    left_out: Sequence[BlogkitError] = ()


def diff(
    context: ProjectContext, paths: Sequence[Path], *, site: str, on_progress: OnProgress
) -> DiffReport:
    """Compare these posts, or all, with their sites.

    Args:
        context: The call's context.
        paths: Files and folders; none means all posts and pages.
        site: Only this site.
        on_progress: Told each post that is looked at.

    Raises:
        ContentError: All posts have errors.

    Returns:
        The posts that differ, are missing or cannot be compared.
    """
    options = PublishOptions(site=site, allow_pending_quiz=True, all_posts=not paths)
    build = build_all(context, paths, options, online=True)
    ready, found, sites = build.by_site, DiffReport(), context.sites
    sites.public_allowed = True
    with context.journal() as journal:
        for name, pending in ready.items():
            if name not in sites.unavailable:
                look = partial(_on_site, context, journal, name, pending, on_progress)
                with sites.tolerating(name):
                    found += sites.reading(name, look)
    found.unavailable, found.left_out = sites.unavailable, build.left_out
    found.public = sites.public
    return found


def _on_site(
    context: ProjectContext,
    journal: Journal,
    site: str,
    pending: Sequence[PendingPost],
    on_progress: OnProgress,
) -> list[PostDiff]:
    memories = journal.memories(site)
    advance = advancing(on_progress, f"looking at {site}", len(pending))
    platform = context.sites.platform(site)
    desired = [one.desired for one in pending]
    public = site in context.sites.public
    seen = fetch_states(
        desired,
        platform,
        journal,
        memories=memories,
        may_be_empty=public,  # all posts may be drafts
        deep=True,
        report=advance,
    )
    found = []
    for one in pending:
        key, looked = one.desired.key, seen[one.desired.key]
        empty = PostDiff(context.config.relative(one.path), site, key, public=public)
        if looked.trouble:
            found.append(replace(empty, trouble=looked.trouble, hint=looked.hint))
        elif looked.remote is None:
            found.append(replace(empty, missing=True))
        else:
            there, here = _compare(journal, platform, one, looked, memories.get(key))
            if there or here:
                found.append(replace(empty, on_site=there, in_file=here))
    return found


def _compare(
    journal: Journal, platform: Platform, one: PendingPost, look: RemoteState, memory: Memory | None
) -> tuple[Sequence[Difference], Sequence[Difference]]:
    desired, remote = one.desired, look.remote
    if remote is None or (look.differs is None and look.intent is None):
        return (), ()  # not there, or as we left it and as the file asks for it
    draft = platform.resolve(with_known_uploads(desired.draft, platform, journal))
    draft = as_shown(platform, draft, remote)
    draft = replace(draft, body=platform.expected_body(draft))
    found = agreed(memory, journal, unsettled=True) if memory else None
    base = as_asked(*found) if found else None
    there, here = three_way(base, remote, draft)
    return there, here if memory is None or memory.last_pushed != desired.digest else ()
