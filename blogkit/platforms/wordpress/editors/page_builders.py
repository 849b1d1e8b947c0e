"""Whether readers see what a write changed.

A page builder such as Elementor makes the page from data of its own: it replaces `the_content`, and
readers do not get to see the text of the post
(https://developer.wordpress.org/reference/hooks/the_content/).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from blogkit.html.blocks import delimiters
from blogkit.html.tokenizer import tokenize
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
_RAW_BRACKET = re.compile(r"""=\s*(?:"[^"<>]*>[^"]*"|'[^'<>]*>[^']*')""")
"""An attribute with a raw `>`."""


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
    if not builder and _RAW_BRACKET.search(after) and _is_swallowed(before, after, rendered):
        return 'WordPress ends a tag above it at a ">" inside an attribute: write &gt; there'
    if not builder and _shows_addition(before, after, rendered):
        return ""
    reason = f"{builder or 'the theme or a plugin'} does not make the page from the post's text"
    changed = _changed_regions(before, after)
    if not changed:
        return reason if builder and before != after and len(after) >= len(before) else ""
    return "" if any(_is_in(rendered, after, region) for region in changed) else reason


def _changed_regions(before: str, after: str) -> list[Region]:
    return [
        region
        for region in find_regions(after).regions
        if after[region.start : region.end] not in before
    ]


def _is_swallowed(before: str, after: str, rendered: str) -> bool:
    """Return whether the page has a changed region only inside of an attribute.

    The display filter takes `alt="x >` for a whole tag and makes a typographic quote of the one
    that ends the attribute, so that browsers read on to the next one
    (https://developer.wordpress.org/reference/functions/wptexturize/).
    """
    starts = {token.start for token in tokenize(rendered)}
    tags = [
        _START_TAG.search(after, region.inner, region.inner_end)
        for region in _changed_regions(before, after)
    ]
    return any(
        tag[0] in rendered
        and not any(found.start() in starts for found in re.finditer(re.escape(tag[0]), rendered))
        for tag in tags
        if tag
    )


def _shows_addition(before: str, after: str, rendered: str) -> bool:
    """Return whether one piece was added, on lines of its own, and all of it is in the page.

    That is the usual case, and parsing the text and the page takes a hundred times as long.
    """
    added = list(_between_delimiters(_added(before, after)))
    return any(added) and all(piece in rendered for piece in added)


def _between_delimiters(html: str) -> Iterator[str]:
    """Yield what WordPress leaves in the page: all but the comments around blocks."""
    at = 0
    for found in delimiters(html):
        yield html[at : found.start].strip()
        at = found.end
    yield html[at:].strip()


def _added(before: str, after: str) -> str:
    """Return the piece that was added; "" if something else was changed."""
    lengths = range(min(len(before), len(after)) + 1)
    same = bisect_left(lengths, True, key=lambda length: before[:length] != after[:length]) - 1
    # What is added may begin as what follows it does, such as with `<!-- wp:`.
    for start in (same, before.rfind("\n", 0, same) + 1):
        end = len(after) - (len(before) - start)
        if end > start and after[end:] == before[start:] and after[start] in "<\n":
            return after[start:end]
    return ""


def _is_in(rendered: str, body: str, region: Region) -> bool:
    # A plugin may remove comments, and keeps the tags.
    tag = _START_TAG.search(body, region.inner, region.inner_end)
    return bool(tag and tag[0] in rendered) or bool(find_regions(rendered).named(region.id))
