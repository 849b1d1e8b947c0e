from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 960

TEXTS = {"title": "W", "items": [{"title": "W", "href": "https://example.com/", "note": "W"}]}

SHAPES = [
    'title: ""\nitems: [{title: a, href: /x}]',
    f"""
title: "{WORDS}"
items:
  - {{title: "{WORDS}", note: "{WORDS}", href: "https://example.com/a'b--c?d=[e]&f=(g):)"}}
  - {{title: "[b](https://example.com/) c", href: "mailto:a@example.com", note: "[d](https://example.com/)"}}
""",
]
