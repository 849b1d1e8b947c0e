"""Write files atomically: readers see the old content or the new one, even after a crash."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from blogkit.patterns import lazy_pattern

_chown = getattr(os, "chown", None)  # Windows has no such owners
_BINARY: int = getattr(os, "O_BINARY", 0)  # without it, Windows writes "\n" as "\r\n"

_TEMPORARY = lazy_pattern(r"\.blogkit-[0-9a-f]{16}\.tmp\Z")


def replace_file(
    path: Path,
    data: bytes | Iterable[bytes],
    *,
    mode: int | None = None,
    follow_link: bool = True,
    lasting: bool = True,
) -> None:
    """Create a file, or replace all of its content or nothing.

    Args:
        path: The file. Its folder exists.
        data: The new content, at once or in pieces.
        mode: The file's permissions; None keeps those it has, and gives a new file the usual
            ones. A private file is private from its first moment.
        follow_link: Write the target of a symbolic link, and keep the link; otherwise the file
            takes the link's place.
        lasting: Whether the content survives a power cut from now on. Without it, a power cut may
            leave an empty file: only for what is made again in that case.

    Raises:
        OSError: The file cannot be written. It is unchanged, and `filename` is its path.
    """
    target = Path(os.path.realpath(path)) if follow_link else path
    old = _replaced(target, follow_link)
    with _whole(path, target.parent, data, mode, old, lasting=lasting) as temporary:
        temporary.replace(target)


def create_file(path: Path, data: bytes | Iterable[bytes], *, mode: int | None = None) -> None:
    """Create a file with all of its content, or none.

    Args:
        path: The new file. Its folder exists.
        data: Its content, at once or in pieces.
        mode: Its permissions; None means the usual ones.

    Raises:
        FileExistsError: There is a file or a link of this name already; it is unchanged.
        OSError: The file cannot be written; `filename` is its path.
    """
    if os.path.lexists(path):
        raise _exists(path)
    with _whole(path, path.parent, data, mode, None) as temporary:
        try:
            os.link(temporary, path)  # unlike a rename, it never overwrites
        except FileExistsError:
            raise
        except OSError:  # exFAT and some network folders have no hard links
            if os.path.lexists(path):
                raise _exists(path) from None
            temporary.rename(path)


def mark_file(path: Path) -> None:
    """Create an empty file that survives a power cut; leave one that exists.

    Args:
        path: The file. Its folder exists.

    Raises:
        OSError: The file cannot be created; `filename` is its path.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o666))
    _sync_folder(path.parent)


def remove_temporary_files(folder: Path) -> None:
    """Remove the temporary files that killed processes left in a folder.

    Args:
        folder: No other process may be writing in it. It may be missing.
    """
    for path in folder.glob(".blogkit-*.tmp"):
        if _TEMPORARY.match(path.name):
            with suppress(OSError):
                path.unlink()


def _replaced(target: Path, follow_link: bool) -> os.stat_result | None:
    """Return what is known of the file that will be replaced; None if there is none."""
    try:
        found = target.stat(follow_symlinks=follow_link)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):
        return None
    # A rename needs rights to the folder only: without this check it would replace a file that
    # its owner has made read-only.
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return found


@contextmanager
def _whole(
    path: Path,
    folder: Path,
    data: bytes | Iterable[bytes],
    mode: int | None,
    old: os.stat_result | None,
    *,
    lasting: bool = True,
) -> Iterator[Path]:
    """Yield a temporary file on the disk with all of the content, to be put in its place.

    Its name does not depend on the file's, which may already be as long as the system allows. It
    is hidden and has no ending of a post's, so one that a crash leaves behind is never read.
    """
    temporary = folder / f".blogkit-{os.urandom(8).hex()}.tmp"
    private = mode is not None or old is not None
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        handle = os.open(temporary, flags, 0o600 if private else 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines((data,) if isinstance(data, bytes) else data)
                file.flush()
                # Before the rename: at no moment may more people read it than may read the old one.
                _take_over(temporary, mode, old)
                if lasting:
                    os.fsync(file.fileno())
            yield temporary
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
    if lasting:
        _sync_folder(folder)


def _take_over(temporary: Path, mode: int | None, old: os.stat_result | None) -> None:
    """Give the temporary file the permissions of the final one."""
    if old is not None and _chown is not None:
        with suppress(OSError):  # only root may give files to others
            _chown(temporary, old.st_uid, old.st_gid)
    if mode is None and old is not None:
        mode = stat.S_IMODE(old.st_mode)
    if mode is not None:
        temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can.

    https://man7.org/linux/man-pages/man2/fsync.2.html; Windows opens no folders.
    """
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exists(path: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
