"""Other readers of HTML, brought to one form: html5lib, and turbohtml, which follows today's
standard.
"""

from __future__ import annotations

from collections.abc import Iterator

import turbohtml
from html5lib import _tokenizer
from html5lib.constants import tokenTypes

from blogkit.html import attributes, comment_text, decode, tokenize

Seen = tuple[str, ...]
RCDATA = frozenset({"title", "textarea"})
RAW = frozenset({"style", "xmp", "iframe", "noembed", "noframes"})


def ours(html: str) -> list[Seen]:
    """What blogkit's tokenizer sees."""
    return _joined(_ours(html))


def _ours(html: str) -> Iterator[Seen]:
    for token in tokenize(html):
        source = html[token.start : token.end]
        if token.kind == "start":
            yield (
                "start",
                token.name,
                *(f"{found.name}={found.value}" for found in attributes(html, token)),
            )
        elif token.kind == "end":
            yield "end", token.name
        elif token.kind == "text" or token.name:  # raw content, finished or not
            yield "text", decode(source) if token.kind == "text" or token.name in RCDATA else source
        elif source.lower().startswith("<!doctype"):
            yield ("doctype",)
        elif source[1] in "!?" or (
            source[1] == "/" and not source[2:3].isalpha() and source != "</>"
        ):
            text = comment_text(html, token)
            yield "comment", f"?{text}" if source[1] == "?" else text


def of_html5lib(html: str) -> list[Seen]:
    """What html5lib's tokenizer sees, switched by start tags as its parser does it."""
    return _joined(_of_html5lib(html))


def _of_html5lib(html: str) -> Iterator[Seen]:
    tokenizer = _tokenizer.HTMLTokenizer(html)
    names = {number: name for name, number in tokenTypes.items()}
    for token in tokenizer:
        kind, name = names[token["type"]], token.get("name") or ""
        if kind == "StartTag":
            yield ("start", name, *(f"{key}={value}" for key, value in token["data"].items()))
            if name in RCDATA:
                tokenizer.state = tokenizer.rcdataState
            elif name in RAW:
                tokenizer.state = tokenizer.rawtextState
            elif name == "script":
                tokenizer.state = tokenizer.scriptDataState
            elif name == "plaintext":
                tokenizer.state = tokenizer.plaintextState
        elif kind == "EndTag":
            yield "end", name
        elif kind in {"Characters", "SpaceCharacters"}:
            yield "text", token["data"]
        elif kind == "Comment":
            yield "comment", token["data"]
        elif kind == "Doctype":
            yield ("doctype",)


def of_turbohtml(html: str) -> list[Seen]:
    """What turbohtml's tokenizer sees. It has its own token for `<?…>`: leave that out."""
    return _joined(_of_turbohtml(html))


def _of_turbohtml(html: str) -> Iterator[Seen]:
    kinds = turbohtml.TokenType
    for token in turbohtml.tokenize(html):
        if token.type == kinds.START_TAG:
            yield (
                "start",
                token.tag,
                *(f"{name}={value or ''}" for name, value in token.attrs or ()),
            )
        elif token.type == kinds.END_TAG:
            yield "end", token.tag
        elif token.type == kinds.COMMENT:
            yield "comment", token.data
        elif token.type == kinds.DOCTYPE:
            yield ("doctype",)
        elif token.type == kinds.TEXT:
            yield "text", token.data or ""


def _joined(seen: Iterator[Seen]) -> list[Seen]:
    """The tokens with neighbouring texts made one, since readers cut text where they like."""
    found: list[Seen] = []
    for token in seen:
        if token[0] == "text" and found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + token[1])
        elif token != ("text", ""):
            found.append(token)
    return found
