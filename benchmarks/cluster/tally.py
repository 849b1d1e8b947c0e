"""What happened to a cluster, and what must never happen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

SEEN = ("actions", "kills", "restarts", "faults", "requests to slow down", "creates")
NEVER = (
    "duplicates",
    "lost",
    "two writers",
    "creates without a turn",
    "turns too close",
    "requests in a pause",
    "pauses not shared",
    "stuck jobs",
    "failures left",
    "unclean ends",
)


@dataclass
class ClusterTally:
    """count: how often."""

    count: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        """Whether nothing happened that must not."""
        return not any(self.count[name] for name in NEVER)

    def report(self, seconds: float) -> int:
        """Print the tally; 1 when something happened that must not."""
        print(f"\n{seconds:.0f} s")
        for name in (*SEEN, *NEVER):
            print(f"{self.count[name]:7} {name}")
        return int(not self.clean)
