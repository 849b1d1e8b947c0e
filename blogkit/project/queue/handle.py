"""The queue of a project, as callers see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from blogkit.project.context import ProjectContext
from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:
    from blogkit.project.plans.plan import Plan
    from blogkit.project.queue.calendar import QueueCalendar
    from blogkit.project.queue.unsent import UnsentPost


class Queue:
    """What goes live when. Get it from `Project.queue`.

    Args:
        context: The call's context.
    """

    def __init__(self, context: ProjectContext) -> None:
        self._context = context

    def calendar(self, site: str = "", *, offline: bool = False) -> QueueCalendar:
        """Return what goes live when, by time: on the sites, and in files not sent yet. Reads only.

        Args:
            site: Only this site; empty for all.
            offline: Work from the last known state of each site.

        Returns:
            A list of `QueueEntry`.

        Raises:
            UsageError: The site does not exist.
            BlogkitError: No site can be asked.
        """
        from blogkit.project.queue.calendar import queue_calendar

        return queue_calendar(self._context, site, offline=offline)

    def unsent(self) -> Sequence[UnsentPost]:
        """Return the posts with a time or in the queue that no run has handed to their site.

        Of a site that is a folder, also the scheduled posts, for no server publishes them. Sends
        nothing.

        Raises:
            JournalError: The journal cannot be read.
        """
        from blogkit.project.queue.unsent import unsent_posts

        return unsent_posts(self._context)

    def move(
        self,
        post: str,
        to: str,
        other: str = "",
        *,
        site: str = "",
        on_progress: OnProgress = silent,
    ) -> Plan:
        """Plan to give a post of the queue another time. Its file does not change.

        Args:
            post: The post's key or file.
            to: A time such as "2026-12-01 07:00", or `first`, `last` or `before`: then the posts
                in between move by one place.
            other: With `before`: the key or file of the other post.
            site: The site; empty if the post goes to only one.
            on_progress: Told each post that is looked at.

        Returns:
            The plan; nothing is sent before its `apply`.

        Raises:
            UsageError: The post is not in the queue, or `to` is neither a place nor a time ahead.
            BlogkitError: The site cannot be asked.
        """
        from blogkit.project.queue.moving import plan_move

        return plan_move(self._context, post, to, other, site, on_progress)

    def hold(self, post: str, *, on_progress: OnProgress = silent) -> Plan:
        """Plan to hold a post: `queue: hold` in its file, and a draft on its sites.

        Args:
            post: The post's key or file.
            on_progress: Told each post that is looked at.

        Returns:
            The plan; nothing is written before its `apply`.

        Raises:
            UsageError: The post is not in the queue.
            ContentError: The post has errors.
            BlogkitError: No site can be asked.
        """
        from blogkit.project.queue.moving import plan_hold

        return plan_hold(self._context, post, held=True, on_progress=on_progress)

    def resume(self, post: str, *, on_progress: OnProgress = silent) -> Plan:
        """Plan to let a held post take the next free slot.

        Args:
            post: The post's key or file.
            on_progress: Told each post that is looked at.

        Returns:
            The plan; nothing is written before its `apply`.

        Raises:
            UsageError: The post is not in the queue.
            ContentError: The post has errors.
            BlogkitError: No site can be asked.
        """
        from blogkit.project.queue.moving import plan_hold

        return plan_hold(self._context, post, held=False, on_progress=on_progress)
