"""Class names that reader modes and ad blockers let live.

Firefox's reader view throws away elements whose class says "related" or "sidebar", and lifts a "byline" out of the text
(https://github.com/mozilla/readability/blob/main/Readability.js, REGEXPS); ad blockers hide "ad", "banner", "sponsor" and their like.
"""

from __future__ import annotations

_NEUTRAL = {
    "ad": "notice",
    "ads": "notices",
    "author": "writer",
    "banner": "strip",
    "breadcrumb": "path",
    "breadcrumbs": "path",
    "byline": "signed",
    "comment": "word",
    "comments": "words",
    "footer": "end",
    "header": "top",
    "menu": "list",
    "popup": "panel",
    "promo": "offer",
    "related": "see-also",
    "share": "pass-on",
    "sidebar": "beside",
    "social": "people",
    "sponsor": "backer",
    "widget": "part",
}


def neutral(name: str) -> str:
    """The name with every word replaced that would get an element of this class cut: `related` is `see-also`."""
    return "-".join(_NEUTRAL.get(word, word) for word in name.split("-"))


def is_cut(name: str) -> bool:
    """Whether an element of this class would get cut. Reader modes look for the longer words anywhere in a name."""
    return neutral(name) != name or any(word in name for word in _NEUTRAL if len(word) > len("ads"))
