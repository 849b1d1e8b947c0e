"""Merge the state of a post, which is a field like the others. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from blogkit.platforms.base import Remote, State, Target
from blogkit.sync.actions import Desired
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.sync.merging.merge import Merge


def with_state(
    merge: Merge,
    desired: Desired,
    remote: Remote,
    target: Target | None,
    *,
    there: tuple[str, ...],
    keeps: bool,
) -> Merge:
    """Return a merge in which a state that was changed on the site is kept or a conflict.

    Args:
        merge: The merged content.
        desired: What the post should be.
        remote: The post on the site.
        target: The state that the file asks for.
        there: What was changed on the site.
        keeps: Whether the site's state stays, because the file asks for the same as before.
    """
    if "state" not in there:
        return merge
    name = remote.status or _words(remote.state, None, desired.zone)
    if keeps:
        return replace(
            merge, kept=(*merge.kept, f"keeps the state {name} that was set on the site")
        )
    from blogkit.sync.merging.merge import FieldConflict

    assert target is not None  # without one, every state is right
    here = _words(target.state, target, desired.zone)
    return replace(merge, conflicts=(*merge.conflicts, FieldConflict("state", name, here)))


def _words(state: State, target: Target | None, zone: tzinfo) -> str:
    at = target.at if target and state is State.SCHEDULED else None
    return f"{state} for {both_clocks(at, zone)}" if at else str(state)
