"""Hand posts with a time, and posts of the queue, to their sites."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.schedule.work import Due, WorkResult

if TYPE_CHECKING:
    from blogkit.project.project import Project


class QueuedPosts:
    """The kind of work "queue": a post whose site does not have it with its time yet.

    A site that is a folder has no server, so a scheduled post of it is due at its time.
    """

    name = "queue"

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:  # noqa: ARG002
        """Return the posts to hand over.

        Args:
            project: The blog's folder.
            now: The present time.
        """
        return [
            Due(self.name, one.site, one.key, one.at, one.summary) for one in project.queue.unsent()
        ]

    def do(
        self,
        project: Project,
        site: str,
        due: Sequence[Due],
        now: datetime,  # noqa: ARG002
    ) -> list[WorkResult]:
        """Publish these posts as `blogkit publish` does.

        Args:
            project: The blog's folder.
            site: The site's name.
            due: The posts.
            now: The present time.

        Returns:
            A result for each post.
        """
        from blogkit.schedule.outcomes import publish_due

        keys = {one.key for one in due}
        paths = [one.path for one in project.queue.unsent() if one.site == site and one.key in keys]
        return publish_due(project, site, due, paths)
