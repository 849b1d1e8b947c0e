"""Show which categories a plan creates, and refuse posts whose categories are unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from blogkit.config import Config
from blogkit.platforms.base import Platform
from blogkit.project.built_post import PendingPost, located
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind

_WRITES_TERMS = (ActionKind.CREATE, ActionKind.UPDATE)


def check_terms(
    actions: Sequence[Action], pending: Sequence[PendingPost], platform: Platform, config: Config
) -> list[Action]:
    """Return the actions of one site; a post is refused if its categories are unclear.

    Args:
        actions: What was decided.
        pending: The posts of these actions.
        platform: The site. It is asked for its terms if a post that will be written names some.
        config: Knows how users call the files.

    Raises:
        SiteError: The site cannot be read.
    """
    posts = {one.desired.key: one for one in pending}
    return [
        _checked(action, posts[action.key], platform, config)
        if action.kind in _WRITES_TERMS
        else action
        for action in actions
    ]


def _checked(action: Action, one: PendingPost, platform: Platform, config: Config) -> Action:
    remote = None if action.kind is ActionKind.CREATE else action.remote_state.remote
    found = platform.site_terms(action.desired.draft, remote)
    if not found.problems:
        creates = "".join(f"; creates {what}" for what in found.creates)
        return replace(action, summary=f"{action.summary}{creates}")
    place = config.relative(one.path)
    problems = [located(problem, place, one.built.post) for problem in found.problems]
    return replace(
        action,
        kind=ActionKind.REFUSED,
        summary=messages.refusal(action.desired, "; ".join(map(str, problems))),
        target=None,
        hint="; ".join(dict.fromkeys(problem.hint for problem in problems)),
    )
