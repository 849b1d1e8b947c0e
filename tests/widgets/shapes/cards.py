from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1750

_CARD = {
    "icon": "W",
    "title": "W",
    "text": "W",
    "items": ["W", {"label": "W", "text": "W"}],
    "footer": "W",
}
TEXTS = {"title": "W", "intro": "W", "cards": [_CARD, {"title": "W", "text": "W", "tone": "bad"}]}

SHAPES = [
    "cards: [{title: a, text: b}]",
    "columns: 1\ncards: [{title: a, text: b}, {title: c, items: [d]}]",
    "columns: 3\ncards: [{title: a, text: b}, {title: c, text: d}, {title: e, text: f}]",
    (
        "numbered: true\nstart: 4\nintro: x\ncards: [{title: a, text: b, tone: good}, {title: c,"
        " items: [d, {label: e, text: f}]}]"
    ),
    f"""
title: "{WORDS}"
intro: "{WORDS}"
cards:
  - icon: "<"
    title: "{WORDS}"
    text: "{WORDS}"
    tone: warning
    items: ["{WORDS}", {{label: "{WORDS}", text: "[a](https://example.com/)"}}]
  - {{title: "{WORDS}", text: a, footer: "{WORDS}"}}
""",
]
