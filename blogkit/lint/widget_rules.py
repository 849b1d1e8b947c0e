"""Content checks that need our widgets or the rendered post."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from blogkit.errors import Problem
from blogkit.html import words
from blogkit.lint.active_content import active_content
from blogkit.lint.context import LintContext, LintWidget
from blogkit.lint.emoji import ONLY_EMOJI
from blogkit.render.document import Document
from blogkit.render.widgets.fields import when

_PYQ = re.compile(
    r"\bPYQs?\b|\bprevious[- ]years?['’]?s?['’]? (?:questions?|papers?)\b|पिछले वर्ष", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TASK = re.compile(
    r"\?|\b(?:discuss|explain|analy[sz]e|examine|comment|evaluate|elucidate|short note|describe)\b",
    re.IGNORECASE,
)
_NOT_PROSE = frozenset(
    {
        "meta-box",
        "byline",
        "timeline",
        "table",
        "toc",
        "quiz-button",
        "cards",
        "stats",
        "update-log",
        "related",
        "questions",
        "mcq",
        "faq",
    }
)
_EXCERPT = 150
"""Characters of a post's text that lists, searches and shared links show, about."""


def run_widget_rules(
    reading: LintContext, document: Document | None, off: frozenset[str] = frozenset()
) -> list[Problem]:
    """Return the findings. document: None for a post that cannot be rendered; off: codes that
    are switched off.
    """
    found = {
        problem
        for code, lint in WIDGET_RULES.items()
        if code not in off
        for problem in lint(reading)
    }
    if document is not None and "excerpt-polluted" not in off:
        found.update(excerpt_polluted(reading, document))
    if document is not None and "active-content" not in off:
        found.update(active_content(reading.post, document, reading.place))
    return sorted(found)


def stale_badge(reading: LintContext) -> Iterator[Problem]:
    """Report badges shown after their last day."""
    for widget in reading.widgets:
        badge = widget.data.get("badge") if widget.name == "hero" else None
        until = badge.get("until") if isinstance(badge, dict) else None
        last = _last_day(str(until)) if until else None
        if last and last < reading.today and isinstance(badge, dict):
            words = badge.get("text") or badge.get("tone") or "latest"
            message = f'the badge "{words}" expired on {until}; today is {reading.today}'
            yield reading.problem(
                widget.line_of("badge", "until"),
                "stale-badge",
                message,
                "remove badge:, or set until: to a later date",
            )


def pyq_without_year(reading: LintContext) -> Iterator[Problem]:
    """Report previous years' questions without a year."""
    hint = "add the year (and the exam), or call them practice questions"
    for widget in reading.widgets:
        if widget.name != "questions" or not _PYQ.search(
            f"{widget.title} {widget.data.get('title')} {_badge(widget)}"
        ):
            continue
        for number, item in _items(widget):
            if not _YEAR.search(
                " ".join(str(value) for value in item.values())
                if isinstance(item, dict)
                else str(item)
            ):
                message = (
                    f"question {number + 1} is labelled a previous year's question but has no year"
                )
                yield reading.problem(
                    widget.line_of("items", number), "pyq-without-year", message, hint
                )
    yield from _under_headings(reading, hint)


def excerpt_polluted(reading: LintContext, document: Document) -> Iterator[Problem]:
    """Report automatic excerpts that begin with icons, a badge or a box."""
    if reading.post.excerpt:
        return
    first = next(
        (fragment for fragment in document.fragments if words(fragment.html).strip()), None
    )
    if first is None:
        return
    text = " ".join(words(first.html).split())
    icons = ONLY_EMOJI.match(text)
    badge = first.widget == "hero" and any(
        widget.name == "hero" and widget.data.get("badge") for widget in reading.widgets
    )
    if first.widget in _NOT_PROSE or badge or (icons and icons[0].strip()):
        message = (
            f'the automatic excerpt begins "{text[:40].strip()}…": search results and lists show'
            " that text"
        )
        hint = "begin the post with a sentence, or add excerpt: to the front matter"
        yield reading.problem(first.line, "excerpt-polluted", message, hint)


WIDGET_RULES: dict[str, Callable[[LintContext], Iterator[Problem]]] = {
    "stale-badge": stale_badge,
    "pyq-without-year": pyq_without_year,
}


def _last_day(partial: str) -> date | None:
    """Return the last day of a year, month or day."""
    parts = when(partial)
    if not parts:
        return None
    year, month, *day = (*parts, 12)[:2] if len(parts) == 1 else parts
    return date(year, month, day[0] if day else calendar.monthrange(year, month)[1])


def _badge(widget: LintWidget) -> str:
    badge = widget.data.get("badge")
    return str(badge.get("text") if isinstance(badge, dict) else badge)


def _items(widget: LintWidget) -> Iterator[tuple[int, Any]]:
    items = widget.data.get("items")
    yield from enumerate(items if isinstance(items, list) else ())


def _under_headings(reading: LintContext, hint: str) -> Iterator[Problem]:
    """Yield question lists under a heading for previous years' questions, in a section without a
    year.
    """
    elements = [element for element in reading.elements if element.level or element.name == "li"]
    for at, heading in enumerate(elements):
        if not heading.level or not _PYQ.search(heading.text):
            continue
        rest = elements[at + 1 :]
        end = next((number for number, element in enumerate(rest) if element.level), len(rest))
        questions = [element.text for element in rest[:end] if _TASK.search(element.text)]
        if questions and not _YEAR.search(
            " ".join([heading.text, *(element.text for element in rest[:end])])
        ):
            message = (
                f'"{heading.text}": {len(questions)} question{"s" * (len(questions) != 1)} without'
                " a year"
            )
            yield reading.problem(heading.line, "pyq-without-year", message, hint)
