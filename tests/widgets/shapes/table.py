from __future__ import annotations

from tests.widgets.words import WORDS

BUDGET = 3100

TEXTS = {
    "caption": "W",
    "columns": [{"label": "W"}, "W"],
    "rows": [["W", "W"]],
    "source": "W",
    "note": "W",
}

MOST = f"""
caption: "[linked](https://example.com/) {WORDS}"
columns:
  - {{label: "{WORDS}", align: center}}
  - {{label: "b [^a]", kind: currency, currency: INR}}
  - {{label: c, kind: date, align: left}}
row_header: true
sort: "-c"
locale: hi
source: "{WORDS}"
note: "{WORDS}"
footnotes: {{a: "{WORDS}", 2: b}}
rows: [["{WORDS}", 2.50, 2026-12-20], ["a [^2][^a]", "", "[^2]"], ["", "", ""]]
"""

SHAPES = [
    "rows: [[a]]",
    "columns: [a, b]\nrows: [[~, 2]]",
    MOST + "mobile: scroll",
    MOST + "mobile: cards",
    "mobile: cards\ncolumns: [a]\nrows: [[b], ['']]",
    f"columns: [a, b]\nrows: [['{'long words ' * 40}', b]]",
    "| a | b |\n|--:|---|\n| 1 | \\| `x` |",
]
