"""One form for HTML that browsers show alike, however it is written.

Spelling does not count: character references, quotes, the order of attributes, white space between
blocks, `<br/>`, `rel="noopener"`, a trailing `;` in a style, JSON escapes and `core/` in block
comments, and Blogger's `<a name="more"></a>` for `<!--more-->`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from blogkit.html import Element, Token, Tree, comment_text, declarations, decode, is_stray
from blogkit.html.blocks import delimiter
from blogkit.html.elements import PREFORMATTED, RCDATA, SEPARATORS
from blogkit.sanitizers.facts import ADDRESSES

_WHITE = re.compile(r"[ \t\r\n\f]+")
_MORE = re.compile(r"<a name=([\"'])more\1></a>")
_ZERO_FRACTION = re.compile(r"(?<=\d)\.0(?=[,\]}])")
_ADDED_RELATIONS = frozenset({"noopener", "noreferrer"})


class Part(NamedTuple):
    """A part of a document.

    Attributes:
        kind: `pre` is text whose white space counts.
        text: The name of a tag, or the text.
        attributes: The attributes of a start tag by name, with values in the form in which they
            are compared.
    """

    kind: Literal["start", "end", "comment", "text", "pre"]
    text: str
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def is_edge(self) -> bool:
        """Whether browsers drop white space beside it."""
        return self.kind == "comment" or (self.kind in {"start", "end"} and self.text in SEPARATORS)


@lru_cache(maxsize=4)  # one comparison asks several questions about the same two
def normal_form(html: str) -> tuple[Part, ...]:
    """Return the normal form of a fragment; equal for two that are the same document."""
    joined: list[Part] = []
    for kind, group in groupby(_parts(_MORE.sub("<!--more-->", html)), lambda part: part.kind):
        parts = list(group)
        text = "".join(part.text for part in parts)
        joined += [Part(kind, text)] if kind in {"text", "pre"} else parts
    edge = Part("comment", "")
    around = zip([edge, *joined], joined, [*joined[1:], edge], strict=False)
    settled = (_trimmed(*three) for three in around)
    return tuple(part for part in settled if part.text or part.kind == "comment")


def _trimmed(before: Part, part: Part, after: Part) -> Part:
    if part.kind != "text":
        return part
    text = _WHITE.sub(" ", part.text)
    text = text.removeprefix(" ") if before.is_edge else text
    return Part("text", text.removesuffix(" ") if after.is_edge else text)


def _parts(html: str) -> Iterator[Part]:
    depth = 0  # of elements in which white space is kept
    for item in Tree(html, scripting=False).root.walk():
        if isinstance(item, Element):
            depth += item.name in PREFORMATTED
            yield Part("start", item.name, tuple(sorted(_attributes(item))))
        elif isinstance(item, str):
            depth -= item in PREFORMATTED
            yield Part("end", item)
        elif item.kind == "comment" or (item.kind == "cut" and html.startswith("<!--", item.start)):
            yield from (Part("comment", text.strip()) for text in _comments(html, item))
        elif item.kind != "cut" or item.name:  # readers do not see an unfinished tag
            source = html[item.start : item.end]
            text = decode(source) if item.kind == "text" or item.name in RCDATA else source
            yield Part("pre" if depth else "text", text)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, written in element.attributes.items():
        value = _value(name, written)
        if not is_stray(name) and (value or name not in {"rel", "style"}):
            yield name, value


def _value(name: str, written: str) -> str:
    if name in {"rel", "class"}:
        dropped = _ADDED_RELATIONS if name == "rel" else ()
        return " ".join(word for word in written.split() if word not in dropped)
    if name == "style":
        return ";".join(":".join(filter(None, pair)) for pair in declarations(written))
    if name in ADDRESSES:
        scheme, colon, rest = written.strip().partition(":")
        return f"{scheme.lower()}:{rest}" if colon else scheme
    return written


def _comments(html: str, token: Token) -> list[str]:
    """Return a comment's text; of a block without content, those that it is short for."""
    block = delimiter(html[token.start : token.end])
    if not block:
        return [comment_text(html, token)]
    name = block.name.removeprefix("core/")
    found = json.dumps(block.attributes, ensure_ascii=False) if block.attributes else ""
    # PHP has one kind of empty value, and writes no fraction that is zero
    attributes = _ZERO_FRACTION.sub("", found.replace("{}", "[]"))
    ending = [f"/wp:{name}"] if block.close or block.void else []
    return ending if block.close else [f"wp:{name} {attributes}", *ending]
