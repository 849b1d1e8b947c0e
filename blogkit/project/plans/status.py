"""Compare every post with the sites it goes to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote, State
from blogkit.project.build import Build, build_all
from blogkit.project.built_post import PendingPost
from blogkit.project.context import ProjectContext
from blogkit.project.live.open_edits import OpenEdit, open_edits
from blogkit.project.looks import OlderLooks
from blogkit.project.options import PublishOptions
from blogkit.project.plans.planning import refuse_if_no_site_is_left, without_file
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.project.queue.assign import plan_slots
from blogkit.project.queue.offline import plan_offline
from blogkit.project.schedules.proof import Proof
from blogkit.project.schedules.unproven import look_at_due
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.fetch import fetch_states
from blogkit.sync.plan import plan as decide_all
from blogkit.sync.plan.from_memory import as_last_seen

if TYPE_CHECKING:
    from blogkit.project.live.wiped import WipedRegion

WORDS = {
    ActionKind.CREATE: "new",
    ActionKind.UPDATE: "changed",
    ActionKind.SET_STATE: "changed",
    ActionKind.SETTLE: "changed",
    ActionKind.WITHDRAW: "second draft",
    ActionKind.ADOPT: "up to date",
    ActionKind.UNCHANGED: "up to date",
    ActionKind.REMOTE_EDITED: "edited there",
    ActionKind.CONFLICT: "conflict",
    ActionKind.GONE: "gone",
    ActionKind.REFUSED: "refused",
    ActionKind.ORPHAN: "no file",
}
UNDONE = "undone"
"""The file's last change was sent and undone; it is not sent again until the file changes."""
IN_TRASH = "deleted"
"""`blogkit delete` moved it to the trash; it is sent again only with --recreate."""
HAS_ERRORS = "has errors"
"""The file has errors, so it is left out; the post on the site is as blogkit last saw it."""
NOT_PUBLIC = "not in the public view"
"""The sign-in has ended, and readers do not see the post: it may be a draft, or gone."""


@dataclass(frozen=True)
class PostStatus:
    """How one post compares with one site.

    Attributes:
        site: The site's name.
        key: The post's stable identity.
        path: Its file, relative to the project's folder; empty where it has none.
        file: `new`, `changed`, `up to date`, `undone`, `deleted`, `edited there`, `conflict`,
            `gone`, `refused`, `second draft` (of a killed run), `no file`, `has errors` or `not in
            the public view`.
        remote: The post as the site has it; None where it is not there, or cannot be read.
        trouble: Why the post cannot be compared, such as a second post with its key; empty if it
            can.
        hint: What to do then.
        public: Compared with what readers see, because the sign-in to the site has ended.
        slot: The slot that the queue gives the post; None if it has none, or has it on the site.
        title: The post's title.
        summary: What publishing would do, in one sentence, before its guards have looked.
    """

    site: str
    key: str
    path: str
    file: str
    remote: Remote | None = None
    trouble: str = ""
    hint: str = ""
    public: bool = False
    slot: datetime | None = None
    title: str = ""
    summary: str = ""


class StatusReport(list[PostStatus]):
    """The status of every post on every site.

    Attributes:
        unavailable: Sites that could not be asked, and why.
        public: Sites of which only the public view was read, and why signing in failed.
        wiped: Widgets that runs inserted into live posts, and that a later save there removed.
        left_out: Why files were left out: a `ContentError` with their problems.
        open_edits: Edits of live posts that may or may not have arrived. `publish` looks at the
            posts.
        schedules: Scheduled posts whose time has come, and that no earlier look has proven live.
    """

    unavailable: Mapping[str, BlogkitError]
    public: Mapping[str, BlogkitError]
    wiped: Sequence[WipedRegion] = ()
    left_out: Sequence[BlogkitError] = ()
    open_edits: Sequence[OpenEdit] = ()
    schedules: Sequence[Proof] = ()


