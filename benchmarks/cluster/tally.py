"""What happened to a cluster, and what must never happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
    """count: how often; evidence: for what must never happen, each case."""

    count: Counter[str] = field(default_factory=Counter)
    evidence: dict[str, list[str]] = field(default_factory=dict)

    def never(self, name: str, cases: Iterable[object]) -> None:
        """Add cases of what must never happen."""
        found = [str(case) for case in cases]
        self.count[name] += len(found)
        self.evidence.setdefault(name, []).extend(found)

    @property
    def wrong(self) -> dict[str, list[str]]:
        """The cases of what happened and must not."""
        return {name: self.evidence[name] for name in NEVER if self.count[name]}

    @property
    def clean(self) -> bool:
        """Whether nothing happened that must not."""
        return not any(self.count[name] for name in NEVER)

    def report(self, seconds: float) -> int:
        """Print the tally; 1 when something happened that must not."""
        print(f"\n{seconds:.0f} s")
        for name in (*SEEN, *NEVER):
            print(f"{self.count[name]:7} {name}")
            for case in self.evidence.get(name, [])[:10]:
                print(f"        {case}")
        return int(not self.clean)
