"""Recognise questions: multiple choice, question and answer, and lists from exams."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from blogkit.importers.choice_lines import begins_option, begins_question, option_pieces
from blogkit.importers.choices import BadQuestion, Said, read_quiz
from blogkit.importers.html.box_widgets import QUESTIONS, question_of
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.question_words import ANSWER_LABEL, FAQ, QUESTION_LABEL, QUESTION_MARKS
from blogkit.importers.text.blocks import TextBlock, text_blocks
from blogkit.importers.text.reading import Reading, SourceSpan, TextWidget, UncertainPart, prefix_of
from blogkit.importers.text.rows import ItemMark, Row, heading_of, item_mark, unmarked

_TAGS = re.compile(r"</?(?:details|summary|p|div|br|strong|b|em)\b[^>]*>", re.IGNORECASE)
_FOLDED = re.compile(r"</?(?:details|summary)\b", re.IGNORECASE)
"""A fold, which assistants also write below the options within a list."""
_LABEL_END = r"\.?\s*\d*\s*[.):：–-]+\s*(?:\*\*)?\s*(?P<rest>\S.*)"
_ASKS = re.compile(rf"(?:\*\*)?{QUESTION_LABEL}{_LABEL_END}", re.IGNORECASE)
_TELLS = re.compile(rf"(?:\*\*)?{ANSWER_LABEL}{_LABEL_END}", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?P<rest>\S.*)")
_BADGE = re.compile(r"(?P<badge>PYQs?|Practice|Mains|Prelims)\s+(?=[A-Z])")


def text_mcq(reading: Reading, at: int, most: int | None = None) -> TextWidget | None:
    """Return an `mcq` for the multiple-choice questions that begin at a block.

    Args:
        reading: The text.
        at: The block's index.
        most: How many questions to take; absent = all.

    Raises:
        UncertainPart: The first question has no answer, or not certainly one, or other text
            follows a question directly.
    """
    lines: list[Said] = []
    spans: list[tuple[int, int]] = []
    ends: dict[int, int] = {}
    for number, block in enumerate(reading.blocks[at : at + 400], at + 1):
        if block.kind in ("table", "quote", "rule", "fence"):
            break
        if block.kind == "html" and "<details" not in block.rows[0].text.lower():
            break
        _add(lines, spans, block)
        ends[len(lines)] = number
    try:
        quiz = read_quiz(lines, 0, reading.inline, most)
    except BadQuestion as bad:
        raise UncertainPart(str(bad), _until(ends, bad.end), is_open=bad.is_open) from bad
    if quiz is None:
        return None
    if quiz.end not in ends:
        why = "other text follows a question without an empty line"
        raise UncertainPart(why, _until(ends, quiz.end), is_open=False)
    own = tuple(_before(spans[place], rest) for place, rest in quiz.used)
    fields = {**({"start": quiz.start} if quiz.start != 1 else {}), "items": quiz.items}
    return TextWidget(WidgetMatch("mcq", "", fields), ends[quiz.end], own)


def _until(ends: dict[int, int], line: int) -> int:
    """Return the index of the block behind the one that has the last line before this."""
    return next(number for end, number in ends.items() if end >= line)


def split_questions(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return blocks of which each has one multiple-choice question at most, from its first line.

    One bad question does not keep the others from becoming widgets then.

    Args:
        blocks: The blocks of a text.
    """
    return [part for block in blocks for part in _parts(block)]


def _parts(block: TextBlock) -> list[TextBlock]:
    words = [mark.text if (mark := _bullet(row)) else row.words for row in block.rows]
    places = [
        at
        for at, text in enumerate(words)
        if at and begins_question(text) and any(map(begins_option, words[at + 1 : at + 6]))
    ]
    if block.kind not in ("paragraph", "list") or not places or not any(map(begins_option, words)):
        return [block]
    starts = [0, *places, len(block.rows)]
    return [part for a, b in pairwise(starts) for part in text_blocks(block.rows[a:b], plain=True)]


def _bullet(row: Row) -> ItemMark | None:
    mark = item_mark(row)
    return mark if mark and mark.number is None else None


def _add(lines: list[Said], spans: list[tuple[int, int]], block: TextBlock) -> None:
    apart = True
    for row in block.rows:
        text = row.words
        if block.kind == "html" or _FOLDED.match(text):
            text = _TAGS.sub(" ", text).strip()
        elif (mark := item_mark(row)) and mark.number is None:
            text = mark.text
        elif heading := heading_of(row.text):
            text = heading[1]
        if not text:
            apart = True
            continue
        first = len(lines)
        at = row.start + max(row.text.rfind(text), 0)
        for piece in option_pieces(text):
            is_first = len(lines) == first
            lines.append(
                Said(piece.strip(), len(lines), block.kind == "heading", apart and is_first)
            )
            spans.append((row.start if is_first else at, at + len(piece.rstrip())))
            at += len(piece)
        apart = False


def _before(span: tuple[int, int], rest: str) -> SourceSpan:
    return span[0], max(span[0], span[1] - len(rest.rstrip()))


