"""Texts that break careless templates or that sites rewrite, and the places of a widget's texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from blogkit.render.call_writer import Trail
from blogkit.render.widgets.field_types import FieldType, fields_of
from blogkit.render.widgets.fields import Fields

HOSTILE_WORDS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</p></div><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- blogkit:post key=x -->",
    "--><script>",
    "&lt;b&gt; &amp;lt; &#60; &#39;",
    "4 < 5 & 6 > 3",
    "[gallery] [/x] [[y]]",
    ":) :-( 8-) ;)",
    "a -- b --- c – d ... e",
    "# not a heading",
    "- not an item",
    "``` not a fence",
    "हिन्दी العربية 👩‍👩‍👧 🇮🇳 \u202e x",
    "back\\slash \\",
    "10x20 (tm) Wordpress https://example.com/",
    "\xa0no-break\u2028line",
)


FuzzTarget = tuple[Trail, bool]
"""The place of a text in a widget's data, and whether it is inline Markdown."""


def literally(words: str) -> str:
    """Return Markdown that shows exactly this text.

    Any ASCII punctuation may be escaped: https://spec.commonmark.org/0.31.2/#backslash-escapes
    """
    escaped = re.sub(r"([!-'*-/:-@\\-`{-~)])", r"\\\1", words)
    # `\(` and `\[` begin a formula, which is kept with its backslashes
    return escaped.replace("(", "&#40;").replace("[", "&#91;")


def seen(text: str) -> str:
    """Return text as laid out: runs of whitespace are one space, no-break ones too."""
    return re.sub(r"[ \t\n\r\f\xa0]+", " ", text).strip(" ")


def fuzz_targets(model: Fields) -> list[FuzzTarget]:
    """Return the places of text in a checked model, except its Markdown bodies."""
    return list(_places(model, FieldType("fields", model=type(model)), ()))


def _places(value: Any, kind: FieldType | None, trail: Trail) -> Iterator[FuzzTarget]:
    if isinstance(value, Fields):
        for name, inner in fields_of(type(value)):
            if name in value.model_fields_set:
                yield from _places(getattr(value, name), inner, (*trail, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _places(item, kind.item if kind else None, (*trail, number))
    elif isinstance(value, str) and value and kind and kind.what in ("inline", "text"):
        yield trail, kind.what == "inline"


def put(data: Any, trail: Trail, words: str) -> Any:
    """Return a copy of plain data with another text at one place.

    Args:
        data: Mappings, lists and texts.
        trail: The place.
        words: The new text.
    """
    if not trail:
        return words
    if isinstance(data, dict):
        return {
            name: put(item, trail[1:], words) if name == trail[0] else item
            for name, item in data.items()
        }
    return [
        put(item, trail[1:], words) if number == trail[0] else item
        for number, item in enumerate(data)
    ]
