"""The newest look at each post of a site: an answer that is older justifies no write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.errors import StaleAnswer
from blogkit.platforms.base import Ref, Remote

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import RawText, WordPressPost


@dataclass(frozen=True)
class PostLook:
    """What a look at a post leaves to know.

    Attributes:
        modified: When the post was last changed, in UTC.
        date: Its date, which a draft may have, too.
        excerpt: Its excerpt; None if it has none.
    """

    modified: str
    date: datetime | None
    excerpt: RawText | None


class Looks:
    """The newest look at each post.

    Args:
        site: The site's name, for messages.
    """

    def __init__(self, site: str) -> None:
        self._site = site
        self._newest: dict[Ref, PostLook] = {}

    def keep(self, post: WordPressPost) -> None:
        """Keep a look, also an answer to a write.

        Args:
            post: The post as the site showed it.

        Raises:
            StaleAnswer: It is older than one before: something keeps old answers. A write on such a
                look would undo what happened since.
        """
        ref = Ref(str(post.id), post.type)
        newest = self._newest.get(ref)
        if newest is not None and post.modified_gmt < newest.modified:
            raise StaleAnswer(
                f"site {self._site} showed {ref.kind} {ref.id} as it was at {post.modified_gmt}"
                f" UTC, after it was changed at {newest.modified}: its host or a plugin keeps old"
                " answers of the REST API",
                site=self._site,
                status=200,
                hint="exclude /wp-json/ and ?rest_route= from caching in the cache plugin or the"
                " host's panel, then run the same command again",
            )
        self._newest[ref] = PostLook(post.modified_gmt, post.date_gmt, post.excerpt)

    def newest(self, ref: Ref) -> PostLook | None:
        """Return the newest look at a post."""
        return self._newest.get(ref)

    def completed(self, post: WordPressPost) -> WordPressPost | None:
        """Return a post with the excerpt of the last look, if the answer has none.

        Returns:
            None if the post was saved since that look, or if the answer is older than it.
        """
        look = self._newest.get(Ref(str(post.id), post.type))
        if look is None or (post.excerpt is not None and post.modified_gmt >= look.modified):
            return post
        if post.modified_gmt != look.modified:
            return None
        return post.model_copy(update={"excerpt": look.excerpt})

    def at(self, remote: Remote) -> PostLook | None:
        """Return the look that a post comes from; None if there was another one since."""
        look = self._newest.get(remote.ref)
        return look if look is not None and look.modified == remote.updated else None
