from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 900

TEXTS = {"title": "W", "deck": "W", "icons": ["📍"], "badge": {"text": "W", "tone": "exclusive"}}

SHAPES = [
    "deck: a",
    "icons: [🏛️]\ndeck: a",
    "badge: Breaking\ntitle: a",
    f"""
title: "{WORDS}"
deck: "{WORDS}"
icons: ["<", "&", 🇮🇳]
badge: {{text: "{WORDS}", tone: explainer}}
image: {{src: "https://example.com/a'b--c.jpg?d=[e]&f=(g):)", alt: "{WORDS}", credit: "{WORDS}", ai_generated: true}}
""",
    (
        "title: a\nbadge: {tone: updated}\nimage: {src: https://example.com/a.jpg, alt: b,"
        " ai_generated: true}"
    ),
]
