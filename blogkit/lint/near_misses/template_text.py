"""Find the text that `blogkit new` wrote, and that its author left as it was."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.lint.near_misses.starter import starter_sentences

TEMPLATE_CODE = "template-text"
_EMPTY = frozenset({"…", "...", "TODO", "TBD", "xxx", "XXX"})


def template_text(context: LintContext) -> Iterator[Miss]:
    """Yield the sentence of a new post, and details whose value is still "…"."""
    sentences = starter_sentences()
    if any(sentence in context.post.body for sentence in sentences):
        for line in context.parts.prose:
            if line.text.strip() in sentences:
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
