"""The tags, comments and texts of an HTML source, each with its offsets, as a browser divides it.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization. Not the standard library's `html.parser`: that one takes what follows an
unfinished comment for content, where nothing may ever be inserted, and reads broken markup differently from one patch release of Python
to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

from blogkit.markup.elements import FOREIGN, OUT_OF_FOREIGN, RAW_TEXT

_SPACE = r"\t\n\f\r "
_NAME = rf"[^{_SPACE}/>=]"
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?!["'])[^{_SPACE}>]*+)"""
_EQUALS = rf"[{_SPACE}]*+="
_ATTRIBUTE = rf"(?:={_NAME}*+|{_NAME}++)(?:{_EQUALS}[{_SPACE}]*+{_VALUE}|(?!{_EQUALS}))"
_TAG = rf"(?P<close>/?)(?P<name>[A-Za-z][^{_SPACE}/>]*+)(?P<attributes>(?:[{_SPACE}/]++|{_ATTRIBUTE})*)>"
_ATTRIBUTES = re.compile(rf"(={_NAME}*+|{_NAME}++)(?:{_EQUALS}[{_SPACE}]*+({_VALUE}))?")
_COMMENT = r"!--(?:-?>|.*?--!?>)"
_MARKUP = re.compile(rf"<(?:{_TAG}|{_COMMENT}|(?P<odd>[A-Za-z!?]|/.))", re.DOTALL)
_SCRIPT = re.compile(rf"<!--|--!?>|<(/?)script(?=[{_SPACE}/>])", re.IGNORECASE)

Kind = Literal["text", "start", "end", "comment", "raw", "cut"]


class Token(NamedTuple):
    """One piece of the source. name: of a tag, in lower case, or of the element that raw text stands in; kind `cut`: the source ends
    inside an unfinished tag, comment or raw text that begins here; empty: the tag ends in `/>`."""

    kind: Kind
    name: str
    start: int
    end: int
    empty: bool = False


class Attribute(NamedTuple):
    """An attribute as written. start, end: the offsets of its value without quotes (equal when it has none); quote: `"`, `'` or nothing."""

    name: str
    start: int
    end: int
    quote: str
    value: str


def tokenize(html: str) -> list[Token]:
    """The whole source, piece by piece and without gaps."""
    return list(_tokens(html))


def attributes(html: str, token: Token) -> Iterator[Attribute]:
    """The attributes of a start tag in their order, values decoded; a name that comes again is left out, as browsers do."""
    seen: set[str] = set()
    inside = token.start + 1 + len(token.name)
    for match in _ATTRIBUTES.finditer(html, inside, token.end - 1):
        name = match[1].lower()
        if name in seen:
            continue
        seen.add(name)
        start, end = match.span(2) if match[2] is not None else (match.end(), match.end())
        quote = match[2][:1] if match[2] and match[2][0] in "\"'" else ""
        start, end = start + len(quote), end - len(quote)
        yield Attribute(name, start, end, quote, unescape(html[start:end]))


def _tokens(html: str) -> Iterator[Token]:
    position, foreign = 0, 0
    while position < len(html):
        match = _MARKUP.search(html, position)
        start = match.start() if match else len(html)
        if start > position:
            yield Token("text", "", position, start)
        if not match:
            return
        token = _markup(html, match, in_foreign=foreign > 0)
        yield token
        position = token.end
        if token.kind == "start":
            if foreign or token.name in FOREIGN:
                foreign = _foreign(token, foreign)
            if token.name in RAW_TEXT and not foreign:
                end = _raw_end(html, position, token.name)
                stop = len(html) if end is None else end
                if stop > position:
                    yield Token("cut" if end is None else "raw", token.name, position, stop)
                position = stop
            elif token.name == "plaintext" and position < len(html):
                yield Token("cut", token.name, position, len(html))
                return
        elif token.kind == "end" and token.name in FOREIGN:
            foreign = max(0, foreign - 1)


def _foreign(token: Token, depth: int) -> int:
    if token.name in FOREIGN:
        return depth if token.empty else depth + 1
    return 0 if token.name in OUT_OF_FOREIGN else depth


def _markup(html: str, match: re.Match[str], *, in_foreign: bool) -> Token:
    """The tag or comment that begins here."""
    start, end = match.span()
    name = match["name"]
    if name:
        empty = html[end - 2] == "/" and not _in_value(match["attributes"])
        return Token("end" if match["close"] else "start", name.lower(), start, end, empty)
    odd = match["odd"]
    if not odd:
        return Token("comment", "", start, end)
    if odd.isalpha() or (odd[1:].isalpha() and odd.isascii()) or html.startswith("<!--", start):
        return Token("cut", "", start, len(html))
    if in_foreign and html.startswith("<![CDATA[", start):
        end = html.find("]]>", start)
        return Token("raw", "", start, end + 3) if end >= 0 else Token("cut", "", start, len(html))
    end = html.find(">", start)
    return Token("comment", "", start, end + 1) if end >= 0 else Token("cut", "", start, len(html))


def _in_value(source: str) -> bool:
    """Does the slash before the `>` belong to a value without quotes (`<a href=/x/>`)?"""
    last = None
    for match in _ATTRIBUTES.finditer(source):
        last = match
    return last is not None and last.end() == len(source)


def _raw_end(html: str, start: int, name: str) -> int | None:
    """Where the end tag of a raw text element begins."""
    if name == "script":
        return _script_end(html, start)
    match = re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE).search(html, start)
    return match.start() if match else None


def _script_end(html: str, start: int) -> int | None:
    """A script within a comment within a script does not end it (the "double escaped" state)."""
    commented = doubled = False
    for match in _SCRIPT.finditer(html, start):
        if match[0] == "<!--":
            commented = True
        elif match[0].endswith(">"):
            commented = doubled = False
        elif not match[1]:
            doubled = commented
        elif not doubled:
            return match.start()
        else:
            doubled = False
    return None
