"""The marks by which posts are compared; a file that has not changed is not read for them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from blogkit.project.cache.database import CacheFile
from blogkit.project.cache.stamps import Stamps
from blogkit.project.connect import Settings
from blogkit.project.duplicates.similarity import PostText, TextMarks
from blogkit.signatures import signature


class TextCache:
    """The marks of one call.

    Args:
        settings: The blog's folder.
        file: The cache.
    """

    def __init__(self, settings: Settings, file: CacheFile) -> None:
        self._file = file
        self._root = f"{settings.config.root}{os.sep}"
        self._program = Stamps(settings, file).program
        self._opened = time.time_ns()
        self._texts: dict[Path, PostText | None] = {}

    def look_up(self, paths: Sequence[Path]) -> None:
        """Find what is known of these files."""
        names = {self._name(path): path for path in paths}
        for name, stamp, own, title, sites, origin, *values in self._file.rows("text", list(names)):
            path = names.get(str(name))
            if path is None or stamp != self._program or own != signature(path):
                continue
            size, digest, marks = values
            known = TextMarks(int(size), int(digest), tuple(json.loads(str(marks))))
            named = frozenset(json.loads(str(sites)))
            self._texts[path] = PostText.known_by(path, str(title), named, str(origin), known)

    def read(self, paths: Iterable[Path]) -> Iterator[PostText]:
        """Yield the texts of files, those that cannot be read left out."""
        for path in paths:
            if path not in self._texts:
                self._texts[path] = PostText.read(path)
            if text := self._texts[path]:
                yield text

    def save(self) -> None:
        """Keep the marks that were made in this call."""
        rows = []
        for path, text in self._texts.items():
            own = signature(path, settled=self._opened)
            if text and text.known is None and text.is_marked and own and own != "unsettled":
                found, sites = text.marks, json.dumps(sorted(text.sites))
                values = (found.size, found.digest, json.dumps(found.runs))
                front = (text.title, sites, text.origin)
                rows.append((self._name(path), self._program, own, *front, *values))
        self._file.replace("text", rows)

    def _name(self, path: Path) -> str:
        return str(path).removeprefix(self._root)
