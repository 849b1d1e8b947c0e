"""Posts that are live in an older look: they keep it until they are upgraded or edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.project.built_post import PendingPost
from blogkit.project.context import ProjectContext
from blogkit.sync.merging.older_looks import older_looks


class OlderLooks:
    """Decide for the posts of one call whether they keep their look.

    Args:
        context: The call's context.
        journal: What earlier runs left.
        only_older: Leave out all posts but those in an older look, which get the new one.

    Attributes:
        kept: The keys of posts that keep an older look.
    """

    def __init__(
        self, context: ProjectContext, journal: Journal, *, only_older: bool = False
    ) -> None:
        self._context, self._journal, self._only_older = context, journal, only_older
        self.kept: tuple[str, ...] = ()

    def settle(
        self, site: str, pending: Sequence[PendingPost], memories: Mapping[str, Memory]
    ) -> list[PendingPost]:
        """Return the posts of a site so that a plan leaves those in an older look alone.

        Args:
            site: The site's name.
            pending: Its posts.
            memories: What the journal remembers of the site.
        """
        platform = self._context.sites.platform(site)
        desired = [one.desired for one in pending]
        older = older_looks(desired, memories, self._journal, platform)
        if self._only_older:
            return [one for one in pending if one.desired.key in older]
        self.kept += tuple(older)
        return [
            replace(one, desired=replace(one.desired, digest=older[one.desired.key]))
            if one.desired.key in older
            else one
            for one in pending
        ]
