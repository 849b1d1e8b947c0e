"""Tell whether files were touched, without reading them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import blogkit
from blogkit.signatures import signature

_MOST_FILES = 20_000
"""A folder with more is not one of widgets: a link in it may lead to a whole disk."""


def signatures_of(paths: Iterable[Path]) -> dict[Path, str]:
    """Return the signature of each file."""
    return {path: signature(path) for path in paths}


@cache
def program() -> bytes:
    """Return a digest of the signatures of our own files and widgets.

    It is taken once: a process goes on with the code that it has loaded.
    """
    package = Path(blogkit.__file__).parent
    digest = hashlib.sha256()
    for folder in (package, package.parent / "widgets"):
        for part in files_in(folder):
            digest.update(part)
    return digest.digest()


def files_in(folder: Path) -> Iterator[bytes]:
    """Yield the names of all folders in a folder, and the names and signatures of all files.

    Links are followed; where a folder's link leads is yielded, too. A folder with too many files
    always counts as changed.
    """
    seen: set[str] = set()
    left = _MOST_FILES
    for where, folders, names in os.walk(folder, followlinks=True):
        place = os.path.realpath(where) if os.path.islink(where) else where  # noqa: PTH114
        yield os.fsencode(f"{where}/ {place}")
        if place in seen:  # two links to one folder, or one to a folder around it
            folders.clear()
            continue
        seen.add(place)
        left -= 1 + len(names)
        if left < 0:
            yield os.urandom(16)
            return
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            yield os.fsencode(f"{where}/{name} {signature(f'{where}/{name}')}")
