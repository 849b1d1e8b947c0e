"""Find drafts that killed runs left beside a post, and plan to withdraw them. Pure.

A run that is killed right after it created a draft leaves it beside the post that another machine
publishes at that moment. If its journal is lost as well, only the creation ids tell that these are
two creations of ours. A person's copy of a post has the same creation id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from blogkit.journal.records import Memory
from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.regions import creation_id
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Desired, RemoteState
from blogkit.sync.duplicates.rule import age


def leftovers(posts: Sequence[Remote], memory: Memory | None) -> Sequence[Remote]:
    """Return the drafts to withdraw, so that one of these posts is left.

    The post that is not a draft is kept, else the oldest draft: every machine keeps the same.

    Args:
        posts: The posts with one key.
        memory: What the journal remembers of the post; a post that it knows is not withdrawn.

    Returns:
        All posts but one; nothing if one of them is not certainly superfluous.
    """
    seen = [post for post in posts if post.state is not State.DRAFT or post.status]
    kept = min(posts, key=age) if not seen else seen[0]
    others = [post for post in posts if post.ref != kept.ref]
    ids = {creation_id(post.body) for post in posts}
    if "" in ids or len(ids) < len(posts):
        return ()
    if any(memory and post.ref.id == memory.remote_id for post in others):
        return ()
    from blogkit.sync.duplicates.creation import is_as_created

    return others if all(is_as_created(post) for post in others) else ()


def plan_withdrawals(desired: Iterable[Desired], seen: Mapping[str, RemoteState]) -> list[Action]:
    """Return an action for each draft to withdraw.

    Args:
        desired: The posts of one site.
        seen: What is known about each, by key.
    """
    return [
        _withdrawal(wanted, found.remote, draft)
        for wanted in desired
        if (found := seen.get(wanted.key)) and found.remote
        for draft in found.leftovers
    ]


def key_of_leftover(ref: Ref) -> str:
    """Return the journal key for the withdrawal of a draft: the post's own key is the other's."""
    return f"leftover:{ref.kind}/{ref.id}"


def _withdrawal(wanted: Desired, kept: Remote, draft: Remote) -> Action:
    def no_draft() -> Draft:
        raise AssertionError("what is withdrawn is not written")

    desired = Desired(
        key=key_of_leftover(draft.ref),
        path=None,
        site=wanted.site,
        kind=draft.ref.kind,
        title=draft.title,
        make_draft=no_draft,
        target=None,
        digest="",
        desired_state="",
        zone=wanted.zone,
    )
    found = RemoteState(draft, others=(kept,))
    return Action(ActionKind.WITHDRAW, desired, messages.withdraw(desired, draft, kept), found)
