"""Plan without asking a site: as if it were in the state that the journal knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blogkit.journal.records import Memory
from blogkit.platforms.base import Remote, State
from blogkit.project.built_post import PendingPost
from blogkit.project.context import ProjectContext
from blogkit.project.queue.assign import plan_slots
from blogkit.sync.actions import Action, RemoteState
from blogkit.sync.listing import ref_of_memory
from blogkit.sync.plan import plan_from_memory, plan_one


def plan_offline(
    context: ProjectContext,
    site: str,
    pending: Sequence[PendingPost],
    memories: Mapping[str, Memory],
) -> list[Action]:
    """Return what would follow for each post.

    Args:
        context: The call's context.
        site: The site's name.
        pending: The posts.
        memories: What the journal remembers of the site.
    """
    desired = [one.desired for one in pending]
    known = {one.key: _known(one.title, memories.get(one.key)) for one in desired}
    dated, found = plan_slots(context, site, desired, known, memories, offline=True)
    now = context.clock()
    return [
        plan_one(one, found[one.key], now)
        if found[one.key].trouble
        else plan_from_memory(one, memories.get(one.key), now)
        for one in dated
    ]


def _known(title: str, memory: Memory | None) -> RemoteState:
    if memory is None or memory.state == State.TRASHED:
        return RemoteState(memory=memory)
    at, url = memory.at, memory.url
    remote = Remote(ref_of_memory(memory), title, "", State(memory.state), url, at)
    return RemoteState(remote, memory)
