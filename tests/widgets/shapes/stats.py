from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 2450

TEXTS = {"title": "W", "items": [{"value": "W", "label": "W", "note": "W", "trend": "up"}]}

SHAPES = [
    "items: [{value: 1, label: a}]",
    f"""
title: "{WORDS}"
items:
  - {{value: "{WORDS}", label: "{WORDS}", note: "{WORDS}", trend: down}}
  - {{value: 2.50, label: "[b](https://example.com/) c", trend: steady}}
  - {{value: 1_000, label: d, note: e}}
""",
]
