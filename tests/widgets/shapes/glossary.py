from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1000

TEXTS = {"title": "W", "items": [{"term": "W", "meaning": "W"}], "order": "alphabet"}

SHAPES = [
    "items: [{term: a, meaning: b}]",
    f"""
title: "{WORDS}"
order: alphabet
items:
  - {{term: "{WORDS}", meaning: "{WORDS}"}}
  - {{term: "[b](https://example.com/) c", meaning: "**d**"}}
""",
]
