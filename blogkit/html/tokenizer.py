"""The tags, comments and texts of an HTML source, each with its offsets, as browsers divide it.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization. Every part of blogkit that asks
what is a tag asks here, so that a picture which one part sees is a picture for all of them.

The standard library's `html.parser` reads what follows an unfinished comment as content, where
nothing may ever be inserted, and reads broken markup differently from one patch release of Python
to the next (https://github.com/python/cpython/issues/135661).

The work grows linearly with the source. No pattern has possessive quantifiers: CPython 3.11.0 to
3.11.4 match some of them wrongly (https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from blogkit.html.elements import FOREIGN, RAW_TEXT
from blogkit.html.foreign import Foreign

_SPACE = r"\t\n\f\r "
# The usual tag at once. It takes only what `tag_end` would take, too, and each part ends where the
# next begins, so a failed match costs no more than the tag's own length.
_NAME = rf"[A-Za-z][^{_SPACE}/>]*"
_ATTRIBUTES = rf"(?:[{_SPACE}]+[^{_SPACE}\"'<>/=]+(?:=\"[^\"]*\"|='[^']*')?)*[{_SPACE}]*"
_TAG = re.compile(rf"<(/?)({_NAME}){_ATTRIBUTES}(/?)>")
_EDGE = "\x01"
"""Put around tags to split a source there, which is twice as fast as a pattern."""
_TAG_NAME = re.compile(rf"</?({_NAME})")
_GAP = re.compile(rf"[{_SPACE}/]*")
_ATTRIBUTE_NAME = re.compile(rf"=?[^{_SPACE}/>=]*")
_EQUALS = re.compile(rf"[{_SPACE}]*=[{_SPACE}]*")
_UNQUOTED = re.compile(rf"[^{_SPACE}>]*")
_SCRIPT = re.compile(rf"<!--|-->|<(/?)script(?=[{_SPACE}/>])", re.IGNORECASE | re.ASCII)
# `--!>` ends a comment:
# https://html.spec.whatwg.org/multipage/parsing.html#parse-error-incorrectly-closed-comment
_COMMENT_END = re.compile("--!?>")
_UNFINISHED_END = re.compile(r"(?:--!?|-)\Z")
_UPPER = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})

_SWITCHES = RAW_TEXT | {"plaintext"}
_MATTERS = _SWITCHES | FOREIGN
"""Start tags that change how the following is read."""

Kind = Literal["text", "start", "end", "comment", "raw", "cut"]


class Token(NamedTuple):
    """One piece of the source.

    Attributes:
        kind: `start` and `end` are tags. `comment` is also a doctype and whatever else browsers
            read as a comment (`<?…>`, `</ …>`). `raw` is the content of an element such as
            `<script>` or `<textarea>`, and a CDATA section. `cut` is the unfinished tag, comment
            or raw content in which the source ends.
        name: The name of a tag in lower case, or of the element that raw content is in.
        start: The offset of its first character.
        end: The offset behind its last character.
        empty: Whether a tag ends in `/>`.
    """

    kind: Kind
    name: str
    start: int
    end: int
    empty: bool = False


def tokenize(html: str, *, scripting: bool = True) -> list[Token]:
    """Return a source as tokens, without gaps.

    Args:
        html: The source.
        scripting: Whether scripts run where it is shown. If so, the content of `<noscript>` is raw,
            else it is markup. Feed readers and mail programs run none.
    """
    tokens: list[Token] = []
    add, find, usual = tokens.append, html.find, _TAG.match
    foreign = Foreign(tokens)
    text = at = 0
    while (start := find("<", at)) >= 0:
        if tag := usual(html, start):
            close, name, empty = tag.groups()
            token = _new(Token, (_KINDS[close], _lower(name), start, tag.end(), empty == "/"))
        elif found := _unusual(html, start, foreign):
            token = found
        else:
            at = start + 1
            continue
        if start > text:
            add(_new(Token, ("text", "", text, start, False)))
        add(token)
        kind, name, _, at, _ = token
        text = at
        if kind == "start":
            if name in _MATTERS or foreign.open:
                is_html = foreign.start(html, token)
                content = _raw_content(html, token, scripting) if is_html else None
                if content and content.end > content.start:
                    add(content)
                    at = text = content.end
        elif foreign.open and kind == "end":
            foreign.end(name)
    if text < len(html):
        add(Token("text", "", text, len(html)))
    return tokens


def texts_and_tags(html: str, *, careful: frozenset[str] = frozenset()) -> list[str] | None:
    """Return a source as text, tag, text, tag, and so on to the last text, any of which may be "".

    That is much faster than `tokenize`, and enough for most of what is rendered.

    Args:
        html: The source.
        careful: Names of elements that the caller does not want to meet.

    Returns:
        The parts; None if there are such elements, or comments, elements whose content is not
        markup, SVG, or anything else for which the source has to be read with care.
    """
    if _EDGE in html:
        return None
    parts = html.replace("<", f"{_EDGE}<").replace(">", f">{_EDGE}").split(_EDGE)
    # Each distinct tag is looked at once. If these are tags, no bracket is between them.
    names = {*map(_usual_name, set(parts[1::2]))}
    if "" in names or not names.isdisjoint(_MATTERS) or not names.isdisjoint(careful):
        return None
    return parts


@lru_cache(maxsize=4096)  # the posts of a project are made of the same few hundred tags
def _usual_name(source: str) -> str:
    """Return the name of a tag as `tag_name` does; "" for anything but a usual tag."""
    return tag_name(source) if _TAG.fullmatch(source) else ""


@lru_cache(maxsize=4096)  # the posts of a project are made of the same few hundred tags
def tag_name(tag: str) -> str:
    """Return the name in a tag in lower case, with a slash before that of an end tag.

    Args:
        tag: A tag of `texts_and_tags`.
    """
    name = _TAG_NAME.match(tag)
    assert name
    return f"/{lower(name[1])}" if tag[1] == "/" else lower(name[1])


_new = tuple.__new__  # half the time of calling the class, and most of the tokenizer's
_KINDS: dict[str, Kind] = {"": "start", "/": "end"}


def lower(name: str) -> str:
    """Return a name with its ASCII letters in lower case.

    `K` (the Kelvin sign) stays as it is; `str.lower` would make it a `k`, and no browser does.
    """
    return name.lower() if name.isascii() else name.translate(_UPPER)


_lower = lru_cache(maxsize=1024)(lower)


def comment_text(html: str, token: Token) -> str:
    """Return what is inside a comment. Of a doctype and the like it is all but the brackets.

    Args:
        html: The source.
        token: A token of kind "comment", or "cut" if the comment has no end.
    """
    source = html[token.start : token.end]
    if not source.startswith("<!--"):
        return source[2:-1] if token.kind == "comment" else source[2:]
    if token.kind == "cut":
        return _UNFINISHED_END.sub("", source[4:])
    if source in {"<!-->", "<!--->"}:
        return ""
    return source[4:-4] if source.endswith("--!>") else source[4:-3]


def _unusual(html: str, start: int, foreign: Foreign) -> Token | None:
    """Return what begins at this `<`, or None if it is text."""
    if name := _TAG_NAME.match(html, start):
        return _odd_tag(html, name)
    following = html[start + 1 : start + 2]
    if following == "!":
        return _declaration(html, start, foreign)
    # A browser makes a comment of these:
    # https://html.spec.whatwg.org/multipage/parsing.html#bogus-comment-state
    if following == "?" or (following == "/" and start + 2 < len(html)):
        return _until(">", html, start, "comment")
    return None


def _odd_tag(html: str, name: re.Match[str]) -> Token:
    """Return a tag that is not written as usual, or `cut` if it has no end."""
    kind: Kind = "end" if name[0][1] == "/" else "start"
    found = tag_end(html, name.end())
    if found is None:
        return Token("cut", "", name.start(), len(html))
    end, empty = found
    return Token(kind, lower(name[1]), name.start(), end, empty)


def tag_end(html: str, at: int) -> tuple[int, bool] | None:
    """Walk over a tag's attributes as a browser does.

    Args:
        html: The source.
        at: The offset behind the tag's name.

    Returns:
        The offset behind the tag's `>` and whether it ends in `/>`, or None if it has no end.
    """
    while True:
        gap = _GAP.match(html, at)
        at = gap.end() if gap else at
        if at == len(html):
            return None
        if html[at] == ">":
            return at + 1, bool(gap and gap[0].endswith("/"))
        at = _end(_ATTRIBUTE_NAME, html, at)
        if not (equals := _EQUALS.match(html, at)):
            continue
        at = equals.end()
        if html.startswith(('"', "'"), at):
            # A quote that nothing closes takes the rest of the source with it, and no reader sees
            # any of that.
            at = html.find(html[at], at + 1) + 1
            if not at:
                return None
        else:
            at = _end(_UNQUOTED, html, at)


def _end(pattern: re.Pattern[str], html: str, at: int) -> int:
    match = pattern.match(html, at)
    return match.end() if match else at


def _declaration(html: str, start: int, foreign: Foreign) -> Token:
    """Return the comment, doctype or CDATA section that begins at this `<!`."""
    if html.startswith("<!--", start):
        # `<!-->` and `<!--->` are whole comments: https://html.spec.whatwg.org/multipage/parsing.html#parse-error-abrupt-closing-of-empty-comment
        if html.startswith((">", "->"), start + 4):
            return _until(">", html, start, "comment")
        end = _COMMENT_END.search(html, start + 4)
        return Token("comment" if end else "cut", "", start, end.end() if end else len(html))
    if foreign.inside and html.startswith("<![CDATA[", start):
        return _until("]]>", html, start, "raw")
    return _until(">", html, start, "comment")


def _until(ending: str, html: str, start: int, kind: Kind) -> Token:
    end = html.find(ending, start)
    if end < 0:
        return Token("cut", "", start, len(html))
    return Token(kind, "", start, end + len(ending))


def _raw_content(html: str, token: Token, scripting: bool) -> Token | None:
    """Return the content of an element that contains text only."""
    name, start = token.name, token.end
    if name not in _SWITCHES or (name == "noscript" and not scripting):
        return None
    end: int | None = None
    if name == "script":
        end = _script_end(html, start)
    elif name != "plaintext" and (match := _end_tag(name).search(html, start)):
        end = match.start()
    return Token("cut", name, start, len(html)) if end is None else Token("raw", name, start, end)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE | re.ASCII)


def _script_end(html: str, start: int) -> int | None:
    """Return where the end tag of a script begins.

    A script inside a comment inside a script does not end it:
    https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escaped-state
    """
    commented = doubled = False
    at = start
    while match := _SCRIPT.search(html, at):
        at = match.end()
        if match[0] == "<!--":
            commented = True
            at -= 2  # the hyphens may be those of the end, too: `<!-->`
        elif match[0] == "-->":
            commented = doubled = False
        elif not match[1]:
            doubled = commented
        elif not doubled:
            return match.start()
        else:
            doubled = False
    return None
