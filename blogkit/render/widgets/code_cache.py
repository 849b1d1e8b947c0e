"""Keep compiled templates, models and styles in the user's cache folder, for the next command.

What is in the cache is run, so it is only read if no other user can have written it: the folder
and the file belong to the user, and the others have no right to write. It is outside of every
blog's folder, which may be another person's.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import blogkit
from blogkit.dataclass import dataclass
from blogkit.files import replace_file

_T = TypeVar("_T")
_MOST_FILES = 400
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True)
class CodeCache:
    """A cache of values that `marshal` can write: code, texts, and tuples and dicts of them.

    Attributes:
        folder: Where it is, created when it is needed; None keeps nothing.
    """

    folder: Path | None = None

    def get(self, parts: tuple[str, ...], make: Callable[[], _T]) -> _T:
        """Return what `make` returns, from the cache if it is there.

        Args:
            parts: All that the value depends on, apart from the programs that make it.
            make: Makes the value; what it raises is passed on, and not kept.
        """
        if self.folder is None:
            return make()
        key = hashlib.sha256(_programs())
        key.update(repr(parts).encode("utf-8", "surrogatepass"))
        file = self.folder / f"{key.hexdigest()}.bin"
        with suppress(OSError, ValueError, EOFError, TypeError):
            value: _T = marshal.loads(_read(file))  # only the user wrote it  # noqa: S302
            return value
        value = make()
        with suppress(OSError, ValueError):  # a cache that cannot be written is no cache
            self._keep(file, marshal.dumps(value))  # type: ignore[arg-type]  # checked as it runs
        return value

    def _keep(self, file: Path, data: bytes) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_own(file.parent.stat())
        replace_file(file, _digest(data) + data, mode=0o600, follow_link=False, lasting=False)
        files = sorted(file.parent.glob("*.bin"), key=lambda each: each.stat().st_mtime)
        for old in files[:-_MOST_FILES]:
            old.unlink(missing_ok=True)


NO_CODE_CACHE = CodeCache()


def _read(file: Path) -> bytes:
    """Return the value's bytes.

    Raises:
        OSError: There are none, or another user may have written them.
        ValueError: A power cut has damaged them; `marshal` would crash.
    """
    _require_own(file.parent.stat())
    handle = os.open(file, os.O_RDONLY | _NO_LINK | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        _require_own(os.fstat(opened.fileno()))
        digest, data = opened.read(hashlib.sha256().digest_size), opened.read()
    if digest != _digest(data):
        raise ValueError("damaged")
    return data


def _require_own(found: os.stat_result) -> None:
    """Raise `PermissionError` if another user may have written a file or folder.

    On Windows, the user's folder has such permissions, which `stat` does not show.
    """
    if os.name == "nt":
        return
    if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError("other users can write to the cache")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


@cache
def _programs() -> bytes:
    """Return a digest of what makes the values: Python, the libraries and our own programs.

    Jinja computes constants when it compiles, with our filters (https://jinja.palletsprojects.com/
    en/stable/api/#jinja2.Environment), so all files count that these may use.
    """
    package = Path(blogkit.__file__).parent
    own = [
        _stamp(entry.path, entry.stat())
        for folder in ("html", "render")
        for where, _, _ in os.walk(package / folder)
        for entry in sorted(os.scandir(where), key=lambda each: each.name)
        if entry.name.endswith(".py")
    ]
    # not by their versions: what is in the cache is there so that they need not be imported
    specs = [importlib.util.find_spec(name) for name in ("jinja2", "tinycss2")]
    files = [Path(spec.origin) for spec in specs if spec and spec.origin]
    others = [_stamp(str(file), file.stat()) for file in files]
    found = (importlib.util.MAGIC_NUMBER.hex(), blogkit.__version__, *others, *own)
    return _digest(repr(found).encode("utf-8", "surrogatepass"))


def _stamp(path: str, found: os.stat_result) -> str:
    return f"{path} {found.st_mtime_ns} {found.st_size}"
