"""Allow one writer per blog.

The system releases the lock when its holder dies, however it dies.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from blogkit.errors import AlreadyRunning, JournalError


@contextmanager
def only_one(path: Path, doing: str) -> Iterator[None]:
    """Hold a lock file while something is done.

    The holder's name is in a file beside the lock: on Windows no other process can read a locked
    file
    (https://learn.microsoft.com/en-us/windows/win32/fileio/locking-and-unlocking-byte-ranges-in-files).

    Args:
        path: The lock file. It stays when the lock is released: removing it would let a third
            process lock a new file while a second one waits for the old.
        doing: What this process does, for the others' message: "publish".

    Raises:
        AlreadyRunning: Another process holds the lock; the message names it.
        JournalError: The file cannot be locked.
    """
    holder = path.with_suffix(".holder")
    handle = _opened(path)
    try:
        _lock(handle, path, holder)
        try:
            with suppress(OSError):  # it only serves a message
                holder.write_bytes(f"blogkit {doing} (process {os.getpid()})".encode())
            yield
        finally:
            # Before the lock goes: the next holder writes its own name at once.
            with suppress(OSError):
                holder.unlink(missing_ok=True)
            _unlock(handle)
    finally:
        # The file stays: if it were removed, a process that has it open and one that creates it
        # again would both hold "the" lock.
        os.close(handle)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        hint = "check that you may write to its folder"
        raise JournalError(f"cannot lock {path}: {error.strerror}", hint=hint) from error


def _lock(handle: int, path: Path, holder: Path) -> None:
    try:
        free = _try_to_lock(handle)
    except OSError as error:  # some network folders know no locks
        hint = "keep your blog's folder on a local disk"
        raise JournalError(f"cannot lock {path}: {error.strerror}", hint=hint) from error
    if not free:
        hint = "wait until it ends, then run the command again"
        raise AlreadyRunning(f"another blogkit process is running here: {_name(holder)}", hint=hint)


def _try_to_lock(handle: int) -> bool:
    """Take the lock of an open file; return False if another process has it.

    portalocker takes ten times as long to import as all the rest of this takes. On POSIX, it calls
    `flock`, too.

    Raises:
        OSError: The file cannot be locked.
    """
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True
    import portalocker

    try:
        portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
    except portalocker.AlreadyLocked:
        return False
    except portalocker.LockException as error:
        raise OSError(0, getattr(error.__cause__, "strerror", None) or str(error)) from error
    return True


def _unlock(handle: int) -> None:
    """Release the lock at once: closing the file is not enough.

    A child process may have it open, too, and Windows may take its time.
    """
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_UN)
        return
    import portalocker

    portalocker.unlock(handle)


def _name(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8", errors="replace").strip() or "process unknown"
    except OSError:
        return "process unknown"
