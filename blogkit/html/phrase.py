"""A phrase by which a search finds a text. Pure."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"<[^<>]*>")  # with a "<" inside, 40 KB of them would take seconds
_BREAK = re.compile(r"[^\w\s,;:.!?()\u0900-\u0dff-]+|\n+")
"""Characters that editors replace by others, such as quotes; the letters of some scripts are not
all `\\w`.
"""
_FEWEST, _MOST = 5, 12
"""Words of a phrase."""
_SHORTEST = 20
"""Words of a text; shorter ones are not compared."""


def phrase_of(body: str) -> str:
    """Return words in a row that other posts hardly have.

    WordPress's search also looks into the content
    (https://developer.wordpress.org/reference/classes/wp_query/parse_search/), and takes words in
    quotes as one phrase.

    Args:
        body: The body of a new post, as HTML.

    Returns:
        The first words of the longest run without markup; "" if the body has too few.
    """
    text = _MARKUP.sub("\n", body)
    longest = max((run.split(" ") for run in _BREAK.split(text)), key=len, default=[])
    words = [word for word in longest if word][:_MOST]
    return " ".join(words) if len(words) >= _FEWEST and len(text.split()) >= _SHORTEST else ""
