from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 1600

TEXTS = {"caption": "W", "columns": [{"label": "W"}, "W"], "rows": [["W", "W"]], "source": "W", "note": "W"}

SHAPES = [
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
]
