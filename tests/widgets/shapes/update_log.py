from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 800

TEXTS = {"title": "W", "items": [{"date": "2026-12-01", "text": "W"}]}

SHAPES = [
    'title: ""\nitems: [{date: 2026, text: a}]',
    f"""
title: "{WORDS}"
items:
  - {{date: 2026-02-03, text: "{WORDS}"}}
  - {{date: 2026-02, text: "[b](https://example.com/) c"}}
""",
]
