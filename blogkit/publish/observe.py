"""Look at a site, with the fewest requests that a plan can stand on."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from blogkit.errors import ConflictError, NotFound
from blogkit.journal.records import Intent, Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Platform, Ref, Remote, State, Uploaded, with_addresses
from blogkit.publish.actions import Desired, Look
from blogkit.publish.compare import Meant, differences, edited, is_result_of, meant_of


def look(
    desired: Sequence[Desired], platform: Platform, journal: Journal, *, report: Callable[[Desired], None] = lambda _: None
) -> dict[str, Look]:
    """What there is about each of these posts, by key.

    One request for each: by id where the journal knows it, else by the sentinel. report: called before each.
    Raises what the platform's reads raise; nothing can be planned for a site that cannot be looked at.
    """
    memories = journal.memories(platform.name)
    intents: dict[str, list[Intent]] = {}
    for intent in journal.unsettled(platform.name):
        intents.setdefault(intent.key, []).append(intent)
    found = {}
    for wanted in desired:
        report(wanted)
        found[wanted.key] = _look(wanted, memories.get(wanted.key), intents.get(wanted.key, []), platform, journal)
    return found


def _look(desired: Desired, memory: Memory | None, intents: list[Intent], platform: Platform, journal: Journal) -> Look:
    try:
        remote = _remote(desired, memory, platform)
    except ConflictError as error:
        return Look(None, memory, trouble=error.message, hint=error.hint)
    if remote is not None and memory is not None and remote.ref.id != memory.remote_id:
        memory = None  # it is about a post that is gone
    here = Look(remote, memory, unsettled=bool(intents))
    if remote is None or _is_as_we_left_it(desired, memory, intents, remote):
        return here
    draft = _with_addresses_of(remote, with_known_uploads(desired.draft, platform.name, journal))
    return replace(
        here,
        intent=next((intent for intent in intents if intent.meant and is_result_of(Meant.unpack(intent.meant), remote)), None),
        differs=differences(meant_of(draft, platform.meant(draft), platform.capabilities), remote),
    )


def _remote(desired: Desired, memory: Memory | None, platform: Platform) -> Remote | None:
    if memory is not None:
        try:
            remote = platform.get(Ref(memory.remote_id, "page" if memory.kind == "page" else "post"))
        except NotFound:
            pass
        else:
            if remote.state is not State.TRASHED:
                return remote
    # Not known, or gone: an interrupted create, another machine or a restored backup may have made a post of this key.
    return platform.find(desired.key, desired.draft.kind)


def _is_as_we_left_it(desired: Desired, memory: Memory | None, intents: list[Intent], remote: Remote) -> bool:
    return memory is not None and not intents and memory.pushed == desired.digest and not edited(memory.observed, remote)


def _with_addresses_of(remote: Remote, draft: Draft) -> Draft:
    """For files of which the journal knows nothing (it was lost): uploads carry the beginning of their hash in their name."""
    found = {}
    for asset in draft.assets:
        address = re.search(rf"""(?<=["'])[^"'<>]*{asset.sha256[:12]}[^"'<>]*""", remote.body)
        if address:
            found[asset.url] = Uploaded(html.unescape(address.group()))
    return with_addresses(draft, found)


def with_known_uploads(draft: Draft, site: str, journal: Journal) -> Draft:
    """The draft with the addresses of those of its files that were uploaded before."""
    known = {asset.url: journal.asset(site, asset.sha256) for asset in draft.assets}
    return with_addresses(draft, {promise: Uploaded(home.url, home.id) for promise, home in known.items() if home})
