"""Find posts whose file is as it was when they were published, and that only look different now.

A new version of blogkit may render the same file with other styles or elements. No person asked for
that, so publishing leaves such posts alone, and `blogkit upgrade` renders them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from blogkit.errors import BlogkitError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform
from blogkit.sync.actions import Desired
from blogkit.sync.fetch import expected_of


def older_looks(
    desired: Iterable[Desired],
    memories: Mapping[str, Memory],
    journal: Journal,
    platform: Platform,
) -> dict[str, str]:
    """Return the posts that were published in another look, and are the same otherwise.

    Args:
        desired: The posts of one site.
        memories: What the journal remembers of them, by key.
        journal: Has each post and its file as they were published.
        platform: The site.

    Returns:
        The digest of each post as it was published, by key.
    """
    found: dict[str, str] = {}
    for one in desired:
        memory = memories.get(one.key)
        # An unreadable copy proves nothing: the post is then planned as any other.
        with suppress(BlogkitError, OSError):
            if memory and _is_older(one, memory, journal, platform):
                found[one.key] = memory.last_pushed
    return found


def _is_older(desired: Desired, memory: Memory, journal: Journal, platform: Platform) -> bool:
    if memory.last_pushed in ("", desired.digest):
        return False
    from blogkit.regions import without_keys
    from blogkit.sync.compare.looks import differ_in_looks_alone
    from blogkit.sync.merging.base import agreed

    entry, base = journal.base(memory.site, memory.key), agreed(memory, journal)
    if entry is None or base is None or base[1]:
        return False
    path = desired.path
    if path and entry.source is not None and path.read_bytes() != entry.source:
        return False
    body = expected_of(desired, base[0], platform, journal).body
    return differ_in_looks_alone(*without_keys(body, base[0].body))