def text_faq(reading: Reading, at: int) -> TextWidget | None:
    """Return an `faq` for questions with answers.

    Args:
        reading: The text.
        at: The index of the first question's block.

    Raises:
        Uncertain: An answer is longer than a paragraph.
    """
    head = reading.head(at - 1)
    is_named = bool(head and FAQ.search(head))
    level = reading.blocks[at - 1].level if is_named else 0
    lines = [*_lines(reading, at, level)]
    items: list[dict[str, Any]] = []
    own: list[SourceSpan] = []
    place = end = 0
    while place + 1 < len(lines) and (asked := _asked(lines[place], is_named=is_named)):
        answer = _told(lines[place + 1], is_named=is_named)
        if not answer:
            break
        items.append(
            {"question": reading.inline(unmarked(asked)), "answer": reading.inline(answer)}
        )
        for said, rest in ((lines[place], asked), (lines[place + 1], answer)):
            own.append(prefix_of(said.row, rest))
        place += 2
        end = lines[place - 1].end
        after = lines[place] if place < len(lines) else None
        if after and not _asked(after, is_named=is_named) and not (after.is_apart and not is_named):
            raise Uncertain(f'the answer to "{unmarked(asked)[:40]}" is longer than a paragraph')
    if len(items) < 2 or not end:
        if is_named and items:
            raise Uncertain("it has only one question with an answer below it")
        if is_named and lines and _ASKS.fullmatch(unmarked(lines[0].text)):
            raise Uncertain("the first question has no answer in the line below it")
        return None
    return TextWidget(WidgetMatch("faq", "", {"items": items}), end, tuple(own))


class _Line:
    """A line of questions and answers; `end` is the index behind its block if it ends it."""

    def __init__(self, row: Row, text: str, *, heading: bool, apart: bool, end: int) -> None:
        self.row, self.text, self.end = row, text, end
        self.is_heading, self.is_apart = heading, apart


def _lines(reading: Reading, at: int, level: int) -> Iterator[_Line]:
    for number, block in enumerate(reading.blocks[at:], at + 1):
        if block.kind == "heading":
            if block.level <= level:
                return
            yield _Line(block.rows[0], block.text, heading=True, apart=True, end=number)
        elif block.kind == "paragraph" or (
            block.kind == "list" and not any(i.children for i in block.items)
        ):
            rows = [row for row in block.rows if row.words]
            texts = [_unlisted(row) for row in rows]
            if block.kind == "paragraph" and len(rows) > 1 and not any(map(_is_marked, texts)):
                # an answer whose lines were broken by a program
                joined = " ".join(texts)
                yield _Line(_joined(rows), joined, heading=False, apart=True, end=number)
                continue
            for n, (row, text) in enumerate(zip(rows, texts, strict=True)):
                yield _Line(
                    row, text, heading=False, apart=not n, end=number if n == len(rows) - 1 else 0
                )
        else:
            return


def _is_marked(text: str) -> bool:
    """Return whether a line shows that it is a question or an answer."""
    is_labelled = _ASKS.match(text) or _TELLS.match(text)
    return bool(is_labelled) or unmarked(text) != text or text.endswith(QUESTION_MARKS)


def _joined(rows: list[Row]) -> Row:
    return Row(" ".join(row.words for row in rows), rows[0].line, rows[0].start, rows[-1].end)


def _unlisted(row: Row) -> str:
    mark = item_mark(row)
    return (mark.text if mark and mark.number is None else row.words).removesuffix("\\").strip()


def _asked(line: _Line, *, is_named: bool) -> str:
    """Return the question of a line; "" for other lines."""
    bare = unmarked(line.text)
    if found := _ASKS.fullmatch(bare) or _ASKS.fullmatch(line.text):
        return (
            found["rest"].removesuffix("**").strip()
            if line.text.startswith("**")
            else found["rest"]
        )
    if not is_named or not bare.endswith(QUESTION_MARKS):
        return ""
    if found := _NUMBERED.fullmatch(bare):
        bare = found["rest"]
    return bare if len(bare) <= 200 else ""


def _told(line: _Line, *, is_named: bool) -> str:
    if found := _TELLS.fullmatch(unmarked(line.text)) or _TELLS.fullmatch(line.text):
        return found["rest"]
    asks = line.text.endswith(QUESTION_MARKS) or _ASKS.fullmatch(unmarked(line.text))
    return "" if not is_named or asks or line.is_heading else line.text


def exam_questions(reading: Reading, at: int) -> TextWidget | None:
    """Return `questions` for a list below a heading such as "Previous year questions".

    Args:
        reading: The text.
        at: The index of the heading's block.

    Raises:
        Uncertain: The list does not read like questions.
    """
    head = reading.head(at)
    if not head or not QUESTIONS.search(head) or at + 1 >= len(reading.blocks):
        return None
    block = reading.blocks[at + 1]
    if block.kind != "list" or len(block.items) < 2:
        return None
    if any(item.children or any(row.words for row in item.rows[1:]) for item in block.items):
        raise Uncertain("its questions are not one paragraph each")
    numbers = [item.mark.number for item in block.items]
    start = numbers[0] or 1
    if numbers[0] is not None and numbers != list(range(start, start + len(numbers))):
        raise Uncertain("the list has its own numbering")
    items = [question_of(reading.inline(item.mark.text)) for item in block.items]
    own = tuple(prefix_of(item.rows[0], item.mark.text) for item in block.items)
    badge = _BADGE.match(head)
    title = head[badge.end() :] if badge else head
    fields: dict[str, Any] = {"badge": badge["badge"]} if badge else {}
    fields |= {"start": start} if start != 1 else {}
    return TextWidget(
        WidgetMatch("questions", reading.inline(title), {**fields, "items": items}), at + 2, own
    )
