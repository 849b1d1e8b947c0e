"""Find words that are only true on the day of writing: yesterday, on Sunday, last week.

English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.lint.required_words import Either, Needles, SearchedText, searchable
from blogkit.patterns import lazy_pattern

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = lazy_pattern(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b|\b{_MONTH}\.?\s+\d{{1,2}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b"
)
_DAY_NAMES = tuple(
    f"{name}day" for name in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
)


class _OnADay(Needles):
    """Finds the days first, which takes a tenth of the time: the pattern begins anywhere."""

    def finditer(self, text: str | SearchedText) -> Iterator[re.Match[str]]:
        """Yield all matches in order."""
        searched = searchable(text)
        text = searched.text
        for at in _days(text) if self._needed(searched) else ():
            at -= next((len(word) for word in _EARLY if text.endswith(word, 0, at)), 0)
            while at and text[at - 1].isspace():
                at -= 1
            places = (at - length for length in _LENGTHS if length <= at)
            matches = (self.pattern.match(text, place) for place in places)
            yield from (found for found in matches if found)


def _days(text: str) -> Iterator[int]:
    """Yield where the names of days begin."""
    end = text.find("day") + 3
    while end > 2:
        yield from (end - len(name) for name in _DAY_NAMES if text.endswith(name, 0, end))
        end = text.find("day", end) + 3


_EARLY = ("early ", "late ")
_LENGTHS = (2, 4, 5)
"""Of the words before a day."""
_ON_A_DAY = _OnADay(
    lazy_pattern(
        r"\b(?:[Oo]n|[Ll]ast|[Nn]ext|[Tt]his|[Uu]ntil|[Ss]ince)\s+(?:early |late"
        rf" )?{_DAY}(?!s\b|['’]s\b|\s*(?:[–—-]|to|and|or)\s*{_DAY})"
        rf"(?:\s+(?:morning|afternoon|evening|night))?\b"
    ),
    tuple(map(str.lower, _DAY_NAMES)),
)
_VERBS = "released|announced|signed|launched|held|arrested|approved|passed"
_BY_TODAY = Needles(
    lazy_pattern(
        r"(?<![-\w])(?:[Yy]esterday|[Tt]onight)\b(?!['’]s?\b|\s+once)"
        r"|\b(?:[Ee]arlier|[Ll]ater) today\b"
        rf"|\b(?:{_VERBS}) (?:yesterday|today|tomorrow)\b"
    ),
    (
        *("yesterday", "tonight", "earlier today", "later today"),
        *(f"{verb} {day}" for verb in _VERBS.split("|") for day in ("today", "tomorrow")),
    ),
)
_BY_THIS_WEEK = Needles(
    lazy_pattern(r"(?<!the )(?<!The )\b(?:[Ll]ast|[Nn]ext) (?:week|month)\b(?!['’]s\b| of\b)"),
    ("last week", "last month", "next week", "next month"),
    in_line=True,
)
RELATIVE = Either((_ON_A_DAY, _BY_TODAY, _BY_THIS_WEEK))
# "Black Friday" and "Every Sunday" are not dates. Look-behinds have one length each:
# https://docs.python.org/3/library/re.html#regular-expression-syntax
_IN_TITLE = lazy_pattern(
    rf"(?<!Black )(?<!Good )(?<!Bloody )(?<!Palm )(?<!Easter )"
    rf"(?<!Cyber )(?<!Ash )(?<!Super )(?<!Every )(?<!every )\b(?:{_DAY}|Yesterday|Tonight)\Z"
)
_HABIT = lazy_pattern(
    r"\b(?:every|each|always|usually|whenever|if|imagine|suppose|say|born)\b", re.IGNORECASE
)
_NOW = lazy_pattern(r"now|today|this week|this month|yesterday|tomorrow", re.IGNORECASE)


def relative_date(context: LintContext) -> Iterator[Problem]:
    """Yield relative dates without a date in the same sentence.

    Quotes, habits (every, usually) and names (Black Friday) are fine.
    """
    if context.spoken != "en":
        return  # "Sunday" is English only by chance in other languages
    title = re.sub(r"\s+", " ", context.post.title).rstrip(".!?'\"’”")
    if (found := _IN_TITLE.search(title)) and not _DATE.search(title) and " " in title:
        yield _vague(context, context.post.lines.get("title", 0), found[0])
    text = context.own
    reported = set()
    for found in RELATIVE.finditer(context.searched_own):
        sentence = _sentence(text, found.start())
        if (
            _DATE.search(sentence)
            or _HABIT.search(sentence)
            or context.is_quoted(found.start(), found.end())
        ):
            continue
        place = context.line(found.start()), " ".join(found[0].split())
        if place not in reported:
            reported.add(place)
            yield _vague(context, *place)
    yield from _on_timelines(context)


def _sentence(text: str, at: int) -> str:
    """Return roughly the sentence around a place, at most a few lines."""
    # A full stop after an abbreviation ends a "sentence" too early, so a date behind it is missed:
    # one warning too many is better than a parser of English.
    first = max(text.rfind(end, max(at - 400, 0), at) for end in (". ", "! ", "? ", "\n\n"))
    ends = [
        end
        for mark in (". ", ".\n", "! ", "? ", "\n\n")
        if (end := text.find(mark, at, at + 400)) >= 0
    ]
    return text[max(first, at - 400, 0) : min(ends, default=at + 400)]


def _on_timelines(context: LintContext) -> Iterator[Problem]:
    for widget in context.widgets:
        events = widget.data.get("events") if widget.name == "timeline" else None
        for number, event in enumerate(events if isinstance(events, list) else ()):
            label = event.get("label") if isinstance(event, dict) else None
            if (
                isinstance(label, str)
                and _NOW.fullmatch(label)
                and not (event.get("date") or event.get("current"))
            ):
                yield _vague(context, widget.line_of("events", number, "label"), label)


def _vague(context: LintContext, line: int, words: str) -> Problem:
    message = f'"{words}" is only true on the day you write it'
    return context.problem(
        line, "relative-date", message, "write or add the date, such as on Sunday, 21 December 2025"
    )
