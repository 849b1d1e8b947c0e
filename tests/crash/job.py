"""What a child is to run and what is to happen to it, and how it ended. Both travel through a
pipe.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Job:
    """One command line in a folder, and its bad luck.

    at: number of the boundary (of those whose name the regular expression `only` finds) at which
    the child sends itself `signal`, or `later` so many seconds after it; after: seconds until it is killed wherever it is; faults: by
    number of the request, what becomes of it on the wire; patient: waits are waited, not skipped;
    dies: at the first boundary whose name this finds, the child is killed; home: the user's folder,
    else the launcher's; most: seconds of computing after which the system ends the child.
    """

    arguments: tuple[str, ...]
    folder: Path
    at: int | None = None
    only: str = ""
    signal: int = signal.SIGKILL
    later: float = 0
    after: float | None = None
    faults: Mapping[int, str] = field(default_factory=dict)
    patient: bool = False
    dies: str = ""
    home: Path | None = None
    most: int = 0


@dataclass(frozen=True)
class Ended:
    """code: the exit code, or minus the signal that ended it; passed: the names of the
    boundaries that it came to, in order; memory: bytes that it held at most; seconds: of computing.
    """

    code: int
    out: str
    err: str
    passed: tuple[str, ...]
    memory: int = 0
    seconds: float = 0

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL

    @property
    def json(self) -> Any:
        """The command's report; None when it did not come to one."""
        return json.loads(self.out) if self.out.strip() else None

    @property
    def results(self) -> dict[str, str]:
        """What became of each post, by key, as far as it was told."""
        return {
            outcome["key"]: outcome["result"] for outcome in (self.json or {}).get("outcomes", [])
        }
