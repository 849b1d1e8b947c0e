from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 900

TEXTS = {
    "published_text": "W",
    "updated_text": "W",
    "author": "W",
    "reading_time": 4,
    "categories": ["W", {"label": "W", "href": "https://example.com/"}],
    "words": {
        "published": "W",
        "updated": "W",
        "author": "W",
        "reading_time": "W",
        "categories": "W",
    },
}

SHAPES = [
    "author: a",
    "published: 2026",
    f"""
published: 2026-12
updated: 2026-12-03
updated_text: "{WORDS}"
author: "[{WORDS.replace("[", "").replace("]", "")}](https://example.com/)"
reading_time: 1
categories: ["{WORDS}", {{label: "[a](https://example.com/) {WORDS}", href: "/x"}}]
""",
]
