"""Describe each action in one plain line.

Every function takes the values of the action that it describes. `desired` names the post and the
site, `remote` is the post as it is, and `target` the state to bring about.
"""

from __future__ import annotations

from collections.abc import Sequence

from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.platforms.settings import arrow
from blogkit.platforms.statuses import PENDING_STATUS, PRIVATE_STATUS, PUBLIC
from blogkit.sync.actions import Desired
from blogkit.times import both_clocks

_MOVES = {
    State.DRAFT: "take {} back to draft",
    State.LIVE: "publish {}",
    State.SCHEDULED: "schedule {}",
}
_STATUS_MOVES = {
    PRIVATE_STATUS: "make {} private",
    PENDING_STATUS: "submit {} for review",
    PUBLIC: _MOVES[State.LIVE],
    "draft": _MOVES[State.DRAFT],
}


def create(desired: Desired, target: Target | None) -> str:
    """Return the line for a new post.

    Args:
        desired: The post.
        target: Its state; None for a draft.
    """
    name = _name(desired)
    if target and target.status == PRIVATE_STATUS:
        return f"create private {desired.kind} {name}{_when(desired, target)}"
    if target and target.status == PENDING_STATUS:
        return f"create draft {name} and submit it for review"
    if target is None or target.state is State.DRAFT:
        return f"create draft {name}"
    if target.state is State.SCHEDULED and target.at:
        return f"create {desired.kind} {name}, scheduled for {both_clocks(target.at, desired.zone)}"
    return f"create live {desired.kind} {name}" + (
        f", dated {both_clocks(target.at, desired.zone)}" if target.at else ""
    )


def update(
    desired: Desired, remote: Remote, changes: tuple[str, ...], target: Target | None
) -> str:
    """Return the line for new content, and perhaps a new state.

    Args:
        desired: What the post should be.
        remote: The post as it is.
        changes: The fields that differ, in words.
        target: The state to bring about; None leaves it.
    """
    what = f" ({', '.join(changes)})" if changes else ""
    then = f", and {_move(remote, target).format('it')}{_when(desired, target)}" if target else ""
    return f"update {_state(remote, desired)} {_name(desired)}{what}{then}"


def in_words(changes: Sequence[str], remote: Remote, draft: Draft) -> tuple[str, ...]:
    """Return fields that differ, settings with their values: "comments: open → closed".

    Args:
        changes: The fields.
        remote: The post as it is.
        draft: What the file asks for.
    """
    both = remote.settings.keys() & draft.settings.keys()
    return tuple(
        arrow(name, remote.settings[name], draft.settings[name]) if name in both else name
        for name in changes
    )


def set_state(desired: Desired, remote: Remote, target: Target) -> str:
    """Return the line for a change of state only.

    Args:
        desired: What the post should be.
        remote: The post as it is.
        target: The state to bring about.
    """
    same = target.state is remote.state is State.LIVE and target.status in ("", remote.status)
    if same and target.at:
        return (
            f"change the date of live {desired.kind} {_name(desired)} to"
            f" {both_clocks(target.at, desired.zone)}"
        )
    return _move(remote, target).format(f"{_state(remote, desired)} {_name(desired)}") + _when(
        desired, target
    )


def keep_one(desired: Desired, remote: Remote, others: Sequence[Remote]) -> str:
    """Return the line for a draft of ours beside other posts with its key.

    Args:
        desired: What the post should be.
        remote: The draft.
        others: The other posts.
    """
    places = ", ".join(post.url or f"{post.state} {post.ref.id}" for post in others)
    return (
        f"keep one of {len(others) + 1} posts for {_name(desired)}: draft {remote.ref.id} of an"
        f" interrupted run, and {places} of another run"
    )


def withdraw(desired: Desired, draft: Remote, kept: Remote) -> str:
    """Return the line for a draft of a killed run, beside the post to keep.

    Args:
        desired: The draft as it is.
        draft: The same on the site.
        kept: The post to keep.
    """
    return (
        f"move the second draft of {_name(desired)} to the trash: a killed run left it (id"
        f" {draft.ref.id}) beside {kept.url or f'{kept.state} {kept.ref.id}'}"
    )


def unchanged(desired: Desired, remote: Remote) -> str:
    """Return the line for a post that needs no change.

    Args:
        desired: What the post should be.
        remote: The post as it is.
    """
    when = (
        f", due {both_clocks(remote.at, desired.zone)}"
        if remote.state is State.SCHEDULED and remote.at
        else ""
    )
    return f"nothing to do for {_state(remote, desired)} {_name(desired)}{when}"


def nothing_to_send(desired: Desired, remote: Remote) -> str:
    """Return the line for a changed file that asks for what the site shows already.

    Args:
        desired: What the post should be.
        remote: The post as it is.
    """
    return (
        f"nothing to send for {_state(remote, desired)} {_name(desired)}: it already shows what the"
        " file asks for"
    )


def adopted(desired: Desired, remote: Remote) -> str:
    """Return the line for a post that is already up to date but not in the journal.

    Args:
        desired: What the post should be.
        remote: The post as it is.
    """
    return f"track {_state(remote, desired)} {_name(desired)}: it is already up to date"


