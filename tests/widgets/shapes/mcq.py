from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 2300

_ASKED = {"exam": "W", "paper": "W", "subject": "W", "source": "W"}
_ITEM = {
    "text": "W",
    "statements": ["W"],
    "ask": "W",
    "options": ["W", "another option"],
    "answer": "B",
    "explanation": "W",
}
TEXTS = {"title": "W", "intro": "W", "items": [_ITEM | _ASKED]}

SHAPES = [
    "items: [{text: a, options: [b, c], answer: b}]",
    (
        "start: 3\nopen: true\nitems: [{text: a, options: [b, c], answer: B, explanation: d},"
        " {text: e, options: [f, g], answer: A}]"
    ),
    f"""
title: "{WORDS}"
intro: "{WORDS}"
answer_label: "[x](https://example.com/) {WORDS}"
items:
  - text: "{WORDS}"
    statements: ["{WORDS}", a]
    ask: "{WORDS}"
    options: ["{WORDS}", "[a](https://example.com/)", 3]
    answer: (b)
    explanation: "{WORDS}"
    year: 2024
""",
]