def status(
    context: ProjectContext,
    paths: Sequence[Path],
    *,
    site: str,
    offline: bool,
    deep: bool,
    on_progress: OnProgress,
) -> StatusReport:
    """Return the status of these posts, or of all, on every site they go to.

    Args:
        context: The call's context.
        paths: Files and folders; none means all posts and pages.
        site: Only this site.
        offline: Work from the last known state of each site.
        deep: Read the texts of all posts on the site.
        on_progress: Told each post that is looked at.

    Raises:
        ContentError: All posts have errors.
        BlogkitError: No site can be asked.
    """
    options = PublishOptions(site=site, allow_pending_quiz=True, all_posts=not paths)
    build = build_all(context, paths, options, online=not offline)
    ready = build.by_site
    sites, found = context.sites, StatusReport()
    sites.public_allowed = True
    wiped: list[WipedRegion] = []
    proofs: list[Proof] = []
    with context.journal() as journal:
        for name in [site] if site else dict.fromkeys([*ready, *context.config.sites]):
            memories = journal.memories(name)
            pending = ready.get(name, [])
            actions: list[Action] = []
            if name not in sites.unavailable:
                with sites.tolerating(name):
                    pending = OlderLooks(context, journal).settle(name, pending, memories)
                    if offline:
                        actions = plan_offline(context, name, pending, memories)
                    else:
                        posts = (name, pending, memories)
                        look = partial(_online, context, journal, *posts, on_progress, deep=deep)
                        actions = sites.reading(name, look)
            if name not in sites.unavailable:
                undone, skip = journal.undone(name), paths or build.left_out_keys is None
                left = () if skip else without_file(context, build, name, memories)
                found += [_status(context, action, undone) for action in (*actions, *left)]
                found += _with_errors(context, build, name, memories)
                if not offline:
                    with sites.tolerating(name):
                        wiped += sites.reading(
                            name,
                            partial(_wiped, context, journal, name, actions, others=not paths),
                        )
                if name not in sites.unavailable and name not in sites.public:
                    named = {action.key for action in actions} if paths else None
                    proofs += look_at_due(context, journal, name, named, offline=offline)
        found.open_edits = open_edits(journal, [site] if site else context.config.sites)
    refuse_if_no_site_is_left(context, others=bool(found))
    found.unavailable, found.left_out = sites.unavailable, build.left_out
    found.public = sites.public
    found.wiped, found.schedules = wiped, proofs
    return found


def _with_errors(
    context: ProjectContext, build: Build, site: str, memories: Mapping[str, Memory]
) -> Iterator[PostStatus]:
    """Yield the posts of a site that are left out. Nothing may be asked about them."""
    for one in build.broken:
        memory = memories.get(one.key)
        if one.site != site and (one.site or memory is None):
            continue
        known = memory is not None and memory.state != State.TRASHED
        remote = as_last_seen(one.title, memory) if memory and known else None
        path = context.config.relative(one.path)
        summary = f"leave out {path}: it has errors"
        yield PostStatus(site, one.key, path, HAS_ERRORS, remote, title=one.title, summary=summary)


def _wiped(
    context: ProjectContext, journal: Journal, site: str, actions: Sequence[Action], *, others: bool
) -> Sequence[WipedRegion]:
    edited = journal.edited(site)
    if not edited:
        return ()
    from blogkit.project.live.wiped import wiped_on

    read = {post.ref: post for one in actions if (post := one.remote_state.remote)}
    platform = context.sites.platform(site) if others else None
    return wiped_on(journal, site, edited, read, platform)


def _online(
    context: ProjectContext,
    journal: Journal,
    site: str,
    pending: Sequence[PendingPost],
    memories: Mapping[str, Memory],
    on_progress: OnProgress,
    *,
    deep: bool,
) -> list[Action]:
    desired = [one.desired for one in pending]
    if not desired:
        return []
    advance = advancing(on_progress, f"looking at {site}", len(desired))
    platform = context.sites.platform(site)
    seen = fetch_states(
        desired,
        platform,
        journal,
        memories=memories,
        may_be_empty=site in context.sites.public,  # all posts may be drafts
        deep=deep,
        now=context.clock(),
        report=advance,
    )
    desired, seen = plan_slots(context, site, desired, seen, memories)
    return decide_all(desired, seen, context.clock())


def _located(trouble: str, name: str, path: str) -> str:
    """Return a trouble at a line of a file with the file's path instead of its name."""
    return f"{path}{trouble.removeprefix(name)}" if trouble.startswith(f"{name}:") else trouble


def _status(context: ProjectContext, action: Action, undone: Collection[str]) -> PostStatus:
    path = action.desired.path
    look = action.remote_state
    public = action.site in context.sites.public
    hidden = public and path is not None and look.remote is None and not look.trouble
    place = context.config.relative(path) if path else ""
    return PostStatus(
        action.site,
        action.key,
        place,
        NOT_PUBLIC if hidden else _word(action, undone),
        look.remote,
        _located(look.trouble, action.desired.name, place),
        look.hint,
        public,
        _slot(action),
        action.desired.title,
        action.summary,
    )


def _word(action: Action, undone: Collection[str]) -> str:
    if action.kind is ActionKind.GONE and action.remote_state.deleted:
        return IN_TRASH
    if action.kind is not ActionKind.UNCHANGED:
        return WORDS[action.kind]
    if action.remote_state.stays_deleted:
        return IN_TRASH
    return UNDONE if action.key in undone else WORDS[action.kind]


def _slot(action: Action) -> datetime | None:
    wanted, remote = action.desired.target, action.remote_state.remote
    waits = remote is None or remote.state is State.DRAFT
    writes = action.kind in {ActionKind.CREATE, ActionKind.UPDATE, ActionKind.SET_STATE}
    return wanted.at if wanted and action.desired.queued and waits and writes else None
