from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 850

TEXTS = {
    "title": "W",
    "items": [
        {"title": "W", "publisher": "W", "href": "https://example.com/", "date": "2026-12-01"}
    ],
}

SHAPES = [
    'title: ""\nitems: [{title: a}]',
    f"""
title: "{WORDS}"
items:
  - {{title: "{WORDS}", publisher: "{WORDS}", href: "https://example.com/a'b--c?d=[e]&f=(g):)", date: 2026}}
  - {{title: "[b](https://example.com/) c", href: /x, date: 2026-02}}
  - {{title: d, publisher: "[e](https://example.com/)", date: 2026-02-03}}
""",
]
