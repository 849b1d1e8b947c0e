"""List the rules about near misses, and gather what `check --fix` changes."""

from __future__ import annotations

from blogkit.lint.context import LintContext
from blogkit.lint.encoding import Repair, apart
from blogkit.lint.near_misses import (
    addresses,
    calls,
    colours,
    curly_quotes,
    generator_tags,
    large_images,
    links,
    placeholders,
    template_text,
)
from blogkit.lint.near_misses.miss import MissRule

MISS_RULES: dict[str, MissRule] = {
    calls.WIDGET_CODE: calls.near_calls,
    placeholders.PLACEHOLDER_CODE: placeholders.near_placeholders,
    generator_tags.TAG_CODE: generator_tags.generator_tags,
    addresses.ADDRESS_CODE: addresses.bare_addresses,
    links.LINK_CODE: links.near_links,
    curly_quotes.QUOTES_CODE: curly_quotes.curly_quotes,
    template_text.TEMPLATE_CODE: template_text.template_text,
    colours.COLOUR_CODE: colours.unreadable_colours,
    large_images.IMAGE_CODE: large_images.large_images,
}


def near_repairs(context: LintContext, off: frozenset[str] = frozenset()) -> list[Repair]:
    """Return the changes that fix near misses, without two in the same place.

    Args:
        context: The post.
        off: Codes of checks that are switched off.
    """
    return apart(
        [
            repair
            for code, rule in MISS_RULES.items()
            if code not in off
            for found in rule(context)
            for repair in found.repairs
        ]
    )
