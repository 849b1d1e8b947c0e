from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 750

TEXTS = {
    "src": "https://example.com/a.jpg",
    "alt": "a",
    "caption": "W",
    "credit": "W",
    "credit_href": "https://example.com/",
}

SHAPES = [
    "src: https://example.com/a.jpg\nalt: a",
    "src: https://example.com/a.jpg\nalt: a\nai_generated: true",
    f"""
src: "https://example.com/a'b--c.jpg?d=[e]&f=(g):)"
alt: "{WORDS}"
caption: "{WORDS}"
credit: "[x](https://example.com/) {WORDS}"
credit_href: "https://example.com/?a=1&b=2"
ai_generated: true
width: 4
height: 3
""",
    "src: /on-the-site.png\nalt: a\ncaption: a",
]
