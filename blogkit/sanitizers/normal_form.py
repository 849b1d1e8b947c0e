"""One form for HTML that browsers show alike, however it is written.

Spelling does not count: character references, quotes, the order of attributes, white space between
blocks, `<br/>`, `rel="noopener"`, a trailing `;` in a style, JSON escapes and `core/` in block
comments, and Blogger's `<a name="more"></a>` for `<!--more-->`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from blogkit.html import Element, Token, Tree, comment_text, decode, is_stray
from blogkit.html.blocks import delimiter
from blogkit.html.elements import PREFORMATTED, RCDATA, SEPARATORS
from blogkit.sanitizers.facts import ADDRESSES

WHITE = re.compile(r"[ \t\r\n\f]+")
_ADDED_RELATIONS = frozenset({"noopener", "noreferrer"})


@dataclass
class NormalForm:
    """A fragment in three parallel readings.

    Attributes:
        tokens: All of it; equal for two fragments that are the same document.
        elements: Its elements with their attributes.
        comments: Its comments.
        text: Its text in pieces.
    """

    tokens: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def normal_form(html: str) -> NormalForm:
    """Return the normal form of a fragment."""
    page = NormalForm()
    depth = 0  # of elements in which white space is kept
    waiting: list[Element | Token | str] = [*reversed(Tree(html, scripting=False).root.items)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Element):
            if _is_more(item):
                _comment("more", page)
                continue
            depth += item.name in PREFORMATTED
            waiting += [item.name, *reversed(item.items)]
            _open(item, page)
        elif isinstance(item, Token):
            _leaf(html, item, page, preformatted=depth > 0)
        else:  # the end of an element
            depth -= item in PREFORMATTED
            page.tokens.append(f"</{item}>")
            page.text += [" "] if item in SEPARATORS else []
    page.tokens = _settle(page.tokens)
    return page


def _open(element: Element, page: NormalForm) -> None:
    attributes = {
        name: value(name, written)
        for name, written in element.attributes.items()
        if not is_stray(name)
    }
    for name in ("rel", "style"):
        if not attributes.get(name, "x"):
            del attributes[name]
    page.elements.append((element.name, attributes))
    page.text += [" "] if element.name in SEPARATORS else []
    page.tokens.append(f"<{element.name} {sorted(attributes.items())}>")


def _leaf(html: str, token: Token, page: NormalForm, *, preformatted: bool) -> None:
    source = html[token.start : token.end]
    if source.startswith("<!--") and token.kind in {"comment", "cut"}:
        block = _block(source) if token.kind == "comment" else None
        for text in block or [comment_text(html, token)]:
            _comment(text, page)
    elif token.kind == "comment":
        page.tokens.append(f"<!{comment_text(html, token)}>")
    elif token.kind != "cut" or token.name:  # nobody sees an unfinished tag
        text = decode(source) if token.kind == "text" or token.name in RCDATA else source
        page.text.append(text)
        page.tokens.append("=" + text if preformatted else "~" + WHITE.sub(" ", text))


def _comment(text: str, page: NormalForm) -> None:
    text = text.strip()
    page.comments.append(text)
    page.tokens.append(f"<!--{text}-->")


def _block(comment: str) -> list[str]:
    """Return the comments that a block comment is short for; [] if it is another comment."""
    found = delimiter(comment)
    if not found:
        return []
    name = found.name.removeprefix("core/")
    if found.close:
        return [f"/wp:{name}"]
    attributes = _canonical(found.json)
    return [f"wp:{name}{attributes}", *([f"/wp:{name}"] if found.void else ())]


def _canonical(source: str) -> str:
    try:
        found = json.loads(source, parse_float=_number) if source else None
    except (ValueError, RecursionError):
        return f" {source}"
    return f" {json.dumps(found, ensure_ascii=False)}".replace("{}", "[]") if found else ""


def _number(text: str) -> float | int:
    number = float(text)
    return int(number) if number.is_integer() else number


def _is_more(element: Element) -> bool:
    return element.name == "a" and element.attributes == {"name": "more"} and not element.items


def value(name: str, written: str) -> str:
    """Return the value of an attribute in the form in which values are compared."""
    if name in {"rel", "class"}:
        dropped = _ADDED_RELATIONS if name == "rel" else frozenset()
        return " ".join(word for word in written.split() if word not in dropped)
    if name == "style":
        pairs = declarations(written)
        return ";".join(f"{prop}:{setting}" if setting else prop for prop, setting in pairs)
    if name in ADDRESSES:
        scheme, colon, rest = written.strip().partition(":")
        return f"{scheme.lower()}:{rest}" if colon else scheme
    return written


def declarations(style: str) -> list[tuple[str, str]]:
    """Return the declarations of a style as pairs of property and value."""
    pairs = [part.partition(":") for part in style.split(";") if part.strip()]
    return [(name.strip(), " ".join(setting.split())) for name, _, setting in pairs]


def _settle(tokens: list[str]) -> list[str]:
    """Join neighbouring text and drop whitespace that browsers drop, next to block edges and
    around comments.
    """
    joined: list[str] = []
    for token in tokens:
        if joined and token[0] in "~=" and joined[-1][0] == token[0]:
            joined[-1] += token[1:]
        else:
            joined.append(token)
    settled: list[str] = []
    for position, token in enumerate(joined):
        if token[0] != "~":
            settled.append(token)
        elif text := _trim(token[1:], joined, position):
            settled.append("~" + text)
    return settled


def _trim(text: str, tokens: list[str], position: int) -> str:
    text = WHITE.sub(" ", text)
    if position == 0 or _is_edge(tokens[position - 1]):
        text = text.lstrip(" ")
    if position + 1 == len(tokens) or _is_edge(tokens[position + 1]):
        text = text.rstrip(" ")
    return text


def _is_edge(token: str) -> bool:
    if token.startswith("<!"):
        return True
    name = re.match(r"</?([^\s>]+)", token)
    return name is not None and name[1] in SEPARATORS
