"""The outcome of an action, and the summary of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from blogkit.dataclass import dataclass
from blogkit.platforms.base import Remote
from blogkit.sync.actions import Action


class Result(StrEnum):
    """The kinds of outcome."""

    DONE = "done"
    UNCHANGED = "unchanged"
    LOST = "lost"  # written, and the site did not keep all of it
    LEFT = "left"  # changed on the site; nothing of ours was waiting
    REFUSED = "refused"  # nothing was sent, and will not be until the user acts
    CONFLICT = "conflict"
    FAILED = "failed"
    UNKNOWN = "unknown"  # sent, and no usable answer; the next run looks first
    WAITING = "waiting"  # a new post that the site, or the host of its images, takes only later
    SKIPPED = "skipped"  # not attempted


@dataclass(frozen=True)
class Step:
    """Progress: what is being done for an action now."""

    action: Action
    doing: str


@dataclass(frozen=True)
class Outcome:
    """The outcome of one action.

    Attributes:
        message: Why it failed, as a sentence.
        hint: What the user can do.
        losses: What the site did not keep, as sentences.
        notes: What differs from the request without harm, as sentences.
        remote: The post as last seen; None if there is none.
        again: When a new post that waits can be tried again; None for all other outcomes.
    """

    action: Action
    result: Result
    message: str = ""
    hint: str = ""
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remote: Remote | None = None
    again: datetime | None = None

    @property
    def ok(self) -> bool:
        """Return whether nothing is left to do about this action."""
        return self.result in {Result.DONE, Result.UNCHANGED, Result.LEFT}


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """Return a run's exit code.

    Returns:
        0 for success, also if new posts wait for the site; 4 for a conflict; 1 if something was
        refused, failed, lost or not attempted.
    """
    results = {outcome.result for outcome in outcomes if not outcome.ok} - {Result.WAITING}
    return 4 if Result.CONFLICT in results else 1 if results else 0


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return a run in a few words, for the journal and the last line: "2 done, 1 failed"."""
    return summarized(outcome.result for outcome in outcomes)


def summarized(results: Iterable[Result]) -> str:
    """Return counts of results in a few words: "2 done, 1 failed"."""
    counts = Counter(results)
    return (
        ", ".join(f"{counts[result]} {result}" for result in Result if counts[result])
        or "nothing to do"
    )
