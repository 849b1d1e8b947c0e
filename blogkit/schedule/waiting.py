"""Create the new posts that a run left for later, because their site limits new posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.schedule.work import Due, WorkResult

if TYPE_CHECKING:
    from blogkit.project.project import Project


class WaitingPosts:
    """The kind of work "new-post": a post that `publish` was to create, when its site takes it.

    Only posts that a run has planned are among them: a new file waits for its `blogkit publish`.
    """

    name = "new-post"

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:  # noqa: ARG002
        """Return the posts that wait, with the times at which their sites take them.

        Args:
            project: The blog's folder.
            now: The present time.
        """
        return [
            Due(self.name, one.site, one.key, one.at, f"create {one.path}")
            for one in project.timed.waiting()
        ]

    def do(
        self,
        project: Project,
        site: str,
        due: Sequence[Due],
        now: datetime,  # noqa: ARG002
    ) -> list[WorkResult]:
        """Publish these posts. Those that have to wait longer are pending again.

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
        posts = [one for one in project.timed.waiting() if one.site == site and one.key in keys]
        paths = [project.config.root / one.path for one in posts]
        return publish_due(project, site, due, paths)
