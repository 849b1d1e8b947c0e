from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1300

TEXTS = {
    "title": "W",
    "text": "W",
    "label": "W",
    "note": "W",
    "url": "https://example.com/",
    "new_tab": True,
}

SHAPES = [
    "label: Go\nurl: https://example.com/",
    f"""
title: "{WORDS}"
text: "{WORDS}"
label: "[x](https://example.com/) {WORDS}"
note: "{WORDS}"
url: "https://example.com/a'b--c?d=[e]&f=(g):)"
questions: 1
minutes: 20
new_tab: true
""",
    "label: Go\nurl: YOUR_MOCK_TEST_LINK_HERE",
]
