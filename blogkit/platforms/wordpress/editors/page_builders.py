"""Whether readers see what a write changed.

A page builder such as Elementor makes the page from data of its own: it replaces `the_content`, and
readers do not get to see the text of the post
(https://developer.wordpress.org/reference/hooks/the_content/).
"""

from __future__ import annotations

import re

from blogkit.regions import Region, find_regions

_BUILDERS = {
    "data-elementor-type=": "Elementor",
    "fl-builder-content": "Beaver Builder",
    "et_pb_section": "Divi",
    "brxe-": "Bricks",
    "ct-section": "Oxygen",
}
"""What the pages of builders have in their HTML, and texts of posts have not."""
_START_TAG = re.compile(r"<[a-z][^<>]*>")


def why_unseen(before: str, after: str, answer: object) -> str:
    """Return why readers do not see a change; "" if they see it, as far as can be told.

    Args:
        before: The post's text before the change.
        after: The text that the site stored.
        answer: The decoded answer to the change, with `content.rendered` if the text changed.
    """
    content = answer.get("content") if isinstance(answer, dict) else None
    rendered = content.get("rendered") if isinstance(content, dict) else None
    return _why(before, after, rendered) if isinstance(rendered, str) else ""


def _why(before: str, after: str, rendered: str) -> str:
    builder = next(
        (name for sign, name in _BUILDERS.items() if sign in rendered and sign not in after), ""
    )
    reason = f"{builder or 'the theme or a plugin'} does not make the page from the post's text"
    changed = [
        region
        for region in find_regions(after).regions
        if after[region.start : region.end] not in before
    ]
    if not changed:
        return reason if builder and before != after and len(after) >= len(before) else ""
    return "" if any(_is_in(rendered, after, region) for region in changed) else reason


def _is_in(rendered: str, body: str, region: Region) -> bool:
    if find_regions(rendered).named(region.id):
        return True
    # A plugin may remove comments, and keeps the tags.
    tag = _START_TAG.search(body, region.inner, region.inner_end)
    return bool(tag and tag[0] in rendered)
