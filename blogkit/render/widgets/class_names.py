"""Class names that reader modes and ad blockers do not remove.

Firefox's reader view removes elements whose class contains "related", "meta" or "tags", and lifts a
"byline" out of the text (https://github.com/mozilla/readability/blob/main/Readability.js, REGEXPS);
ad blockers hide "ad", "banner", "sponsor" and their like.
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
    "community": "people",
    "contact": "reach",
    "dateline": "dated",
    "disqus": "talk",
    "extra": "more",
    "footer": "end",
    "gdpr": "privacy",
    "header": "top",
    "hidden": "folded",
    "legends": "keys",
    "masthead": "top",
    "media": "pictures",
    "menu": "list",
    "meta": "key",
    "outbrain": "more",
    "pager": "leaves",
    "pagination": "leaves",
    "popup": "panel",
    "promo": "offer",
    "related": "see-also",
    "remark": "note",
    "replies": "answers",
    "scroll": "slide",
    "share": "pass-on",
    "shopping": "goods",
    "shoutbox": "talk",
    "sidebar": "beside",
    "skyscraper": "beside",
    "social": "people",
    "sponsor": "backer",
    "supplemental": "more",
    "tags": "labels",
    "widget": "part",
}


def neutral(name: str) -> str:
    """Return a name without words that reader modes and ad blockers remove.

    `related` becomes `see-also`.
    """
    return "-".join(_NEUTRAL.get(word, word) for word in name.split("-"))


def is_cut(name: str) -> bool:
    """Return whether reader modes or ad blockers would remove an element of this class."""
    return neutral(name) != name or any(word in name for word in _NEUTRAL if len(word) > len("ads"))
