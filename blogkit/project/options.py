"""What a caller decides for all posts of one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from blogkit.dataclass import dataclass

DEFAULT_LIMIT = 20
"""Live posts that one plan may change, unless the caller raises it."""


@dataclass(frozen=True)
class QueueChoices:
    """What a caller decided for posts of the queue, by key.

    Attributes:
        moves: The times that posts get.
        holds: Whether posts are held, whatever their files ask for.
        recreate: Posts that are gone from the site are created again.
    """

    moves: Mapping[str, datetime] = field(default_factory=dict)
    holds: Mapping[str, bool] = field(default_factory=dict)
    recreate: bool = False


@dataclass(frozen=True)
class PublishOptions:
    """Options for building and planning posts.

    Attributes:
        site: Only this site; empty means each post's own sites.
        quiz_url: The mock-test address, instead of each post's own.
        allow_pending_quiz: Render a pending quiz link as "coming soon" instead of refusing it.
        allow_http: Accept a mock-test address without TLS.
        ours: Overwrite what was changed on the site since the last run.
        theirs: Keep what was changed on the site, until the file changes again.
        recreate: Create posts again that were deleted on the site.
        as_new: Create the post although it may be a renamed file or a copy.
        shorter: Publish posts whose text has become much shorter.
        rebuild: Create and publish posts although the journal knows nothing of the site.
        deep: Read the texts of all posts on the site, also of those that their time stamps prove
            unchanged.
        all_or_nothing: Refuse all posts if one has errors, instead of leaving it out.
        links: Addresses of named links beside those in links.toml; they win.
        all_posts: The caller named no posts, so all of the project's posts are meant.
        older_looks: Only posts whose file is as it was when they were published, and that would
            look different now. Without it, those keep their look.
        queue: Decisions for posts of the queue.
    """

    site: str = ""
    quiz_url: str = ""
    allow_pending_quiz: bool = False
    allow_http: bool = False
    ours: bool = False
    theirs: bool = False
    recreate: bool = False
    as_new: bool = False
    shorter: bool = False
    rebuild: bool = False
    deep: bool = False
    all_or_nothing: bool = False
    all_posts: bool = False
    older_looks: bool = False
    queue: QueueChoices = field(default_factory=QueueChoices, hash=False)
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def changes_content(self) -> bool:
        """Whether a post renders differently than without these options.

        `allow_pending_quiz` matters only to posts that have a pending link; what the caches keep
        of them has the choice.
        """
        return bool(self.quiz_url or self.allow_http or self.links)
