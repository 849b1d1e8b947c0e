"""List every content check by its code, with its severity and summary.

docs/checks.md has an example of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, nearest


@dataclass(frozen=True)
class Check:
    """A content check.

    Attributes:
        severity: An error keeps the post from being published, a warning does not.
        summary: What it finds, in one line.
        fixable: Whether `check --fix` can fix what is certain.
    """

    severity: Literal["error", "warning"]
    summary: str
    fixable: bool = False


CHECKS: dict[str, Check] = {
    "placeholder": Check(
        "error", "placeholder text: YOUR_…_HERE, AI GENERATED HEADER, lorem ipsum"
    ),
    "leaked-instruction": Check(
        "warning", "instructions for the author, or remarks by an AI assistant, in the text"
    ),
    "mojibake": Check(
        "error",
        "text decoded with the wrong encoding: cafÃ©, πŸ‡ΊπŸ‡Έ; only a warning if the fix is a"
        " guess",
        fixable=True,
    ),
    "active-content": Check(
        "error",
        "scripts, hidden frames, forms for passwords and the like that the front matter does not"
        " allow",
    ),
    "whole-page": Check(
        "error", "a whole web page, or styles for one, pasted as a post: it changes your blog"
    ),
    "repeated-title": Check("warning", "the body repeats the post's title"),
    "all-caps-title": Check("warning", "a title in capital letters"),
    "title-length": Check("warning", "a title too long for search results"),
    "relative-date": Check("warning", "words such as yesterday or on Sunday, without the date"),
    "stale-badge": Check("warning", "a hero badge whose until: date has passed"),
    "table-without-caption": Check("warning", "a table without a caption"),
    "pyq-without-year": Check("warning", "previous years' questions without a year"),
    "emoji-only-meaning": Check(
        "warning", "a cell, heading, list item or link that contains only emojis"
    ),
    "cta-without-label": Check(
        "warning", "a link or button whose text does not describe its target: click here"
    ),
    "claim-without-source": Check(
        "warning", "figures or studies cited in a post without any link or source"
    ),
    "heading-order": Check(
        "warning", "a heading that skips a level, or a second title in the body"
    ),
    "missing-alt": Check("warning", "an image without alternative text"),
    "empty-link": Check("warning", "a link without text or without an address"),
    "http-image": Check(
        "warning", "an image with an http:// address, which browsers block or mark as insecure"
    ),
    "fragile-image": Check(
        "warning", "an image on a service that stops to show it: Google Drive, imgur, Discord"
    ),
    "duplicate-id": Check("warning", "two elements with the same id"),
    "stray-quote": Check("warning", "a tag of HTML with a quote too many"),
    "excerpt-polluted": Check(
        "warning", "an automatic excerpt that begins with icons, or has no sentence, but boxes only"
    ),
    "unknown-internal-link": Check("warning", "a link to a post that does not exist"),
    "relative-address": Check(
        "warning", "an address without a host, which leads nowhere on other pages: page2.html"
    ),
    "near-widget": Check(
        "error",
        "what looks like a widget call and is none: ```timeline, :::timeline; a warning if it may"
        " be text: [timeline]",
        fixable=True,
    ),
    "near-placeholder": Check(
        "error",
        "a placeholder that blogkit does not know: {{ quizurl }}, #YOUR_LINK",
        fixable=True,
    ),
    "generator-tag": Check(
        "error", "a tag of Hugo, Jekyll or Pelican, such as {{< figure >}}, that readers would see"
    ),
    "address-without-https": Check(
        "warning", "a link that lacks https://: [x](www.example.com)", fixable=True
    ),
    "near-link": Check(
        "warning",
        "a link with a space or brackets in the wrong place: [x] (https://…)",
        fixable=True,
    ),
    "curly-quotes": Check("warning", "curly quotes around a value of YAML", fixable=True),
    "template-text": Check("warning", "text of a new post that was never replaced"),
    "colour-without-background": Check(
        "warning", "a colour without a background, unreadable in a dark or in a light theme"
    ),
    "large-image": Check("warning", "an image that is too large, or is written into the text"),
}


def switched_off(names: Iterable[str]) -> frozenset[str]:
    """Return the codes that blogkit.toml switches off.

    Raises:
        ConfigError: No check has this code; the hint has the nearest code.
    """
    found = list(names)
    for name in found:
        if name not in CHECKS:
            hint = nearest(name, CHECKS) or "run: blogkit check --list"
            raise ConfigError(f'blogkit.toml: [check] off: no check is named "{name}"', hint=hint)
    return frozenset(found)
