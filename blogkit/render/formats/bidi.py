"""The writing direction of a post: from its language, or else from its title."""

from __future__ import annotations

import unicodedata

# Languages usually written in a right-to-left script; with a tag such as "pa-Arab" the script
# decides.
_RIGHT_TO_LEFT = frozenset(
    {
        "ar",
        "ckb",
        "dv",
        "fa",
        "he",
        "iw",
        "nqo",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
        "ha-arab",
        "ku-arab",
        "pa-arab",
    }
)


def is_right_to_left(language: str, title: str) -> bool:
    """Return whether text runs from right to left.

    Args:
        language: A language tag; "" if unknown.
        title: Decides without a language, by its first strong character
            (https://www.unicode.org/reports/tr9/#P2).
    """
    tag = language.lower().replace("_", "-")
    if tag:
        parts = tag.split("-")
        return parts[0] in _RIGHT_TO_LEFT or "-".join(parts[:2]) in _RIGHT_TO_LEFT
    strong = next(
        (kind for kind in map(unicodedata.bidirectional, title) if kind in {"L", "R", "AL"}), "L"
    )
    return strong != "L"
