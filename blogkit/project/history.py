"""Read the journal: which runs there were, and what each did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, JournalError, UsageError
from blogkit.journal.records import Entry, FileEntry, Run, file_digest
from blogkit.journal.schedules import Schedule
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote, State
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import bytes_of, recorded_file
from blogkit.sync.diff import FieldDiff as Difference
from blogkit.sync.diff import body_diffs, field_diffs
from blogkit.sync.serialize import unpack_remote


@dataclass(frozen=True)
class LoggedChange:
    """One change of a run, as the journal keeps it.

    Attributes:
        entry: The journal's row.
        schedule: The time that it gave the post on the site, and how that ended; None for none.
    """

    entry: Entry
    schedule: Schedule | None = None

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
class LoggedFile:
    """One change of a file, as the journal keeps it.

    Attributes:
        entry: The journal's row.
        now: The file's bytes now; None if there is no file, or it cannot be read.
    """

    entry: FileEntry
    now: bytes | None

    @property
    def summary(self) -> str:
        """What was to be done."""
        return self.entry.summary

    @property
    def status(self) -> str:
        """How far it got: "done", "failed", or "unknown" if the run died and the file changed."""
        if self.entry.status != "intended":
            return self.entry.status
        known = {self.entry.before_digest: "failed", self.entry.after_digest: "done"}
        return known.get(file_digest(self.now), "unknown")

    @cached_property
    def damage(self) -> JournalError | None:
        """Why the copy from before the run cannot be read; None if it can."""
        try:
            self.entry.before()
        except JournalError as error:
            return error
        return None

    @cached_property
    def differences(self) -> Sequence[Difference]:
        """What the run changed; empty if the file has changed since, or the copy is damaged."""
        before = None if self.damage else self.entry.before()
        if before is None or self.now is None or file_digest(self.now) != self.entry.after_digest:
            return []
        texts = (data.decode("utf-8", "replace") for data in (before, self.now))
        return body_diffs(*texts)


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
        changes: Its changes of posts; read by `Project.run` only.
        files: Its changes of files; read by `Project.run` only.
        changed_files: How many files it changed.
    """

    id: int
    command: str
    started: datetime
    finished: datetime | None
    outcome: str
    counts: Mapping[str, int]
    changes: Sequence[LoggedChange] = ()
    files: Sequence[LoggedFile] = ()
    changed_files: int = 0


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
        changes = [_change(journal, entry) for entry in journal.entries(run=number)]
        files = [_file(context, entry) for entry in journal.files.of_run(number)]
        return replace(_logged(journal, run), changes=changes, files=files)


def _logged(journal: Journal, run: Run) -> LoggedRun:
    counts = {str(status): count for status, count in journal.counts(run.id).items()}
    files = journal.files.count(run.id)
    times = (run.started, run.finished)
    return LoggedRun(run.id, run.command, *times, run.outcome, counts, changed_files=files)


def _change(journal: Journal, entry: Entry) -> LoggedChange:
    change = LoggedChange(entry)
    if change.damage or change.after is None or change.after.state is not State.SCHEDULED:
        return change
    at = change.after.at
    known = journal.schedules.of_post(entry.site, entry.key)
    return replace(change, schedule=next((one for one in known if one.due == at), None))


def _file(context: ProjectContext, entry: FileEntry) -> LoggedFile:
    now = None
    with suppress(ConfigError, OSError):
        now = bytes_of(recorded_file(context.config, entry.path))
    return LoggedFile(entry, now)
