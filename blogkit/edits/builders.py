"""Page builders that keep a page's rows and columns as shortcodes in the post's text.

WPBakery (`[vc_row]`), Divi (`[et_pb_section]`), Avada (`[fusion_builder_container]`) and Enfold
(`[av_section]`) do. A line of such shortcodes is not a paragraph, and a widget outside of all rows
is on the page, but not in its layout.
"""

from __future__ import annotations

import re

_BUILDERS = {"vc_": "WPBakery", "et_pb_": "Divi", "fusion_": "Avada", "av_": "Enfold"}
_TAG = re.compile(rf"\[/?({'|'.join(_BUILDERS)})\w*(?:\s[^\[\]]*)?\]")


def builder_of(body: str) -> str:
    """Return the page builder whose shortcodes a body has; "" if it has none."""
    found = _TAG.search(body)
    return _BUILDERS[found[1]] if found else ""


def without_builder_tags(body: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the shortcodes of a page builder at its ends.

    Args:
        body: The body.
        start: Where the span begins.
        end: The offset behind it.
    """
    tags = list(_TAG.finditer(body, start, end))
    for tag in tags:
        if body[start : tag.start()].strip():
            break
        start = tag.end()
    for tag in reversed(tags):
        if tag.end() <= start or body[tag.end() : end].strip():
            break
        end = tag.start()
    text = body[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def at_builder_tag(body: str, offset: int) -> bool:
    """Return whether a page builder's shortcode ends or begins here: a paragraph ends there.

    Args:
        body: The body.
        offset: The place.
    """
    last = body.rfind("[", 0, offset)
    return bool(_TAG.match(body, offset) or (last >= 0 and _TAG.fullmatch(body, last, offset)))
