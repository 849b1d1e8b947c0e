"""Recognise boxes of key details: a heading that names them, then labels with values."""

from __future__ import annotations

import re
from typing import Any

from blogkit.importers.html.box_widgets import DETAILS
from blogkit.importers.html.inline import Uncertain, broken_and, icon_and
from blogkit.importers.html.quizzes import byline_facts
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.text.blocks import TextBlock
from blogkit.importers.text.reading import Reading, TextWidget

_LABELLED = re.compile(
    r"(?:(?P<bold>(?:\*\*|__)(?P<name>[^*\n]{1,60}?)\s*[:：]?\s*(?:\*\*|__))\s*(?:[:：]|[–—-](?=\s))?\s*|"
    r"(?P<plain>[^:：*\[\]`.!?\n]{1,48})[:：]\s+)(?P<value>\S.*)"
)
_LONGEST_LABEL = 48


def text_meta_box(reading: Reading, at: int) -> TextWidget | None:
    """Return a `meta-box` for a heading such as "Key details" and the details below it.

    Args:
        reading: The text.
        at: The index of the heading's block.

    Raises:
        Uncertain: What is below the heading is not a list of labels and values.
    """
    head = reading.head(at)
    if not head or not DETAILS.search(head) or at + 1 >= len(reading.blocks):
        return None
    block = reading.blocks[at + 1]
    pairs, end = _pairs(reading, at + 1)
    if len(pairs) < 2:
        texts = _texts(block)
        if not texts:
            return None
        pairs, end = [_labelled(reading, text) for text in texts], at + 2
    icon, title = _icon_and(reading.inline(head))
    items = [_item(*pair) for pair in pairs]
    fields = {**({"icon": icon} if icon and title else {}), "items": items}
    return TextWidget(WidgetMatch("meta-box", title or icon, fields), end)


def is_labelled(text: str) -> bool:
    """Return whether a text is a label and a value."""
    return bool(_LABELLED.fullmatch(_icon_and(text)[1]))


def _texts(block: TextBlock) -> list[str]:
    """Return the details of a list or of lines; [] for what cannot be details."""
    if block.kind == "list":
        if any(item.children for item in block.items):
            raise Uncertain("it contains a nested list")
        return [
            " ".join([item.mark.text, *(row.words for row in item.rows[1:])])
            for item in block.items
        ]
    if block.kind == "paragraph" and len(block.rows) > 1:
        return [row.words.removesuffix("\\").strip() for row in block.rows]
    return []


def _labelled(reading: Reading, text: str) -> tuple[str, str, str]:
    icon, words = _icon_and(text)
    found = _LABELLED.fullmatch(words)
    if not found:
        raise Uncertain(f'"{text[:40]}" is not a label and a value')
    label = (found["name"] or found["plain"]).strip()
    if len(label) > _LONGEST_LABEL:
        raise Uncertain(f'"{label[:40]}" is too long for a label')
    return icon, reading.inline(label), reading.inline(found["value"])


def _pairs(reading: Reading, at: int) -> tuple[list[tuple[str, str, str]], int]:
    """Return details in lines of their own, each label with an emoji, and where they end."""
    found = []
    while at + 1 < len(reading.blocks):
        label, value = reading.blocks[at : at + 2]
        icon, words = _icon_and(label.words)
        single = label.kind == value.kind == "paragraph" and len(label.rows) == len(value.rows) == 1
        if not single or not icon or not words or len(words) > _LONGEST_LABEL:
            break
        if _icon_and(value.words)[0] or byline_facts(label.words) or byline_facts(value.words):
            break
        found.append((icon, reading.inline(words), reading.inline(value.words)))
        at += 2
    return found, at


def _icon_and(text: str) -> tuple[str, str]:
    icon, words = icon_and(text)
    return (icon, words) if icon else broken_and(text)


def _item(icon: str, label: str, value: str) -> dict[str, Any]:
    return {**({"icon": icon} if icon else {}), "label": label, "value": value}
