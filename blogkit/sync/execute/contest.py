"""Before a new post goes live: keep it, or give way to the post of another run.

See `blogkit.sync.duplicates.rule` for the rule. The look for the key also shows what the site
stores of our draft, as the last look before it goes live.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from blogkit.errors import BlogkitError, JournalError, NotFound, StaleAnswer, Unreadable
from blogkit.platforms.base import Ref, Remote, State, raise_unreadable
from blogkit.platforms.conflicts import changed_fields
from blogkit.platforms.items import duplicate_key, is_copy
from blogkit.platforms.unread import time_of
from blogkit.regions import find_sentinel
from blogkit.sync.actions import Action, ActionKind, RemoteState
from blogkit.sync.compare import differences, is_result_of
from blogkit.sync.duplicates.rule import rival, undecided
from blogkit.sync.execute.attempt import Attempt
from blogkit.sync.execute.unanswered import NO_ANSWER, look_after
from blogkit.sync.fetch import expected_of
from blogkit.sync.listing import PRESENT, ref_of_memory
from blogkit.sync.plan import plan_one

WITHDRAWN = (
    "another run created it at the same moment; blogkit keeps that post and moved its own draft to"
    " the trash"
)
_PATIENCE = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for another run that may have looked before our draft was there."""
_LONGEST_PLANNING = timedelta(hours=1)
"""A post of another run may have been written while ours listed the site."""


def may_be_contested(attempt: Attempt) -> bool:
    """Return whether another run may have created the same post at the same moment."""
    kind, found = attempt.action.kind, attempt.action.remote_state
    return kind in {ActionKind.CREATE, ActionKind.SETTLE} or found.unconfirmed


def settle_duplicates(attempt: Attempt) -> Action | None:
    """Look for the key once more, and withdraw our draft if it has to give way.

    Returns:
        None if our draft is the post to keep, else what follows for the other post.

    Raises:
        DuplicateKey: Two posts are live, or a person edited the draft.
        SentUnclear: The site could not be read, or the draft could not be withdrawn.
    """
    assert attempt.remote is not None
    own = attempt.remote
    for pause in (*_PATIENCE, None):
        posts = _look(attempt, own)
        own = next((post for post in posts if post.ref == own.ref), own)
        others = [post for post in posts if post.ref != own.ref]
        other = rival(own, others, attempt.interim)
        if other is None:
            other = undecided(own, others)
            if other is not None and pause is not None:
                attempt.sleep(pause)
                continue
        if other is None or (own.state is not State.DRAFT and other.state is State.DRAFT):
            break
        if _withdraw(attempt, own, posts):
            return _take_over(attempt, other)
    if attempt.answers_stored:
        # A plugin may have changed the draft after its answer was prepared: `wp_after_insert_post`
        # (https://developer.wordpress.org/reference/hooks/wp_after_insert_post/).
        attempt.see(own)
    return None


def _look(attempt: Attempt, own: Remote) -> Sequence[Remote]:
    """Return the posts with the key that may have been written since the plan, and ours.

    Raises:
        SentUnclear: The site could not be read, or its answer is so old that it lacks our draft.
    """
    attempt.step("look for duplicates")
    action = attempt.action
    since = None
    if action.kind is ActionKind.CREATE and action.planned is not None:
        since = action.planned - _LONGEST_PLANNING
    damaged: list[Unreadable] = []
    try:
        posts = attempt.platform.find_all(
            action.key, action.desired.kind, since=since, on_unreadable=damaged.append
        )
        if damaged:
            _refuse_unknown(attempt, damaged, since)
        listed = find_sentinel(own.body) != action.key or own.ref in {post.ref for post in posts}
        if not listed:
            raise StaleAnswer(
                f"site {action.site} does not list the new draft yet", site=action.site, status=200
            )
        posts = [post for post in posts if post.ref == own.ref or not _is_other(attempt, post)]
    except JournalError:
        raise
    except BlogkitError as error:
        addition = "it is a draft until blogkit can tell that no other run created it, too"
        down = None if isinstance(error, StaleAnswer) else error
        raise attempt.unclear(error, addition, cause=down) from error
    return posts


