"""Write plain text as Markdown: headings, lists, tables and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from blogkit.importers.html.inline import broken_and, icon_and
from blogkit.importers.text import tables
from blogkit.importers.text.blocks import ListItem, TextBlock
from blogkit.importers.text.details import is_labelled
from blogkit.importers.text.reading import Reading, plain_markdown
from blogkit.importers.text.rows import Row, unmarked

_NUMBERED = re.compile(r"(?P<mark>\(?\d{1,2}\)?\s?[.):۔–-]*|[א-ת][.)])\s+(?P<rest>\S.*)")
"""A number in any digits, or a letter of Hebrew: "2.", "٢-", "(۲)", "ב."."""
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction, which are not shown (https://www.unicode.org/reports/tr9/)."""
_STOPS = ".,;:…!،؛"
_BELOW = ".,;:،؛।۔؟"
"""What ends a line of text, rather than a heading."""
_QUESTION = re.compile(r"(?:Q|Question)\.?\s*\d*\s*[.):]|\(?[A-Da-d][.)]\s")
_STARTS = re.compile(r"([-+#=>~|]|[0-9]{1,9}(?=[.)](?:\s|\Z)))")
_WRAPPED = 60
"""Characters from which the line of a paragraph was probably broken by a program."""
_LONGEST_HEADING = 90


@dataclass
class Headings:
    """Decide which lines of plain text are headings, and their levels.

    Attributes:
        levels: The level of each kind of heading in the section that is open.
    """

    levels: dict[str, int] = field(default_factory=dict)
    last: int = -2

    def level(self, reading: Reading, at: int) -> int:
        """Return the level of a block as a heading; 0 if it is none.

        Args:
            reading: The text.
            at: The block's index.
        """
        if not _is_heading(reading, at):
            return 0
        words = reading.blocks[at].words
        kind = (
            "number"
            if _NUMBERED.fullmatch(_bare(words))
            else "icon"
            if _has_icon(words)
            else "plain"
        )
        if kind == "plain":
            self.levels = {"plain": 2}
        elif kind not in self.levels:
            # a heading right below another one begins a part of it, and so does a numbered one
            is_inner = "plain" in self.levels and (kind == "number" or self.last == at - 1)
            if not is_inner:
                self.levels = {}
            self.levels[kind] = 3 if is_inner else 2
        self.last = at
        return self.levels[kind]


