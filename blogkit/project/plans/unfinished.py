"""Keep unfinished drafts from readers.

A file without `publish: now` or a time may hold placeholders, for it makes a draft. Whether its
post is a draft, though, only the site tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from blogkit.platforms.base import State
from blogkit.project.built_post import PendingPost
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind


def refuse_unfinished(actions: Sequence[Action], pending: Sequence[PendingPost]) -> list[Action]:
    """Return the actions of one site; one that would show a placeholder to readers is refused.

    Args:
        actions: What was decided.
        pending: The posts of these actions. A draft that is withdrawn has none.
    """
    posts = {one.desired.key: one for one in pending}
    return [
        _checked(action, posts[action.key]) if action.key in posts else action for action in actions
    ]


def _checked(action: Action, post: PendingPost) -> Action:
    if action.kind is not ActionKind.UPDATE:
        return action
    remote = action.remote_state.remote
    if remote is None or remote.state not in (State.LIVE, State.SCHEDULED):
        return action
    from blogkit.project.content_checks import UNFINISHED

    found = [problem for problem in post.problems if problem.code in UNFINISHED]
    if not found or post.desired.remote_id:
        return action
    return replace(
        action,
        kind=ActionKind.REFUSED,
        summary=messages.refusal(action.desired, f"the post is {remote.state}, and {found[0]}"),
        target=None,
        hint=found[0].hint,
    )
