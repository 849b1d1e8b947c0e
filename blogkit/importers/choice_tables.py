"""Read multiple-choice questions from tables that have one in each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.importers.answers import answer_of
from blogkit.importers.choice_lines import OPTION, option_pieces, without_bold, without_emphasis
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.option_letters import LETTER, OPTION_LETTERS, are_in_order

_LETTER = re.compile(rf"(?:Option\s+|विकल्प\s+)?[(]?({LETTER})[).]?", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:MCQ )?Questions?|MCQs?|प्रश्न|প্রশ্ন|سوال|السؤال|வினா|கேள்வி|ప్రశ్న|પ્રશ્ન", re.IGNORECASE
)
_OPTIONS = re.compile(
    r"(?:Answer )?(?:Options?|Choices)|विकल्प|বিকল্প|الخيارات|விருப்பங்கள்|ఎంపికలు|વિકલ્પો", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:#|No\.?|S\.? ?No\.?|Sr\.? ?No\.?|Q\.? ?No\.?|क्र\.?|क्रमांक)", re.IGNORECASE)
_RIGHT = re.compile(
    r"(?:Correct |Right |सही )?(?:Answer|Ans\.?|Option|Key|उत्तर|जवाब|विकल्प)|উত্তর|جواب|الإجابة|விடை|"
    r"பதில்|జవాబు|సమాధానం|જવાબ|ઉત્તર",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"Explanation|Reason|Why|Solution|व्याख्या|ব্যাখ্যা|स्पष्टीकरण|وضاحت|விளக்கம்|వివరణ|સમજૂતી", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class ChoiceColumns:
    """The columns of a table of questions, by their index.

    Attributes:
        asked: The questions.
        options: The options: one column, or one for each letter.
        letters: The letters of the options' columns; () if one column has all options.
        right: The answers.
        why: The explanations; -1 for none.
        number: The numbers of the questions; -1 for none.
    """

    asked: int
    options: tuple[int, ...]
    letters: tuple[str, ...]
    right: int
    why: int = -1
    number: int = -1


def choice_columns(heads: Sequence[str]) -> ChoiceColumns | None:
    """Return the columns of a table of questions; None if its heads name no such columns.

    Args:
        heads: The words of the table's first row.

    Raises:
        Uncertain: They name such columns, but not in an order in which a widget shows them.
    """
    heads = [without_emphasis(head).rstrip(" :") for head in heads]
    asked, number, why = (_those(each, heads) for each in (_ASKED, _NUMBER, _WHY))
    lettered = _those(_LETTER, heads)
    several = len(lettered) > 1
    options = lettered if several else _those(_OPTIONS, heads)
    right = [at for at in _those(_RIGHT, heads) if several or at not in options[:1]]
    if len(asked) != 1 or len(right) != 1 or not (several or len(options) == 1):
        return None
    if [*number, *asked, *options, *right, *why] != list(range(len(heads))):
        raise Uncertain("its columns are not number, question, options, answer, explanation")
    letters = [found[1] for at in lettered if (found := _LETTER.fullmatch(heads[at]))]
    if several and not are_in_order(letters):
        raise Uncertain("its columns with the options are not lettered A, B, C in order")
    first = [found[0] if found else -1 for found in (why, number)]
    return ChoiceColumns(
        asked[0], tuple(options), tuple(letters) if several else (), right[0], *first
    )


def choice_item(columns: ChoiceColumns, cells: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return the fields of a question.

    Args:
        columns: The table's columns.
        cells: The lines of each cell of the row, as inline Markdown.

    Raises:
        Uncertain: It has no certain answer among its options.
    """
    text = " ".join(cells[columns.asked])
    if not text:
        raise Uncertain("has no question")
    letters, options = _options(columns, cells)
    if not all(options):
        raise Uncertain("has an empty option")
    told = without_bold(" ".join(cells[columns.right]))
    if not told:
        raise Uncertain("has no answer")
    answer = answer_of(told, letters, options)
    if answer.explanation:
        raise Uncertain(f'has the answer "{told[:40]}", which is not one of its options')
    why = " ".join(cells[columns.why]) if columns.why >= 0 else ""
    item = {"text": text, "options": options, "answer": OPTION_LETTERS[answer.place]}
    return {**item, **({"explanation": why} if why else {})}


def option_marks(cell: str) -> list[tuple[int, int]]:
    """Return the spans of a cell's source that letter its options, or divide them.

    Args:
        cell: The cell's source.
    """
    spans = [found.span() for found in _BREAK.finditer(cell)]
    at = 0
    for line in re.split(r"(<br\s*/?>)", cell, flags=re.IGNORECASE):
        for piece in [line] if _BREAK.fullmatch(line) else option_pieces(line):
            if found := OPTION.fullmatch(piece.strip()):
                spans.append((at, at + piece.rfind(found["rest"])))
            at += len(piece)
    return sorted(spans)


def _options(
    columns: ChoiceColumns, cells: Sequence[Sequence[str]]
) -> tuple[Sequence[str], list[str]]:
    """Return the letters and the texts of a question's options."""
    if columns.letters:
        return columns.letters, [" ".join(cells[at]) for at in columns.options]
    lines = [part for line in cells[columns.options[0]] for part in _BREAK.split(line)]
    pieces = [piece.strip() for line in lines for piece in option_pieces(line) if piece.strip()]
    found = [OPTION.fullmatch(piece) for piece in pieces]
    if len(pieces) < 2 or len(pieces) > len(OPTION_LETTERS):
        raise Uncertain("has options that are not lettered A), B), C) in order")
    if not any(found):
        return OPTION_LETTERS[: len(pieces)], pieces
    letters = [one["round"] or one["letter"] for one in found if one]
    if len(letters) < len(pieces) or not are_in_order(letters):
        raise Uncertain("has options that are not lettered A), B), C) in order")
    return letters, [without_bold(one["rest"]) for one in found if one]


def _those(pattern: re.Pattern[str], heads: Sequence[str]) -> list[int]:
    return [at for at, head in enumerate(heads) if pattern.fullmatch(head)]
