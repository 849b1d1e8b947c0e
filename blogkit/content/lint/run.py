"""Run all checks that need only the post. Those that need rendered widgets are in `render/lint.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from blogkit.content.lint.claims import claim_without_source
from blogkit.content.lint.dates import relative_date
from blogkit.content.lint.encoding import mojibake
from blogkit.content.lint.images import http_image, missing_alt
from blogkit.content.lint.links import cta_without_label, empty_link, unknown_internal_link
from blogkit.content.lint.mojibake import scan
from blogkit.content.lint.reading import Reading
from blogkit.content.lint.structure import duplicate_id, heading_order, stray_quote, table_without_caption
from blogkit.content.lint.symbols import emoji_only_meaning
from blogkit.content.lint.titles import all_caps_title, repeated_title, title_length
from blogkit.content.lint.wording import PLACEHOLDER, leaked_instruction, placeholder
from blogkit.errors import Problem

Lint = Callable[[Reading], Iterator[Problem]]

LINTS: dict[str, Lint] = {
    "placeholder": placeholder,
    "leaked-instruction": leaked_instruction,
    "mojibake": mojibake,
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
    "duplicate-id": duplicate_id,
    "stray-quote": stray_quote,
    "unknown-internal-link": unknown_internal_link,
}


def findings(reading: Reading, off: frozenset[str] = frozenset()) -> list[Problem]:
    """Return all findings of the content checks. off: codes that are switched off."""
    return sorted({problem for code, lint in LINTS.items() if code not in off for problem in lint(reading)})


def refusals(reading: Reading, off: frozenset[str] = frozenset()) -> list[Problem]:
    """Return only the errors, which prevent publishing. Fast for a post that cannot have any."""
    post = reading.post
    shown = "\n".join([post.body, *(text for _, text, _ in reading.fields)])
    suspects = [
        ("placeholder", placeholder, bool(PLACEHOLDER.search(shown))),
        ("mojibake", mojibake, bool(scan(shown))),
    ]
    found = {problem for code, lint, suspect in suspects if suspect and code not in off for problem in lint(reading)}
    return sorted(problem for problem in found if problem.severity == "error")
