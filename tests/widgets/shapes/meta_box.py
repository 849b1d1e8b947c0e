from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1400

TEXTS = {
    "title": "W",
    "icon": "W",
    "items": [{"icon": "W", "label": "W", "value": "W", "href": "https://example.com/"}],
}

SHAPES = [
    "items: [{label: a, value: b}]",
    f"""
title: "{WORDS}"
icon: "<"
items:
  - {{icon: "&", label: "{WORDS}", value: "{WORDS}", href: "https://example.com/?a=1&b=[x]"}}
  - {{label: d, date: 2026-02}}
""",
]
