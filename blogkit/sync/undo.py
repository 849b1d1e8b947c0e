"""Plan an undo: what a run did to each post, compared with the site now. Pure.

| what the run did      | the site, against what the run left | what follows                      |
|-----------------------|-------------------------------------|-----------------------------------|
| nothing for certain   |                                     | nothing                           |
| create                | as it was left                      | TRASH                             |
| create                | gone                                | UNCHANGED                         |
| update, state, edit   | as it was left                      | RESTORE (EDIT for an edit)        |
| update, state, edit   | as it was before                    | UNCHANGED                         |
| anything              | changed since                       | CONFLICT: nothing is overwritten  |
| trash                 | in the trash                        | UNTRASH; REFUSED if it cannot     |
| untrash               | as it was left                      | TRASH                             |
| trash                 | gone                                | REFUSED: nothing has it any more  |
| trash                 | restored there, as it was before    | UNCHANGED; RESTORE of its state   |
| withdrawal of a draft |                                     | UNCHANGED: the post is there      |
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime, tzinfo
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import JournalError
from blogkit.journal.records import Entry, Intent, Memory
from blogkit.platforms.base import Draft, PostKind, Ref, Remote, State, Target, settings_between
from blogkit.platforms.statuses import word_of
from blogkit.sync import live_edit, messages
from blogkit.sync.actions import WRITING, Action, ActionKind, Desired, RemoteState
from blogkit.sync.compare import edited_fields, fingerprint
from blogkit.sync.delete import DELETED
from blogkit.sync.desired import outstanding, was_moved
from blogkit.sync.merging.merge import Values
from blogkit.sync.serialize import unpack_remote

# The site may have received the last three, whatever the run knew when it ended.
_MAY_HAVE_CHANGED = {"done", "sent", "unknown", "settled"}


@dataclass(frozen=True)
class UndoRequest:
    """One action of a run that is to be undone.

    Attributes:
        entry: The action in the journal.
        remote: Its post on the site now; None if it is gone or in the trash.
        trashed: Its post in the trash; None if it is not there, or if the site does not show it.
        untrashes: Whether a program can take a post out of this site's trash.
        at: The present time.
        zone: The blog's time zone, for messages.
        memory: What the journal remembers of the post.
        intent: The action itself, if it was interrupted.
        asked: What the file asked for before the action where the site's own values were kept.
    """

    entry: Entry
    remote: Remote | None
    at: datetime
    zone: tzinfo
    memory: Memory | None = None
    intent: Intent | None = None
    asked: Values = field(default_factory=dict)
    trashed: Remote | None = None
    untrashes: bool = False

    @property
    def before(self) -> Remote | None:
        """Return the post before the action; None if the action created it."""
        return unpack_remote(self.entry.before, self.entry.id) if self.entry.before else None

    @property
    def after(self) -> Remote | None:
        """Return what the run left, or, if it was interrupted, what a later run found."""
        if self.entry.after:
            return unpack_remote(self.entry.after, self.entry.id)
        remote, memory = self.remote, self.memory
        if self.intent and remote and live_edit.verdicts([self.intent], remote).get(self.entry.id):
            return remote  # the edit arrived, and nothing was changed since
        if (
            self.entry.status != "settled"
            or self.before is not None
            or remote is None
            or memory is None
        ):
            return None
        if edited_fields(memory.last_seen, remote):
            return None
        return replace(remote, state=State(memory.state), at=memory.at)


def is_undoable(entry: Entry) -> bool:
    """Return whether an action may have changed a site. Failed and unsent actions did not."""
    return ActionKind(entry.action) in WRITING and entry.status in _MAY_HAVE_CHANGED


def ref_of_entry(entry: Entry) -> Ref:
    """Return where the site has the post of an action; the id is empty if it is unknown."""
    left = unpack_remote(entry.after, entry.id) if entry.after and not entry.remote_id else None
    return Ref(left.ref.id if left else entry.remote_id, _kind(entry))


def plan_restore(undoing: UndoRequest) -> Action:
    """Apply the table above to one action of the run.

    Returns:
        The action that undoes it, or one that tells why nothing does.
    """
    entry, remote, before, after = undoing.entry, undoing.remote, undoing.before, undoing.after
    desired = _desired(undoing)
    found = RemoteState(remote)
    if entry.action == ActionKind.WITHDRAW:
        where = "the blog's trash has the second draft, where you can restore it"
        return _nothing_to_undo(desired, found, where)
    if entry.action == ActionKind.TRASH and remote is None:
        return _untrash(undoing, desired, before)
    if remote is None:
        if before is None or before.state is State.TRASHED:
            return _nothing_to_undo(desired, found, "it no longer exists")
        reason, hint = "it no longer exists on the site", "restore it from the blog's trash first"
        return _refused(desired, found, reason, hint)
    if before is not None and entry.action == ActionKind.TRASH and remote.state is State.DRAFT:
        # A post that comes out of the trash is a draft first, here and in WordPress.
        after = replace(before, state=State.DRAFT, at=remote.at, status=remote.status)
    is_left = after is not None and after.body == remote.body
    spelled_again = is_left and before is not None and before.body != remote.body
    if before is not None and not spelled_again and not _changed(undoing, before, remote):
        return _nothing_to_undo(desired, found, "it is already restored")
    if after is None:
        again = (
            "run that command again to check the site"
            if entry.action == ActionKind.EDIT
            else "run blogkit publish to settle it"
        )
        reason = "the outcome of that action is unknown"
        return _refused(desired, found, reason, f"{again}; then undo again")
    if changed := _changed(undoing, after, remote):
        return _conflict(desired, found, changed, entry.run)
    if before is None:
        return Action(ActionKind.TRASH, desired, messages.trash(desired, remote), found)
    if before.state is State.TRASHED:
        desired = replace(desired, desired_state=DELETED)
        return Action(ActionKind.TRASH, desired, messages.delete(desired, remote), found)
    return _restore(undoing, desired, found, remote, before)


def refused_undo(undoing: UndoRequest, reason: str, hint: str) -> Action:
    """Return the action for a post that cannot be compared, with the reason.

    Args:
        undoing: What is to be undone.
        reason: Why the post cannot be compared.
        hint: What to do next.
    """
    reason = reason.removeprefix(f"site {undoing.entry.site}: ")
    try:
        desired = _desired(undoing)
    except JournalError:  # what the journal has of the post is damaged, and so is its title
        desired = _desired(replace(undoing, entry=replace(undoing.entry, before=None, after=None)))
    return _refused(desired, RemoteState(), reason, hint)


def _nothing_to_undo(desired: Desired, found: RemoteState, why: str) -> Action:
    summary = f"nothing to undo for “{desired.title}” on {desired.site}: {why}"
    return Action(ActionKind.UNCHANGED, desired, summary, found)


def _conflict(desired: Desired, found: RemoteState, changed: tuple[str, ...], run: int) -> Action:
    summary = (
        f"conflict: “{desired.title}” on {desired.site} was changed after the run"
        f" ({', '.join(changed)}); undo would overwrite that"
    )
    hint = f"see what the run did with blogkit log {run}, and compare it with the post on the blog"
    return Action(ActionKind.CONFLICT, desired, summary, found, changes=changed, hint=hint)


def _untrash(undoing: UndoRequest, desired: Desired, before: Remote | None) -> Action:
    """Return the action that takes a post out of the trash, as it was before."""
    trashed, found = undoing.trashed, RemoteState(undoing.trashed)
    hint = "restore it in the blog's trash, or publish its file again with --recreate"
    if not undoing.untrashes:
        reason = "no program can restore posts from this blog's trash"
        return _refused(desired, found, reason, hint)
    if trashed is None or before is None:
        hint = "publish its file again with --recreate"
        return _refused(desired, found, "the blog's trash does not have it any more", hint)
    # The site has the slug of a post in the trash free for others.
    there = replace(trashed, slug=before.slug)
    left = replace(before, settings={})
    if changed := edited_fields(fingerprint(left), there):
        return _conflict(desired, found, changed, undoing.entry.run)
    at = None if before.state is State.DRAFT else before.at
    target = Target(before.state, at, before.status)
    summary = messages.untrash(desired, before)
    return Action(ActionKind.UNTRASH, desired, summary, found, target, before, asked=undoing.asked)


def _restore(
    undoing: UndoRequest, desired: Desired, found: RemoteState, remote: Remote, before: Remote
) -> Action:
    at = None if before.state is State.DRAFT else before.at
    # A public post counts as live, and so does a private one: the word tells them apart.
    status = before.status or (word_of(before) if remote.status else "")
    status = status if remote.state is before.state or before.status else ""
    target = outstanding(remote, Target(before.state, at, status), undoing.at)
    # A site made the address when the post went live; taking it back would break links.
    wanted = replace(
        before,
        ref=remote.ref,
        slug=before.slug or remote.slug,
        settings={**remote.settings, **_settings_of_run(undoing, before)},
    )
    changes = edited_fields(fingerprint(wanted), remote)
    kind = ActionKind.EDIT if undoing.entry.action == ActionKind.EDIT else ActionKind.RESTORE
    summary = messages.restore(desired, remote, target)
    return Action(kind, desired, summary, found, target, wanted, changes, asked=undoing.asked)


def _changed(undoing: UndoRequest, left: Remote, remote: Remote) -> tuple[str, ...]:
    """Return the fields in which a post differs from what a run left."""
    moved = was_moved(left.state, left.at, remote, undoing.at) or left.status != remote.status
    left = replace(left, settings=_settings_of_run(undoing, left))
    return (*edited_fields(fingerprint(left), remote), *(("state",) if moved else ()))


def _settings_of_run(undoing: UndoRequest, post: Remote) -> dict[str, Any]:
    """Return a post's settings, without those that the run did not change: they are not its."""
    before, after = undoing.before, undoing.after
    if before is None or after is None:
        return {}
    return {
        name: post.settings[name]
        for name in settings_between(before, after)
        if name in post.settings
    }


def _desired(undoing: UndoRequest) -> Desired:
    """Return the file's state when the run sent it.

    So the post stays undone until the file changes.
    """

    def no_draft() -> Draft:
        raise AssertionError("what is put back comes from the journal")

    entry = undoing.entry
    shown = undoing.remote or undoing.after or undoing.before
    # A post that is not deleted any more is in the state of its file, or of the blog.
    desired_state = "" if entry.desired_state == DELETED else entry.desired_state
    return Desired(
        key=entry.key,
        path=None,
        site=entry.site,
        kind=_kind(entry),
        title=shown.title if shown else entry.key,
        make_draft=no_draft,
        target=None,
        digest=entry.last_pushed,
        desired_state=desired_state,
        zone=undoing.zone,
    )


def _refused(desired: Desired, found: RemoteState, reason: str, hint: str) -> Action:
    return Action(
        ActionKind.REFUSED, desired, messages.refusal(desired, reason, "undo"), found, hint=hint
    )


def _kind(entry: Entry) -> PostKind:
    return "page" if entry.kind == "page" else "post"
