"""Keep posts in a temporary file, to read them twice: an archive begins with what all have."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from blogkit.archive.post import ArchivedPost


class PostSpool:
    """Posts in a file that only this process sees, and that is gone when it is closed.

    Args:
        posts: The posts; read once, one after the other.
    """

    def __init__(self, posts: Iterable[ArchivedPost]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._count = 0
        try:
            for post in posts:
                pickle.dump(post, self._file, pickle.HIGHEST_PROTOCOL)
                self._count += 1
        except BaseException:
            self._file.close()
            raise

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[ArchivedPost]:
        self._file.seek(0)
        for _ in range(self._count):
            post: ArchivedPost = pickle.load(self._file)  # noqa: S301 - no other process wrote it
            yield post

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
