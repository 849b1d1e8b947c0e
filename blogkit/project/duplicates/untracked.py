"""Find posts on a site that a new post may duplicate although no file describes them."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from blogkit.journal.records import Memory
from blogkit.platforms.base import Platform, Remote, State
from blogkit.project.duplicates.similarity import PostText, compare_all, folded
from blogkit.regions import find_sentinel
from blogkit.sync.actions import Desired
from blogkit.sync.listing import ref_of_memory

_TAG = re.compile(r"<[^<>]*>")


def similar_posts(
    new: Sequence[Desired],
    platform: Platform,
    keys: Collection[str],
    memories: Mapping[str, Memory],
) -> Mapping[str, tuple[Remote, str]]:
    """Return for each new post one on the site that is like it, and in which respect, by key.

    Args:
        new: Posts that are about to be created.
        platform: The site.
        keys: The keys of files that are whole; their posts are compared as files.
        memories: What the journal knows of the site, by key.
    """
    found = {}
    tracked = {ref_of_memory(memory) for key, memory in memories.items() if key in keys}
    for kind in {one.kind for one in new}:
        wanted = {Path(one.key): one for one in new if one.kind == kind}
        there = {
            Path(post.ref.id): post
            for post in platform.find_similar([one.draft for one in wanted.values()], kind)
            if post.state is not State.TRASHED
            and post.ref not in tracked
            and find_sentinel(post.body) not in keys
        }
        if not there:
            continue
        alike = compare_all(
            [_text(place, one.title, one.draft.body) for place, one in wanted.items()],
            (_text(place, post.title, post.body) for place, post in there.items()),
        )
        for place, (other, respect) in alike.items():
            found[wanted[place].key] = there[other], respect
    return found


def _text(place: Path, title: str, body: str) -> PostText:
    """Return a post as it is compared; tags are dropped without taking the HTML apart."""
    spoken = html.unescape(_TAG.sub(" ", body))
    return PostText(place, folded(html.unescape(title)), frozenset(), "", lambda: spoken)
