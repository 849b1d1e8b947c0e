"""Read the posts in answers; one with damaged data is reported as such."""

from __future__ import annotations

from blogkit.http import Response
from blogkit.platforms.base import PostKind, Ref, Remote, State
from blogkit.platforms.blogger import api
from blogkit.platforms.blogger.listing import ListedItem
from blogkit.platforms.items import DamagedItem


def read_answer(site: str, answer: Response, ref: Ref, unnamed: State = State.LIVE) -> Remote:
    """Return the post in an answer.

    Args:
        site: The site's name, for messages.
        answer: The answer.
        ref: The post that it is about; its id is empty for a new post.
        unnamed: The state of a post whose state the answer omits.

    Raises:
        OutcomeUnknown: The answer to a write is damaged.
        Unreadable: The answer to a read is damaged.
    """
    data = answer.json(site)
    try:
        return api.remote_from_blogger(data, ref.kind, unnamed, asked=ref.id)
    except DamagedItem as damage:
        if answer.write:
            what = f"a damaged post ({answer.quote(str(damage))})"
            raise answer.unusable(site, what) from None
        raise api.unreadable_post(site, ref.kind, data, damage, answer, ref.id) from None


def read_listed(
    site: str, answer: Response, item: object, kind: PostKind, state: State
) -> ListedItem:
    """Return a post of a listing, or the error that tells of its damage.

    Args:
        site: The site's name, for messages.
        answer: The page of the listing.
        item: The post's data in it.
        kind: Whether posts or pages are listed.
        state: The state of a post whose state the answer omits.
    """
    try:
        return api.remote_from_blogger(item, kind, state)
    except DamagedItem as damage:
        return api.unreadable_post(site, kind, item, damage, answer)
