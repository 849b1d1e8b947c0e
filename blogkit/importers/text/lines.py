"""Recognise bylines, and the button that leads to a mock test."""

from __future__ import annotations

import re
from typing import Any

from blogkit.importers.html.inline import Uncertain
from blogkit.importers.html.quizzes import TEST, byline_fields
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.text.headline import unmarked_line
from blogkit.importers.text.reading import Reading, TextWidget
from blogkit.importers.text.rows import unmarked
from blogkit.posts.markdown import escape_markdown
from blogkit.render import quiz

_LINK = re.compile(r"\[(?P<label>[^\[\]]+)\]\((?P<address>[^()\s]*)\)")
_NOWHERE = re.compile(
    r"#[\w-]*|YOUR_[A-Z0-9_]+_HERE|\{\{\s*quiz_?url\s*\}\}|<?\.\.\.>?|url|link", re.IGNORECASE
)
_INVITES = re.compile(
    r"(?:check|test|try|take|start|attempt|begin|practi[cs]e)\b.{3,100}", re.IGNORECASE
)


def text_byline(reading: Reading, at: int) -> TextWidget | None:
    """Return a `byline` for a line such as "Published on: March 14, 2025 | Category: Polity".

    Args:
        reading: The text.
        at: The block's index.

    Raises:
        Uncertain: The line contains more than a byline.
    """
    block = reading.blocks[at]
    if block.kind != "paragraph" or len(block.rows) > 1 or "](" in block.words:
        return None
    fields = byline_fields(unmarked_line(block.words))
    return TextWidget(WidgetMatch("byline", "", fields), at + 1) if fields else None


def text_quiz_button(reading: Reading, at: int) -> TextWidget | None:
    """Return a `quiz-button` for a link to a mock test, or for the words of a lost button.

    Args:
        reading: The text.
        at: The block's index.

    Raises:
        Uncertain: The link's address cannot be the mock test's.
    """
    block = reading.blocks[at]
    if block.kind == "paragraph" and len(block.rows) == 1:
        link = _LINK.fullmatch(unmarked(re.sub(r"^[👉➡️▶🎯📝]+\s*", "", block.words)))
        if link and not reading.plain and TEST.search(link["label"]):
            return _linked(link, at)
    return _lost(reading, at) if reading.awaits_quiz and reading.plain else None


def _linked(link: re.Match[str], at: int) -> TextWidget:
    address = link["address"]
    fields: dict[str, Any] = {"label": unmarked(link["label"])}
    if not address or _NOWHERE.fullmatch(address):
        return TextWidget(WidgetMatch("quiz-button", "", fields), at + 1)
    if wrong := quiz.objection(address):
        raise Uncertain(f'the button\'s address "{address[:60]}" {wrong}')
    return TextWidget(WidgetMatch("quiz-button", "", fields, address), at + 1)


def _lost(reading: Reading, at: int) -> TextWidget | None:
    """Return the button of a page that was copied as text, which leaves out a button's label."""
    head, invitation = reading.head(at), reading.blocks[at + 1 : at + 3]
    if not head or not TEST.search(head) or not invitation or len(head) > 100:
        return None
    texts = [
        block.words for block in invitation if block.kind == "paragraph" and len(block.rows) == 1
    ]
    if not texts or not _INVITES.fullmatch(texts[0]) or not TEST.search(texts[0]):
        return None
    fields: dict[str, Any] = {"label": escape_markdown(texts[0])}
    note = (
        texts[1]
        if len(texts) > 1 and re.search(r"\b(?:redirect|new (?:tab|page)|leave)", texts[1])
        else ""
    )
    if note:
        fields["note"] = reading.inline(note)
    asks = "the button's own label was not copied; the sentence above it is its label now"
    found = WidgetMatch("quiz-button", reading.inline(head), fields)
    return TextWidget(found, at + 2 + bool(note), asks=asks)
