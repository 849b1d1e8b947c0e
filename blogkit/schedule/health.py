"""The worker's health file: what it is doing, for monitors and for `blogkit worker status`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.files import replace_file

HEALTH = "worker.json"
"""The file's name, in the folder of the journal."""
STALE = timedelta(minutes=30)
"""A worker that has written nothing for so long hangs, or was killed. A large batch of new posts
on Blogger takes minutes.
"""
_EVERY = timedelta(minutes=1)

WorkerState = Literal["waiting", "working", "stopped"]


@dataclass(frozen=True)
class WorkerHealth:
    """What a worker is doing.

    Attributes:
        state: "waiting" for the next time, "working", or "stopped".
        process: The number of its process.
        started: When it started.
        written: When this was written.
        next: When there is something to do again; None if nothing is known.
        done: How much work it has done.
        failed: How much work failed.
        trouble: The last error, if the last look at the work met one.
    """

    state: WorkerState
    process: int
    started: datetime
    written: datetime
    next: datetime | None = None
    done: int = 0
    failed: int = 0
    trouble: str = ""

    def is_well(self, now: datetime) -> bool:
        """Return whether the worker is alive, as far as the file tells.

        Args:
            now: The present time.
        """
        return self.state != "stopped" and now - self.written < STALE


class HealthFile:
    """Writes a worker's health, at most once a minute while nothing changes.

    Args:
        path: The file. It is replaced as a whole, so readers never see half of it.
        now: The present time.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self._path = path
        self._last: WorkerHealth | None = None
        self.health = WorkerHealth("waiting", os.getpid(), now, now)

    def write(self, now: datetime, state: WorkerState, **changes: object) -> None:
        """Write what has changed.

        Args:
            now: The present time.
            state: What the worker is doing.
            **changes: Other fields of `WorkerHealth`.

        Raises:
            OSError: The file cannot be written.
        """
        self.health = replace(self.health, state=state, written=now, **changes)  # type: ignore[arg-type]
        last = self._last
        same = last is not None and replace(last, written=now) == self.health
        if same and last is not None and abs(now - last.written) < _EVERY:
            return
        replace_file(self._path, json.dumps(asdict(self.health), default=str, indent=2).encode())
        self._last = self.health


def read_health(path: Path) -> WorkerHealth | None:
    """Return what a health file tells; None if there is none, or if it is not one.

    Args:
        path: The file.
    """
    try:
        data = json.loads(path.read_bytes())
        times = {name: datetime.fromisoformat(data[name]) for name in ("started", "written")}
        due = datetime.fromisoformat(data["next"]) if data["next"] else None
        return WorkerHealth(**{**data, **times, "next": due})
    except (OSError, ValueError, TypeError, KeyError):
        return None
