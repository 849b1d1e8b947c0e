"""Parse places in a post, such as `end`, `before:h2:Conclusion` or `replace:text:QUIZ HERE`."""

from __future__ import annotations

import re
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.errors import UsageError, nearest

Side = Literal["before", "after", "replace"]
"""On which side of what an anchor names, or in its place."""
AnchorKind = Literal["start", "end", "more", "heading", "id", "paragraph", "region", "text"]
"""What an anchor names."""

_HEADING = re.compile(r"h([1-6])([:~])(.*)", re.DOTALL)
_KINDS = ("h2", "p", "region", "text", "more")
_SIDES = ("before", "after", "replace", "start", "end", "more")
ANCHOR_FORMS = (
    "start, end, more, before|after:h2:TEXT (or h1 to h6), before|after:h2~REGEX, before|after:#ID,"
    " before|after:p:NUMBER, before|after|replace:region:ID, before|after|replace:text:STRING"
)
"""Every form that an anchor can take, for help and for messages."""


@dataclass(frozen=True)
class Anchor:
    """A place that is not located yet.

    Attributes:
        source: The place as the user wrote it.
        side: On which side of what it names.
        kind: What it names.
        value: The heading's words, the id, the number, the text, or a regular expression.
        level: The level of a heading, 1 to 6.
        pattern: Whether `value` is a regular expression.
    """

    source: str
    side: Side
    kind: AnchorKind
    value: str = ""
    level: int = 0
    pattern: bool = False


def parse_anchor(source: str) -> Anchor:
    """Return a place, parsed.

    Args:
        source: The place as the user wrote it, in one of `ANCHOR_FORMS`.

    Raises:
        UsageError: It has another form; the hint has the nearest valid one.
    """
    text = source.strip()
    if text in {"start", "end", "more"}:
        kind: AnchorKind = "start" if text == "start" else "end" if text == "end" else "more"
        return Anchor(text, "before" if text == "start" else "after", kind)
    word, colon, rest = text.partition(":")
    if word not in {"before", "after", "replace"}:
        # "h2:Conclusion" lacks its side; an unknown word alone is a slip
        if colon and (_HEADING.fullmatch(text) or word in {"p", "text", "region"}):
            raise _wrong(source, "the side is missing", f"before:{text} or after:{text}")
        raise _wrong(source, f'"{word}" is not a kind of place', nearest(word, _SIDES))
    if not colon or not rest:
        raise _wrong(source, f'"{word}" needs a target', f"such as {word}:text:SOME WORDS")
    side: Side = "before" if word == "before" else "after" if word == "after" else "replace"
    anchor = _what(source, text, side, rest)
    if side == "replace" and anchor.kind not in {"region", "text"}:
        raise _wrong(
            source,
            "only a region or text can be replaced",
            "replace:region:ID or replace:text:STRING",
        )
    return anchor


def _what(source: str, text: str, side: Side, rest: str) -> Anchor:
    if rest.startswith("#"):
        return Anchor(text, side, "id", _given(source, rest[1:], "#ID"))
    if rest == "more":
        return Anchor(text, side, "more")
    if match := _HEADING.fullmatch(rest):
        value = _given(source, match[3], f"h{match[1]}:TEXT")
        if match[2] == "~":
            _check_pattern(source, value)
        return Anchor(text, side, "heading", value, int(match[1]), match[2] == "~")
    word, _, value = rest.partition(":")
    if word == "p":
        if not re.fullmatch("[1-9][0-9]{0,8}", value):
            raise _wrong(
                source,
                f'"{value}" is not a paragraph number',
                "paragraphs count from 1, such as after:p:3",
            )
        return Anchor(text, side, "paragraph", value)
    if word in {"region", "text"}:
        return Anchor(
            text,
            side,
            "region" if word == "region" else "text",
            _given(source, value, f"{word}:{value or 'STRING'}"),
        )
    if re.fullmatch("h[1-6]", rest):
        raise _wrong(source, "the heading's text is missing", f"{side}:{rest}:THE HEADING'S WORDS")
    raise _wrong(source, f'"{word}" is not a kind of target', nearest(word, _KINDS))


def _given(source: str, value: str, form: str) -> str:
    if not value.strip():
        raise _wrong(source, "its target is empty", f"write {form}")
    return value.strip()


def _check_pattern(source: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise _wrong(
            source,
            f"the regular expression is not valid: {error}",
            "put a backslash before a dot, bracket or star that is part of the text",
        ) from error


def _wrong(source: str, reason: str, hint: str) -> UsageError:
    return UsageError(
        f'"{source}" is not a valid place: {reason}',
        hint=f"{hint}; places are: {ANCHOR_FORMS}".removeprefix("; "),
    )
