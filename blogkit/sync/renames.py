"""Detect renamed files: their key changes, and publishing them would create a second post. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from blogkit.journal.records import Memory
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.compare import had_title

Suspects = dict[str, tuple[str, ...]]
"""The key of a post about to be created → the keys under which a post of its title is on the
site already.
"""


def find_renames(actions: Sequence[Action], memories: Mapping[str, Memory]) -> Suspects:
    """Return creates that may be renamed files. Most runs have none.

    Args:
        actions: A plan of one site.
        memories: What the journal remembers of the site, by key.
    """
    found = {}
    for action in actions:
        if action.kind is ActionKind.CREATE:
            draft = action.desired.draft
            # A renamed file has a new key; its title is what it most likely still shares with the
            # post.
            alike = [
                m.key
                for m in memories.values()
                if m.key != action.key
                and m.kind == draft.kind
                and had_title(m.last_seen, draft.title)
            ]
            if alike:
                found[action.key] = tuple(alike)
    return found


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
