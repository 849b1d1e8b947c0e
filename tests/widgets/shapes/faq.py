from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1000

TEXTS = {"title": "W", "items": [{"question": "W", "answer": "W"}]}

SHAPES = [
    "items: [{question: a, answer: b}]",
    f"""
title: "{WORDS}"
open: false
items:
  - {{question: "{WORDS}", answer: "{WORDS}"}}
  - {{question: "[b](https://example.com/) c", answer: "**d** [e](https://example.com/)"}}
""",
]
