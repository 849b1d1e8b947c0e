"""Find tags that only a site generator reads, and that readers of a blog would see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.calls import callable_widgets
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.patterns import lazy_pattern

TAG_CODE = "generator-tag"
LIQUID_OBJECT = r"(?:site|page|post|include|layout|paginator)\."
"""What begins the name of a value that only Jekyll knows."""
_VALUE = rf"\{{\{{-?[ \t]*(?:{LIQUID_OBJECT}|(?P<quote>[\"'])[^\"'{{}}\n]*(?P=quote)[ \t]*\|)"
_FILES = r"\{(?:filename|static|attach)\}"
_PAGES = "(?:filename|static|attach|tag|category|author|index|archives)"
_INTERNAL = rf"(?:\{{{_PAGES}\}}|\|{_PAGES}\|)"
_SUSPECTS = (
    lazy_pattern(rf"\{{\{{[<%]|\{{%|{_VALUE}|\{{{_PAGES}\}}"),
    lazy_pattern(rf"\|{_PAGES}\|"),
)
"""Quick looks for what can be an error: two, because Python finds a fixed first sign quickly."""
_TAG = lazy_pattern(
    r"(?P<hugo>\{\{[<%][ \t]*/?(?P<code>[\w./-]+)[^\n]*?[>%]\}\})|"
    r"(?P<liquid>\{%-?[ \t]*(?P<name>[a-z]\w*)[^%\n]*%\})|"
    rf"(?P<value>{_VALUE}[^{{}}\n]*\}}\}})|"
    rf"(?P<link>{_FILES})|"
    r"(?:\]\([ \t]*<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?|"
    r"\b(?:href|src|poster|data|cite)[ \t]*=[ \t]*[\"']?)"
    rf"(?P<address>{_INTERNAL})"
)
"""Words in braces such as {tag} are Pelican's only where an address begins."""
_LIQUID = lazy_pattern(
    "(?:end)?(?:highlight|raw|comment|if|unless|for|capture|case|figure)|include(?:_relative|_cached)?"
    "|post_url|link|assign|gist|youtube"
)
"""The tags of Jekyll, and those of common plugins: https://jekyllrb.com/docs/liquid/tags/"""
_FILTER = lazy_pattern(r"\|[ \t]*(?:relative_url|absolute_url|asset_path|prepend|append)\b")
"""The filters with which Jekyll makes an address."""


def may_have_tag(body: str) -> bool:
    """Return whether a body may hold a tag; False is certain."""
    return any(suspect.search(body) for suspect in _SUSPECTS)


def generator_tags(context: LintContext) -> Iterator[Miss]:
    """Yield tags of Hugo, Jekyll and Pelican. Those in code are exempt."""
    if not may_have_tag(context.post.body):
        return
    for line in context.parts.prose:
        for found in _TAG.finditer(line.text):
            if _is_others(context, found):
                continue
            tag = found["address"] or found[0]
            message = f'"{tag}" is a tag of a site generator; readers would see it'
            hint = "replace it with Markdown or a widget; if you write about it, put it in `code`"
            # Other programs have such tags, too, and texts about them need not mark them as code.
            yield miss(context, TAG_CODE, line.number, message, hint, is_certain=_is_known(found))


def _is_known(found: re.Match[str]) -> bool:
    """Return whether only a site generator has this tag."""
    if found["liquid"]:
        return bool(_LIQUID.fullmatch(found["name"]))
    return not found["quote"] or bool(_FILTER.search(found["value"]))


def _is_others(context: LintContext, found: re.Match[str]) -> bool:
    """Return whether another check names it: a widget, or the quiz link."""
    name = found["code"] or found["name"] or ""
    return name in callable_widgets(context) or name.startswith(("quiz", "mock"))
