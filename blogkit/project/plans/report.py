"""The outcomes of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from blogkit.errors import BlogkitError, Conflict
from blogkit.journal.todo import Todo as Todo  # what callers see of it
from blogkit.project.plans.change import ChangeOutcome
from blogkit.sync.outcome import Result, summarized


@dataclass
class Report:
    """The outcome of every change of a run.

    Attributes:
        run: The run's number in the journal, for `Project.undo`; None if nothing was run.
        outcomes: In the order in which the changes ended.
        unavailable: Sites that were left out, and why.
        left_out: Why posts were left out, as in `Plan.left_out`.
        declined: `confirm` returned False, so nothing was sent.
        stopped: The run was cut off, and some changes may be missing or unknown.
        by_hand: What a person has to set on a site, because its API cannot.
        files: Files of the project that were changed, relative to its folder.
    """

    run: int | None = None
    outcomes: list[ChangeOutcome] = field(default_factory=list)
    unavailable: Mapping[str, BlogkitError] = field(default_factory=dict)
    left_out: Sequence[BlogkitError] = ()
    declined: bool = False
    stopped: bool = False
    files: tuple[str, ...] = ()
    by_hand: list[Todo] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The run in a few words, such as "1 file changed, 2 done"."""
        if not self.files:
            return summarized(outcome.result for outcome in self.outcomes)
        changed = f"{len(self.files)} file{'s' * (len(self.files) != 1)} changed"
        ended = [summarized(outcome.result for outcome in self.outcomes)] if self.outcomes else []
        return ", ".join([changed, *ended])

    @property
    def ok(self) -> bool:
        """Whether everything is as desired on every site."""
        return not self.has_failure and all(outcome.ok for outcome in self.outcomes)

    @property
    def has_failure(self) -> bool:
        """Whether something went wrong. New posts that wait for their site do not count."""
        incomplete = self.declined or self.stopped or self.unavailable or self.left_out
        waiting = Result.WAITING
        return bool(incomplete) or any(not one.ok for one in self if one.result is not waiting)

    @property
    def has_conflict(self) -> bool:
        """Whether some post was changed both here and on the site, or a file since its run."""
        conflicts = any(isinstance(error, Conflict) for error in self.left_out)
        return conflicts or any(outcome.result is Result.CONFLICT for outcome in self.outcomes)

    def __iter__(self) -> Iterator[ChangeOutcome]:
        return iter(self.outcomes)

    def __len__(self) -> int:
        return len(self.outcomes)

    def __str__(self) -> str:
        return self.summary
