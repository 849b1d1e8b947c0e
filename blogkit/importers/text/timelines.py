"""Recognise timelines: a heading that names one, then events that begin with a time."""

from __future__ import annotations

import re
from typing import Any

from blogkit.importers.html.box_widgets import TIMELINE, is_moment, moment_field
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.text.blocks import TextBlock
from blogkit.importers.text.reading import Reading, TextWidget, prefix_of
from blogkit.importers.text.rows import unmarked

_EVENT = re.compile(
    r"(?:(?:\*\*|__)(?P<bold>[^*\n]{1,60}?)\s*[:：]?\s*(?:\*\*|__)\s*(?:[:：]|[–—-](?=\s))?\s*|"
    r"(?P<plain>[^:：*\[\]`\n]{1,48}?)(?:[:：]\s+|\s+[–—-]\s+))(?P<rest>\S.*)"
)
_BARE = re.compile(
    r"(?:[A-Z][a-z]+ )?(?:\d{1,2} )?(?:[A-Z][a-z]+\.? )?(?:1\d|20)\d\d|Now|Today|Present"
)


def text_timeline(reading: Reading, at: int) -> TextWidget | None:
    """Return a `timeline` for the blocks below a heading that names one.

    Args:
        reading: The text.
        at: The index of the first block below the heading.

    Raises:
        Uncertain: What is below the heading is not a list of events with dates.
    """
    head = reading.head(at - 1)
    if not head or not TIMELINE.search(head):
        return None
    block = reading.blocks[at]
    if block.kind == "list":
        events = [_of_item(reading, block, n) for n in range(len(block.items))]
        end = at + 1
        # a timeline counts by time
        own = tuple(prefix_of(item.rows[0], item.mark.text) for item in block.items)
    else:
        (events, end), own = _of_groups(reading, at), ()
    if len(events) < 2:
        return None
    return TextWidget(WidgetMatch("timeline", "", {"events": events}), end, own)


def _of_item(reading: Reading, block: TextBlock, number: int) -> dict[str, Any]:
    item = block.items[number]
    if any(child.children for child in item.children) or len(item.children) > 1:
        raise Uncertain(f'"{item.mark.text[:40]}" has more lines than an event can have')
    below = [child.mark.text for child in item.children]
    below += [" ".join(row.words for row in item.rows[1:] if row.words)]
    return _event(reading, item.mark.text, [text for text in below if text])


def _event(reading: Reading, first: str, below: list[str]) -> dict[str, Any]:
    """Return an event from its first line and those below it."""
    bare = unmarked(first).rstrip(":")
    if below and is_moment(bare) and (_BARE.fullmatch(bare) or not _EVENT.fullmatch(first)):
        label, title, *text = bare, *below
    else:
        found = _EVENT.fullmatch(first)
        label = unmarked((found["bold"] or found["plain"]).strip()) if found else ""
        if not found or not is_moment(label):
            raise Uncertain(f'"{bare[:40]}" has no date')
        title, text = found["rest"], below
    if len(text) > 1:
        raise Uncertain(f'"{bare[:40]}" has more lines than an event can have')
    event = {moment_field(label): reading.inline(label), "title": reading.inline(title)}
    if text:
        event["text"] = reading.inline(text[0])
    return {**event, "current": True} if label.casefold() == "now" else event


def _of_groups(reading: Reading, at: int) -> tuple[list[dict[str, Any]], int]:
    """Return events in lines and paragraphs of their own, and where they end."""
    level = reading.blocks[at - 1].level
    groups: list[list[str]] = []
    most = 3
    while at < len(reading.blocks) and (lines := _opening(reading.blocks[at], level)):
        at += 1
        while at < len(reading.blocks) and _continues(reading.blocks[at], lines, most, level):
            lines = [*lines, *(row.words for row in reading.blocks[at].rows)]
            at += 1
        groups.append(lines)
        # what follows the last event is not a part of it, if the others have no such line
        most = max(len(group) for group in groups)
    return [_event(reading, first, below) for first, *below in groups], at


def _opening(block: TextBlock, level: int) -> list[str]:
    """Return the lines of a block that begins an event; [] for other blocks."""
    if block.kind == "heading" and block.level > level:
        return [block.text] if is_moment(unmarked(block.text).partition(":")[0]) else []
    if block.kind != "paragraph":
        return []
    lines = [row.words.removesuffix("\\").strip() for row in block.rows]
    found = _EVENT.fullmatch(lines[0])
    is_event = found and is_moment(unmarked((found["bold"] or found["plain"]).strip()))
    return lines if is_event or _is_bare(lines[0]) else []


def _continues(block: TextBlock, lines: list[str], most: int, level: int) -> bool:
    """Return whether a block belongs to the event above it."""
    if block.kind != "paragraph" or len(block.rows) > 1 or len(lines) >= most:
        return False
    if _is_bare(lines[0]) and len(lines) == 1:
        return not _is_bare(block.words)
    return not _opening(block, level)


def _is_bare(text: str) -> bool:
    """Return whether a line is only a time, such as 2021."""
    return bool(_BARE.fullmatch(unmarked(text).rstrip(":")))
