"""Run all checks that need only the post.

Those that need rendered widgets are in `widget_rules.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.lint.dates import relative_date
from blogkit.lint.emoji import emoji_only_meaning
from blogkit.lint.encoding import may_hold_mojibake, mojibake
from blogkit.lint.images import fragile_image, http_image, missing_alt
from blogkit.lint.links import (
    cta_without_label,
    empty_link,
    relative_address,
    unknown_internal_link,
)
from blogkit.lint.near_misses import calls, generator_tags
from blogkit.lint.near_misses import placeholders as near
from blogkit.lint.near_misses.miss import problems_of
from blogkit.lint.near_misses.rules import MISS_RULES
from blogkit.lint.placeholders import PLACEHOLDER_TEXT, leaked_instruction, placeholder
from blogkit.lint.structure import (
    WHOLE_PAGE,
    duplicate_id,
    heading_order,
    stray_quote,
    table_without_caption,
    whole_page,
)
from blogkit.lint.titles import all_caps_title, repeated_title, title_length
from blogkit.lint.unsourced_claims import claim_without_source

Lint = Callable[[LintContext], Iterator[Problem]]

RULES: dict[str, Lint] = {
    "placeholder": placeholder,
    "leaked-instruction": leaked_instruction,
    "mojibake": mojibake,
    "whole-page": whole_page,
    "repeated-title": repeated_title,
    "all-caps-title": all_caps_title,
    "title-length": title_length,
    "relative-date": relative_date,
    "table-without-caption": table_without_caption,
    "emoji-only-meaning": emoji_only_meaning,
    "cta-without-label": cta_without_label,
    "claim-without-source": claim_without_source,
    "heading-order": heading_order,
    "missing-alt": missing_alt,
    "empty-link": empty_link,
    "http-image": http_image,
    "fragile-image": fragile_image,
    "duplicate-id": duplicate_id,
    "stray-quote": stray_quote,
    "unknown-internal-link": unknown_internal_link,
    "relative-address": relative_address,
    **{code: problems_of(rule) for code, rule in MISS_RULES.items()},
}


def run_rules(context: LintContext, off: frozenset[str] = frozenset()) -> list[Problem]:
    """Return all findings of the content checks, sorted.

    Args:
        context: The post.
        off: Codes of checks that are switched off.
    """
    return sorted(
        {problem for code, lint in RULES.items() if code not in off for problem in lint(context)}
    )


def refusals(context: LintContext, off: frozenset[str] = frozenset()) -> list[Problem]:
    """Return only the errors, which prevent publishing. Fast for a post that cannot have any.

    Args:
        context: The post.
        off: Codes of checks that are switched off.
    """
    post, body, shown = context.post, context.searched_body, context.searched_fields
    # Preparing a post costs more than one look for what errors need; most posts have none of it.
    suspects = [
        ("placeholder", placeholder, any(map(PLACEHOLDER_TEXT.search, (body, shown)))),
        ("mojibake", mojibake, any(map(may_hold_mojibake, (body, shown)))),
        ("whole-page", whole_page, bool(WHOLE_PAGE.search(post.body))),
        (calls.WIDGET_CODE, RULES[calls.WIDGET_CODE], calls.may_have_call(post.body)),
        (
            near.PLACEHOLDER_CODE,
            RULES[near.PLACEHOLDER_CODE],
            near.may_have_placeholder(body),
        ),
        (
            generator_tags.TAG_CODE,
            RULES[generator_tags.TAG_CODE],
            generator_tags.may_have_tag(post.body),
        ),
    ]
    found = {
        problem
        for code, lint, suspect in suspects
        if suspect and code not in off
        for problem in lint(context)
    }
    return sorted(problem for problem in found if problem.severity == "error")
