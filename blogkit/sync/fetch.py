"""Fetch the state of a site with as few requests as a plan needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blogkit.errors import Conflict, Rejected, Unreadable
from blogkit.journal.records import Intent, Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Platform, Ref, Remote
from blogkit.platforms.unread import is_settled
from blogkit.sync import listing
from blogkit.sync.actions import ActionKind, Desired, RemoteState, settled
from blogkit.sync.compare import edited_fields
from blogkit.sync.delete import is_deleted
from blogkit.sync.duplicates.rule import own_draft
from blogkit.sync.listing import ref_of_memory
from blogkit.sync.locate import Sources, locate_post

if TYPE_CHECKING:  # an untouched post is not compared
    from blogkit.sync.compare import Expected

_NO_CONTENT = (ActionKind.SET_STATE, ActionKind.SETTLE, ActionKind.UNTRASH)


def fetch_states(
    desired: Sequence[Desired],
    platform: Platform,
    journal: Journal,
    *,
    memories: Mapping[str, Memory] | None = None,
    may_be_empty: bool = False,
    deep: bool = False,
    now: datetime | None = None,
    compared: Collection[str] = (),
    report: Callable[[str], None] = lambda _: None,
) -> dict[str, RemoteState]:
    """Return what is known about each of these posts, by key.

    The site is listed if that takes fewer requests than one for each post. Posts are found by id
    where the journal knows it, else by the sentinel.

    Args:
        desired: The posts of one site.
        platform: The site.
        journal: What earlier runs left.
        memories: The journal's records of this site, if they were read already.
        may_be_empty: Do not stop if all posts are gone.
        deep: Read the texts of all posts, also of those that their time stamps prove.
        now: The time before anything is read; None takes the machine's.
        compared: The keys of posts that are compared even if nothing changed since we wrote them:
            a site's own values may have been kept then.
        report: Is told the title of each post that is read.

    Raises:
        SuddenlyEmpty: The site shows none of the posts that were published there.
        SiteError: The site cannot be read; nothing can be planned for it.
    """
    known = journal.memories(platform.name) if memories is None else memories
    now = now or datetime.now(UTC)
    intents: dict[str, list[Intent]] = {}
    for intent in journal.unsettled(platform.name):
        intents.setdefault(intent.key, []).append(intent)
    listed = None
    if listing.is_listing_cheaper(desired, known, platform.capabilities):
        listed = listing.read_listing(
            desired,
            {} if may_be_empty else known,
            platform,
            lambda post: report(post.title),
            deep=deep,
        )
    others = {ref_of_memory(memory): key for key, memory in known.items()}
    others |= {Ref(one.remote_id, one.kind): one.key for one in desired if one.remote_id}
    sources = Sources(platform, journal, listed, others)
    found = {}
    for wanted in desired:
        if listed is None:
            report(wanted.title)
        found[wanted.key] = _fetch_one(
            sources,
            wanted,
            known.get(wanted.key),
            intents.get(wanted.key, []),
            compared=wanted.key in compared,
        )
    if not may_be_empty:
        _refuse_emptiness(platform.name, found, known)
    now += platform.clock_offset()
    return {
        key: settled(one) if one.remote and is_settled(one.remote.updated, now) else one
        for key, one in found.items()
    }


def _refuse_emptiness(
    site: str, found: Mapping[str, RemoteState], known: Mapping[str, Memory]
) -> None:
    remembered = [known[key] for key in found if key in known]
    if not any(state.unreadable or state.remote for key, state in found.items() if key in known):
        listing.refuse_emptied(site, remembered, {"post", "page"})


def _fetch_one(
    sources: Sources,
    desired: Desired,
    memory: Memory | None,
    intents: list[Intent],
    *,
    compared: bool,
) -> RemoteState:
    try:
        located = locate_post(sources, desired, memory, intents)
    except (Conflict, Unreadable) as error:
        return RemoteState(
            None,
            memory,
            unsettled=bool(intents),
            trouble=error.message,
            hint=error.hint,
            unreadable=isinstance(error, Unreadable),
        )
    remote = located.remote
    if remote is not None and memory is not None and remote.ref.id != memory.remote_id:
        memory = None  # it is about a post that is gone
    unconfirmed = bool(remote and own_draft([remote], memory, intents) and not desired.remote_id)
    here = RemoteState(
        remote,
        memory,
        unsettled=bool(intents),
        unconfirmed=unconfirmed,
        others=located.others,
        leftovers=located.leftovers,
        deleted=is_deleted(memory, intents),
    )
    if remote and not compared and _is_as_we_left_it(desired, memory, intents, remote):
        return here
    try:
        sources.platform.resolve(desired.draft)
    except Rejected as error:
        return replace(here, trouble=_at_its_line(desired, error), hint=error.hint, refused=True)
    if remote is None:
        return here
    remote = sources.platform.with_settings(remote, desired.draft.settings)
    here = _explained(replace(here, remote=remote), intents, remote)
    return _compared(sources, desired, here, remote)


def _explained(here: RemoteState, intents: Sequence[Intent], remote: Remote) -> RemoteState:
    """Return what is known about a post, with the open actions whose result it shows."""
    from blogkit.sync.compare import Expected, is_result_of

    shown = [
        intent
        for intent in intents
        if intent.expected and is_result_of(Expected.unpack(intent.expected, intent.id), remote)
    ]
    return replace(
        here,
        intent=next(iter(shown), None),
        wrote=next((intent for intent in shown if intent.action not in _NO_CONTENT), None),
    )


def _compared(sources: Sources, desired: Desired, here: RemoteState, remote: Remote) -> RemoteState:
    """Return what is known about a post, compared with its file and merged with it."""
    from blogkit.sync.compare import compare, expected_on
    from blogkit.sync.merging.base import merge_with_base

    platform, journal = sources.platform, sources.journal
    draft = _addressed(desired, remote, platform, journal)
    expected = expected_on(platform, draft, remote)
    found = compare(expected, remote, in_words=False)
    # Without a memory, what this site rewrites cannot be told from what a person wrote there.
    is_rewritten = here.memory is None and bool(expected.accept)
    differs = found.unexplained if is_rewritten else found.fields
    merge = None
    if here.memory:
        merge = merge_with_base(
            desired.draft,
            draft,
            remote,
            here.memory,
            platform,
            journal,
            differs=differs,
            unsettled=here.unsettled,
            wrote=here.wrote,
        )
    return replace(
        here,
        identical=expected.body == remote.body,
        same_image=_has_image(desired.draft, remote, platform, journal),
        differs=differs,
        merge=merge,
    )


def _has_image(draft: Draft, remote: Remote, platform: Platform, journal: Journal) -> bool:
    """Return whether a post is known to have the featured image of a draft, if it has one."""
    from blogkit.sync.uploads import known_upload

    if not platform.capabilities.featured_image:
        return True
    if draft.featured is None:
        return not draft.featured_url
    home = known_upload(platform, journal, draft.featured.sha256)
    return home is not None and home.id == remote.featured_id


def _at_its_line(desired: Desired, error: Rejected) -> str:
    """Return a refusal of a setting with the line of the file that has it."""
    name = error.message.partition(":")[0]
    line = desired.draft.lines.get(name)
    return f"{desired.name}:{line}: {error.message}" if line else error.message


def _addressed(desired: Desired, remote: Remote, platform: Platform, journal: Journal) -> Draft:
    """Return the draft with the addresses of the files that were uploaded."""
    from blogkit.sync.uploads import with_known_uploads

    return with_known_uploads(desired.draft, platform, journal, remote.body)


def expected_of(desired: Desired, remote: Remote, platform: Platform, journal: Journal) -> Expected:
    """Return what a post on the site should show to be as desired.

    Args:
        desired: What the post should be.
        remote: The post, which may name the addresses of uploaded files.
        platform: The site.
        journal: Knows what was uploaded to it.
    """
    from blogkit.sync.compare import expected_on

    return expected_on(platform, _addressed(desired, remote, platform, journal), remote)


def _is_as_we_left_it(
    desired: Desired, memory: Memory | None, intents: list[Intent], remote: Remote
) -> bool:
    return (
        memory is not None
        and not intents
        and memory.last_pushed == desired.digest
        and not edited_fields(memory.last_seen, remote)
    )
