"""Keep where each picture is on an image host, so that it is uploaded once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.journal.dialect import Database, queries


@dataclass(frozen=True)
class StoredPicture:
    """A picture on a host.

    Attributes:
        host: What tells the host from others.
        sha256: The digest of the local file's bytes, in hexadecimal digits.
        key: The host's own name of it; "" if it has none.
        url: Its public address.
        size: The bytes that were uploaded.
        type: Its media type.
        digest: The digest of the bytes that were uploaded; "" if the host keeps a copy of its own.
        width: In pixels; 0 if it has no size of its own.
        height: In the same way.
        uploaded: When that was recorded.
        verified: When readers last got it; "" if that was never proven.
        proof: "bytes" if they got the bytes that were uploaded, "picture" if in other bytes, "lost"
            if the host did not have it when it was last asked, or "".
    """

    host: str
    sha256: str
    key: str
    url: str
    size: int
    type: str
    digest: str
    width: int
    height: int
    uploaded: str = ""
    verified: str = ""
    proof: str = ""

    @property
    def there(self) -> bool:
        """Whether the host has it, as far as known."""
        return self.proof != "lost"


class PictureLedger:
    """The pictures, in a journal. Methods raise `JournalError`; each is one short transaction.

    Args:
        database: The journal's place, with an up-to-date schema.
        now: Returns the current time in the journal's form.
    """

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database, self._now = database, now
        self._sql = queries(database.dialect)

    def find(self, host: str, sha256: str) -> StoredPicture | None:
        """Return where a host has a picture, or None.

        Args:
            host: What tells the host from others.
            sha256: The digest of the local file's bytes.
        """
        with self._database.reading() as db:
            row = self._sql.picture(db, host=host, sha256=sha256)
        return self._read(row) if row else None

    def all(self) -> list[StoredPicture]:
        """Return the pictures of all hosts, in the order in which they were recorded."""
        with self._database.reading() as db:
            rows = list(self._sql.pictures(db))
        return [self._read(row) for row in rows]

    def note(self, picture: StoredPicture) -> None:
        """Record where a picture is; another place of it on the same host is replaced.

        Args:
            picture: The picture; its times and its proof are not recorded.
        """
        names = ("host", "sha256", "key", "url", "size", "type", "digest", "width", "height")
        values = {name: getattr(picture, name) for name in names}
        with self._database.transaction() as db:
            self._sql.note_picture(db, **values, now=self._now())

    def verified(self, host: str, sha256: str, proof: str) -> None:
        """Record that readers got a picture just now.

        Args:
            host: What tells the host from others.
            sha256: The digest of the local file's bytes.
            proof: "bytes" or "picture".
        """
        with self._database.transaction() as db:
            self._sql.verify_picture(db, host=host, sha256=sha256, proof=proof, now=self._now())

    def lost(self, host: str, sha256: str) -> None:
        """Record that a host does not have a picture any more that readers once got from there.

        Args:
            host: What tells the host from others.
            sha256: The digest of the local file's bytes.
        """
        with self._database.transaction() as db:
            self._sql.lose_picture(db, host=host, sha256=sha256)

    def _read(self, row: Any) -> StoredPicture:
        """Return a row as a record: a damaged file may hold anything in any column."""
        kinds = (str, str, str, str, int, str, str, int, int, str, str, str)
        if list(map(type, row)) != list(kinds):
            raise self._database.unusable("a record of a picture is damaged")
        return StoredPicture(*row)
