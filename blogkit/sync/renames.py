"""Detect renamed files: their key changes, and publishing them would create a second post."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from blogkit.errors import JournalError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.compare import title_digest, title_digests
from blogkit.sync.serialize import unpack_asked, unpack_remote

Suspects = dict[str, tuple[str, ...]]
"""The key of a post about to be created → the keys under which a post of its title is on the
site already.
"""


def find_renames(
    actions: Sequence[Action], memories: Mapping[str, Memory], former: Mapping[str, set[str]]
) -> Suspects:
    """Return creates that may be renamed files. Most runs have none.

    Args:
        actions: A plan of one site.
        memories: What the journal remembers of the site, by key.
        former: Titles that posts had earlier, by key.
    """
    creates = [action for action in actions if action.kind is ActionKind.CREATE]
    if not creates:
        return {}
    # A renamed file has a new key; its title is what it most likely still shares with the post.
    titled: dict[tuple[str, str], list[str]] = {}
    for memory in memories.values():
        digests = {title_digest(memory.last_seen)}
        digests.update(*map(title_digests, former.get(memory.key, ())))
        for digest in digests:
            titled.setdefault((memory.kind, digest), []).append(memory.key)
    found = {}
    for action in creates:
        draft = action.desired.draft
        keys = {
            key for it in title_digests(draft.title) for key in titled.get((draft.kind, it), ())
        }
        if alike := keys - {action.key}:
            found[action.key] = tuple(key for key in memories if key in alike)
    return found


def former_titles(memories: Iterable[Memory], journal: Journal) -> dict[str, set[str]]:
    """Return the titles that posts had, and that their files asked for, in all of the journal.

    A person may have changed the title on the site, and `blogkit undo` brings back an older one.

    Args:
        memories: What the journal remembers of the posts.
        journal: The journal.

    Returns:
        The titles by key.
    """
    return {memory.key: set(_titles(memory, journal)) for memory in memories}


def _titles(memory: Memory, journal: Journal) -> Iterator[str]:
    for entry in journal.history(memory.site, memory.key):
        if entry.after:
            with suppress(JournalError):  # a damaged copy is reported where it is needed
                yield unpack_remote(entry.after, entry.id).title
                yield str(unpack_asked(entry.after, entry.id).get("title", ""))


def refuse_renames(
    actions: Sequence[Action], found: Suspects, keys: Collection[str]
) -> list[Action]:
    """Refuse to create a post whose title a post on the site has.

    Args:
        actions: A plan of one site.
        found: What `find_renames` returned.
        keys: The keys of all files.

    Returns:
        The plan with those creates refused.
    """
    return [
        _refused(action, sorted(found.get(action.key, ()), key=lambda key: key in keys), keys)
        for action in actions
    ]


def _refused(action: Action, alike: Sequence[str], keys: Collection[str]) -> Action:
    if not alike:
        return action
    reason = f'{action.site} already has a post with this title (key "{alike[0]}")'
    hint = "if this is a copy, delete the file; if it is a different post, use --as-new"
    if alike[0] not in keys:
        reason += ", and no file has that key any more"
        hint = (
            f"if the file was renamed, add `key: {alike[0]}` to its front matter; if this is a"
            " different post, use --as-new"
        )
    return replace(
        action,
        kind=ActionKind.REFUSED,
        summary=messages.refusal(action.desired, reason),
        target=None,
        hint=hint,
    )
