"""List the kinds of work, in the order in which they are done when several are due at one time."""

from __future__ import annotations

from blogkit.schedule.jobs import JobWork
from blogkit.schedule.proof import Proofs
from blogkit.schedule.queue import QueuedPosts
from blogkit.schedule.waiting import WaitingPosts
from blogkit.schedule.work import WorkKind

WORK_KINDS: tuple[WorkKind, ...] = (WaitingPosts(), QueuedPosts(), JobWork(), Proofs())
"""Each is one module of this package."""
