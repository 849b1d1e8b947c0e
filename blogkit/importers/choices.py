"""Read multiple-choice questions from lines, in the shapes that AI assistants write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from itertools import takewhile
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.importers.answers import NamedAnswer, Undecided, answer_of
from blogkit.importers.choice_lines import (
    ANSWER,
    ASKED,
    KEY_HEAD,
    KEY_ITEMS,
    LIKE_OPTION,
    NAMED,
    OPTION,
    STATEMENT,
    UNFOLD,
    WHY,
    is_first_option,
    without_bold,
    without_emphasis,
)
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.option_letters import OPTION_LETTERS, are_in_order, place_of

_MOST_LINES, _MOST_AHEAD = 3, 14


@dataclass(frozen=True)
class Said:
    """A line.

    Attributes:
        text: The line as Markdown, without a bullet.
        place: What the caller knows it by.
        is_heading: Whether it is a heading.
        is_apart: Whether a blank line is above it.
    """

    text: str
    place: int
    is_heading: bool = False
    is_apart: bool = False


@dataclass
class Quiz:
    """Questions that were read.

    Attributes:
        items: The fields of each.
        end: The index of the line behind them.
        used: For each line its place, and what of it is in the fields, from its end.
        start: The number of the first question.
    """

    items: list[dict[str, Any]] = field(default_factory=list)
    end: int = 0
    used: list[tuple[int, str]] = field(default_factory=list)
    start: int = 1


class BadQuestion(Uncertain):
    """A question that cannot be converted.

    Args:
        why: The reason.
        end: The index of the line behind it.
        is_open: Whether only the author can decide about it.
    """

    def __init__(self, why: str, end: int, *, is_open: bool) -> None:
        super().__init__(why)
        self.end, self.is_open = end, is_open


@dataclass
class _Question:
    """A question while it is read."""

    number: int
    is_numbered: bool
    fields: dict[str, Any] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)
    used: list[tuple[int, str]] = field(default_factory=list)
    end: int = 0
    wrong: Uncertain | None = None


def read_quiz(
    lines: Sequence[Said], at: int, inline: Callable[[str], str], most: int | None = None
) -> Quiz | None:
    """Return the multiple-choice questions that begin at a line, up to the first bad one.

    Args:
        lines: The lines.
        at: The index of the first.
        inline: Turns a piece of a line into inline Markdown.
        most: How many questions to return; absent = all.

    Returns:
        The questions; None if none begins there.

    Raises:
        BadQuestion: The first one has no answer, or not certainly one.
    """
    return _Reader(lines, at, inline).read(most)


class _Reader:
    def __init__(self, lines: Sequence[Said], at: int, inline: Callable[[str], str]) -> None:
        self.lines, self.at, self.inline = lines, at, inline
        self.used: list[tuple[int, str]] = []

    def read(self, most: int | None) -> Quiz | None:
        questions: list[_Question] = []
        while question := self._question(len(questions) + 1):
            questions.append(question)
        if not questions:
            return None
        key = self._key(questions)
        for one in questions:
            if not one.wrong and "answer" not in one.fields:
                one.wrong = Uncertain("has no answer")
                asks = one.is_numbered or one.fields["text"].rstrip("* ")[-1:] in "?؟"
                if one is questions[0] and not asks and "ask" not in one.fields:
                    return None  # a list that counts with letters
        good = [*takewhile(lambda one: not one.wrong, questions)][:most]
        if not good:
            first = questions[0]
            is_open = isinstance(first.wrong, Undecided)
            raise BadQuestion(f"question {first.number} {first.wrong}", first.end, is_open=is_open)
        used = [line for one in good for line in one.used]
        if len(good) == len(questions) and key:
            used += key
        else:
            self.at = good[-1].end
        numbers = [one.number for one in good]
        in_order = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        start = numbers[0] if in_order and all(one.is_numbered for one in good) else 1
        return Quiz([one.fields for one in good], self.at, used, start)

    def _line(self, ahead: int = 0) -> Said | None:
        at = self.at + ahead
        return self.lines[at] if at < len(self.lines) else None

    def _use(self, rest: str) -> str:
        """Take the line; only this end of it is in the fields."""
        self.used.append((self.lines[self.at].place, rest))
        self.at += 1
        return rest

    def _question(self, count: int) -> _Question | None:
        """Return the next question, and go behind it; None if there is none."""
        begin, self.used = self.at, []
        line = self._line()
        found = ASKED.fullmatch(line.text) if line else None
        number = int(found["number"] or found["plain"] or 0) if found else 0
        question = _Question(number or count, bool(number))
        asked = self._asked()
        options = self._options(question) if asked else []
        if not asked or len(options) < 2:
            self.at = begin
            return self._unread(question) if found else None
        question.fields = {**asked, "options": options}
        after = self._line()
        if after and not after.is_apart and OPTION.fullmatch(after.text):
            return self._unread(question)
        self._answer(question, options)
        question.used, question.end = self.used, self.at
        return question

    def _unread(self, question: _Question) -> _Question | None:
        """Return a question whose options cannot be read, and go behind its answer."""
        alike = 0
        for at in range(
            self.at + (not question.fields), min(self.at + _MOST_AHEAD, len(self.lines))
        ):
            line = self.lines[at]
            if line.is_heading or NAMED.match(line.text):
                break
            if ANSWER.fullmatch(line.text):
                if alike < 2 and not question.fields:
                    break
                self.at = question.end = at + 1
                question.wrong = Uncertain("has options that are not lettered A), B), C) in order")
                return question
            alike += bool(LIKE_OPTION.fullmatch(line.text))
        return None

    def _asked(self) -> dict[str, Any] | None:
        line = self._line()
        if line is None:
            return None
        found = ASKED.fullmatch(line.text)
        after = self._line(1)
        if not found and not (
            after and is_first_option(after.text) and line.text.rstrip("* ")[-1:] in "?:.।؟"
        ):
            return None
        texts = [self._use(found["rest"] if found else line.text)]
        statements: list[str] = []
        asks: list[str] = []
        while (line := self._line()) and not is_first_option(line.text):
            if line.is_heading or NAMED.match(line.text):
                return None
            if (found := STATEMENT.fullmatch(line.text)) and not asks:
                statements.append(self.inline(self._use(found["rest"])))
            elif statements and len(asks) < _MOST_LINES:
                asks.append(self._use(line.text))
            elif not any(texts) or (not line.is_apart and len(texts) < _MOST_LINES):
                texts.append(self._use(line.text))
            else:
                return None
        text = without_bold(" ".join(text for text in texts if text))
        if not text or bool(statements) != bool(asks):
            return None
        more = (
            {"statements": statements, "ask": self.inline(without_bold(" ".join(asks)))}
            if asks
            else {}
        )
        return {"text": self.inline(text), **more}

    def _options(self, question: _Question) -> list[str]:
        options: list[str] = []
        while (line := self._line()) and (found := OPTION.fullmatch(line.text)):
            letter = found["round"] or found["letter"]
            if len(options) >= len(OPTION_LETTERS) or not are_in_order([*question.letters, letter]):
                break
            question.letters.append(letter)
            options.append(self.inline(without_bold(self._use(found["rest"]))))
        return options

    def _answer(self, question: _Question, options: list[str]) -> None:
        """Read the answer and the explanation below the options."""
        line = self._line()
        folded = line and not line.is_heading and UNFOLD.fullmatch(without_emphasis(line.text))
        if line and folded:
            self._use("")
            line = self._line()
        if not line or line.is_heading:
            return
        found = ANSWER.fullmatch(line.text)
        if not found and not folded:
            return
        words = found["rest"] if found else line.text
        is_open = found and words.endswith("*") and words.count("*") % 2
        told = words.rstrip(" *") if is_open else words
        try:
            answer = answer_of(told, question.letters, options)
        except Uncertain as error:
            question.wrong, answer = error, NamedAnswer(-1, told)
        else:
            question.fields["answer"] = OPTION_LETTERS[answer.place]
        kept = answer.explanation
        self._use(words[words.rfind(kept) :] if kept else "")
        if explanation := self._why(without_bold(answer.explanation)):
            question.fields["explanation"] = explanation
        if (line := self._line()) and not line.is_heading and ANSWER.fullmatch(line.text):
            question.wrong = Uncertain("has two lines with an answer")
            self._use("")

    def _why(self, explanation: str) -> str:
        line = self._line()
        if line and not line.is_heading and (found := WHY.fullmatch(line.text)):
            told = self._use(found["rest"])
            line = self._line()
            if not told and line and not line.is_heading and not self._is_next(line):
                told = self._use(line.text)
                line = self._line()
            explanation = " ".join(filter(None, [explanation, told]))
        while (
            explanation
            and line
            and not (line.is_apart or line.is_heading)
            and not self._is_next(line)
        ):
            explanation += " " + self._use(line.text)
            line = self._line()
        return self.inline(without_bold(explanation))

    def _is_next(self, line: Said) -> bool:
        return bool(
            ASKED.fullmatch(line.text)
            or OPTION.fullmatch(line.text)
            or KEY_HEAD.fullmatch(line.text)
        )

    def _key(self, questions: list[_Question]) -> list[tuple[int, str]]:
        """Read the answers of all questions from a list of letters behind them.

        Returns:
            The lines of the list if all of it is in the questions; [] if it has to stay.
        """
        begin = self.at
        keys = self._keys()
        numbers = [one.number for one in questions]
        is_certain = len(set(numbers)) == len(numbers) and (
            all(one.is_numbered for one in questions) or set(numbers) == keys.keys()
        )
        if not keys or not is_certain:
            self.at = begin
            return []
        for one in questions:
            self._compare(one, keys.get(one.number, set()))
        if keys.keys() != set(numbers):
            self.at = begin
            return []
        return [(self.lines[at].place, "") for at in range(begin, self.at)]

    def _keys(self) -> dict[int, set[str]]:
        """Return the letters of an answer key by number, and go behind it; {} if there is none."""
        line = self._line()
        found = line and KEY_HEAD.fullmatch(line.text)
        if not line or not found:
            return {}
        keys: dict[int, set[str]] = {}
        text = found["rest"]
        while not KEY_ITEMS.sub("", text).strip(" ,;|*_") and (KEY_ITEMS.search(text) or not keys):
            for number, letter in KEY_ITEMS.findall(text):
                keys.setdefault(int(number), set()).add(letter)
            self.at += 1
            if not (line := self._line()):
                break
            text = line.text
        return keys

    def _compare(self, question: _Question, given: set[str]) -> None:
        """Take the answer of a key, which may not contradict the answer below the question."""
        places = {place_of(letter, question.letters) for letter in given}
        if not places or question.wrong:
            return
        own = question.fields.get("answer")
        if len(places) > 1:
            question.wrong = Undecided("has two answers in the answer key")
        elif not 0 <= (place := places.pop()) < len(question.letters):
            letter = min(given).upper()
            question.wrong = Uncertain(f'has the answer "{letter}", which is not an option')
        elif own and own != OPTION_LETTERS[place]:
            question.wrong = Undecided(
                f"has the answer {own}, and the answer key has {OPTION_LETTERS[place]}"
            )
        else:
            question.fields["answer"] = OPTION_LETTERS[place]
