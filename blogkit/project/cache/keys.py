"""The key of every post file; a file that has not changed is not read for it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from blogkit.project.cache.database import CacheFile
from blogkit.project.cache.stamps import Stamps
from blogkit.project.posts import Posts
from blogkit.signatures import signature


class KeyIndex:
    """The keys of one call.

    Args:
        posts: The project's posts.
        file: The cache.
        stamps: Name what a key depends on.
        opened: When the call began to read, in nanoseconds.
    """

    def __init__(self, posts: Posts, file: CacheFile, stamps: Stamps, opened: int) -> None:
        self._posts, self._file = posts, file
        self._program, self._opened = stamps.program, opened
        self._root = f"{posts.config.root}{os.sep}"

    def keys(self, sources: Sequence[Path], known: Mapping[Path, str]) -> dict[Path, str]:
        """Return the keys of files; those whose front matter cannot be read are left out.

        Args:
            sources: The files.
            known: The keys of files that are known already; "" for unreadable ones.
        """
        wanted = {self._name(path): path for path in sources if path not in known}
        found = dict(known)
        for name, stamp, own, key in self._file.rows("head", list(wanted)):
            path = wanted.get(str(name))
            if path and stamp == self._program and own == signature(path):
                found[path] = str(key)
        fresh = [path for path in wanted.values() if path not in found]
        found |= {path: self._posts.key_of(path) for path in fresh}
        self.keep({path: found[path] for path in fresh})
        return {path: key for path, key in found.items() if key}

    def keep(self, keys: Mapping[Path, str]) -> None:
        """Keep the keys of files that were read in this call."""
        rows = []
        for path, key in keys.items():
            own = signature(path, settled=self._opened)
            if own and own != "unsettled":
                rows.append((self._name(path), self._program, own, key))
        self._file.replace("head", rows)

    def _name(self, path: Path) -> str:
        return str(path).removeprefix(self._root)
