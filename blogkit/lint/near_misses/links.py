"""Find what is meant as a link but is none, so that readers see brackets and an address."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.patterns import lazy_pattern

LINK_CODE = "near-link"
_ADDRESS = r"(?:https?://|www\.|mailto:|\{\{ ?quiz_url ?\}\})[^\s()<>\[\]]*"
# A single letter is a checkbox of a task list, digits are a reference to a source.
_WORDS = r"(?![xX \d,]+[\])])[^\[\]()\n]+"
_SPACED = lazy_pattern(rf"(?<![\]\\])\[(?P<words>{_WORDS})\](?P<gap>[ \t]+)\({_ADDRESS}\)")
_REVERSED = lazy_pattern(rf"(?<![\]\\\w])\((?P<words>{_WORDS})\)\[(?P<address>{_ADDRESS})\]")
_SUSPECT = lazy_pattern(rb"\][ \t]+\(")
"""Every such link has this, or `)[`."""


def near_links(context: LintContext) -> Iterator[Miss]:
    """Yield links with a space inside, and those with the brackets in the wrong places.

    Neither is a link (https://spec.commonmark.org/0.31.2/#inline-link).
    """
    data = context.searched_body.data
    if b")[" in data or _SUSPECT.search(data):
        yield from _found(context)


def _found(context: LintContext) -> Iterator[Miss]:
    body = context.post.body
    for line in context.parts.prose:
        for found in _SPACED.finditer(line.text):
            if f"[{found['words'].lower()}]:" in body.lower():
                continue  # a link by reference, and words in parentheses behind it
            message = f'"[{found["words"]}]" does not link: delete the space before its address'
            repair = line.repair(found.start("gap"), found["gap"], "")
            yield miss(context, LINK_CODE, line.number, message, "", repair)
        for found in _REVERSED.finditer(line.text):
            new = f"[{found['words']}]({found['address']})"
            message = f'"{found[0]}" does not link: write {new}'
            repair = line.repair(found.start(), found[0], new)
            yield miss(context, LINK_CODE, line.number, message, "", repair)
