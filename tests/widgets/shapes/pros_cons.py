from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1500

TEXTS = {
    "title": "W",
    "pros": ["W", "W"],
    "cons": ["W"],
    "pros_title": "W",
    "cons_title": "W",
    "verdict": "W",
}

SHAPES = [
    "pros: [a]\ncons: [b]",
    f"""
title: "{WORDS}"
pros: ["{WORDS}", "[a](https://example.com/)"]
cons: ["{WORDS}", 2]
pros_title: "{WORDS}"
verdict: "{WORDS}"
""",
]
