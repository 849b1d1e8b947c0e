"""Give queued posts their slots.

The site is the truth: a post that it has as scheduled keeps its time, and the times of all posts on
the site are taken, also of those that other people made. The others take the next free slots, in
the order of priority, then key. Posts that the call does not name have their turn, too. So every
machine that has the same files and sees the same site computes the same times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.journal.records import Memory
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.project.context import ProjectContext
from blogkit.project.options import QueueChoices
from blogkit.sync.actions import Desired, RemoteState
from blogkit.sync.desired import desired_state_of
from blogkit.sync.listing import PRESENT, ref_of_memory
from blogkit.times import both_clocks

if TYPE_CHECKING:  # most posts wait for no slot
    from blogkit.project.queue.files import WaitingFile

_LEAD = timedelta(minutes=1)
"""A slot that is nearer could pass while the post is sent."""
_DRAFT = Target(State.DRAFT)
_NO_SLOTS = (
    "there are no slots for {site}",
    'add to blogkit.toml: [schedule] with slots = ["mon-fri 07:00"]',
)
_ALL_TAKEN = (
    "no slot is free in the next five years",
    "add slots to [schedule] in blogkit.toml, or raise per_day",
)


@dataclass(frozen=True)
class SiteTimes:
    """What a site's calendar is computed from.

    Attributes:
        taken: The times of posts on the site, of those that are scheduled and, if the rules ask
            for it, of those that are live.
        others: Posts of the project that this call does not plan: those that wait for a slot, and
            those with a time of their own.
        moves: Times that a call gives to posts, by key.
        recreate: Posts that are gone are created again.
    """

    taken: Mapping[Ref, datetime] = field(default_factory=dict)
    others: Sequence[WaitingFile] = ()
    moves: Mapping[str, datetime] = field(default_factory=dict)
    recreate: bool = False


def plan_slots(
    context: ProjectContext,
    site: str,
    desired: Sequence[Desired],
    seen: Mapping[str, RemoteState],
    memories: Mapping[str, Memory],
    *,
    choices: QueueChoices = QueueChoices(),  # noqa: B008
    offline: bool = False,
) -> tuple[list[Desired], dict[str, RemoteState]]:
    """Return the posts of a plan with their times, and what is known about each.

    Asks the site for the times of its posts if one of these needs a slot.

    Args:
        context: The call's context.
        site: The site's name.
        desired: The posts of one site.
        seen: What is known about each, by key.
        memories: What the journal remembers of the site.
        choices: What the caller decided.
        offline: Trust the journal alone.

    Raises:
        SiteError: The site cannot be listed.
    """
    if not any(one.queued for one in desired):
        return list(desired), dict(seen)
    held = choices.holds
    desired = [
        replace(one, queued=replace(one.queued, held=held.get(one.key, one.queued.held)))
        if one.queued
        else one
        for one in desired
    ]
    times = SiteTimes(moves=choices.moves, recreate=choices.recreate)
    if waiting_posts(context, site, desired, seen, recreate=choices.recreate):
        from blogkit.project.queue.files import waiting_files

        paths = {one.path for one in desired if one.path}
        taken = times_in_memory(memories) if offline else times_on_site(context, site)
        others = waiting_files(context, site, paths, memories, offline=offline)
        times = replace(times, taken=taken, others=others)
    return with_slots(context, site, desired, seen, times)


def waiting_posts(
    context: ProjectContext,
    site: str,
    desired: Sequence[Desired],
    seen: Mapping[str, RemoteState],
    *,
    recreate: bool,
) -> list[Desired]:
    """Return the posts that need a slot.

    Args:
        context: The call's context.
        site: The site's name.
        desired: The posts of one site.
        seen: What is known about each, by key.
        recreate: A post that is gone counts, too: it is created again.
    """
    if context.config.schedules[site].hold:
        return []
    return [
        one
        for one in desired
        if one.queued
        and not one.queued.held
        and _waits(seen.get(one.key) or RemoteState(), recreate=recreate)
    ]


def _waits(found: RemoteState, *, recreate: bool) -> bool:
    """Return whether a post still has to get its time."""
    if found.trouble:
        return False
    if _is_gone(found):
        return found.memory is None or recreate
    return found.remote is not None and found.remote.state is State.DRAFT


def _is_gone(found: RemoteState) -> bool:
    return found.remote is None or found.remote.state is State.TRASHED


def with_slots(
    context: ProjectContext,
    site: str,
    desired: Sequence[Desired],
    seen: Mapping[str, RemoteState],
    times: SiteTimes,
) -> tuple[list[Desired], dict[str, RemoteState]]:
    """Return the posts with their times, and what is known about each.

    A post that can get no slot is refused with the reason.

    Args:
        context: The call's context.
        site: The site's name.
        desired: The posts of one site.
        seen: What is known about each, by key.
        times: What the calendar is computed from.
    """
    rules, found = context.config.schedules[site], dict(seen)
    posts = waiting_posts(context, site, desired, seen, recreate=times.recreate)
    waiting = {one.key for one in posts}
    slots = assigned(context, site, desired, seen, times) if waiting else times.moves
    dated = []
    for one in desired:
        if one.queued is None:
            dated.append(one)
        elif one.key in waiting and one.key not in slots:
            reason, hint = _ALL_TAKEN if rules.slots else _NO_SLOTS
            known = found.get(one.key, RemoteState())
            trouble = reason.format(site=site)
            found[one.key] = replace(known, trouble=trouble, hint=hint, refused=True)
            dated.append(one)
        else:
            held = one.queued.held or rules.hold
            known = found.get(one.key, RemoteState())
            dated.append(_dated(one, known, slots.get(one.key), held=held))
    return dated, found


def assigned(
    context: ProjectContext,
    site: str,
    desired: Sequence[Desired],
    seen: Mapping[str, RemoteState],
    times: SiteTimes,
) -> dict[str, datetime]:
    """Return the slots of all posts that wait, by key, also of those the call does not plan.

    Args:
        context: The call's context.
        site: The site's name.
        desired: The posts of one site.
        seen: What is known about each, by key.
        times: What the calendar is computed from.
    """
    from blogkit.slots.calendar import Calendar, QueuedPost

    calendar = Calendar(
        context.config.schedules[site],
        context.config.zone,
        _taken(desired, seen, times).values(),
    )
    waiting = [
        QueuedPost(one.key, one.queued.priority)
        for one in waiting_posts(context, site, desired, seen, recreate=times.recreate)
        if one.queued and one.key not in times.moves
    ]
    waiting += [QueuedPost(one.key, one.priority) for one in times.others if one.takes_a_slot]
    needed = context.sites.platform(site).capabilities.min_lead_seconds
    lead = max(timedelta(seconds=needed), _LEAD)
    found = calendar.assign(waiting, context.clock() + lead)
    return {**found, **times.moves}


def _taken(
    desired: Sequence[Desired], seen: Mapping[str, RemoteState], times: SiteTimes
) -> dict[Ref | str, datetime]:
    """Return the times that posts have, by post: on the site, or soon, as their files ask."""
    taken: dict[Ref | str, datetime] = dict(times.taken.items())
    for one in times.others:
        if one.at is not None:
            taken[one.ref or one.key] = one.at
    for wanted in desired:
        known = seen.get(wanted.key)
        name = known.remote.ref if known and known.remote else wanted.key
        if wanted.queued is None and wanted.target and wanted.target.at:
            taken[name] = wanted.target.at
        if wanted.key in times.moves:
            taken[name] = times.moves[wanted.key]
    return taken


def _dated(one: Desired, known: RemoteState, slot: datetime | None, *, held: bool) -> Desired:
    remote = known.remote
    target: Target | None
    if slot is None and remote and remote.state not in (State.DRAFT, State.SCHEDULED):
        # It has had its turn. What was asked for then is kept, so nothing is left to do.
        asked = known.memory.desired_state if known.memory else one.desired_state
        return replace(one, desired_state=asked)
    if held:
        target = _DRAFT
    elif slot is not None:
        target, one = Target(State.SCHEDULED, slot), replace(one, note=_missed(one, known, slot))
    elif remote is not None and remote.state is State.SCHEDULED:
        target = Target(State.SCHEDULED, remote.at)
    else:
        return one
    return replace(one, target=target, desired_state=desired_state_of(target))


def _missed(one: Desired, known: RemoteState, slot: datetime) -> str:
    """Return that a run before was to give the post an earlier slot, which has passed; or ""."""
    asked = known.intent or known.memory
    text = asked.desired_state.removeprefix("at ") if asked else ""
    try:
        earlier = datetime.fromisoformat(text)
    except ValueError:
        return ""
    waits = known.remote is not None and known.remote.state is State.DRAFT
    if not waits or earlier >= slot:
        return ""
    return f"it missed its slot on {both_clocks(earlier, one.zone)}"


def times_on_site(context: ProjectContext, site: str) -> dict[Ref, datetime]:
    """Return the times of posts on a site, also those that others made. Asks the site.

    Args:
        context: The call's context.
        site: The site's name.

    Raises:
        SiteError: The site cannot be listed.
    """
    rules = context.config.schedules[site]
    # What is live counts only for the distance to the next post, and for the number of a day.
    live = bool(rules.per_day or rules.spacing)
    states = [one for one in PRESENT if one is State.SCHEDULED or (live and one is State.LIVE)]
    posts = context.sites.platform(site).glance("post", states, on_unreadable=lambda _: None)
    return _times(posts)


def times_in_memory(memories: Mapping[str, Memory]) -> dict[Ref, datetime]:
    """Return the times of posts that the journal knows.

    Args:
        memories: What the journal remembers of a site, by key.
    """
    dated = (State.SCHEDULED, State.LIVE)
    return {
        ref_of_memory(memory): memory.at
        for memory in memories.values()
        if memory.at and memory.state in dated
    }


def _times(posts: Iterable[Remote]) -> dict[Ref, datetime]:
    return {post.ref: post.at for post in posts if post.at}
