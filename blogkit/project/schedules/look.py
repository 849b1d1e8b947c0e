"""Look at a post whose time has come: is it live, and do readers see it? Sends no change."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from enum import StrEnum

from blogkit.dataclass import dataclass
from blogkit.errors import AuthenticationError, BlogkitError, MissingSecret, NotFound, SiteError
from blogkit.journal.schedules import GRACE, Schedule
from blogkit.platforms.base import Platform, PostKind, Ref, Remote, State
from blogkit.project.context import ProjectContext
from blogkit.project.live.public import connect_public


class Finding(StrEnum):
    """What a look found."""

    PUBLIC = "public"
    LIVE = "live"  # by the site's word, for what readers see cannot be told
    HIDDEN = "hidden"  # live, and readers do not see it
    MISSED = "missed"  # still scheduled after its time
    EARLY = "early"  # the time has not come by the site's clock
    MOVED = "moved"  # scheduled for a later time
    DRAFT = "draft"
    GONE = "gone"


@dataclass(frozen=True)
class ScheduleLook:
    """A look at a post.

    Attributes:
        found: What it found.
        post: The post as the site has it; None if it is gone.
    """

    found: Finding
    post: Remote | None = None

    @property
    def proven(self) -> bool:
        """Whether the post went live."""
        return self.found in (Finding.PUBLIC, Finding.LIVE)

    def is_missed(self, schedule: Schedule) -> bool:
        """Return whether the post is to be published: the site missed its time.

        A draft is, if an interrupted run of ours may have left it.
        """
        ours = self.found is Finding.DRAFT and schedule.fired is not None
        return ours or self.found is Finding.MISSED


def _ref(schedule: Schedule) -> Ref:
    """Return where the site has a post."""
    kind: PostKind = "page" if schedule.kind == "page" else "post"
    return Ref(schedule.remote_id, kind)


def look_at(platform: Platform, schedule: Schedule, now: datetime) -> ScheduleLook:
    """Return what a site shows of a post now, past caches.

    Args:
        platform: The site.
        schedule: The post, and when it was due.
        now: The present time by this machine's clock.

    Raises:
        SiteError: The site cannot be asked.
    """
    try:
        post = platform.get(_ref(schedule))
    except NotFound:
        return ScheduleLook(Finding.GONE)
    if post.state is State.TRASHED:
        return ScheduleLook(Finding.GONE, post)
    if post.state is State.LIVE:
        seen = platform.is_public(post)
        states = {True: Finding.PUBLIC, False: Finding.HIDDEN, None: Finding.LIVE}
        return ScheduleLook(states[seen], post)
    if post.state is State.DRAFT:
        return ScheduleLook(Finding.DRAFT, post)
    # By the site's clock: one that is behind ours has not missed anything yet.
    there = now + platform.clock_offset()
    if post.at is None or post.at + GRACE <= there:
        return ScheduleLook(Finding.MISSED, post)
    moved = abs(post.at - schedule.due) >= GRACE
    return ScheduleLook(Finding.MOVED if moved else Finding.EARLY, post)


def look_as_reader(
    context: ProjectContext, schedule: Schedule, refusal: BlogkitError
) -> ScheduleLook | None:
    """Return what readers see of a post if blogkit cannot sign in; None if that proves nothing.

    Args:
        context: The call's context.
        schedule: The post.
        refusal: Why the site cannot be asked.
    """
    if not isinstance(refusal, AuthenticationError | MissingSecret):
        return None
    site = context.config.site(schedule.site)
    view = connect_public(site, context.settings, refusal)
    with suppress(SiteError):
        return ScheduleLook(Finding.PUBLIC, view.get(_ref(schedule))) if view else None
    return None
