"""Plan what undoes a run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from blogkit.config import STATE
from blogkit.errors import (
    BlogkitError,
    Conflict,
    JournalError,
    NotFound,
    Unreadable,
    UsageError,
)
from blogkit.journal.file_log import LaterChange
from blogkit.journal.reader import HIGHEST_RUN
from blogkit.journal.records import Entry, FileEntry, Run
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote, State
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileRun, recorded_path
from blogkit.project.live.addresses import same_address
from blogkit.project.plans.adoption import restore_memories
from blogkit.project.plans.guards import Basis
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.progress import OnProgress, Progress, advancing
from blogkit.project.plans.report import Report
from blogkit.project.plans.undo_files import FileUndo, may_be_written, plan_files
from blogkit.sync import undo as undoing
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.merging.base import asked_before
from blogkit.sync.serialize import unpack_remote
from blogkit.sync.undo import UndoRequest

_UNDO = re.compile(r"undo (\d+)(?: \(job \d+\))?")


class UndoPlan(Plan):
    """The changes that undo a run: of files, and of posts on sites.

    Args:
        context: The call's context.
        actions: The actions of each site.
        basis: What the actions rest on.
        run: The run that is undone.
        files: What is done to files.
        later: What newer runs changed in the same posts and files.
        left_out: Why files are left alone.
        examined: How many posts and files were looked at.

    Attributes:
        run: As given.
        files: As given.
        later: As given. The undo leaves that as it is.
    """

    def __init__(
        self,
        context: ProjectContext,
        actions: Mapping[str, Sequence[Action]],
        basis: Basis,
        run: Run,
        *,
        files: Sequence[FileUndo],
        later: Sequence[LaterChange],
        left_out: Sequence[BlogkitError],
        examined: int,
    ) -> None:
        command = f"undo {run.id}"
        super().__init__(
            context, actions, basis, command=command, left_out=left_out, examined=examined
        )
        self.run, self.files, self.later = run, files, later

    @property
    def writing(self) -> int:
        """How many changes send something, or change a file."""
        return super().writing + sum(file.change is not None for file in self.files)

    def __str__(self) -> str:
        words = [file.summary for file in self.files] + [change.summary for change in self]
        return "\n".join(words) or "nothing to do"

    def _write_files(self, files: FileRun, on_progress: OnProgress) -> None:
        files.write([file.change for file in self.files if file.change])
        restore_memories(files.journal, self.run.id, (file.entry for file in self.files))
        for file in self.files:
            on_progress(Progress("writing files", message=file.summary))

    def _execute(self, journal: Journal, report: Report, on_progress: OnProgress) -> None:
        if self._actions:
            super()._execute(journal, report, on_progress)


def plan_undo(
    context: ProjectContext, run: int | None, posts: Sequence[str], on_progress: OnProgress
) -> UndoPlan:
    """Plan what restores earlier text and state; posts that the run created go to the trash.

    Args:
        context: The call's context.
        run: The run's number; None means the last run that changed something.
        posts: Only these posts, by key, file, id or address.
        on_progress: Told each post that is looked at.

    Returns:
        The plan; nothing is sent before its `apply`.

    Raises:
        UsageError: The run does not exist, changed nothing, or not these posts.
    """
    with context.journal() as journal:
        basis = Basis.of(journal)
        chosen = _run(context, journal, run)
        entries, written = _entries(context, journal, chosen, posts)
        later = journal.files.later_changes(chosen.id)
        files, left_out = plan_files(context, written, later)
        actions = _actions(context, journal, entries, on_progress)
    examined = len(entries) + len(written)
    return UndoPlan(
        context,
        actions,
        basis,
        chosen,
        files=files,
        later=_concerned(later, files, actions),
        left_out=left_out,
        examined=examined,
    )


def _run(context: ProjectContext, journal: Journal, number: int | None) -> Run:
    if number is None:
        found = journal.last_writing_run()
        while found and not _changed_something(context, journal, found):
            found = journal.last_writing_run(older_than=found.id)
        found = _continued(journal, found)
    else:
        found = journal.run(number) if number <= HIGHEST_RUN else None
    if found is None and context.config.state == "file" and journal.all_memories():
        raise UsageError(
            f"undo needs the journal of the machine that published, because {STATE} does not have"
            " the earlier texts",
            hint=(
                "run it on that machine, or restore the earlier version of the file with git and"
                " publish it"
            ),
        )
    if found is None:
        none = "no run has changed anything yet"
        message = none if number is None else f"there is no run {number}"
        raise UsageError(message, hint="run: blogkit log")
    return found


def _continued(journal: Journal, last: Run | None) -> Run | None:
    """Return the run whose undo was interrupted, to go on with it; else the last run."""
    interrupted = last and last.finished is None and _UNDO.fullmatch(last.command)
    return journal.run(int(interrupted[1])) if interrupted else last


def _changed_something(context: ProjectContext, journal: Journal, run: Run) -> bool:
    """Return False for a run that died before it wrote the first file."""
    files = journal.files.of_run(run.id, bytes=False)
    if not files or any(may_be_written(context, file) for file in files):
        return True
    return any(undoing.is_undoable(entry) for entry in journal.actions(run.id, bytes=False))


def _entries(
    context: ProjectContext, journal: Journal, run: Run, posts: Sequence[str]
) -> tuple[list[Entry], list[FileEntry]]:
    """Return what the run did on sites, newest first, and in files."""
    done: list[Entry | FileEntry] = [
        *(file for file in journal.files.of_run(run.id) if file.status != "failed"),
        *(entry for entry in journal.actions(run.id) if undoing.is_undoable(entry)),
    ]
    if posts:
        named = {name: [e for e in done if _is_named(context, journal, e, name)] for name in posts}
        missing = [name for name, found in named.items() if not found]
        if missing:
            hint = f"run: blogkit log {run.id}"
            raise UsageError(f"run {run.id} did not change {', '.join(missing)}", hint=hint)
        done = [entry for entry in done if any(entry in found for found in named.values())]
    if not done:
        raise UsageError(f"run {run.id} changed nothing", hint="run: blogkit log")
    entries = [entry for entry in done if isinstance(entry, Entry)]
    # Newest first: a post that was changed twice in a run goes back through both states.
    return entries[::-1], [file for file in done if isinstance(file, FileEntry)]


def _concerned(
    later: Sequence[LaterChange],
    files: Sequence[FileUndo],
    actions: Mapping[str, Sequence[Action]],
) -> list[LaterChange]:
    """Return the newest change of each post and file that the undo changes, too."""
    entries = [file.entry for file in files if file.change]
    paths = {entry.path for entry in entries}
    posts = {(entry.site, entry.key) for entry in entries}
    posts |= {(one.site, one.key) for each in actions.values() for one in each if one.writes}
    newest = {(one.path, one.site, one.key): one for one in later}
    return [one for one in newest.values() if one.path in paths or (one.site, one.key) in posts]


def _is_named(
    context: ProjectContext, journal: Journal, entry: Entry | FileEntry, name: str
) -> bool:
    """Return whether a post's key, file, id or address names it."""
    if isinstance(entry, FileEntry):
        if "://" in name:
            known = journal.memories(entry.site).get(entry.key)
            return known is not None and same_address(known.url, name)
        place = recorded_path(context.config, context.posts.folder / name)
        return place == entry.path or name in (entry.key, entry.remote_id)
    if "://" in name:
        data = entry.after or entry.before
        return data is not None and same_address(unpack_remote(data, entry.id).url, name)
    path = context.posts.file_named(name)
    if path:  # it may have become unreadable since: then its name has to do
        posts, _ = context.posts.readable([path])
        ids = [post.remote_id for post in posts if post.remote_id]
        return entry.key in [post.key for post in posts] or entry.remote_id in ids
    if name.endswith((".md", ".html")):
        name = Path(name).stem
    return name in (entry.key, entry.remote_id)


