from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1400

TEXTS = {"title": "W", "items": [{"title": "W", "text": "W"}], "start": 3}

SHAPES = [
    "items: [{title: a}]",
    f"""
title: "{WORDS}"
start: 10
items:
  - {{title: "{WORDS}", text: "{WORDS}"}}
  - {{title: "[b](https://example.com/) c"}}
""",
]
