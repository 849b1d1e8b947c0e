"""The part of a project that plans what goes to its sites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.project.files.making import PathLike
from blogkit.project.options import PublishOptions
from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:  # a plan imports what it needs
    from blogkit.project.context import ProjectContext
    from blogkit.project.live.deleting import DeletePlan
    from blogkit.project.plans.diff import DiffReport
    from blogkit.project.plans.plan import Plan
    from blogkit.project.plans.status import StatusReport
    from blogkit.project.plans.undo import UndoPlan
    from blogkit.project.queue.handle import Queue


class Publishing:
    """Plan, compare and undo what goes to the sites; a base of `Project`."""

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        raise NotImplementedError

    @property
    def queue(self) -> Queue:
        """The queue: what goes live when, and how to change that."""
        from blogkit.project.queue.handle import Queue

        return Queue(self._context())

    def plan(
        self,
        *paths: PathLike,
        site: str = "",
        quiz_url: str = "",
        allow_pending_quiz: bool = False,
        allow_http: bool = False,
        ours: bool = False,
        theirs: bool = False,
        recreate: bool = False,
        as_new: bool = False,
        shorter: bool = False,
        rebuild: bool = False,
        all_or_nothing: bool = False,
        deep: bool = False,
        older_looks: bool = False,
        offline: bool = False,
        on_progress: OnProgress = silent,
    ) -> Plan:
        """Plan what brings posts to their sites. Reads the sites, writes nothing.

        Args:
            *paths: Files and folders; none means everything in posts/ and pages/.
            site: To this site only; empty means each post's own.
            quiz_url: The mock-test address, instead of each post's own.
            allow_pending_quiz: Publish posts with a pending quiz link, as "coming soon".
            allow_http: Accept a mock-test address without TLS.
            ours: Overwrite what was changed on the site. Needs paths.
            theirs: Keep what was changed on the site, until the file changes. Needs paths.
            recreate: Create posts again that were deleted on the site. Needs paths.
            as_new: Create a post although it may be a renamed file or a copy. Needs paths.
            shorter: Publish posts whose text has become much shorter. Needs paths. Otherwise they
                are refused, and `Plan.questions` has them.
            rebuild: Create and publish posts although the journal knows nothing of a site that has
                posts of this folder.
            all_or_nothing: Refuse all posts if one has errors. Otherwise posts with errors are
                left out, and `Plan.left_out` has their problems.
            deep: Read the texts of all posts on the site, also of those that their time stamps
                prove unchanged.
            older_looks: Only re-render posts that are live in an older look, and whose files are as
                they were. Otherwise those keep their look.
            offline: Work from the last known state; such a plan cannot be applied.
            on_progress: Told each post that is looked at.

        Raises:
            ContentError: All posts have errors, or one has and you ask for all or nothing.
            BlogkitError: Two sites are the same blog, or no site can be asked.
            UsageError: A path does not exist, or the options contradict each other.

        Returns:
            The plan; nothing is sent before its `apply`.
        """
        from blogkit.project.plans.planning import plan_publishing

        options = PublishOptions(
            site,
            quiz_url,
            allow_pending_quiz,
            allow_http,
            ours,
            theirs,
            recreate,
            as_new,
            shorter,
            rebuild,
            deep=deep,
            all_or_nothing=all_or_nothing,
            all_posts=not paths,
            older_looks=older_looks,
        )
        return plan_publishing(
            self._context(), paths_of(paths), options, offline=offline, on_progress=on_progress
        )

    def status(
        self,
        *paths: PathLike,
        site: str = "",
        offline: bool = False,
        deep: bool = False,
        on_progress: OnProgress = silent,
    ) -> StatusReport:
        """Return how every post compares with every site it goes to. Reads only.

        Args:
            *paths: Files and folders; none means everything in posts/ and pages/.
            site: On this site only.
            offline: Work from the last known state of each site.
            deep: Read the texts of all posts on the site, also of those that their time stamps
                prove unchanged.
            on_progress: Told each post that is looked at.

        Returns:
            A list of `PostStatus`.
        """
        from blogkit.project.plans.status import status

        return status(
            self._context(),
            paths_of(paths),
            site=site,
            offline=offline,
            deep=deep,
            on_progress=on_progress,
        )

    def diff(
        self, *paths: PathLike, site: str = "", on_progress: OnProgress = silent
    ) -> DiffReport:
        """Return what was changed in files and on sites since both were the same. Reads only.

        Args:
            *paths: Files and folders; none means everything in posts/ and pages/.
            site: On this site only.
            on_progress: Told each post that is looked at.

        Returns:
            A list of `PostDiff`.
        """
        from blogkit.project.plans.diff import diff

        return diff(self._context(), paths_of(paths), site=site, on_progress=on_progress)

    def delete(self, *posts: str, site: str = "", on_progress: OnProgress = silent) -> DeletePlan:
        """Plan to move posts to the trash. Their files stay, and are not published again.

        Args:
            *posts: Files, keys, addresses or ids.
            site: On this site only; empty means on every site that a file goes to.
            on_progress: Told each post that is looked at.

        Returns:
            The plan; nothing is sent before its `apply`.

        Raises:
            UsageError: No site has a post that is named.
        """
        from blogkit.project.live.deleting import plan_deletion

        return plan_deletion(self._context(), posts, site, on_progress)

    def undo(
        self, run: int | None = None, *posts: str, on_progress: OnProgress = silent
    ) -> UndoPlan:
        """Plan to restore what a run changed. Posts that it created go to the trash.

        Args:
            run: The run's number; None means the last run that changed something.
            *posts: Only these posts of the run, by key, file, id or address.
            on_progress: Told each post that is looked at.

        Returns:
            The plan; nothing is sent before its `apply`.

        Raises:
            UsageError: The run does not exist, or nothing to undo.
        """
        from blogkit.project.plans.undo import plan_undo

        return plan_undo(self._context(), run, posts, on_progress)


def paths_of(paths: Sequence[PathLike]) -> list[Path]:
    """Return what a caller gave as paths."""
    return [Path(path) for path in paths]
