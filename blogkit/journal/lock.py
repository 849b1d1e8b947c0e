"""One writer per workspace. The system lets go of the lock when its holder dies, however it dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from blogkit.errors import JournalError


@contextmanager
def only_one(path: Path, doing: str) -> Iterator[None]:
    """Hold the lock file `path` while `doing`. Raises `JournalError` naming the holder when there is one."""
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once are then the user's to avoid
        yield
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise JournalError(f"cannot lock {path}: {error.strerror}", hint="check that you may write to its folder") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 200).decode("utf-8", "replace").strip() or "process unknown"
            raise JournalError(
                f"another blogkit process is running here: {holder}", hint="wait until it ends, then run the command again"
            ) from None
        except OSError as error:  # some network folders know no locks
            hint = "keep your blog's folder on a local disk"
            raise JournalError(f"cannot lock {path}: {error.strerror}", hint=hint) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"blogkit {doing} (process {os.getpid()})".encode(), 0)
        yield
    finally:
        os.close(handle)
