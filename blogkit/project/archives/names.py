"""Names for the files of imported posts."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from pathlib import Path

from blogkit.archive.post import ArchivedPost
from blogkit.paths import file_words, unlike_a_device
from blogkit.posts.slugs import slugify

_LONGEST = 80


class FileNames:
    """Gives each post a file name of its own.

    Args:
        root: The project's folder.
        taken: Names that are not free, without endings and case-folded: macOS and Windows keep one
            file for "Talks" and "talks".
        keys: The keys of posts that are still to come: a file's name is the key of its post.
    """

    def __init__(self, root: Path, taken: set[str], keys: Collection[str] = ()) -> None:
        self._root, self._taken = root, taken
        self._keys = {key.casefold() for key in keys}

    def new(self, post: ArchivedPost, key: str, folder: str, *, wish: str = "") -> Path:
        """Return a free name, and take it.

        It is the key or the wish, the last part of the address, the title, or the id.

        Args:
            post: The post.
            key: The key that it has already; "" for none.
            folder: A folder in `posts/` or `pages/`; "" for these themselves.
            wish: The key that it had in another project; "" for none.
        """
        stem, number = self._stem(post, key or wish), 1
        name = stem
        while name.casefold() in self._taken or (not key and name.casefold() in self._keys):
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.casefold())
        return self._path(post, folder, name)

    def _path(self, post: ArchivedPost, folder: str, name: str) -> Path:
        parts = ("pages" if post.kind == "page" else "posts", folder, f"{name}.html")
        return self._root.joinpath(*filter(None, parts))

    def _stem(self, post: ArchivedPost, key: str) -> str:
        wanted = key or unicodedata.normalize("NFC", post.slug) or slugify(post.title)
        words = file_words(wanted, _LONGEST)
        return unlike_a_device(words or f"{post.kind}-{post.id}".rstrip("-"))