def split_heads(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return blocks in which a heading right above its text is a paragraph of its own.

    Pages lose empty lines when they are copied.

    Args:
        blocks: The blocks of plain text.
    """
    return [part for block in blocks for part in _parts(block)]


def _parts(block: TextBlock) -> list[TextBlock]:
    if block.kind != "paragraph":
        return [block]
    heads = [
        at
        for at, (row, below) in enumerate(pairwise(block.rows))
        # within the lines only a number tells a heading, and a plain one begins a list there
        if (not at or _is_counted_abroad(row.words)) and _heads(row, below)
    ]
    cuts = sorted({0, *heads, *(at + 1 for at in heads), len(block.rows)})
    return [TextBlock("paragraph", block.rows[a:b]) for a, b in pairwise(cuts)]


def _heads(first: Row, second: Row) -> bool:
    """Return whether a line is the heading of what is right below it."""
    if len(first.words) > _WRAPPED or not _is_titled(first.words) or first.words[-1] in "?؟":
        return False
    if is_labelled(first.words) or _QUESTION.match(first.words):
        return False
    below = second.words
    is_item = is_labelled(below) or _QUESTION.match(below) or below[-1] in "?؟"
    return bool(is_item) or (len(below) >= _WRAPPED and _bare(below)[-1:] in tuple(_BELOW))


def as_markdown(reading: Reading, block: TextBlock) -> str:
    """Return a block of plain text as Markdown.

    Args:
        reading: The text.
        block: The block.
    """
    if block.kind == "list":
        return _list(block.items)
    if block.kind == "table" and (table := tables.markdown_table(reading, block)):
        return table
    if block.kind == "rule":
        return "---"
    lines = [_guarded(plain_markdown(row.words)) for row in block.rows if row.words]
    is_wrapped = any(len(line) >= _WRAPPED for line in lines[:-1])
    return ("\n" if is_wrapped else "\\\n").join(lines)


def _is_heading(reading: Reading, at: int) -> bool:
    block = reading.blocks[at]
    following = reading.blocks[at + 1] if at + 1 < len(reading.blocks) else None
    words = block.words
    if following is None or following.kind == "rule" or len(words) > _LONGEST_HEADING:
        return False
    if block.kind == "list":
        # "1. Introduction" above a paragraph is a heading, not a list of one item
        item = block.items[0]
        is_one = len(block.items) == 1 and len(block.rows) == 1 and item.mark.number is not None
        return is_one and following.kind in ("paragraph", "list") and _is_titled(item.mark.text)
    if block.kind != "paragraph" or len(block.rows) > 1 or not _is_titled(words):
        return False
    return not _is_counted_abroad(words) or not any(
        _is_counted_abroad(each.words)
        for each in (*reading.blocks[max(at - 1, 0) : at], following)
        if each.kind == "paragraph"
    )


def _is_counted_abroad(words: str) -> bool:
    """Return whether a line begins with a number that Markdown does not read as one.

    Two of them in a row are a list, not headings.
    """
    found = _NUMBERED.fullmatch(_bare(words))
    return found is not None and not re.search("[0-9]", found["mark"])


def _is_titled(words: str) -> bool:
    """Return whether words read like a heading."""
    bare = _bare(_icon_and(words)[1])
    numbered = _NUMBERED.fullmatch(bare)
    rest = numbered["rest"] if numbered else bare
    if (
        not rest
        or rest[-1] in f"{_STOPS}\"”'’)|"
        or rest[0] in "\"“'‘("
        or re.search(r"\w[.!?۔] \w", rest)
    ):
        return False
    parts = [part for part in re.findall(r"[^\W\d_]+", bare) if len(part) > 3]
    cased = [part for part in parts if part.lower() != part.upper()]
    if len(cased) * 2 < len(parts) or not parts:  # a script without capitals
        return (len(rest.split()) <= 8 and rest[-1] not in "।۔") or rest[-1] in "?؟"
    if not re.match(r"\d{1,2}[.)]?\s|[^a-z]", bare):
        return False
    capitals = sum(part[0].isupper() for part in parts)
    return capitals >= len(parts) / 2 or len(bare.split()) <= 5 or bare[-1] in "?؟"


def _bare(words: str) -> str:
    return _BIDI.sub("", words).strip()


def _has_icon(words: str) -> bool:
    return bool(_icon_and(words)[0])


def _icon_and(words: str) -> tuple[str, str]:
    # flags are pairs of letters (https://www.unicode.org/reports/tr51/#Flags)
    icon, rest = icon_and(words)
    return (icon, rest) if icon else broken_and(words)


def _list(items: list[ListItem], indent: str = "") -> str:
    lines: list[str] = []
    is_counted = _is_counted(items)
    for place, item in enumerate(items):
        mark = "-" if item.mark.number is None else f"{item.mark.number}."
        if not is_counted:  # Markdown would count on its own
            mark = f"{item.mark.number}\\." if item.mark.number is not None else "•"
        inner = indent + (" " * (len(mark) + 1) if is_counted else "")
        lines.append(f"{indent}{mark} {_guarded(plain_markdown(item.mark.text))}")
        lines += _below(item, inner)
        if item.children:
            lines += [] if is_counted else [""]
            lines.append(_list(item.children, inner))
        if not is_counted and place < len(items) - 1:
            lines.append("")
    return "\n".join(lines)


def _is_counted(items: list[ListItem]) -> bool:
    """Return whether Markdown shows the numbers of a list as they were written."""
    numbers = [item.mark.number for item in items]
    first = numbers[0]
    if first is None:
        return all(number is None for number in numbers)
    return numbers == list(range(first, first + len(numbers)))


def _below(item: ListItem, inner: str) -> list[str]:
    """Return the lines of an item below its first."""
    rows = [row for row in item.rows[1:] if row.words]
    if rows and tables.lost_table(TextBlock("paragraph", rows)):
        texts = [plain_markdown(row.words) for row in rows]
        return ["", *(f"{inner}{text}\\" for text in texts[:-1]), inner + texts[-1]]
    return [inner + _guarded(plain_markdown(row.words)) for row in rows]


def _guarded(words: str) -> str:
    """Return a line whose beginning is not taken for that of a block."""
    found = _STARTS.match(words)
    if not found:
        return words
    at = found.end() if words[0].isdigit() else 0
    return f"{words[:at]}\\{words[at:]}"


def heading(block: TextBlock) -> str:
    """Return the words of a heading as inline Markdown."""
    words = plain_markdown(unmarked(" ".join(row.words for row in block.rows)))
    return words if not words.endswith("#") else words[:-1] + "\\#"
