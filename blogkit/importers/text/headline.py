"""Find a text's headline, and the lines that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from blogkit.importers.html.quizzes import byline_facts
from blogkit.importers.html.words import words_of
from blogkit.importers.text.envelope import Envelope
from blogkit.importers.text.rows import Row, heading_of, in_fences, item_mark, unmarked

_LABEL = re.compile(r"(?:SEO |Meta |Post |Blog )?(?:title|headline)\s*[:：]\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_BLOCKS = ("<", "`", ">", "#", "!", ":::", "|")
_LONGEST, _LONGEST_ABOVE_TEXT = 220, 100
_TOP, _MOST_LINES = 12, 4


def unmarked_line(words: str) -> str:
    """Return a line without the marks of bold and italic text."""
    return re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)", "", words)


def headline_of(rows: Sequence[Row], *, plain: bool) -> tuple[str, str]:
    """Return the headline of a text, and where it is from; "" for none.

    Args:
        rows: The lines of the post.
        plain: Whether it is plain text or a document, whose first line is the headline.
    """
    code = in_fences(rows)
    shown = [row for at, row in enumerate(rows) if row.words and at not in code]
    headings = [found for row in shown if (found := heading_of(row.text)) and found[1]]
    for level, words in headings:
        if level == 1:
            return _clean(words), "its heading"
    if not shown:
        return "", ""
    below = next((row.words for row in rows if row.start > shown[0].start), "")
    if not plain and below and set(below) == {"="}:
        return _clean(shown[0].words), "its heading"
    if _is_headline(shown[0], below, plain=plain):
        return _clean(unmarked(shown[0].words)), "its first line"
    return (_clean(headings[0][1]), "its first heading") if headings else ("", "")


def title_lines(envelope: Envelope, title: str) -> Iterator[int]:
    """Yield the indexes of lines that show the title: near the top, and as headings.

    Args:
        envelope: The text.
        title: The post's title.
    """
    rows = envelope.rows
    code = in_fences(rows)
    shown = [at for at, row in enumerate(rows) if row.words and at not in code]
    wanted = list(words_of(title))
    place = 0
    while place < len(shown):
        group = _showing(rows, shown[place : place + _MOST_LINES], wanted)
        if group and (place < _TOP or any(heading_of(rows[at].text) for at in group)):
            yield from group
        place += max(len(group), 1)


def _is_headline(first: Row, below: str, *, plain: bool) -> bool:
    """Return whether the first line is a headline."""
    is_bold = unmarked(first.words) != first.words
    if not (plain or is_bold) or first.words.startswith(_BLOCKS) or "\t" in first.words:
        return False
    if item_mark(first) or "|" in first.words or byline_facts(unmarked_line(first.words)):
        return False
    if is_bold:
        return len(first.words) <= _LONGEST
    limit = _LONGEST_ABOVE_TEXT if below else _LONGEST
    return len(first.words) <= limit and first.words[-1] not in ".,;:"


def _showing(rows: Sequence[Row], places: Sequence[int], wanted: list[str]) -> list[int]:
    """Return the first of these lines that are the title together; [] if they are not."""
    found: list[str] = []
    for count, at in enumerate(places, 1):
        heading = heading_of(rows[at].text)
        words = list(words_of(_clean(heading[1] if heading else rows[at].words)))
        found += words
        if not words or wanted[: len(found)] != found:
            return []
        if len(found) == len(wanted):
            return list(places[:count])
    return []


def _clean(words: str) -> str:
    """Return a headline without Markdown, a label before it, and quotes around all of it."""
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", words)
    plain = re.sub(r"\\([\\`*_{}\[\]()#+.!|<>~-])", r"\1", unmarked_line(plain).replace("`", ""))
    plain = re.sub(r"\s*\{#[^{}]*\}\s*$", "", plain)
    plain = _LABEL.sub("", plain, count=1)
    quoted = _QUOTED.fullmatch(plain.strip())
    return " ".join((quoted[1] if quoted else plain).split())