def _actions(
    context: ProjectContext, journal: Journal, entries: Sequence[Entry], on_progress: OnProgress
) -> dict[str, list[Action]]:
    actions: dict[str, list[Action]] = {}
    sites, zone = context.sites, context.config.zone
    names = {entry.site for entry in entries}
    memories = {site: journal.memories(site) for site in names}
    edits = {
        intent.id: intent
        for site in names
        for intent in journal.unsettled(site)
        if intent.action == ActionKind.EDIT
    }
    advance = advancing(on_progress, "looking", len(entries))
    for entry in entries:
        if entry.site not in sites.unavailable:
            with sites.tolerating(entry.site):
                memory = memories[entry.site].get(entry.key)
                now = context.clock()
                asked = asked_before(entry, journal)
                one = UndoRequest(entry, None, now, zone, memory, edits.get(entry.id), asked)
                actions.setdefault(entry.site, []).append(_action(context, one))
        advance(entry.key)
    return actions


def _action(context: ProjectContext, one: UndoRequest) -> Action:
    """Plan to undo one entry; a post that cannot be told apart is refused, and the others go."""
    try:
        remote, before = _seen(context, one.entry), one.before
        platform = context.sites.platform(one.entry.site)
        one = replace(one, untrashes=platform.capabilities.untrashes)
        if remote and remote.state is State.TRASHED:
            return undoing.plan_restore(replace(one, trashed=remote))
        if remote and before:
            remote = platform.with_settings(remote, before.settings)
        return undoing.plan_restore(replace(one, remote=remote))
    except (Unreadable, Conflict, JournalError) as error:
        return undoing.refused_undo(one, error.message, error.hint)


def _seen(context: ProjectContext, entry: Entry) -> Remote | None:
    platform = context.sites.platform(entry.site)
    ref = undoing.ref_of_entry(entry)
    try:
        return platform.get(ref) if ref.id else platform.find(entry.key, ref.kind)
    except NotFound:
        return None
