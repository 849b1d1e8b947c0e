"""Posts of a listing without their texts: the site's time stamps prove what they are.

WordPress lists a hundred posts without their texts in a twentieth of the time. A post is as at our
last look if its stamp is, and if the stamp was no longer that of the present moment then: stamps
count seconds, so an edit in the second of our look may not change it. All other posts are read.

A folder site has files to save, not requests: its listing has a digest in the place of each text,
which proves it at any time.

A site's plugins may change a text and leave the stamp. So nothing is written on the strength of a
stamp: code that needs the text reads it, and compares it.
"""

from __future__ import annotations

import threading
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import Conflict, NotFound
from blogkit.platforms.base import Platform, Ref, Remote

_GLANCED = frozenset(
    {"ref", "title", "state", "url", "at", "updated", "slug", "featured_id", "status", "created"}
)
_TEXTS = frozenset(field.name for field in fields(Remote)) - _GLANCED
_SETTLED = timedelta(seconds=3)
"""More than the precision of a stamp and of a site's clock together."""


@dataclass(frozen=True)
class Glance(Remote):
    """A post of a listing that has a digest in the place of its body, and all else.

    Attributes:
        body_digest: The SHA-256 of the body.
    """

    body_digest: str = ""


class UnreadRemote(Remote):
    """A post of a listing. Its text is read when it is first asked for.

    Attributes:
        last_seen: The fingerprint of the last look, which its time stamp proves.
    """

    last_seen: str
    _reader: UnreadPosts

    def __new__(cls, *args: Any, **kwargs: Any) -> Remote:  # type: ignore[misc]
        """Return a post that was read: `dataclasses.replace` makes one of all fields."""
        return Remote(*args, **kwargs)

    @property
    def was_read(self) -> bool:
        """Return whether its text is known by now, and is to be compared."""
        return self._reader.has(self.ref)

    def __eq__(self, other: object) -> bool:
        """Compare the whole post."""
        return self._reader.read(self) == other

    def __hash__(self) -> int:
        """Return the hash of the whole post."""
        return hash(self._reader.read(self))


def _text(name: str) -> property:
    """Return the property that reads a post when one of its texts is asked for."""
    return property(lambda post: getattr(post._reader.read(post), name))  # noqa: SLF001


for _name in _TEXTS:
    # What a listing shows is asked for tens of thousands of times in a plan, so nothing but the
    # texts may cost a call.
    setattr(UnreadRemote, _name, _text(_name))


class UnreadPosts:
    """The posts of a listing whose texts may be read later, many at a time.

    Args:
        platform: The site.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._waiting: dict[Ref, None] = {}
        self._read: dict[Ref, Remote] = {}
        self._lock = threading.RLock()

    def add(self, glance: Remote, last_seen: str) -> Remote:
        """Return a post that is read when it is needed.

        Args:
            glance: The post without its text.
            last_seen: The fingerprint of our last look at it.
        """
        post = object.__new__(UnreadRemote)
        shown = {name: getattr(glance, name) for name in _GLANCED}
        post.__dict__.update(shown, last_seen=last_seen, _reader=self)
        self._waiting[glance.ref] = None
        return post

    def has(self, ref: Ref) -> bool:
        """Return whether a post has been read."""
        return ref in self._read

    def read(self, post: Remote) -> Remote:
        """Return a post with its text, as the listing showed it.

        Raises:
            Conflict: It changed since the listing.
            NotFound: It is gone.
        """
        with self._lock:
            if post.ref not in self._read:
                self._read_some(post.ref)
            found = self._read[post.ref]
        if found.updated != post.updated:
            raise Conflict(
                f'"{post.title}" on site {self._platform.name} changed while blogkit looked at it;'
                " nothing was written",
                hint="run the same command again",
            )
        return found

    def _read_some(self, ref: Ref) -> None:
        self._waiting.pop(ref, None)
        ahead = [other for other in self._waiting if other.kind == ref.kind]
        batch = [ref, *ahead[: self._platform.capabilities.batch_size - 1]]
        found = self._platform.get_many(batch)
        for other in found:
            self._waiting.pop(other, None)
        self._read |= found
        if ref not in found:
            raise NotFound(
                f"{ref.kind} {ref.id} on site {self._platform.name} no longer exists",
                site=self._platform.name,
                status=404,
            )


def is_unread(post: Remote) -> bool:
    """Return whether a post's text has not been read."""
    return isinstance(post, UnreadRemote) and not post.was_read


def is_settled(updated: str, now: datetime) -> bool:
    """Return whether an edit from now on changes a post's time stamp.

    Args:
        updated: The stamp; UTC if it names no zone.
        now: The site's clock.
    """
    stamp = time_of(updated)
    return stamp is not None and now - stamp >= _SETTLED


def time_of(stamp: str) -> datetime | None:
    """Return the moment of a site's time stamp, which is UTC if it names no zone.

    Args:
        stamp: In ISO form. Anything else has no time, so the answer is None.
    """
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
