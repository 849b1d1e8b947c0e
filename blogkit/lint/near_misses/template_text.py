"""Find the text that `blogkit new` wrote, and that its author left as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.lint.near_misses.starter import starter_sentences
from blogkit.lint.required_words import Needles

TEMPLATE_CODE = "template-text"
_EMPTY = frozenset({"…", "...", "TODO", "TBD", "xxx", "XXX"})


@cache
def _sentences() -> Needles:
    parts = tuple(sorted(starter_sentences()))
    return Needles(re.compile("|".join(map(re.escape, parts))), parts=parts, in_line=True)


def template_text(context: LintContext) -> Iterator[Miss]:
    """Yield the sentence of a new post, and details whose value is still "…"."""
    if _sentences().may_hold(context.searched_body):
        for line in context.parts.prose:
            if line.text.strip() in starter_sentences():
                message = "this is still the text of a new post"
                yield miss(
                    context, TEMPLATE_CODE, line.number, message, "write your own, or delete it"
                )
    for widget in context.widgets:
        for trail, text in widget.texts:
            if text.strip() in _EMPTY:
                message = f'{trail[-1]}: "{text.strip()}" is not filled in'
                line_number = widget.line_of(*trail)
                yield miss(
                    context, TEMPLATE_CODE, line_number, message, "write the value, or delete it"
                )
