from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 2150

TEXTS = {
    "title": "W",
    "events": [
        {
            "label": "W",
            "title": "W",
            "text": "W",
            "icon": "W",
            "href": "https://example.com/",
            "current": True,
        }
    ],
}

SHAPES = [
    "events: [{title: a, current: true}]",
    f"""
order: desc
title: "{WORDS}"
events:
  - {{label: "{WORDS}", date: 2022-02-03, title: "{WORDS}", text: "{WORDS}", icon: "\\"", href: "mailto:a@example.com"}}
  - {{label: Now, title: "[b](https://example.com/) c", href: "/x", current: true}}
""",
]
