from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 750

TEXTS = {"text": "W", "by": "W", "role": "W", "source": "W", "href": "https://example.com/"}

SHAPES = [
    "text: a",
    "text: a\nhref: /x",
    f"""
text: "{WORDS}"
by: "{WORDS}"
role: "{WORDS}"
source: "[a](https://example.com/) {WORDS}"
href: "https://example.com/a'b--c?d=[e]&f=(g):)"
""",
    "text: a\nrole: b",
]
