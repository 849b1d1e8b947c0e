"""Calls that exercise every widget in every shape: the least, the most, hostile words, other scripts."""

from __future__ import annotations

from blogkit.render.registry import Registry, builtin_folder
from tests.render.drawing import call

NAMES = sorted(path.name for path in builtin_folder().iterdir() if path.is_dir())

WORDS = (
    '4 < 5 & 6 > 3, “curly”, \\"straight\\", it\'s, [gallery], [[x]], :) ;-) 8-), a -- b --- c, ..., 10x20, (tm), '
    "Wordpress, &amp; &#39;, \\\\ end, हिन्दी क्षि, العربية, 日本語, 👩‍👩‍👧 🇮🇳"
)

MORE = {
    "meta-box": [
        "items: [{label: a, value: b}]",
        f"""
title: "{WORDS}"
icon: "<"
items:
  - {{icon: "&", label: "{WORDS}", value: "{WORDS}", href: "https://example.com/?a=1&b=[x]"}}
  - {{label: d, date: 2026-02}}
""",
    ],
    "timeline": [
        "events: [{title: a, current: true}]",
        f"""
order: desc
title: "{WORDS}"
events:
  - {{label: "{WORDS}", date: 2022-02-03, title: "{WORDS}", text: "{WORDS}", icon: "\\"", href: "mailto:a@example.com"}}
  - {{label: Now, title: "[b](https://example.com/) c", href: "/x", current: true}}
""",
    ],
    "table": [
        "rows: [[a]]",
        "columns: [a, b]\nrows: [[~, 2]]",
        f"""
caption: "[linked](https://example.com/) {WORDS}"
columns:
  - {{label: "{WORDS}", align: center}}
  - {{label: b, kind: currency}}
  - {{label: c, kind: date, align: left}}
row_header: true
source: "{WORDS}"
note: "{WORDS}"
rows: [["{WORDS}", 2, "{WORDS}"], [a, "", 3]]
""",
    ],
    "quiz-button": [
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
    ],
}
"""The YAML of calls beyond each widget's own example."""


def samples() -> list[tuple[str, str]]:
    """A name for the test, and the body of a post, for every widget and shape."""
    registry = Registry([builtin_folder()])
    found = [(name, registry[name].example) for name in NAMES]
    return found + [(f"{name}-{n}", call(name, yaml)) for name in NAMES for n, yaml in enumerate(MORE.get(name, []), 1)]


SAMPLES = samples()
