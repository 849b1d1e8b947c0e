"""Find the text that `blogkit new` wrote, and that its author left as it was."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.body_lines import body_parts
from blogkit.lint.near_misses.miss import Miss, miss

TEMPLATE_CODE = "template-text"
SENTENCE = "In the first paragraph, tell your readers what happened and why it matters."
"""The first paragraph of a new post."""
_EMPTY = frozenset({"…", "...", "TODO", "TBD", "xxx", "XXX"})


def template_text(context: LintContext) -> Iterator[Miss]:
    """Yield the sentence of a new post, and details whose value is still "…"."""
    if SENTENCE in context.post.body:
        for line in body_parts(context).prose:
            if SENTENCE in line.text and line.text.strip() == SENTENCE:
                message = "this is still the text of a new post"
                yield miss(
                    context, TEMPLATE_CODE, line.number, message, "write your own, or delete it"
                )
    for widget in context.widgets:
        for trail, text in widget.texts():
            if text.strip() in _EMPTY:
                message = f'{trail[-1]}: "{text.strip()}" is not filled in'
                line_number = widget.line_of(*trail)
                yield miss(
                    context, TEMPLATE_CODE, line_number, message, "write the value, or delete it"
                )
