"""Read multiple-choice questions from lines, in the shapes that AI assistants write."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from blogkit.importers.html.inline import Uncertain

_BOLD = r"(?:\*\*|__)?"
_ASKED = re.compile(
    rf"{_BOLD}(?:(?:Q(?:uestion|ues)?|MCQ|प्रश्न)\.?\s*(?:No\.?\s*)?(?P<number>\d{{1,3}})\s*[.):：–-]*|"
    rf"(?:Q(?:uestion)?)\s*[.):：]+|(?P<plain>\d{{1,3}})\s*[.)]+){_BOLD}\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_OPTION = re.compile(
    rf"(?:\[[ xX]?\]\s*|[○◯⚪☐]\s*)?{_BOLD}(?:[(\[](?P<round>[A-Fa-f])[)\]]|"
    rf"(?P<letter>[A-Fa-f])\s*[).:]){_BOLD}[.)]?\s+"
    r"(?P<rest>\S.*)"
)
_STATEMENT = re.compile(r"(?:Statement\s+)?(?:\d|[IVX]{1,4}|[ivx]{1,4})\s*[.):]\s+(?P<rest>\S.*)")
_ANSWER = re.compile(
    rf"(?:[✅✔☑️👉➤]+\s*)?{_BOLD}(?:the\s+)?(?:correct|right)?\s*"
    rf"(?:answer|ans|option|उत्तर|सही उत्तर)\s*(?:is)?{_BOLD}\s*[.:：–-]*{_BOLD}\s*(?:option\s+)?"
    rf"{_BOLD}[(\[]?(?P<letter>[A-Fa-f])(?:[)\].:]+|(?=\s|{_BOLD}$|\*)){_BOLD}\s*"
    r"(?:[–—-]\s*)?(?P<rest>.*)",
    re.IGNORECASE,
)
_WHY = re.compile(
    rf"(?:💡\s*)?{_BOLD}(?:explanation|reason(?:ing)?|solution|rationale|why|व्याख्या){_BOLD}\s*[:：–-]+{_BOLD}\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_UNFOLD = re.compile(
    r"(?:show|view|see|reveal|click (?:here )?(?:to|for)(?: \w+)?|check)?\s*"
    r"(?:the\s+)?(?:correct )?(?:answers?|solution)(?: (?:and|&) explanation)?[.:…]*",
    re.IGNORECASE,
)
_BARE_ANSWER = re.compile(
    rf"{_BOLD}(?:[(\[](?P<round>[A-Fa-f])[)\]]|(?P<letter>[A-Fa-f](?=[)\].:])|[A-F](?={_BOLD}$)))"
    rf"[)\].:]*{_BOLD}\s*(?P<rest>.*)"
)
_KEY_HEAD = re.compile(
    rf"{_BOLD}(?:answer keys?|answers|key|solutions?)\s*:?{_BOLD}\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_KEYS = re.compile(r"(?:Q\.?\s*)?(\d{1,3})\s*[.):–-]*\s*[(\[]?([A-Fa-f])\b[)\]]?")
_LETTERS = "ABCDEF"
_NAMED = re.compile(rf"{_BOLD}(?:Q|Question|MCQ)\.?\s*\d+\b", re.IGNORECASE)
_MOST_LINES = 3
_ENDS_BOLD = re.compile(r"(?:\*\*|__)\s*$")


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


def read_quiz(lines: Sequence[Said], at: int, inline: Callable[[str], str]) -> Quiz | None:
    """Return the multiple-choice questions that begin at a line; None if none does.

    Args:
        lines: The lines.
        at: The index of the first.
        inline: Turns a piece of a line into inline Markdown.

    Raises:
        Uncertain: They are such questions, but one has no answer.
    """
    return _Reader(lines, at, inline).read()


class _Reader:
    def __init__(self, lines: Sequence[Said], at: int, inline: Callable[[str], str]) -> None:
        self.lines, self.at, self.inline = lines, at, inline
        self.quiz = Quiz()
        self.numbers: list[int | None] = []

    def read(self) -> Quiz | None:
        while (question := self._question()) is not None:
            self.quiz.items.append(question)
        if not self.quiz.items:
            return None
        self._read_key()
        for number, item in enumerate(self.quiz.items, 1):
            if "answer" not in item:
                raise Uncertain(f"question {number} has no answer")
            if _LETTERS.find(item["answer"]) >= len(item["options"]):
                raise Uncertain(
                    f'the answer "{item["answer"]}" of question {number} is not an option'
                )
        first = self.numbers[0]
        if first not in (None, 1) and self.numbers == list(
            range(first or 0, (first or 0) + len(self.numbers))
        ):
            self.quiz.start = first or 1
        self.quiz.end = self.at
        return self.quiz

    def _line(self, ahead: int = 0) -> Said | None:
        at = self.at + ahead
        return self.lines[at] if at < len(self.lines) else None

    def _use(self, rest: str) -> str:
        """Take the line; only this end of it is in the fields."""
        self.quiz.used.append((self.lines[self.at].place, rest))
        self.at += 1
        return rest

    def _question(self) -> dict[str, Any] | None:
        begin, used, before = self.at, len(self.quiz.used), len(self.numbers)
        question = self._asked()
        options = self._options() if question else []
        if not question or len(options) < 2:
            self.at = begin
            del self.quiz.used[used:], self.numbers[before:]
            return None
        question["options"] = options
        answer, explanation = self._answer(options)
        if answer:
            question["answer"] = answer
        if explanation:
            question["explanation"] = explanation
        return question

    def _asked(self) -> dict[str, Any] | None:
        line = self._line()
        if line is None:
            return None
        found = _ASKED.fullmatch(line.text)
        after = self._line(1)
        if not found and not (
            after and _is_first_option(after.text) and line.text.rstrip("* ")[-1:] in "?:."
        ):
            return None
        self.numbers.append(int(found["number"] or found["plain"] or 0) or None if found else None)
        texts = [self._use(found["rest"] if found else line.text)]
        statements: list[str] = []
        asks: list[str] = []
        while (line := self._line()) and not _is_first_option(line.text):
            if line.is_heading or _NAMED.match(line.text):
                return None
            if (found := _STATEMENT.fullmatch(line.text)) and not asks:
                statements.append(self.inline(self._use(found["rest"])))
            elif statements and len(asks) < _MOST_LINES:
                asks.append(self._use(line.text))
            elif not any(texts) or (not line.is_apart and len(texts) < _MOST_LINES):
                texts.append(self._use(line.text))
            else:
                return None
        text = _plain(" ".join(text for text in texts if text))
        if not text or bool(statements) != bool(asks):
            return None
        more = (
            {"statements": statements, "ask": self.inline(_plain(" ".join(asks)))} if asks else {}
        )
        return {"text": self.inline(text), **more}

    def _options(self) -> list[str]:
        options: list[str] = []
        while (line := self._line()) and (found := _OPTION.fullmatch(line.text)):
            letter = (found["round"] or found["letter"]).upper()
            if len(options) >= len(_LETTERS) or letter != _LETTERS[len(options)]:
                break
            options.append(self.inline(_plain(self._use(found["rest"]))))
        return options

    def _answer(self, options: list[str]) -> tuple[str, str]:
        line = self._line()
        folded = line and not line.is_heading and _UNFOLD.fullmatch(_bare(line.text))
        if line and folded:
            self._use("")
            line = self._line()
        found = (
            line
            and not line.is_heading
            and (_ANSWER.fullmatch(line.text) or (folded and _BARE_ANSWER.fullmatch(line.text)))
        )
        if not line or not found:
            return "", ""
        named = found.groupdict()
        letter = (named["letter"] or named.get("round") or "").upper()
        rest = found["rest"].strip()
        explanation = ""
        index = _LETTERS.find(letter)
        option = options[index] if index < len(options) else ""
        if not rest.strip("*_ "):
            self._use("")
        elif _bare(self.inline(rest)) == _bare(option):
            self._use(rest)  # the widget repeats the option, too
        else:
            kept = rest
            same = re.match(re.escape(option) + r"\**\s*[.:–—-]+\s*", rest) if option else None
            explanation = _plain(kept[same.end() :] if same else kept)
            self._use(kept[same.end() :] if same else kept)
        return letter, self._why(explanation)

    def _why(self, explanation: str) -> str:
        line = self._line()
        if line and not line.is_heading and (found := _WHY.fullmatch(line.text)):
            explanation = " ".join(filter(None, [explanation, self._use(found["rest"])]))
            line = self._line()
        while (
            explanation
            and line
            and not (line.is_apart or line.is_heading)
            and not self._is_next(line)
        ):
            explanation += " " + self._use(line.text)
            line = self._line()
        return self.inline(_plain(explanation))

    def _is_next(self, line: Said) -> bool:
        return bool(
            _ASKED.fullmatch(line.text)
            or _OPTION.fullmatch(line.text)
            or _KEY_HEAD.fullmatch(line.text)
        )

    def _read_key(self) -> None:
        """Read the answers of all questions from a list of letters behind them."""
        line = self._line()
        found = line and _KEY_HEAD.fullmatch(line.text)
        if not line or not found or any("answer" in item for item in self.quiz.items):
            return
        begin = self.at
        numbers = [number or n for n, number in enumerate(self.numbers, 1)]
        keys = dict(_KEYS.findall(found["rest"]))
        self.at += 1
        while (
            (line := self._line())
            and _KEYS.search(line.text)
            and not _KEYS.sub("", line.text).strip(" ,;|*_")
        ):
            keys |= dict(_KEYS.findall(line.text))
            self.at += 1
        if not all(str(number) in keys for number in numbers):
            self.at = begin
            return
        for number, item in zip(numbers, self.quiz.items, strict=True):
            item["answer"] = keys[str(number)].upper()
        self.quiz.used += [(self.lines[at].place, "") for at in range(begin, self.at)]


def option_pieces(text: str) -> list[str]:
    """Return a line with all its options, such as "(a) one (b) two", in pieces that join to it."""
    marks = [*re.finditer(r"(?:(?<=\s)|^)[(\[]?([A-Fa-f])[).\]]\s+(?=\S)", text)]
    letters = "".join(found[1].upper() for found in marks)
    if len(marks) < 2 or letters != _LETTERS[: len(marks)]:
        return [text]
    places = [0, *(found.start() for found in marks if found.start()), len(text)]
    return [text[a:b] for a, b in pairwise(places)]


def _is_first_option(text: str) -> bool:
    found = _OPTION.fullmatch(text)
    return found is not None and (found["round"] or found["letter"]).upper() == "A"


def _plain(text: str) -> str:
    """Return a text without bold around all of it, or a mark whose partner is gone."""
    text = text.strip()
    if text.count("**") == 1:
        text = text.replace("**", "")
    if text.startswith("**") and text.endswith("**") and text.count("**") == 2:
        text = text[2:-2]
    return text.strip()


def _bare(text: str) -> str:
    return re.sub(r"[*_`\\.]", "", text).strip().casefold()
