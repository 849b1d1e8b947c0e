"""Find tags that only a site generator reads, and that readers of a blog would see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.calls import callable_widgets
from blogkit.lint.near_misses.miss import Miss, miss

TAG_CODE = "generator-tag"
TAG_SUSPECT = re.compile(
    r"\{\{[<%]|\{%|\{\{-?[ \t]*(?:site|page|post)\.|\{(?:filename|static|attach)\}"
)
"""A quick look for what can be an error."""
_TAG = re.compile(
    r"(?P<hugo>\{\{[<%][ \t]*/?(?P<code>[\w./-]+)[^\n]*?[>%]\}\})|"
    r"(?P<liquid>\{%-?[ \t]*(?P<name>[a-z]\w*)[^%\n]*%\})|"
    r"(?P<value>\{\{-?[ \t]*(?:site|page|post)\.[^{}\n]*\}\})|"
    r"(?P<link>\{(?:filename|static|attach)\})"
)
_LIQUID = re.compile(
    "(?:end)?(?:highlight|raw|comment|if|unless|for|capture|case|figure)|include(?:_relative|_cached)?"
    "|post_url|link|assign|gist|youtube"
)
"""The tags of Jekyll, and those of common plugins: https://jekyllrb.com/docs/liquid/tags/"""


def generator_tags(context: LintContext) -> Iterator[Miss]:
    """Yield tags of Hugo, Jekyll and Pelican. Those in code are exempt."""
    if not TAG_SUSPECT.search(context.post.body):
        return
    for line in context.parts.prose:
        for found in _TAG.finditer(line.text):
            if _is_others(context, found):
                continue
            message = f'"{found[0]}" is a tag of a site generator; readers would see it'
            hint = "replace it with Markdown or a widget; if you write about it, put it in `code`"
            # Other programs have such tags, too, and texts about them need not mark them as code.
            sure = not found["liquid"] or bool(_LIQUID.fullmatch(found["name"]))
            yield miss(context, TAG_CODE, line.number, message, hint, is_certain=sure)


def _is_others(context: LintContext, found: re.Match[str]) -> bool:
    """Return whether another check names it: a widget, or the quiz link."""
    name = found["code"] or found["name"] or ""
    return name in callable_widgets(context) or name.startswith(("quiz", "mock"))
