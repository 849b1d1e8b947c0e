"""Run the content checks that need our widgets or the rendered post."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from blogkit.errors import Problem
from blogkit.html import words
from blogkit.letters import plain_digits
from blogkit.lint.active_content import active_content
from blogkit.lint.context import LintContext, LintWidget
from blogkit.lint.emoji import ONLY_EMOJI
from blogkit.lint.languages.exams import EARLIER_YEARS, TASK
from blogkit.patterns import lazy_pattern
from blogkit.render.document import Document, Fragment
from blogkit.render.widgets.fields import when

_YEAR = lazy_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year in figures; those of other scripts are read by `plain_digits`."""
_EXCERPT_WORDS = 55
"""WordPress takes the first 55 words of a post, those of its boxes among them
(https://developer.wordpress.org/reference/functions/wp_trim_excerpt/).
"""
_SENTENCE_WORDS = 8
"""Of a longer sentence, so many words tell what the post is about."""
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


def run_widget_rules(
    context: LintContext, document: Document | None, off: frozenset[str] = frozenset()
) -> list[Problem]:
    """Return the findings of these checks, sorted.

    Args:
        context: The post.
        document: The rendered post; None if it cannot be rendered.
        off: Codes of checks that are switched off.
    """
    found = {
        problem
        for code, lint in WIDGET_RULES.items()
        if code not in off
        for problem in lint(context)
    }
    if document is not None and "excerpt-polluted" not in off:
        found.update(excerpt_polluted(context, document))
    if document is not None and "active-content" not in off:
        found.update(active_content(context.post, document, context.place))
    return sorted(found)


def stale_badge(context: LintContext) -> Iterator[Problem]:
    """Yield badges shown after their last day."""
    for widget in context.widgets:
        badge = widget.data.get("badge") if widget.name == "hero" else None
        until = badge.get("until") if isinstance(badge, dict) else None
        last = _last_day(str(until)) if until else None
        if last and last < context.today and isinstance(badge, dict):
            words = badge.get("text") or badge.get("tone") or "latest"
            message = f'the badge "{words}" expired on {until}; today is {context.today}'
            yield context.problem(
                widget.line_of("badge", "until"),
                "stale-badge",
                message,
                "remove badge:, or set until: to a later date",
            )


def pyq_without_year(context: LintContext) -> Iterator[Problem]:
    """Yield previous years' questions without a year."""
    hint = "add the year (and the exam), or call them practice questions"
    for widget in context.widgets:
        if widget.name != "questions" or not EARLIER_YEARS.search(
            f"{widget.title} {widget.data.get('title')} {_badge(widget)}"
        ):
            continue
        for number, item in _items(widget):
            words = (
                " ".join(str(value) for value in item.values())
                if isinstance(item, dict)
                else str(item)
            )
            if not _YEAR.search(plain_digits(words)):
                message = (
                    f"question {number + 1} is labelled a previous year's question but has no year"
                )
                yield context.problem(
                    widget.line_of("items", number), "pyq-without-year", message, hint
                )
    yield from _under_headings(context, hint)


def excerpt_polluted(context: LintContext, document: Document) -> Iterator[Problem]:
    """Yield an automatic excerpt that begins with icons, or has no sentence, but boxes only.

    Args:
        context: The post.
        document: The rendered post.
    """
    if context.post.excerpt:
        return
    # Read one by one: nearly always, the first words decide.
    texts = ((each, words(each.html).split()) for each in document.fragments)
    shown = ((each, text) for each, text in texts if text)
    opening = next(shown, None)
    if opening is None:
        return
    first, text = opening
    begins = " ".join(text)
    icons = ONLY_EMOJI.match(begins)
    is_icon = not _is_box(context, first) and icons and icons[0].strip()
    if is_icon or (_is_box(context, first) and not _has_sentence(context, chain([opening], shown))):
        message = (
            f'the automatic excerpt begins "{begins[:40].strip()}…": search results and lists show'
            f" that text{'' if is_icon else ', and no sentence of the post'}"
        )
        hint = "begin the post with a sentence, or add excerpt: to the front matter"
        yield context.problem(first.line, "excerpt-polluted", message, hint)


def _has_sentence(context: LintContext, shown: Iterable[tuple[Fragment, list[str]]]) -> bool:
    """Return whether the words of an automatic excerpt reach into a paragraph."""
    left = _EXCERPT_WORDS
    for fragment, text in shown:
        is_prose = not fragment.level and not _is_box(context, fragment)
        if is_prose and left >= min(len(text), _SENTENCE_WORDS):
            return True
        left -= len(text)
        if left <= 0:
            break
    return False


def _is_box(context: LintContext, fragment: Fragment) -> bool:
    has_badge = fragment.widget == "hero" and any(
        widget.name == "hero" and widget.data.get("badge") for widget in context.widgets
    )
    return fragment.widget in _NOT_PROSE or has_badge


WIDGET_RULES: dict[str, Callable[[LintContext], Iterator[Problem]]] = {
    "stale-badge": stale_badge,
    "pyq-without-year": pyq_without_year,
}


def _last_day(partial: str) -> date | None:
    """Return the last day of a year, month or day."""
    parts = when(partial)
    if not parts:
        return None
    # "2026" lasts until December, "2026-02" until its last day
    year, month, *day = (*parts, 12)[:2] if len(parts) == 1 else parts
    return date(year, month, day[0] if day else calendar.monthrange(year, month)[1])


def _badge(widget: LintWidget) -> str:
    badge = widget.data.get("badge")
    return str(badge.get("text") if isinstance(badge, dict) else badge)


def _items(widget: LintWidget) -> Iterator[tuple[int, Any]]:
    items = widget.data.get("items")
    yield from enumerate(items if isinstance(items, list) else ())


def _under_headings(context: LintContext, hint: str) -> Iterator[Problem]:
    """Yield lists of previous years' questions, by their heading, in a section without a year."""
    headings = (element.text for element in context.elements if element.level)
    if not any(map(EARLIER_YEARS.search, headings)):
        return
    elements = [element for element in context.elements if element.level or element.name == "li"]
    for at, heading in enumerate(elements):
        if not heading.level or not EARLIER_YEARS.search(heading.text):
            continue
        rest = elements[at + 1 :]
        end = next((number for number, element in enumerate(rest) if element.level), len(rest))
        questions = [element.text for element in rest[:end] if TASK.search(element.text)]
        section = " ".join([heading.text, *(element.text for element in rest[:end])])
        if questions and not _YEAR.search(plain_digits(section)):
            message = (
                f'"{heading.text}": {len(questions)} question{"s" * (len(questions) != 1)} without'
                " a year"
            )
            yield context.problem(heading.line, "pyq-without-year", message, hint)
