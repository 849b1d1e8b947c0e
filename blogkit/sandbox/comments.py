"""Store the comments on posts. The API has no method that creates one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from blogkit.sandbox.store import SandboxStore, utc_text

CommentStatus = Literal["LIVE", "EMPTIED", "PENDING", "SPAM"]
STATUSES: Final[tuple[CommentStatus, ...]] = ("LIVE", "EMPTIED", "PENDING", "SPAM")
_COLUMNS: Final = "id, post, published, updated, author, content, status, parent"


@dataclass(frozen=True)
class StoredComment:
    """A comment on a post.

    Attributes:
        id: Its id.
        post: The id of its post.
        published: When it was written.
        updated: When it last changed.
        author: The name of its author.
        content: Its HTML.
        status: The API's name of its status.
        parent: The id of the comment that it answers; "" if there is none.
    """

    id: str
    post: str
    published: datetime
    updated: datetime
    author: str
    content: str
    status: CommentStatus = "LIVE"
    parent: str = ""


@dataclass(frozen=True)
class WantedComments:
    """The filters of a listing.

    Attributes:
        statuses: The statuses that count.
        post: The id of their post; "" for the whole blog.
        since: The earliest `published`.
        until: The latest `published`.
        after: The last comment of the previous page, as (stamp, id).
        limit: How many at most; -1 for all.
    """

    statuses: Sequence[CommentStatus] = ("LIVE",)
    post: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[str, str] | None = None
    limit: int = -1


class Comments:
    """The comments of one blog.

    Args:
        store: The store of its posts.
    """

    def __init__(self, store: SandboxStore) -> None:
        self._store = store

    def get(self, identity: str) -> StoredComment | None:
        """Return the comment with this id, in any status."""
        return next(iter(self._find("id = ?", [identity])), None)

    def find(self, wanted: WantedComments) -> list[StoredComment]:
        """Return the matching comments, newest first."""
        parts = [f"status IN ({', '.join('?' * len(wanted.statuses))})"]
        values: list[object] = [*wanted.statuses]
        for condition, value in (
            ("post = ?", wanted.post),
            ("published >= ?", utc_text(wanted.since)),
            ("published <= ?", utc_text(wanted.until)),
        ):
            if value:
                parts.append(condition)
                values.append(value)
        if wanted.after:
            parts.append("(published, id) < (?, ?)")
            values.extend(wanted.after)
        order = "ORDER BY published DESC, id DESC LIMIT ?"
        return self._find(f"{' AND '.join(parts)} {order}", [*values, wanted.limit])

    def count(self, post: str) -> int:
        """Return the number of live comments on a post."""
        where = "SELECT count(*) FROM comments WHERE post = ? AND status = 'LIVE'"
        found: int = self._store.execute(where, [post])[0][0]
        return found

    def save(self, comment: StoredComment) -> None:
        """Insert or update the comment."""
        self._store.execute(
            f"INSERT OR REPLACE INTO comments ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            [
                comment.id,
                comment.post,
                utc_text(comment.published),
                utc_text(comment.updated),
                comment.author,
                comment.content,
                comment.status,
                comment.parent,
            ],
        )

    def delete(self, identity: str) -> None:
        """Delete the comment permanently."""
        self._store.execute("DELETE FROM comments WHERE id = ?", [identity])

    def delete_all(self, post: str) -> None:
        """Delete the comments on a post permanently."""
        self._store.execute("DELETE FROM comments WHERE post = ?", [post])

    def _find(self, where: str, values: Sequence[object]) -> list[StoredComment]:
        rows = self._store.execute(f"SELECT {_COLUMNS} FROM comments WHERE {where}", values)  # noqa: S608
        return [_comment(dict(zip(_COLUMNS.split(", "), row, strict=True))) for row in rows]


def _comment(named: dict[str, Any]) -> StoredComment:
    times = {key: datetime.fromisoformat(named[key]) for key in ("published", "updated")}
    return StoredComment(**{**named, **times})
