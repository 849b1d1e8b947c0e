"""Find the page in what was copied from an AI assistant: a code fence, and chat text around it."""

from __future__ import annotations

import re

_OPENING = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*(?:html?|HTML?)?[ \t]*\n(?=\s*<)", re.MULTILINE)
_CLOSING = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<[a-zA-Z!/]")
_MOST_TALK = 1_500


def page_in(source: str) -> tuple[int, int]:
    """Return the page's start and end.

    It is inside the only fence, if nothing outside it is HTML; else it is everything.
    """
    opening = _OPENING.search(source)
    if not opening or _TAG.search(source[: opening.start()]) or opening.start() > _MOST_TALK:
        return 0, len(source)
    closing = _CLOSING.search(source, opening.end())
    if closing is None:
        return opening.end(), len(source)
    after = source[closing.end() :]
    # HTML after the fence, or a long text, is not an assistant's closing remark
    if _TAG.search(after) or _OPENING.search(after) or len(after) > _MOST_TALK:
        return 0, len(source)
    return opening.end(), closing.start()


def alone(source: str, start: int, end: int) -> str:
    """Return the source with everything else blanked; offsets and lines stay.

    Args:
        source: The whole text.
        start: Where the page begins.
        end: The offset behind it.
    """
    return (
        re.sub(r"[^\n]", " ", source[:start])
        + source[start:end]
        + re.sub(r"[^\n]", " ", source[end:])
    )
