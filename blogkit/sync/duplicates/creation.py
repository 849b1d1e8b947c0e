"""Make the id of a creation, and tell whether a draft still is as that creation left it.

The id has the time, a random part and a digest of the content. So a draft proves by itself, on any
machine and without a journal, that no person has changed it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from blogkit.html.spelling import respell
from blogkit.platforms.base import Remote, State
from blogkit.platforms.conflicts import as_read, term_name
from blogkit.platforms.unread import time_of
from blogkit.regions import creation_id, without_sentinel
from blogkit.sync.compare import Expected

_CLOCKS_OFF = timedelta(minutes=10)
"""A run refuses a clock that is off by more than five minutes, and a request takes a while."""


def new_creation_id(expected: Expected, now: datetime) -> str:
    """Return the id for a request that creates a post; no other request gets the same.

    Args:
        expected: What the site should show of the new post.
        now: The present time.
    """
    digest = _digest(
        expected.title, expected.body, expected.terms or (), expected.excerpt, image=expected.image
    )
    return f"{round(now.timestamp() * 1000):x}-{secrets.token_hex(4)}-{digest}"


def is_as_created(post: Remote) -> bool:
    """Return whether a post is a draft that was not saved since the request that created it.

    A site that stores the content in another way proves nothing.

    Args:
        post: The post as it is.
    """
    made, saved = created_at(post), time_of(post.updated)
    if post.state is not State.DRAFT or post.status or made is None or saved is None:
        return False
    own = (*post.labels, *post.tags)
    # A site adds its default category to a post without one.
    digests = (
        _digest(post.title, post.body, terms, post.excerpt, image=bool(post.featured_id))
        for terms in ((*own, *post.categories), own)
    )
    digest = creation_id(post.body).rpartition("-")[2]
    return digest in digests and abs(saved - made) <= _CLOCKS_OFF


def created_at(post: Remote) -> datetime | None:
    """Return when a post was created, by its creation id; None if it does not tell.

    Args:
        post: The post as it is.
    """
    try:
        return datetime.fromtimestamp(int(creation_id(post.body).partition("-")[0], 16) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _digest(title: str, body: str, terms: Iterable[str], excerpt: str, *, image: bool) -> str:
    text = respell(without_sentinel(body))
    names = sorted({term_name(term) for term in terms})
    parts = [as_read(title), text, names, as_read(excerpt), image]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
