"""Read the journal: which runs there were, and what each did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from blogkit.errors import JournalError, UsageError
from blogkit.journal.records import Entry, Run
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote
from blogkit.project.context import ProjectContext
from blogkit.sync.diff import FieldDiff as Difference
from blogkit.sync.diff import field_diffs
from blogkit.sync.serialize import unpack_remote


@dataclass(frozen=True)
class LoggedChange:
    """One change of a run, as the journal keeps it.

    Attributes:
        entry: The journal's row.
    """

    entry: Entry

    @property
    def summary(self) -> str:
        """What was to be done."""
        return self.entry.summary

    @cached_property
    def damage(self) -> JournalError | None:
        """Why `before` and `after` cannot be read; None if they can."""
        try:
            _ = self.before, self.after
        except JournalError as error:
            return error
        return None

    @cached_property
    def before(self) -> Remote | None:
        """The post before the change, None if it did not exist or is not known."""
        return unpack_remote(self.entry.before, self.entry.id) if self.entry.before else None

    @cached_property
    def after(self) -> Remote | None:
        """The post after the change, None if that is not known."""
        return unpack_remote(self.entry.after, self.entry.id) if self.entry.after else None

    @cached_property
    def differences(self) -> Sequence[Difference]:
        """What differs between `before` and `after`."""
        if self.damage:
            return []
        return field_diffs(self.before, self.after) if self.before and self.after else []


@dataclass(frozen=True)
class LoggedRun:
    """One run.

    Attributes:
        id: Its number, for `Project.undo`.
        command: What was run.
        started: When.
        finished: When it ended; None if it was cut off.
        outcome: The run in a few words; empty if it was cut off.
        counts: How many changes ended in which way.
        changes: Its changes; read by `Project.log(run)` only.
    """

    id: int
    command: str
    started: datetime
    finished: datetime | None
    outcome: str
    counts: Mapping[str, int]
    changes: Sequence[LoggedChange] = ()


def read_runs(context: ProjectContext, most: int) -> list[LoggedRun]:
    """Return the latest runs, newest first.

    Args:
        context: The call's context.
        most: How many.
    """
    with context.journal() as journal:
        return [_logged(journal, run) for run in journal.runs(most)]


def read_run(context: ProjectContext, number: int) -> LoggedRun:
    """Return one run with its changes.

    Args:
        context: The call's context.
        number: The run's number.

    Raises:
        UsageError: The run does not exist.
    """
    with context.journal() as journal:
        run = journal.run(number)
        if run is None:
            raise UsageError(f"there is no run {number}", hint="run: blogkit log")
        entries = journal.entries(run=number)
        return _logged(journal, run, [LoggedChange(entry) for entry in entries])


def _logged(journal: Journal, run: Run, changes: Sequence[LoggedChange] = ()) -> LoggedRun:
    counts = {str(status): count for status, count in journal.counts(run.id).items()}
    return LoggedRun(run.id, run.command, run.started, run.finished, run.outcome, counts, changes)
