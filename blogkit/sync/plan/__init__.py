"""Plan what to do about each post, given the file, the journal and the site. Pure."""

from __future__ import annotations

from blogkit.sync.plan.decision import plan, plan_one
from blogkit.sync.plan.from_memory import orphans, plan_from_memory

__all__ = [
    "orphans",
    "plan",
    "plan_from_memory",
    "plan_one",
]
