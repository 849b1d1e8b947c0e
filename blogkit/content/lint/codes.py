"""Every check of content by its code: how grave its finding is, and what it looks for. docs/checks.md shows an example of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from blogkit.errors import ConfigError, nearest


@dataclass(frozen=True)
class Check:
    """summary: one line; fixable: `check --fix` puts right what is certain."""

    severity: Literal["error", "warning"]
    summary: str
    fixable: bool = False


CHECKS: dict[str, Check] = {
    "placeholder": Check("error", "text that waits to be replaced: YOUR_…_HERE, AI GENERATED HEADER, lorem ipsum"),
    "leaked-instruction": Check("warning", "instructions for the author, or a chat program's remarks, in the text"),
    "mojibake": Check(
        "error", "text that was read in the wrong encoding: cafÃ©, πŸ‡ΊπŸ‡Έ; a warning where the repair is a guess", fixable=True
    ),
    "repeated-title": Check("warning", "the body says the post's title once more"),
    "all-caps-title": Check("warning", "a title in capital letters"),
    "title-length": Check("warning", "a title that search results cut off"),
    "relative-date": Check("warning", "words such as yesterday or on Sunday, without the date"),
    "stale-badge": Check("warning", "a hero's badge whose until: is over"),
    "table-without-caption": Check("warning", "a table that nothing says the subject of"),
    "pyq-without-year": Check("warning", "previous years' questions that name no year"),
    "emoji-only-meaning": Check("warning", "a cell, heading, item or link that is nothing but emojis"),
    "cta-without-label": Check("warning", "a link or button that does not say where it leads: click here"),
    "claim-without-source": Check("warning", "figures or studies in a post without a single link or source"),
    "heading-order": Check("warning", "a heading that skips a level, or a second title in the body"),
    "missing-alt": Check("warning", "an image without words for those who do not see it"),
    "empty-link": Check("warning", "a link without words, or without an address"),
    "http-image": Check("warning", "an image from an address without TLS, which browsers block or mark"),
    "duplicate-id": Check("warning", "two elements of the post with the same id"),
    "stray-quote": Check("warning", "a tag of HTML with a quote too many"),
    "excerpt-polluted": Check("warning", "an automatic excerpt that begins with icons or a box instead of a sentence"),
    "unknown-internal-link": Check("warning", "a link to a post that does not exist"),
}


def switched_off(names: Iterable[str]) -> frozenset[str]:
    """The codes that blogkit.toml switches off. Raises `ConfigError` for one that does not exist."""
    found = list(names)
    for name in found:
        if name not in CHECKS:
            hint = nearest(name, CHECKS) or "codes: blogkit check --list"
            raise ConfigError(f'blogkit.toml: [check] off: there is no check "{name}"', hint=hint)
    return frozenset(found)
