"""Check the post's title: not in capitals, not too long, not repeated in the body."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.lint.context import LintContext

# Google sets no limit, and cuts what does not fit the device's width
# (https://developers.google.com/search/docs/appearance/title-link). Long headlines are common; only
# those that lose their point are reported.
_LONGEST = 90
_ACRONYMS = (
    "ASEAN BRICS SAARC UNESCO UNICEF NATO OPEC COVID NASA ISRO DRDO ICMR NCERT SCERT NABARD SEBI"
    " AFSPA MGNREGA QUAD BIMSTEC INTERPOL AIIMS UNFCCC UNCLOS UNHCR NITI AUKUS INDIA CAPTCHA HTTPS"
    " JAVASCRIPT UPPSC MPPSC BPSC JKSSB UKPSC HPPSC NEET CLAT GATE CUET"
)
_NO_SHOUT = frozenset(_ACRONYMS.split())


def all_caps_title(context: LintContext) -> Iterator[Problem]:
    """Yield a title in capital letters. Acronyms (UPSC, GS-II, UNESCO) are fine."""
    title = context.post.title
    # short words in capitals are mostly acronyms, and one long one may be a name
    words = [
        word
        for word in re.findall(r"[^\W\d_]+", title)
        if word.isupper() and len(word) >= 5 and word not in _NO_SHOUT
    ]
    if len(words) < 2:
        return
    letters = [char for char in title if char.isupper() or char.islower()]
    if sum(char.isupper() for char in letters) > 0.9 * len(letters):
        message = (
            "the title is in capital letters, which are slower to read; screen readers may spell"
            " them out"
        )
        yield context.problem(
            context.post.lines.get("title", 0),
            "all-caps-title",
            message,
            "use normal capitalisation",
        )


def title_length(context: LintContext) -> Iterator[Problem]:
    """Yield a title longer than search results show. Combining marks do not count."""
    title = context.post.title
    if len(title) <= _LONGEST:
        return
    # Devanagari writes vowels as marks, which take no room of their own
    length = sum(unicodedata.category(char) not in ("Mn", "Me", "Cf") for char in title)
    if length > _LONGEST:
        message = f"the title has {length} characters; search results show only about 60"
        yield context.problem(
            context.post.lines.get("title", 0),
            "title-length",
            message,
            f"use at most {_LONGEST}, with the main point first",
        )


def repeated_title(context: LintContext) -> Iterator[Problem]:
    """Yield a heading or hero that repeats the title, which themes already show above the post."""
    title = _plain(context.post.title)
    if len(title) < 3:
        return
    for element in context.elements:
        if element.level and _plain(element.text) == title:
            yield _repeated(context, element.line, "this heading")
            return
    for widget in context.widgets:
        if (
            widget.name == "hero"
            and _plain(widget.title or str(widget.data.get("title") or "")) == title
        ):
            yield _repeated(
                context,
                widget.line if widget.title else widget.line_of("title"),
                "the hero's title",
            )


def _repeated(context: LintContext, line: int, what: str) -> Problem:
    return context.problem(
        line,
        "repeated-title",
        f"{what} repeats the post's title, which the theme shows above it",
        "delete it",
    )


def _plain(text: str) -> str:
    # letters and digits alone: a heading may add an emoji, a colon or another dash to the title
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text).casefold()
        if unicodedata.category(char)[0] in "LMN"
    )
