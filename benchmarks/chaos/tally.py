"""What happened, in figures, and the story of each thing that must not happen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

COMMANDS = ("insert", "replace", "remove", "upgrade", "pull", "adopt", "undo")
SEEN = (
    "publishes",
    *COMMANDS,
    "writes",
    "kills",
    "Ctrl-C",
    "pauses",
    "faults",
    "damaged answers",
    "answers kept",
    "edits there",
    "moves there",
    "deletes there",
    "copies",
    "cuts",
    "journals lost",
    "conflicts",
)
NEVER = ("duplicates", "lost", "overwritten", "open ends", "bugs", "restless")


@dataclass
class Tally:
    """count: how often; findings: what must not happen, with its story."""

    count: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    def found(self, kind: str, what: str) -> None:
        """One of the things that must not happen."""
        self.count[kind] += 1
        self.findings.append(f"{kind}: {what}")

    def report(self, site: str, seconds: float) -> int:
        """Print the tally; 1 when something happened that must not."""
        for finding in self.findings:
            print(finding)
        print(f"\n{site}, {seconds:.0f} s")
        for name in (*SEEN, *NEVER):
            print(f"{self.count[name]:7} {name}")
        return int(any(self.count[name] for name in NEVER))
