from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1100

TEXTS = {"title": "W"}

SHAPES = [
    'title: ""\nlevels: 2',
    f"""
title: "{WORDS}"
levels: 2-4
numbered: true
""",
]

BELOW = """
#### Too deep for what follows

## 4 < 5 & 6 > 3, “curly”, [gallery], :) a -- b ... Wordpress

### *हिन्दी* `क्षि` [العربية](https://example.com/)

## हिन्दी क्षि {#own-id:x}

#### 日本語 👩‍👩‍👧 🇮🇳
"""
