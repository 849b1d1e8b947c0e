from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1300

TEXTS = {"title": "W", "icon": "W", "tags": ["W", "W"], "body": "Words"}

SHAPES = [
    "a",
    '---\nkind: warning\nicon: ""\n---\na',
    """---
kind: update
label: अद्यतन
---
> quoted

1. a

   b
2. c

| a | b |
|---|---|
| c | d |

![x](https://example.com/a.jpg)

- a
  - b
""",
    f"""---
kind: tip
title: "{WORDS}"
icon: "<"
tags: ["{WORDS}", "[a](https://example.com/)"]
---
4 < 5, “curly”, [gallery], :) a -- b, ..., Wordpress, हिन्दी क्षि

```python
x = 1  # [gallery]
```
""",
]
