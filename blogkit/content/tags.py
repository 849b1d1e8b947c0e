"""Where the comments and tags of a piece of HTML are: enough of the language to tell a comment from the text of a script.

Attribute values, comments and the raw text of `<script>` and its like are skipped as a whole
(https://html.spec.whatwg.org/multipage/parsing.html#tokenization). Nothing is ever written back from here: offsets only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TEXT = r"[^<>\"'=]++"
_SIMPLE = rf"(?:{_TEXT}|=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+')|=(?!\s*+[\"']))*>"
_TOKEN = re.compile(
    r"<!--(?P<comment>-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<slash>/?)(?P<name>[A-Za-z][^\s/<>]*+)(?P<simple>{_SIMPLE})?"
    r"|<[!?/][^<>]*+>",
    re.DOTALL,
)
_PIECE = re.compile(rf"{_TEXT}|=\s*+(?:\"[^\"]*+\"|'[^']*+')|[=\"']")
_COMMENT_END = re.compile(r"--!?>\Z|\A-?>\Z")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RAW = _names("script style textarea title xmp iframe noembed noframes")
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_END_IS_OPTIONAL = _names("li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rp rt html head body")
_ENDS_PARAGRAPH = _names(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre "
    "section table ul"
)


@dataclass(frozen=True)
class Token:
    """A comment or a tag. text: of a comment; name: of a tag, lower case; closed: a comment has its `-->`."""

    kind: Literal["comment", "start", "end"]
    start: int
    end: int
    name: str = ""
    text: str = ""
    closed: bool = True


def scan(html: str) -> Iterator[Token]:
    """The comments and tags, in order; the raw text of a `<script>` holds none."""
    at = 0
    unclosed: set[int] = set()
    while found := _TOKEN.search(html, at):
        at = found.end()
        if found["name"] and not found["simple"]:
            end_of_tag = _end_of_tag(html, at, unclosed)
            if end_of_tag is None:
                continue
            at = end_of_tag
        if found["comment"] is not None:
            end = _COMMENT_END.search(found["comment"])
            text = found["comment"][: end.start()] if end else found["comment"]
            yield Token("comment", found.start(), at, text=text, closed=end is not None)
        elif found["name"]:
            name = found["name"].lower()
            yield Token("end" if found["slash"] else "start", found.start(), at, name=name)
            if name in _RAW and not found["slash"]:
                end = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(html, at)
                at = end.start() if end else len(html)


def _end_of_tag(html: str, at: int, unclosed: set[int]) -> int | None:
    """Return where the tag ends whose attributes go on here; a `<` outside of quotes, or the end of the text, leaves it without an end.

    unclosed: the places from which no tag ends. Attributes of several tags can go on at the same place, and each is tried once.
    """
    passed = []
    while at not in unclosed:
        passed.append(at)
        piece = _PIECE.match(html, at)
        if not piece:
            if html.startswith(">", at):
                return at + 1
            break
        at = piece.end()
    unclosed.update(passed)
    return None


class OpenElements:
    """The elements that are open. Those whose end tag HTML lets one leave out are not counted; the lists and tables around them are."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self._count: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._open)

    def feed(self, token: Token, place: int = 0) -> int | None:
        """Take one token. Returns the place that was given for the start of the element that it ends, else None."""
        name = token.name
        if token.kind == "start" and name not in _VOID and name not in _END_IS_OPTIONAL:
            if name in _ENDS_PARAGRAPH and self._open and self._open[-1][0] == "p":
                self._pop()
            self._open.append((name, place))
            self._count[name] += 1
        elif token.kind == "end" and self._count[name]:
            while (ended := self._pop())[0] != name:
                pass
            return ended[1]
        return None

    def _pop(self) -> tuple[str, int]:
        ended = self._open.pop()
        self._count[ended[0]] -= 1
        return ended
