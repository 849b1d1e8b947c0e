"""State transitions on Blogger, which has only `publish` and `revert`.

It may ignore parameters without an error, so each result is verified. PATCH and PUT ignore
`isDraft` and `status`; measured in:

https://github.com/bluelovers/obsidian-blogger/blob/d8467f1add686303db28306e8bfce90109dccec2/test/title-change/README.md
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from blogkit.dataclass import dataclass
from blogkit.errors import Rejected
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.platforms.blogger.body import desired_address
from blogkit.platforms.conflicts import as_read
from blogkit.times import both_clocks

_log = logging.getLogger("blogkit.blogger")

_SAME = timedelta(minutes=1)
"""Blogger keeps dates to the minute: two that are closer are the same."""
_BEFORE_NOW = timedelta(minutes=1)
"""How far back a date must lie to mean "at once" on a server whose clock is a little behind
ours.
"""


@dataclass(frozen=True)
class StateTransition:
    """One change of a post's state.

    Attributes:
        site: The site's name, for messages.
        zone: The blog's time zone, for messages.
        now: The present time.
        publish: Sends a publication; returns the resulting post.
        revert: Sends a revert to draft; returns the resulting post.
        patch: Sends new field values; returns the resulting post.
    """

    site: str
    zone: ZoneInfo
    now: datetime
    publish: Callable[[Ref, datetime | None], Remote]
    revert: Callable[[Ref], Remote]
    patch: Callable[[Remote, dict[str, object]], Remote]

    def reach(self, current: Remote, target: Target, stored: datetime | None) -> Remote:
        """Change the post to the target.

        Args:
            current: The post as it is.
            target: The state to reach.
            stored: The date that Blogger keeps with the post in any state.

        Returns:
            The post in the target state.

        Raises:
            Rejected: The target is impossible, or Blogger made something else of the request.
        """
        if target.state is State.DRAFT:
            return self._require(
                current if current.state is State.DRAFT else self.revert(current.ref), target
            )
        if target.state not in {State.LIVE, State.SCHEDULED}:
            raise Rejected(f"site {self.site}: cannot set a post to {target.state}", site=self.site)
        self._sensible(current, target)
        if self._is_there(current, target):
            return self._restore_title(current)
        if current.state is State.LIVE and target.state is State.LIVE:
            return self._redate(current, target)
        # One request, with no draft in between that a failure could leave behind. Clients of 2026
        # rely on it, and no page of Google's documents it, so a draft remains the second way.
        if current.state is State.SCHEDULED:
            current = self._publish(self._take_slug_as_title(current).ref, target, stored)
            if self._is_there(current, target):
                return self._restore_title(current)
        if current.state is not State.DRAFT:
            current = self._require(self.revert(current.ref), Target(State.DRAFT))
        reached = self._publish(self._take_slug_as_title(current).ref, target, stored)
        return self._require(self._restore_title(reached), target)

    def _redate(self, current: Remote, target: Target) -> Remote:
        """Change the date of a live post, and return it if Blogger did so.

        No record tells whether it does; it never makes the post a draft, whose readers would get a
        404 and whose address might change.
        """
        assert target.at is not None, "without a date it is there already"
        published: dict[str, object] = {"published": _whole_minute(target.at).isoformat()}
        reached = self._restore_title(self.patch(current, published))
        if self._is_there(reached, target):
            return reached
        raise Rejected(
            f'site {self.site}: Blogger did not change the date of the live post "{current.title}"',
            site=self.site,
            hint="leave the date as it is, or set it in Blogger's editor",
        )

    def _publish(self, ref: Ref, target: Target, stored: datetime | None) -> Remote:
        """Publish a post.

        A draft with a future date would be scheduled, so it gets a date before now.
        """
        at = target.at and _whole_minute(target.at)
        if at is not None and target.state is State.LIVE and at > self.now:
            at -= _SAME  # rounded up, a time of this very minute would lie ahead
        # Without a date, which only "live" may lack, Blogger takes the one saved with the post, and
        # that may lie in the future.
        if at is None and stored is not None and stored > self.now:
            at = self.now - _BEFORE_NOW
        reached = self.publish(ref, at)
        if at is None and reached.state is State.SCHEDULED:
            self.revert(ref)
            reached = self.publish(ref, self.now - _BEFORE_NOW)
        return reached

    def _sensible(self, current: Remote, target: Target) -> None:
        if target.state is State.SCHEDULED and current.ref.kind == "page":
            raise Rejected(
                f"site {self.site}: Blogger cannot schedule pages",
                site=self.site,
                hint="publish it now, or leave it as a draft",
            )
        future = target.at is not None and target.at > self.now
        if future != (target.state is State.SCHEDULED):
            when = self._show(target.at) if target.at else "no time"
            hint = "use `publish: now` or a time in the future"
            raise Rejected(
                f"site {self.site}: cannot make a post {target.state} at {when}: it is now"
                f" {self._show(self.now)}",
                site=self.site,
                hint=hint,
            )

    def _is_there(self, current: Remote, target: Target) -> bool:
        is_then = target.at is None or (
            current.at is not None and abs(current.at - target.at) < _SAME
        )
        return current.state is target.state and is_then

    def _require(self, reached: Remote, target: Target) -> Remote:
        """Return the post if it is in the target state: Blogger ignores parameters silently."""
        if self._is_there(reached, target):
            return reached
        asked = f"{target.state} at {self._show(target.at)}" if target.at else target.state
        got = f"{reached.state} at {self._show(reached.at)}" if reached.at else reached.state
        raise Rejected(
            f'site {self.site}: "{reached.title}" should be {asked}, but Blogger made it {got}',
            site=self.site,
            reason=got,
            hint=(
                f"check the post: {reached.url}"
                if reached.url
                else "check the post in Blogger's dashboard"
            ),
        )

    def _take_slug_as_title(self, draft: Remote) -> Remote:
        """Set the slug as title before publication; the body keeps the real title until then.

        A title changed on the blog could not be restored, so it stays and determines the address.
        """
        desired = desired_address(draft.body)
        if desired is None or as_read(draft.title) != as_read(desired[1]):
            return draft
        return self.patch(draft, {"title": desired[0]})

    def _restore_title(self, reached: Remote) -> Remote:
        """Restore the real title of a post that still has its slug as title.

        This also finishes a run that was interrupted between the two requests.
        """
        desired = desired_address(reached.body)
        if desired is None:
            return reached
        slug, title = desired
        if reached.title == slug != title:
            reached = self.patch(reached, {"title": title})
        if reached.url and reached.slug != slug:
            _log.warning(
                'site %s: "%s" should be at …/%s.html, but Blogger made it %s',
                self.site,
                title,
                slug,
                reached.url,
            )
        return reached

    def _show(self, moment: datetime) -> str:
        return both_clocks(moment, self.zone)


def _whole_minute(moment: datetime) -> datetime:
    """Return a time as Blogger keeps it, rounded up: nothing goes live before it should."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
