"""The writing direction of a post: from its language, or else from its title."""

from __future__ import annotations

import unicodedata

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
    """Return whether text runs from right to left."""
    tag = language.lower().replace("_", "-")
    if tag:
        parts = tag.split("-")
        return parts[0] in _RIGHT_TO_LEFT or "-".join(parts[:2]) in _RIGHT_TO_LEFT
    strong = next(
        (kind for kind in map(unicodedata.bidirectional, title) if kind in {"L", "R", "AL"}), "L"
    )
    return strong != "L"