def _is_other(attempt: Attempt, post: Remote) -> bool:
    """Return whether a post with our key is a copy, or known by another key."""
    return is_copy(post) or post.ref in _known_by_other_keys(attempt)


def _known_by_other_keys(attempt: Attempt) -> set[Ref]:
    memories = attempt.journal.memories(attempt.action.site).values()
    return {ref_of_memory(memory) for memory in memories if memory.key != attempt.action.key}


def _refuse_unknown(
    attempt: Attempt, damaged: Sequence[Unreadable], since: datetime | None
) -> None:
    """Raise the first damaged post that may be one with our key."""
    others, kind = _known_by_other_keys(attempt), attempt.action.desired.kind
    unknown = [error for error in damaged if Ref(error.post_id, kind) not in others]
    if unknown and not (
        attempt.platform.capabilities.glances and _are_told_apart(attempt, others, since)
    ):
        raise unknown[0]


def _are_told_apart(attempt: Attempt, others: Collection[Ref], since: datetime | None) -> bool:
    """Return whether a listing without texts tells that no damaged post has our key.

    Raises:
        Unreadable: A post in it cannot be read, either.
    """
    assert attempt.remote is not None
    told = {attempt.remote.ref, *others}
    posts = attempt.platform.glance(
        attempt.action.desired.kind, PRESENT, on_unreadable=raise_unreadable
    )
    unknown = [post for post in posts if post.ref not in told and not _is_older(post, since)]
    keys = (find_sentinel(attempt.platform.get(post.ref).body) for post in unknown)
    return attempt.action.key not in keys


def _is_older(post: Remote, since: datetime | None) -> bool:
    written = time_of(post.updated)
    return since is not None and written is not None and written < since


def _withdraw(attempt: Attempt, own: Remote, posts: Sequence[Remote]) -> bool:
    """Move our draft to the trash, unless another run has published it in the meantime."""
    action = attempt.action
    attempt.step("withdraw the draft")
    try:
        now = attempt.platform.get(own.ref)
        if now.state not in {State.DRAFT, State.TRASHED} and own.state is State.DRAFT:
            return False
        if own.state is not State.DRAFT or changed_fields(own, now):
            raise duplicate_key(action.site, action.key, own.ref.kind, posts)
        if now.state is State.DRAFT:
            attempt.platform.trash(own.ref)
    except NO_ANSWER as error:
        left = look_after(attempt, error, own.ref)
        if left is not None and left.state is not State.TRASHED:
            raise attempt.unclear(error, "the draft is still on the site so far") from error
    except NotFound:
        pass
    except JournalError:
        raise
    except BlogkitError as error:
        attempt.note_unclear(error.message)
        raise
    attempt.failed(WITHDRAWN)
    attempt.journal.forget(action.site, action.key)
    return True


def _take_over(attempt: Attempt, other: Remote) -> Action:
    """Decide about the other post, which the journal does not know.

    Raises:
        BlogkitError: It is gone, or cannot be read.
    """
    desired, now = attempt.action.desired, attempt.clock()
    other = attempt.platform.get(other.ref)
    if other.state is State.TRASHED:
        raise NotFound(
            f"another run created {other.ref.kind} {other.ref.id} on site {desired.site} at the"
            " same moment and moved it to the trash; blogkit withdrew its own draft, too",
            site=desired.site,
            hint="run the same command again",
        )
    expected = expected_of(desired, other, attempt.platform, attempt.journal)
    if other.title == attempt.interim and is_result_of(expected, other):
        other = replace(other, title=expected.title)  # it gets its title as it goes live
    found = RemoteState(other, differs=differences(expected, other))
    return plan_one(desired, found, now)
