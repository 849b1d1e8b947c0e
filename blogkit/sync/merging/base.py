"""Find what a file and its site last agreed on, and merge with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from blogkit.errors import JournalError
from blogkit.journal.records import Entry, Intent, Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Platform, Remote, settings_between
from blogkit.sync.compare import differences, edited_fields, expected_on
from blogkit.sync.merging.merge import MERGED, FileValues, Merge, Values, as_asked, merge
from blogkit.sync.serialize import unpack_asked, unpack_remote

# Lists are merged by their elements, so they need no newer base.
_WRITTEN = ("title", "body", "excerpt", "slug", "featured_id", "raw_title", "raw_excerpt")


def merge_with_base(
    draft: Draft,
    addressed: Draft,
    remote: Remote,
    memory: Memory,
    platform: Platform,
    journal: Journal,
    *,
    differs: tuple[str, ...],
    unsettled: bool,
    wrote: Intent | None = None,
) -> Merge | None:
    """Merge a file's post with the post on its site.

    Args:
        draft: What the file asks for.
        addressed: The same with the addresses of uploaded files.
        remote: The post on the site.
        memory: What the journal remembers of it.
        platform: The site.
        journal: Has the post as file and site last agreed.
        differs: The fields in which the site differs from the draft.
        unsettled: Whether the end of some action is unknown.
        wrote: The unfinished action of ours whose content the site shows, if it does.

    Returns:
        The merged post; None if the journal does not have the base.
    """
    found = agreed(memory, journal, unsettled=unsettled)
    if found is None or found[0].ref != remote.ref:
        return None
    base, asked = _as_written(found[0], remote, wrote), found[1]
    interim = platform.capabilities.slug == "by-title" and remote.title == draft.slug
    there = replace(remote, title=base.title) if interim else remote
    # A title in a body, as in Blogger's comment with the wanted address, is no change of the body.
    mine = expected_on(platform, replace(addressed, title=base.title), remote)
    here = FileValues(mine.body, mine.category_ids, mine.settings, frozenset(mine.accept))
    merged = merge(base, asked, draft, here, there, platform.capabilities.taxonomy)
    if merged.draft == draft:
        return replace(merged, differs=differs)
    shown = merged.draft
    if shown.body == draft.body:
        shown = replace(shown, body=addressed.body)
    return replace(merged, differs=differences(expected_on(platform, shown, remote), remote))


def _as_written(base: Remote, remote: Remote, wrote: Intent | None) -> Remote:
    """Return the base with the values that an unfinished write of ours has set."""
    if wrote is None or not wrote.before:
        return base
    before = unpack_remote(wrote.before, wrote.id)
    changed = {
        name: getattr(remote, name)
        for name in _WRITTEN
        if getattr(before, name) != getattr(remote, name)
    }
    settings = settings_between(remote, before)
    changed["settings"] = {**base.settings, **{name: remote.settings[name] for name in settings}}
    return replace(base, **changed)


def agreed(
    memory: Memory, journal: Journal, *, unsettled: bool = False
) -> tuple[Remote, Values] | None:
    """Return the post as file and site last agreed, and what the file asked for otherwise.

    Args:
        memory: What the journal remembers of the post.
        journal: The journal.
        unsettled: Whether the end of some action is unknown. Then an older base is right, too: a
            merge that is repeated gives the same.

    Returns:
        The post, and the file's values of fields in which the site's were kept; None if the
        journal does not have it, such as on another machine.
    """
    entry = journal.base(memory.site, memory.key)
    if entry is None or entry.after is None:
        return None
    base = unpack_remote(entry.after, entry.id)
    if not unsettled and edited_fields(memory.last_seen, base):
        return None
    return base, unpack_asked(entry.after, entry.id)


def asked_last(site: str, key: str, journal: Journal) -> Values:
    """Return the values that a file last asked for where its site's were kept.

    Args:
        site: The site's name.
        key: The post's key.
        journal: The journal.
    """
    entry = journal.base(site, key)
    return unpack_asked(entry.after, entry.id) if entry and entry.after else {}


def asked_before(entry: Entry, journal: Journal) -> Values:
    """Return what a file asked for before an action, where the post then had other values.

    Args:
        entry: The action, which is to be undone.
        journal: The journal.
    """
    with suppress(JournalError):  # a damaged copy is reported where it is needed
        before = unpack_remote(entry.before, entry.id) if entry.before else None
        for earlier in journal.history(entry.site, entry.key) if before else ():
            if earlier.after and earlier.id < entry.id:
                asked = unpack_asked(earlier.after, earlier.id)
                base = as_asked(unpack_remote(earlier.after, earlier.id), asked)
                differs = {
                    name: getattr(base, name)
                    for name in MERGED
                    if getattr(base, name) != getattr(before, name)
                }
                return {**asked, **differs}
    return {}
