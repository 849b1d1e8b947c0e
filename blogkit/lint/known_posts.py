"""What internal links may lead to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cached_property


class KnownPosts:
    """Valid targets of internal links.

    Args:
        files: Returns the files as their user would type them.
        keys: Returns the keys of posts and pages. Both are called when a link asks: most posts hold
            no such link, and finding out means to read all.
    """

    def __init__(
        self, files: Callable[[], AbstractSet[str]], keys: Callable[[], AbstractSet[str]]
    ) -> None:
        self._files, self._keys = files, keys

    @cached_property
    def files(self) -> AbstractSet[str]:
        """The files as their user would type them."""
        return self._files()

    @cached_property
    def keys(self) -> AbstractSet[str]:
        """The keys of posts and pages."""
        return self._keys()

    @cached_property
    def digest(self) -> str:
        """A digest of all names."""
        text = repr((sorted(self.files), sorted(self.keys)))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
