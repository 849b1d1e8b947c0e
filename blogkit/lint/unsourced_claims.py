"""Find figures and studies without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.lint.languages import claims
from blogkit.patterns import lazy_pattern

_STUDY = lazy_pattern(
    r"\baccording to (?:a|an|the|one|recent|new) (?:\w+"
    r" ){0,3}(?:report|study|survey|data|estimates?|census|paper|analysis)\b"
    r"|\b(?:studies|research|surveys|estimates|experts)"
    r" (?:show|shows|suggest|suggests|say|found|find|finds|indicate|indicates)\b"
    r"|\ba (?:recent|new|20\d\d) (?:study|survey|report) (?:shows?|found|finds|says|suggests)\b",
    re.IGNORECASE,
)
# The counts have limits: a line of thousands of digits would otherwise be read again from each of
# them.
_FIGURE = lazy_pattern(
    r"(?:₹|Rs\.? ?|\$|€|£)\s?\d[\d,.]{0,30}(?: ?(?:lakh|crore|million|billion|trillion))?\b"
    r"|\b\d[\d,.]{0,30} (?:lakh|crore|million|billion|trillion)\b"
    r"|\b\d{1,30}(?:\.\d{1,30})? ?(?:per ?cent\b|%)"
)
_FEWEST_WORDS, _FEWEST_FIGURES = 100, 3
_FOOTNOTE = lazy_pattern(r"\[\^[^\]\s]+\]:")
_SOURCES = frozenset({"sources", "quote"})
_SOURCE_FIELDS = frozenset({"source", "source_url", "href", "credit"})


def claim_without_source(context: LintContext) -> Iterator[Problem]:
    """Yield the first claim of a longer post that cites figures or a study but has no source.

    A link, a footnote or a source of a widget counts.
    """
    # pages, such as "About", and short notes cite nothing
    if context.post.kind == "page" or _has_source(context):
        return
    text = context.own
    if len(text.split()) < _FEWEST_WORDS:
        return
    studies = [
        found
        for pattern in (_STUDY, claims.STUDY)
        for found in pattern.finditer(text)
        if not context.is_quoted(found.start(), found.end())
    ]
    figures = [found for pattern in (_FIGURE, claims.FIGURE) for found in pattern.finditer(text)]
    if not studies and len(figures) < _FEWEST_FIGURES:
        return
    first = (studies or figures)[0]
    message = (
        f'"{" ".join(first[0].split())}" is a claim, but the post has no link, footnote or source:'
        " to support it"
    )
    yield context.problem(
        context.line(first.start()),
        "claim-without-source",
        message,
        "link to the source, or add source: to the widget",
    )


def _has_source(context: LintContext) -> bool:
    if any(
        element.name in ("a", "cite") and element.attributes.get("href", "x")
        for element in context.elements
    ):
        return True
    if (
        _FOOTNOTE.search(context.post.body)
        or re.search(r"^[^\w\n]*sources?\b\W", context.own, re.IGNORECASE | re.MULTILINE)
        or claims.SOURCE_LINE.search(context.own)
    ):
        return True
    return any(
        widget.name in _SOURCES
        or any(set(trail) & _SOURCE_FIELDS and text for trail, text in widget.texts)
        for widget in context.widgets
    )
