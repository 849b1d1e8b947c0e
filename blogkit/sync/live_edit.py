"""Edit a live post in place: replace its body, with plan, read-back and undo as usual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import tzinfo

from blogkit.journal.records import Intent
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Ref, Remote
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Desired, RemoteState
from blogkit.sync.compare import (
    Expected,
    differences,
    edited_fields,
    expected_from_remote,
    fingerprint,
    is_result_of,
)
from blogkit.sync.serialize import pack_remote, unpack_remote

UP_TO_DATE = "it is already up to date"
"""Why an edit has nothing to do in a post, if nothing else is known."""
_LIVE = "live:"


def key_of(ref: Ref) -> str:
    """Return the journal key for edits of a live post, which are independent of its file."""
    return f"{_LIVE}{ref.kind}/{ref.id}"


def is_without_file(key: str) -> bool:
    """Return whether `key_of` made a key: the journal remembers no such post."""
    return key.startswith(_LIVE)


def plan_edit(
    site: str, remote: Remote, body: str, doing: str, *, zone: tzinfo, idle: str = UP_TO_DATE
) -> Action:
    """Return the action that replaces a post's body.

    Args:
        site: The site's name.
        remote: The post as it is.
        body: Its new body; the same body gives an UNCHANGED action.
        doing: A description, such as "insert quiz-button before the heading “Conclusion”".
        zone: The blog's time zone, for messages.
        idle: Why there is nothing to do, if the body is the same.
    """
    desired = _desired(site, remote, zone)
    found = RemoteState(remote)
    if body == remote.body:
        return Action(
            ActionKind.UNCHANGED,
            desired,
            f"nothing to do in “{remote.title}” on {site}: {idle}",
            found,
        )
    return Action(
        ActionKind.EDIT,
        desired,
        messages.edit_body(desired, remote, doing),
        found,
        desired_remote=replace(remote, body=body),
        changes=("body",),
    )


def refused_edit(
    site: str, remote: Remote, reason: str, hint: str, *, conflict: bool = False, zone: tzinfo
) -> Action:
    """Return the action for a post that is not changed.

    Args:
        site: The site's name.
        remote: The post as it is.
        reason: Why it is not changed.
        hint: What the user can do.
        conflict: Whether the reason is an edit on the site.
        zone: The blog's time zone, for messages.
    """
    desired = _desired(site, remote, zone)
    if conflict:
        summary = f"conflict: cannot edit “{remote.title}” on {site}: {reason}"
        return Action(ActionKind.CONFLICT, desired, summary, RemoteState(remote), hint=hint)
    return Action(
        ActionKind.REFUSED,
        desired,
        messages.refusal(desired, reason, "edit"),
        RemoteState(remote),
        hint=hint,
    )


def verdicts(intents: Iterable[Intent], remote: Remote) -> dict[int, bool]:
    """Return whether each interrupted edit of a post arrived.

    Args:
        intents: The edits without a known end.
        remote: The post as it is.

    Returns:
        By the intent's id; unclear ones are omitted.
    """
    found = {}
    for intent in intents:
        before = unpack_remote(intent.before, intent.id) if intent.before else None
        if intent.expected and is_result_of(Expected.unpack(intent.expected, intent.id), remote):
            found[intent.id] = True
        elif before is not None and not edited_fields(fingerprint(before), remote):
            found[intent.id] = False
    return found


def take_note(journal: Journal, run: int, site: str, remote: Remote, summary: str) -> None:
    """Record a post as it is: what was edited on the blog since the last run stays.

    Args:
        journal: The journal, locked by the caller.
        run: The run that it is part of.
        site: The site's name.
        remote: The post as it is.
        summary: Why, in a sentence for people.
    """
    key, ref = key_of(remote.ref), remote.ref
    number = journal.intend(
        run, site, key, ref.kind, ActionKind.ADOPT, summary, "", None, remote_id=ref.id
    )
    journal.finish(number, site, key, ref.id, pack_remote(remote))


def _kept(wanted: Remote, shown: Remote) -> bool:
    """Return whether a site shows a post as desired, apart from known rewrites."""
    return not differences(expected_from_remote(wanted), shown)


def _desired(site: str, remote: Remote, zone: tzinfo) -> Desired:
    def no_draft() -> Draft:
        raise AssertionError("an edit in place has no draft")

    return Desired(
        key_of(remote.ref), None, site, remote.ref.kind, remote.title, no_draft, None, "", "", zone
    )
