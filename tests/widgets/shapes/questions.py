from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 2500

_ASKED = {
    "exam": "W",
    "paper": "W",
    "subject": "W",
    "year": 2024,
    "marks": "15",
    "words": "250",
    "source": "W",
}
_ITEM = {"text": "W", "kind": "W", "options": ["W", "W"], "answer": "W"}
TEXTS = {"badge": "W", "title": "W", "intro": "W", "items": [_ITEM | _ASKED, {"text": "W"}]}

SHAPES = [
    "items: [{text: a}]",
    (
        "badge: PYQs\nstart: 3\nopen: true\nitems: [{text: a, options: [b, c], answer: B}, {text:"
        " d, year: 2020}]"
    ),
    f"""
badge: "{WORDS}"
title: "{WORDS}"
intro: "{WORDS}"
answer_label: "[x](https://example.com/) {WORDS}"
items:
  - text: "{WORDS}"
    kind: "{WORDS}"
    exam: "{WORDS}"
    year: 2024
    marks: "<15>"
    source: "[a](https://example.com/) {WORDS}"
    answer: "{WORDS}"
  - {{text: "[b](https://example.com/) c", options: ["{WORDS}", 2]}}
""",
]