def keep_theirs(desired: Desired, remote: Remote) -> str:
    """Return the line for a post whose version on the site is kept.

    Args:
        desired: What the post should be.
        remote: The post as it is.
    """
    return f"keep {_state(remote, desired)} {_name(desired)} as it is"


def edited_remotely(desired: Desired, remote: Remote, changes: tuple[str, ...]) -> str:
    """Return the line for a post that changed on the site, but not in its file.

    Args:
        desired: What the post should be.
        remote: The post as it is.
        changes: The fields that changed on the site, in words.
    """
    return (
        f"skip {_state(remote, desired)} {_name(desired)}: it was changed on the site"
        f" ({', '.join(changes)})"
    )


def conflict(desired: Desired, changes: tuple[str, ...]) -> str:
    """Return the line for a post that changed on both sides.

    Args:
        desired: What the post should be.
        changes: The fields that changed on the site, in words.
    """
    return (
        f"conflict: {_name(desired)} was changed both on the site ({', '.join(changes)}) and in"
        f" {desired.name}"
    )


def different_post(desired: Desired, remote: Remote, changes: tuple[str, ...]) -> str:
    """Return the line for a post with our key that is not in the journal and differs.

    Args:
        desired: What the post should be.
        remote: The post as it is.
        changes: The fields that differ, in words.
    """
    return (
        f"conflict: {_state(remote, desired)} {_name(desired)} already exists and differs"
        f" ({', '.join(changes)})"
    )


def orphan(desired: Desired, state: str) -> str:
    """Return the line for a post whose file no longer exists.

    Args:
        desired: The post as the journal remembers it.
        state: Its last known state.
    """
    return (
        f'skip the {state} {desired.kind} on {desired.site}: no file has its key "{desired.key}"'
        " any more"
    )


def edit_body(desired: Desired, remote: Remote, what: str) -> str:
    """Return the line for a change in place.

    Args:
        desired: The post.
        remote: The post as it is.
        what: The edit, such as "insert quiz-button before the heading “Conclusion”".
    """
    return f"{what} in {_state(remote, desired)} {_name(desired)}"


def restore(desired: Desired, remote: Remote, target: Target | None) -> str:
    """Return the line for the undoing of a change.

    Args:
        desired: The post as the run left it.
        remote: The post as it is.
        target: The state to bring about; None leaves it.
    """
    then = f", and {_move(remote, target).format('it')}{_when(desired, target)}" if target else ""
    return f"restore the earlier version of {_state(remote, desired)} {_name(desired)}{then}"


def trash(desired: Desired, remote: Remote) -> str:
    """Return the line for the undoing of a create.

    Args:
        desired: The post as the run left it.
        remote: The post as it is.
    """
    return f"move {_state(remote, desired)} {_name(desired)} to the trash: the run created it"


def delete(desired: Desired, remote: Remote) -> str:
    """Return the line for the deletion of a post.

    Args:
        desired: The post.
        remote: The post as it is.
    """
    return f"move {_state(remote, desired)} {_name(desired)} to the trash"


def stays_deleted(desired: Desired) -> str:
    """Return the line for a post that was deleted with `blogkit delete`.

    Args:
        desired: What the post should be.
    """
    return f"nothing to do for {_name(desired)}: it was deleted with blogkit delete"


def untrash(desired: Desired, remote: Remote) -> str:
    """Return the line for the undoing of a deletion.

    Args:
        desired: The post.
        remote: The post as it was before it went to the trash.
    """
    due = remote.at if remote.state is State.SCHEDULED else None
    when = f", for {both_clocks(due, desired.zone)}" if due else ""
    return f"restore {_state(remote, desired)} {_name(desired)} from the trash{when}"


def gone(desired: Desired, by: str = "") -> str:
    """Return the line for a post that no longer exists on the site.

    Args:
        desired: What the post should be.
        by: The command that moved it to the trash; "" for a person.
    """
    how = f"moved to the trash by {by}" if by else "deleted on the site"
    return f"skip {_name(desired)}: it was {how}"


def refusal(desired: Desired, reason: str, doing: str = "publish") -> str:
    """Return the line for a post that is not changed.

    Args:
        desired: What the post should be.
        reason: Why nothing is sent.
        doing: What was asked for, such as "edit".
    """
    return f"cannot {doing} {_name(desired)}: {reason}"


def _move(remote: Remote, target: Target) -> str:
    if target.status:
        return _STATUS_MOVES.get(target.status, f"make {{}} {target.status}")
    return (
        f"re{_MOVES[target.state]}"
        if target.state is remote.state is State.SCHEDULED
        else _MOVES[target.state]
    )


def _name(desired: Desired) -> str:
    return f"“{desired.title}” on {desired.site}"


def _state(remote: Remote, desired: Desired) -> str:
    word = remote.status or remote.state
    return str(word) if word == State.DRAFT else f"{word} {desired.kind}"


def _when(desired: Desired, target: Target | None) -> str:
    if target is None or target.at is None:
        return ""
    return (
        f"{' for' if target.state is State.SCHEDULED else ', dated'}"
        f" {both_clocks(target.at, desired.zone)}"
    )
