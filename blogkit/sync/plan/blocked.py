"""Actions that send nothing, each with its reason and what to do next."""

from __future__ import annotations

from blogkit.platforms.base import Remote, State
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Desired, RemoteState

CONFLICT_HINT = (
    "compare them with blogkit diff; --ours overwrites the change on the site, --theirs keeps it"
)

_OUR_TRASH = (
    "restore it with blogkit undo RUN (blogkit log lists the runs; on Blogger, use its editor)"
)
"""A folder has no trash to open; Blogger's API cannot restore from its own."""


def troubled_action(desired: Desired, found: RemoteState) -> Action:
    """Return the action for a post that is unknown: damaged, refused, or with several copies.

    Args:
        desired: What the post should be.
        found: What is known about it.
    """
    if found.unreadable or found.refused:
        summary = messages.refusal(desired, found.trouble.removeprefix(f"site {desired.site}: "))
        return blocked_action(ActionKind.REFUSED, desired, found, summary, found.hint)
    return blocked_action(
        ActionKind.CONFLICT, desired, found, f"conflict: {found.trouble}", found.hint
    )


def blocked_action(
    kind: ActionKind,
    desired: Desired,
    found: RemoteState,
    summary: str,
    hint: str,
    changes: tuple[str, ...] = (),
) -> Action:
    """Return an action that sends nothing.

    Args:
        kind: Why it is blocked.
        desired: What the post should be.
        found: What is known about it.
        summary: The action's line in the plan.
        hint: What to do next.
        changes: The fields that differ.
    """
    return Action(kind, desired, summary, found, changes=changes, hint=hint)


def gone_action(desired: Desired, found: RemoteState) -> Action:
    """Return the action for a post that was on the site and is not any more.

    Args:
        desired: What the post should be.
        found: What is known about it.
    """
    again = (
        "remove the post_id: line from its file to publish it as a new post"
        if desired.remote_id
        else "use --recreate to publish it again"
    )
    ours = found.memory is not None and found.memory.state == State.TRASHED
    by = "delete" if found.deleted else "undo" if ours else ""
    restore = _OUR_TRASH if by else "restore it from the blog's trash"
    hint = f"{restore}, or {again}"
    return blocked_action(ActionKind.GONE, desired, found, messages.gone(desired, by), hint)


def stays_deleted_action(desired: Desired, found: RemoteState) -> Action:
    """Return the action for a post that blogkit deleted, and whose file has not changed since.

    Args:
        desired: What the post should be.
        found: What is known about it.
    """
    hint = "remove its file, or publish it again with --recreate"
    summary = messages.stays_deleted(desired)
    return blocked_action(ActionKind.UNCHANGED, desired, found, summary, hint)


def other_kind_action(desired: Desired, found: RemoteState, remote: Remote) -> Action:
    """Return the action for a page that the file makes a post, or the reverse.

    Args:
        desired: What the post should be.
        found: What is known about it.
        remote: The post as the site has it.
    """
    reason = (
        f"it is a {remote.ref.kind} on the site but a {desired.kind} in the file; sites cannot"
        " convert one into the other"
    )
    return blocked_action(
        ActionKind.REFUSED,
        desired,
        found,
        messages.refusal(desired, reason),
        "change `type:` back, or give the file its own `key:`",
    )


def contested_action(
    desired: Desired, found: RemoteState, remote: Remote, there: tuple[str, ...], *, here: bool
) -> Action:
    """Return the action for a post that was changed on the site.

    Args:
        desired: What the post should be.
        found: What is known about it.
        remote: The post as the site has it.
        there: The fields that were changed there.
        here: Whether the file was changed, too.
    """
    if found.memory is None and found.intent is None:
        hint = (
            "compare them with blogkit diff; --ours publishes the file's version, --theirs keeps"
            " the site's version"
        )
        return blocked_action(
            ActionKind.CONFLICT,
            desired,
            found,
            messages.different_post(desired, remote, there),
            hint,
            there,
        )
    if here:
        summary = messages.conflict(desired, there)
        return blocked_action(ActionKind.CONFLICT, desired, found, summary, CONFLICT_HINT, there)
    hint = (
        "see the change with blogkit diff; blogkit pull copies it to your file, --ours"
        " overwrites it"
    )
    return blocked_action(
        ActionKind.REMOTE_EDITED,
        desired,
        found,
        messages.edited_remotely(desired, remote, there),
        hint,
        there,
    )
