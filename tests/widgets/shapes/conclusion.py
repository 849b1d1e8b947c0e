from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1300

TEXTS = {"title": "W", "body": "Words", "cards": [{"title": "W", "text": "W"}]}

SHAPES = [
    "a",
    "---\ntitle: a\nbody: b\n---\n",
    "---\ncards: [{title: a}]\n---\n",
    f"""---
title: "{WORDS}"
cards:
  - {{title: "{WORDS}", text: "{WORDS}"}}
  - {{title: "[b](https://example.com/) c"}}
  - {{title: d, text: e}}
---
4 < 5, “curly”, [gallery], :) a -- b, ..., Wordpress, हिन्दी क्षि

1. a

   b
2. c

> d
""",
]
