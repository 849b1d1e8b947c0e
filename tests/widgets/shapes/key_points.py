from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 2000

_POINT = {
    "label": "W",
    "text": "W",
    "children": ["W", {"label": "W", "text": "W", "children": ["W"]}],
}
TEXTS = {"title": "W", "groups": [{"title": "W", "items": ["W", _POINT]}]}

SHAPES = [
    "groups: [{items: [a]}]",
    "numbered: false\ngroups: [{title: a, items: [b, {text: c, children: [d]}]}, {body: e}]",
    f"""
title: "{WORDS}"
start: 3
groups:
  - title: "{WORDS}"
    items:
      - "{WORDS}"
      - {{label: "{WORDS}", text: "{WORDS}", children: ["{WORDS}", {{text: a, children: ["[b](https://example.com/)"]}}]}}
    body: |
      Words with a [link](https://example.com/).

      ```{{timeline}} T
      events: [{{label: x, title: y}}]
      ```

      ```{{callout}} T
      Words
      ```
  - {{body: "- a\\n  - b"}}
""",
]
