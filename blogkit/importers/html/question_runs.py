"""Find questions that are elements side by side below a heading, not in one of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from blogkit.dataclass import dataclass
from blogkit.html import Element, Token
from blogkit.html.elements import HEADINGS
from blogkit.importers.choice_lines import begins_question
from blogkit.importers.choices import BadQuestion, Quiz, Said, read_quiz
from blogkit.importers.html.elements import Item, text_of
from blogkit.importers.html.inline import Line, Uncertain, lines_of
from blogkit.importers.html.questions import (
    faq_match,
    is_faq_question,
    quiz_lines,
    quiz_match,
)
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.question_words import FAQ, QUESTION_LABEL, QUESTION_MARKS

_CHOICES = re.compile(
    rf"\bmcqs?\b|multiple[ _-]?choice|\bquiz|\bpractice\b|\btests?\b|\b{QUESTION_LABEL}s?\b|"
    r"बहुविकल्पीय",
    re.IGNORECASE,
)
_BREAKS = frozenset(
    {"hr", "table", "figure", "iframe", "pre", "blockquote", "form", "script", "style", "nav"}
)
_STRONG = frozenset({"b", "strong"})
_MOST_LINES = 400
_LARGEST = 60_000
_LOWEST = 7
"""The level of a paragraph that is used as a heading."""

CallObjection = Callable[[Element, WidgetMatch], str]


@dataclass(frozen=True)
class QuestionRun:
    """Elements side by side that are questions.

    Attributes:
        element: A nameless element that holds them.
        widget: The widget's name.
        found: Its call; None if they stay as they are.
        why: What is not certain about them.
    """

    element: Element
    widget: str
    found: WidgetMatch | None
    why: str = ""


def question_runs(
    around: Element, at: int, skipped: Callable[[Item], bool], objection: CallObjection
) -> list[QuestionRun]:
    """Return the questions between a heading that names them and the next heading of its level.

    Args:
        around: The element that the heading is in.
        at: The heading's index among its items.
        skipped: Whether a part was dropped before.
        objection: Returns why a call cannot replace an element; "" if it can.
    """
    level, words = _head(around.items[at])
    is_faq = bool(FAQ.search(words))
    if not level or not (is_faq or _CHOICES.search(words)):
        return []
    below = _below(around, at, level)
    texts = sum(_has_text(around.source, item) for item in below)
    # a single element below a heading is read with its own names
    if texts < (1 if level == _LOWEST else 2):
        return []
    try:
        run = _Run(around, below, skipped, objection)
        return [*run.quizzes()] or ([*run.faqs()] if is_faq else [])
    except Uncertain:  # nested too deeply
        return []


def _head(item: Item) -> tuple[int, str]:
    """Return the level and words of a heading or a bold paragraph; 0 and "" for other items."""
    if not isinstance(item, Element):
        return 0, ""
    if item.name in HEADINGS:
        return int(item.name[1]), item.text()
    inner = [one for one in item.items if _has_text(item.source, one)] if item.name == "p" else []
    if len(inner) != 1 or not isinstance(inner[0], Element) or inner[0].name not in _STRONG:
        return 0, ""
    words = inner[0].text()
    # bold questions are what is below a heading
    is_asked = begins_question(words) or words.endswith(QUESTION_MARKS)
    return (0, "") if is_asked else (_LOWEST, words)


def _below(around: Element, at: int, level: int) -> list[Item]:
    """Return the items between a heading and the next one of its level."""
    found: list[Item] = []
    for item in around.items[at + 1 :]:
        if isinstance(item, Element) and (
            item.name in _BREAKS
            or (item.name in HEADINGS and int(item.name[1]) <= level)
            or (level == _LOWEST and _head(item)[0])
            or (found and item.end - found[0].start > _LARGEST)
        ):
            break
        found.append(item)
    return found


def _has_text(source: str, item: Item) -> bool:
    words = item.text() if isinstance(item, Element) else text_of(source, item)
    return bool((words or "").strip())


class _Run:
    """The items below a heading, and their lines."""

    def __init__(
        self,
        around: Element,
        items: Sequence[Item],
        skipped: Callable[[Item], bool],
        objection: CallObjection,
    ) -> None:
        self.around, self.items, self.objection = around, items, objection
        self.starts = [item.start for item in items]
        self.element = self._part(0, len(items))
        self.lines = lines_of(self.element, skipped)

    def _part(self, first: int, end: int) -> Element:
        """Return a nameless element that holds some of the items."""
        items = self.items[first:end]
        part = Element(
            self.around.source, Token("start", "", items[0].start, items[0].start), self.around
        )
        part.items = [*items]
        part.inner_end = part.end = items[-1].end
        part.strays = self.around.strays
        return part

    def _item(self, line: Line) -> int:
        """Return the index of the item that a line is in."""
        return bisect_right(self.starts, line.items[0].start) - 1

    def _begins(self, number: int) -> bool:
        """Return whether no item has lines on both sides of the beginning of a line."""
        if number in (0, len(self.lines)):
            return True
        return self._item(self.lines[number]) > self._item(self.lines[number - 1])

    def _spanned(self, first: int, end: int) -> Element:
        """Return an element that holds the items of some lines."""
        return self._part(self._item(self.lines[first]), self._item(self.lines[end - 1]) + 1)

    def quizzes(self) -> Iterator[QuestionRun]:
        """Yield multiple-choice questions, as many at a time as are certain."""
        said = quiz_lines(self.element, self.lines)
        at = 0
        while at < len(said):
            number, piece = divmod(said[at].place, 10)
            if piece or not self._begins(number):
                at += 1
                continue
            run, length = self._quiz(said[at : at + _MOST_LINES])
            if run:
                yield run
            at += max(length, 1)

    def _quiz(self, said: Sequence[Said]) -> tuple[QuestionRun | None, int]:
        """Return the questions that begin a run of lines, and the number of lines to go on."""
        most: int | None = None
        while True:
            try:
                quiz = read_quiz(said, 0, lambda text: text, most)
            except BadQuestion as bad:
                return self._left(said, bad.end, str(bad)), bad.end
            if quiz is None:
                return None, 1
            found, part, why = self._checked(said, quiz)
            if not why:
                return QuestionRun(part, "mcq", found), quiz.end
            if len(quiz.items) == 1:
                return self._left(said, quiz.end, why), quiz.end
            most = len(quiz.items) // 2

    def _checked(self, said: Sequence[Said], quiz: Quiz) -> tuple[WidgetMatch, Element, str]:
        end = said[quiz.end - 1].place // 10 + 1
        found = quiz_match(self.element, self.lines, quiz, "")
        part = self._spanned(said[0].place // 10, end)
        if not self._begins(end):
            return found, part, "other text follows a question in the same element"
        return found, part, self.objection(part, found)

    def _left(self, said: Sequence[Said], end: int, why: str) -> QuestionRun:
        part = self._spanned(said[0].place // 10, said[end - 1].place // 10 + 1)
        return QuestionRun(part, "mcq", None, why)

    def faqs(self) -> Iterator[QuestionRun]:
        """Yield the questions with answers, from the first question on."""
        first = next(
            (
                number
                for number, line in enumerate(self.lines)
                if self._begins(number) and is_faq_question(line)
            ),
            None,
        )
        if first is None or first + 1 == len(self.lines):
            return
        part = self._spanned(first, len(self.lines))
        try:
            found = faq_match(part, self.lines[first:], "")
        except Uncertain as error:
            yield QuestionRun(part, "faq", None, str(error))
            return
        asked = [item["question"] for item in found.fields["items"]]
        if len(asked) < 2:
            why = "it has only one question with an answer below it"
        elif sum(one.endswith(QUESTION_MARKS) for one in asked) * 2 < len(asked) and not found.own:
            why = "most of it is not written as questions"
        else:
            why = self.objection(part, found)
        yield QuestionRun(part, "faq", None if why else found, why)
