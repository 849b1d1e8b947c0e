"""Ask before publishing without a memory of earlier runs.

A journal that knows nothing of a blog cannot tell a new post from one that was deleted there, nor a
draft that waits to be published from one that was taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blogkit.errors import LostHistory
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import State
from blogkit.project.context import ProjectContext
from blogkit.regions import find_sentinel
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.listing import PRESENT

_NAMED = 5


def lost_history(
    context: ProjectContext,
    journal: Journal,
    planned: Mapping[str, Sequence[Action]],
    memories: Mapping[str, Mapping[str, Memory]],
    *,
    all_posts: bool,
) -> LostHistory | None:
    """Return why a plan needs the user's confirmation.

    Args:
        context: The call's context.
        journal: What earlier runs left.
        planned: The actions of each site.
        memories: What the journal remembers of each site.
        all_posts: The plan is for all posts, so it shows whether some are on the blog already.

    Returns:
        The error; None if the journal knows the blogs, or if they have no posts of this folder.
    """
    for site, actions in planned.items():
        if memories[site] or journal.unsettled(site):
            continue
        risky = [action for action in actions if _needs_history(action)]
        if not risky:
            continue
        if hidden := context.sites.platform(site).hides_posts():
            return _error(site, risky, hidden)
        if _are_there(actions) or (not all_posts and _is_used(context, site, risky)):
            return _error(site, risky)
    return None


def _needs_history(action: Action) -> bool:
    """Return whether an action creates a post, or shows one to readers."""
    remote, target = action.remote_state.remote, action.target
    if action.kind is ActionKind.CREATE:
        return True
    hidden = remote is not None and remote.state is State.DRAFT
    return action.writes and hidden and target is not None and target.state is not State.DRAFT


def _are_there(actions: Sequence[Action]) -> bool:
    remotes = [(action.key, action.remote_state.remote) for action in actions]
    return any(remote and find_sentinel(remote.body) == key for key, remote in remotes)


def _is_used(context: ProjectContext, site: str, risky: Sequence[Action]) -> bool:
    """Return whether the site has any post of this folder."""
    keys, platform = context.posts.keys(), context.sites.platform(site)
    return any(
        find_sentinel(post.body) in keys
        for kind in sorted({action.desired.kind for action in risky})
        for post in platform.list(kind, PRESENT, on_unreadable=lambda _: None)
    )


def _error(site: str, risky: Sequence[Action], hidden: str = "") -> LostHistory:
    names = ", ".join(action.desired.name for action in risky[:_NAMED])
    more = f" and {len(risky) - _NAMED} more" if len(risky) > _NAMED else ""
    if hidden:
        return LostHistory(
            f"{hidden}; there is no journal of {site} here, so blogkit cannot tell whether these"
            f" are there already: {names}{more}; nothing was sent",
            hint="set lang for the site; if these posts are new, add --rebuild",
        )
    return LostHistory(
        f"{site} already has posts of this folder, but there is no journal of them here, so"
        f" blogkit cannot tell whether these were deleted or taken back there: {names}{more};"
        " nothing was sent",
        hint=(
            "if they are to be published, add --rebuild; for jobs without a journal, set"
            ' state = "file" in blogkit.toml'
        ),
    )
