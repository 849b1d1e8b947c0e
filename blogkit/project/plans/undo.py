"""Plan what undoes a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from blogkit.errors import Conflict, JournalError, NotFound, Unreadable, UsageError
from blogkit.journal.records import Entry, Run
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote, State
from blogkit.project.context import ProjectContext
from blogkit.project.live.addresses import same_address
from blogkit.project.plans.guards import Basis
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.sync import undo as undoing
from blogkit.sync.actions import Action
from blogkit.sync.serialize import unpack_remote
from blogkit.sync.undo import UndoRequest

_LARGEST = 2**63 - 1
"""A database counts no further."""


class UndoPlan(Plan):
    """The changes that undo a run.

    Args:
        context: The call's context.
        actions: The actions of each site.
        basis: What the actions rest on.
        run: The run that is undone.
        examined: How many posts were looked at.

    Attributes:
        run: As given.
    """

    def __init__(
        self,
        context: ProjectContext,
        actions: Mapping[str, Sequence[Action]],
        basis: Basis,
        run: Run,
        *,
        examined: int,
    ) -> None:
        super().__init__(context, actions, basis, command=f"undo {run.id}", examined=examined)
        self.run = run


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
        chosen = _run(journal, run)
        entries = _entries(context, journal, chosen, posts)
        actions = _actions(context, journal, entries, on_progress)
    return UndoPlan(context, actions, basis, chosen, examined=len(entries))


def _run(journal: Journal, number: int | None) -> Run:
    found = (
        journal.last_writing_run()
        if number is None
        else journal.run(number)
        if number <= _LARGEST
        else None
    )
    if found is None:
        none = "no run has changed anything yet"
        message = none if number is None else f"there is no run {number}"
        raise UsageError(message, hint="run: blogkit log")
    return found


def _entries(
    context: ProjectContext, journal: Journal, run: Run, posts: Sequence[str]
) -> list[Entry]:
    """Return what the run did, newest first."""
    done = [entry for entry in journal.actions(run.id) if undoing.is_undoable(entry)]
    if posts:
        named = {name: [e for e in done if _is_named(context, e, name)] for name in posts}
        missing = [name for name, found in named.items() if not found]
        if missing:
            hint = f"run: blogkit log {run.id}"
            raise UsageError(f"run {run.id} did not change {', '.join(missing)}", hint=hint)
        done = [entry for entry in done if any(entry in found for found in named.values())]
    if not done:
        raise UsageError(f"run {run.id} changed nothing", hint="run: blogkit log")
    return done[::-1]


def _is_named(context: ProjectContext, entry: Entry, name: str) -> bool:
    """Return whether a post's key, file, id or address names it."""
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
    memories = {site: journal.memories(site) for site in {entry.site for entry in entries}}
    advance = advancing(on_progress, "looking", len(entries))
    for entry in entries:
        if entry.site not in sites.unavailable:
            with sites.tolerating(entry.site):
                memory = memories[entry.site].get(entry.key)
                one = UndoRequest(entry, None, context.clock(), zone, memory)
                actions.setdefault(entry.site, []).append(_action(context, one))
        advance(entry.key)
    return actions


def _action(context: ProjectContext, one: UndoRequest) -> Action:
    """Plan to undo one entry; a post that cannot be told apart is refused, and the others go."""
    try:
        remote = _seen(context, one.entry)
        return undoing.plan_restore(replace(one, remote=remote))
    except (Unreadable, Conflict, JournalError) as error:
        return undoing.refused_undo(one, error.message, error.hint)


def _seen(context: ProjectContext, entry: Entry) -> Remote | None:
    platform = context.sites.platform(entry.site)
    ref = undoing.ref_of_entry(entry)
    try:
        found = platform.get(ref) if ref.id else platform.find(entry.key, ref.kind)
    except NotFound:
        return None
    return None if found is None or found.state is State.TRASHED else found
