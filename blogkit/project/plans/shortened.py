"""Hold back a file that is much shorter than its post: it may have been cut off.

A full disk, a sync program or an editor that crashed leaves such files. Publishing one would cut
the live post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from blogkit.config import Config
from blogkit.platforms.base import State
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind

Questions = dict[tuple[str, str], Action]
"""Actions that wait for the user's word, by site and key."""

_SHARE = 2 / 3
_FEWEST = 300
"""Characters. A short post that lost a sentence has lost a large share of its text, too."""


def hold_back_shortened(
    planned: Mapping[str, Sequence[Action]], config: Config
) -> tuple[dict[str, list[Action]], Questions]:
    """Return the plan without updates that would cut what readers see or will see, and these.

    Args:
        planned: The actions of each site.
        config: Knows how users call the files.

    Returns:
        The plan, in which such an update is refused, and these updates.
    """
    kept = {site: [_held_back(one, config) for one in actions] for site, actions in planned.items()}
    refused = {(one.site, one.key) for each in kept.values() for one in each if one.blocked}
    questions = {
        (one.site, one.key): one
        for actions in planned.values()
        for one in actions
        if not one.blocked and (one.site, one.key) in refused
    }
    return kept, questions


def _held_back(action: Action, config: Config) -> Action:
    if action.kind is not ActionKind.UPDATE or "body" not in action.changes:
        return action
    remote = action.remote_state.remote
    states = {remote.state if remote else None, action.target.state if action.target else None}
    if remote is None or not states & {State.LIVE, State.SCHEDULED}:
        return action
    there, here = _length(remote.body), _length(action.desired.draft.body)
    if not _is_much_less(here, there):
        return action
    path = action.desired.path
    name = config.relative(path) if path else action.key
    reason = f"its text has {here:,} characters, but the {remote.state} post has {there:,}"
    return replace(
        action,
        kind=ActionKind.REFUSED,
        summary=messages.refusal(action.desired, reason),
        target=None,
        hint=f"if nothing is missing in the file, run: blogkit publish {name} --shorter",
    )


def is_shortened(action: Action) -> bool:
    """Return whether a file with changes is much shorter than its post, in whichever state.

    Args:
        action: What follows for the file.
    """
    remote = action.remote_state.remote
    if remote is None or action.kind not in {ActionKind.UPDATE, ActionKind.CONFLICT}:
        return False
    return _is_much_less(_length(action.desired.draft.body), _length(remote.body))


def _is_much_less(here: int, there: int) -> bool:
    return here < there * _SHARE and there - here >= _FEWEST


def _length(body: str) -> int:
    """Return the number of characters that readers see, with white space as one."""
    from blogkit.html import words

    return len(" ".join(words(body).split()))
