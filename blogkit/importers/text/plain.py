"""Write plain text as Markdown: headings, lists, tables and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from blogkit.importers.html.inline import broken_and, icon_and
from blogkit.importers.text import tables
from blogkit.importers.text.blocks import ListItem, TextBlock
from blogkit.importers.text.details import is_labelled
from blogkit.importers.text.reading import Reading, plain_markdown
from blogkit.importers.text.rows import Row

_NUMBERED = re.compile(r"\d{1,2}[.)]?\s+\S.*")
_QUESTION = re.compile(r"(?:Q|Question)\.?\s*\d*\s*[.):]|\(?[A-Da-d][.)]\s")
_STARTS = re.compile(r"([-+#=>~|]|\d{1,9}(?=[.)](?:\s|\Z)))")
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
        kind = "number" if _NUMBERED.fullmatch(words) else "icon" if _has_icon(words) else "plain"
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
    found: list[TextBlock] = []
    for block in blocks:
        if block.kind == "paragraph" and len(block.rows) > 1 and _heads(*block.rows[:2]):
            found += [
                TextBlock("paragraph", block.rows[:1]),
                TextBlock("paragraph", block.rows[1:]),
            ]
        else:
            found.append(block)
    return found


def _heads(first: Row, second: Row) -> bool:
    """Return whether a line is the heading of what is right below it."""
    if len(first.words) > _WRAPPED or not _is_titled(first.words) or first.words[-1] == "?":
        return False
    if is_labelled(first.words) or _QUESTION.match(first.words):
        return False
    below = second.words
    is_item = is_labelled(below) or _QUESTION.match(below) or below[-1] == "?"
    return bool(is_item) or (len(below) >= _WRAPPED and below[-1] in ".,;:")


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
    return block.kind == "paragraph" and len(block.rows) == 1 and _is_titled(words)


def _is_titled(words: str) -> bool:
    """Return whether words read like a heading."""
    bare = _icon_and(words)[1].rstrip()
    if (
        not bare
        or bare[-1] in ".,;:!…\"”'’)|"
        or bare[0] in "\"“'‘("
        or re.search(r"\w[.!?] \w", bare)
    ):
        return False
    parts = [part for part in re.findall(r"[^\W\d_]+", bare) if len(part) > 3]
    if not any(part.lower() != part.upper() for part in parts):  # a script without capitals
        return (len(bare.split()) <= 8 and bare[-1] not in "।؟۔") or bare[-1] == "?"
    if not re.match(r"\d{1,2}[.)]?\s|[^a-z]", bare):
        return False
    capitals = sum(part[0].isupper() for part in parts)
    return capitals >= len(parts) / 2 or len(bare.split()) <= 5 or bare[-1] == "?"


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
    words = plain_markdown(" ".join(row.words for row in block.rows))
    return words if not words.endswith("#") else words[:-1] + "\\#"
