"""Convert multiple-choice questions and questions with answers in HTML to widget calls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from blogkit.html import Element
from blogkit.html.elements import HEADINGS
from blogkit.importers.choice_lines import option_pieces
from blogkit.importers.choices import Quiz, Said, read_quiz
from blogkit.importers.html.inline import Line, Uncertain, lines_of
from blogkit.importers.html.shapes import WidgetCandidate, WidgetMatch
from blogkit.importers.option_letters import LETTER, OPTION_LETTERS
from blogkit.importers.question_words import ANSWER_LABEL, FAQ, QUESTION_LABEL, QUESTION_MARKS

_CHOICES = re.compile(r"\bmcqs?\b|multiple[ _-]?choice|\bquiz|\bquestion", re.IGNORECASE)
_OPTION = re.compile(rf"(?:^|[\s>])[(\[]?{LETTER}[).\]:]\s|type=[\"']?[Aa]\b", re.MULTILINE)
_LABEL = re.compile(
    rf"\*{{0,2}}(?:{QUESTION_LABEL}\.?\s*\d*|\d{{1,2}})\s*[.):–-]+\s*\*{{0,2}}\s*", re.IGNORECASE
)
_ASKS = re.compile(rf"{QUESTION_LABEL}\.?\s*\d*\s*[.):–-]+\s*\S", re.IGNORECASE)
_TELLS = re.compile(rf"\*{{0,2}}{ANSWER_LABEL}\.?\s*\d*\s*[.):–-]+\s*\*{{0,2}}\s*", re.IGNORECASE)
_CONTAINERS = frozenset(
    {"div", "section", "article", "ol", "ul", "li", "dl", "aside", "details", "fieldset", "main"}
)
_LONGEST = 30_000


def mcq(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `mcq` for an element that is only such questions; None for others.

    Raises:
        Uncertain: It is a paragraph or called a quiz, but a question has no certain answer.
    """
    element = candidate.element
    if element.name not in _CONTAINERS | {"p"} or element.end - element.start > _LONGEST:
        return None
    if not _OPTION.search(element.source[element.start : element.end]):
        return None
    lines = lines_of(element, candidate.skipped)
    said = quiz_lines(element, lines)
    title = ""
    for first in (0, 1):
        if not said[first:] or (first and not said[0].is_heading):
            return None
        title = said[0].text if first else ""
        try:
            quiz = read_quiz(said, first, lambda text: text)
        except Uncertain:
            if element.name == "p" or (_CHOICES.search(candidate.hints) and element.name != "li"):
                raise
            return None
        if quiz and quiz.end == len(said):
            return quiz_match(element, lines, quiz, title)
    return None


def quiz_match(element: Element, lines: Sequence[Line], quiz: Quiz, title: str) -> WidgetMatch:
    """Return a call of `mcq`.

    Args:
        element: What the questions are in.
        lines: Its lines.
        quiz: The questions, read from `quiz_lines`.
        title: The widget's title, as Markdown.
    """
    own = tuple(before_rest(element, lines[place // 10], rest) for place, rest in quiz.used)
    fields: dict[str, Any] = {"start": quiz.start} if quiz.start != 1 else {}
    return WidgetMatch("mcq", title, {**fields, "items": quiz.items}, own=own)


def quiz_lines(element: Element, lines: Sequence[Line]) -> list[Said]:
    """Return the lines as `read_quiz` takes them: the letters of lists are text in them.

    Args:
        element: What the lines are in.
        lines: The lines.
    """
    letters = _lettered(element)
    found: list[Said] = []
    before: Element | None = None
    for number, line in enumerate(lines):
        text = line.markdown()
        letter = next((one for item, one in letters if _holds(item, line)), "")
        text = f"{letter}) {text}" if letter else text
        apart = line.holder is not before
        before = line.holder
        for place, piece in enumerate(option_pieces(text)):
            is_heading = line.holder.name in HEADINGS
            at = number * 10 + min(place, 9)
            found.append(Said(piece.strip(), at, is_heading, apart and not place))
    return found


def _lettered(element: Element) -> list[tuple[Element, str]]:
    found = []
    for each in [element, *element.descendants()]:
        kind = each.attributes.get("type", "")
        style = each.attributes.get("style", "")
        if each.name == "ol" and (kind in ("A", "a") or re.search("(?:lower|upper)-alpha", style)):
            items = [item for item in each.children if item.name == "li"]
            found += list(zip(items, OPTION_LETTERS, strict=False))
    return found


def _holds(item: Element, line: Line) -> bool:
    return item.start <= line.items[0].start and line.items[-1].end <= item.end


def before_rest(element: Element, line: Line, rest: str) -> tuple[int, int]:
    """Return the span of what is before the rest of a line.

    Args:
        element: The element that the line is in.
        line: The line.
        rest: The end of it, as Markdown.
    """
    start, end = line.items[0].start, line.items[-1].end
    words = re.sub(r"[*_`\\]", " ", rest).split()
    if not words:
        return start, end
    source = element.source
    # the label's own letters may occur in the rest, so the search begins behind the label
    place = source.rfind(words[0], start, end) if len(words) == 1 else source.find(rest, start, end)
    if place < 0:
        place = source.find(words[0], start, end)
    return start, max(place, start)


def faq(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `faq` for questions with answers; None if nothing identifies them.

    Raises:
        Uncertain: They are called questions with answers, but do not come in pairs.
    """
    element = candidate.element
    if element.name not in _CONTAINERS | {"table"} or element.end - element.start > _LONGEST:
        return None
    if element.name in ("li", "table", "details") or not candidate.speaks_of(FAQ):
        return None
    lines = lines_of(element, candidate.skipped)
    title = ""
    if lines and FAQ.search(lines[0].text) and not lines[0].text.endswith(QUESTION_MARKS):
        title, lines = lines[0].markdown(bold=False), lines[1:]
    if len(lines) < 4:
        return None
    return faq_match(element, lines, title)


def faq_match(element: Element, lines: Sequence[Line], title: str) -> WidgetMatch:
    """Return a call of `faq`.

    Args:
        element: What the questions are in.
        lines: Lines in it, which begin with a question.
        title: The widget's title, as Markdown.

    Raises:
        Uncertain: They are not questions with answers in turn.
    """
    items: list[dict[str, str]] = []
    own: list[tuple[int, int]] = []
    for line in lines:
        is_asked = is_faq_question(line)
        if is_asked and (not items or "answer" in items[-1]):
            rest = _LABEL.sub("", line.markdown(bold=False), count=1)
            items.append({"question": rest})
        elif items and "answer" not in items[-1]:
            # a second paragraph of an answer must not make its questions and answers swap places
            if is_asked:
                raise Uncertain(f'"{items[-1]["question"][:40]}" has no answer below it')
            rest = _TELLS.sub("", line.markdown(), count=1)
            items[-1]["answer"] = rest
        else:
            raise Uncertain(f'"{line.text[:40]}" is neither a question nor its answer')
        if rest != line.markdown(bold="answer" in items[-1]):
            own.append(before_rest(element, line, rest))
    if "answer" not in items[-1]:
        raise Uncertain("the last question has no answer")
    return WidgetMatch("faq", title, {"items": items}, own=tuple(own))


def is_faq_question(line: Line) -> bool:
    """Return whether a line is a question: by its mark, its label or its element."""
    return (
        line.text.endswith(QUESTION_MARKS)
        or line.holder.name in HEADINGS | {"summary", "dt"}
        or bool(_ASKS.match(line.text))
    )
