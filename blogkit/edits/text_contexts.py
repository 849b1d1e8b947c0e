"""Find a plain text everywhere in a post, in the spelling that each place has.

It may be in text, attributes, scripts, styles and block data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from blogkit.edits import escape
from blogkit.edits.string_literals import (
    Replacement,
    is_json,
    json_hits,
    occurrences,
    script_hits,
    style_hits,
)
from blogkit.html import Attribute, Token, attributes, escape_attribute, escape_text, tokenize
from blogkit.html.blocks import delimiter
from blogkit.html.references import decode_with_offsets

ContextKind = Literal[
    "text", "attribute", "script", "json", "style", "comment", "block data", "region data"
]
"""What kind of place a text is in."""

_ADDRESSES = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "poster",
        "cite",
        "data",
        "background",
        "srcset",
        "xlink:href",
    ]
)
# https://html.spec.whatwg.org/multipage/scripting.html#attr-script-type; no type is JavaScript, too
_JAVASCRIPT = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script|module|", re.IGNORECASE)
_JSON_TYPE = re.compile(r"application/(?:[\w.-]+\+)?json|importmap|speculationrules", re.IGNORECASE)
# editors write `&nbsp;` for a space now and then; the replacement keeps offsets
_BLANKS = str.maketrans("\u00a0\n\r\t\f", "     ")


class TextMatch(NamedTuple):
    """An occurrence in the source.

    Attributes:
        start: Where it begins.
        end: The offset behind it.
        text: The replacement, escaped for this place.
        kind: What kind of place it is in.
        where: The place in words: "href of <a>".
        reason: Why it is not replaced; "" if it is.
    """

    start: int
    end: int
    text: str
    kind: ContextKind
    where: str
    reason: str = ""


def find_text(html: str, string: str, value: str, *, scripting: bool = True) -> Iterator[TextMatch]:
    """Yield every occurrence of a text, in order, each with its replacement.

    Args:
        html: The body as the site stores it.
        string: The plain text to find, in any of its spellings.
        value: The plain text to put in its place.
        scripting: Whether scripts run where it is shown; see `tokenize`.
    """
    script_type = ""
    may_hold = _sieve(string)
    for token in tokenize(html, scripting=scripting):
        if token.kind == "start":
            if token.name == "script":
                # The type decides how the content is read, and that is the next token.
                script_type = next(
                    (found.value for found in attributes(html, token) if found.name == "type"), ""
                ).strip()
            if may_hold(html[token.start : token.end]):
                yield from _tag(html, token, string, value)
        elif token.kind in {"text", "raw", "cut", "comment"} and not may_hold(
            html[token.start : token.end]
        ):
            continue
        elif token.kind == "text" or (
            token.kind in {"raw", "cut"} and token.name in {"textarea", "title"}
        ):
            where = f"<{token.name}>" if token.name else "text"
            yield from _decoded(
                html, token.start, token.end, "text", where, _plain(string, value), escape_text
            )
        elif token.kind in {"raw", "cut"}:
            yield from _raw(html, token, script_type, string, value)
        elif token.kind == "comment":
            yield from _comment(html, token, string, value)


def _sieve(string: str) -> Callable[[str], bool]:
    """Return a quick test of whether a source may contain the text."""
    # Escapes and references may hide part of it; a source without both must hold its first word.
    first = re.split(r"[^\w.-]", string.strip(), maxsplit=1)[0] or string.strip()[0]
    return lambda source: first in source or "&" in source or "\\" in source or "%" in source


def _plain(
    string: str, value: str, spellings: Iterable[str] = ()
) -> Callable[[str], Iterator[Replacement]]:
    wanted = [spelling.translate(_BLANKS) for spelling in (spellings or [string])]

    def find(text: str) -> Iterator[Replacement]:
        for hit in occurrences(text.translate(_BLANKS), wanted):
            yield hit if hit.reason else hit._replace(text=value)

    return find


def _decoded(
    html: str,
    start: int,
    end: int,
    kind: ContextKind,
    where: str,
    find: Callable[[str], Iterator[Replacement]],
    encode: Callable[[str], str],
) -> Iterator[TextMatch]:
    """Yield occurrences in text with character references."""
    if "&" in html[start:end]:
        plain, offsets = decode_with_offsets(html, start, end, attribute=kind != "text")
    else:
        plain, offsets = html[start:end], list(range(start, end + 1))
    for hit in find(plain):
        first, last = offsets[hit.start], offsets[hit.end]
        text = "" if hit.reason else encode(hit.text)
        yield TextMatch(first, last, text, kind, where, hit.reason)


def _tag(html: str, token: Token, string: str, value: str) -> Iterator[TextMatch]:
    for attribute in attributes(html, token):
        if attribute.end > attribute.start and not attribute.name.startswith("data-blogkit-"):
            for occurrence in _attribute(
                html, attribute, f"{attribute.name} of <{token.name}>", string, value
            ):
                yield _quoted(html, attribute, occurrence)


def _attribute(
    html: str, attribute: Attribute, where: str, string: str, value: str
) -> Iterator[TextMatch]:
    kind: ContextKind = "attribute"
    find = _plain(string, value)
    if attribute.name.startswith("on"):
        kind, find = "script", lambda text: script_hits(text, string, value)
    elif attribute.name == "style":
        kind, find = "style", lambda text: style_hits(text, string, value)
    elif attribute.name == "srcdoc":
        find = _left(string, "it is in a document inside an attribute")
    elif attribute.value.strip().lower().startswith("javascript:"):
        find = _left(string, "it is in a script inside an address")
    elif is_json(attribute.value):
        kind, find = "json", lambda text: json_hits(text, string, value)
    elif attribute.name in _ADDRESSES:
        find = _plain(string, value, escape.spellings_in_address(string))
    quote = attribute.quote or '"'
    yield from _decoded(
        html,
        attribute.start,
        attribute.end,
        kind,
        where,
        find,
        lambda text: escape_attribute(text, quote),
    )


def _quoted(html: str, attribute: Attribute, occurrence: TextMatch) -> TextMatch:
    """Add quotes to an unquoted value if the new text needs them."""
    if occurrence.reason or attribute.quote or not escape.needs_quotes(occurrence.text):
        return occurrence
    before, after = html[attribute.start : occurrence.start], html[occurrence.end : attribute.end]
    if '"' in before + after:
        return occurrence._replace(
            text="", reason="it is in an attribute without quotes, next to a quote"
        )
    return occurrence._replace(
        start=attribute.start, end=attribute.end, text=f'"{before}{occurrence.text}{after}"'
    )


def _left(string: str, reason: str) -> Callable[[str], Iterator[Replacement]]:
    def find(text: str) -> Iterator[Replacement]:
        yield from (hit._replace(reason=reason) for hit in occurrences(text, [string]))

    return find


def _raw(html: str, token: Token, script_type: str, string: str, value: str) -> Iterator[TextMatch]:
    text = html[token.start : token.end]
    where = f"<{token.name}>" if token.name else "an unfinished tag or comment"
    if token.name == "noscript":  # shown without scripts, so its content is a body of its own
        yield from (
            occurrence._replace(
                start=occurrence.start + token.start, end=occurrence.end + token.start
            )
            for occurrence in find_text(text, string, value, scripting=False)
        )
        return
    kind: ContextKind = (
        "script" if token.name == "script" else "style" if token.name == "style" else "text"
    )
    if token.kind == "cut":
        hits = _left(string, f"it is in {where}, which is never closed")(text)
    elif token.name == "script" and _JAVASCRIPT.fullmatch(script_type):
        hits = script_hits(text, string, value)
    elif token.name == "script" and _JSON_TYPE.fullmatch(script_type):
        kind, hits = "json", json_hits(text, string, value)
    elif token.name == "style":
        hits = style_hits(text, string, value)
    else:
        hits = _left(string, f"it is in {where}, whose language is unknown")(text)
    yield from (
        TextMatch(token.start + hit.start, token.start + hit.end, hit.text, kind, where, hit.reason)
        for hit in hits
    )


def _comment(html: str, token: Token, string: str, value: str) -> Iterator[TextMatch]:
    source = html[token.start : token.end]
    if re.match(r"<!--\s*blogkit:", source):
        return  # markers are updated as a whole, with their digest
    kind: ContextKind = "comment"
    where = "a comment"
    if block := delimiter(source):
        kind, where, hits = (
            "block data",
            f"the block {block.name}",
            json_hits(source, string, value),
        )
    # https://en.wikipedia.org/wiki/Conditional_comment holds markup
    elif not source.startswith("<!--") or re.match(r"<!--\s*\[(?:if|end)", source):
        hits = _left(string, "it is in a conditional comment or a declaration")(source)
    elif any(
        is_json(source[match.start() : source.rfind("}") + 1])
        for match in list(re.finditer(r"\{", source))[:4]
    ):
        hits = json_hits(source, string, value)
    elif re.search(r"--|[<>&]|^-|-$", value):
        hits = _left(string, "it is in a comment, which cannot contain &, <, > or two hyphens")(
            source
        )
    else:
        hits = (
            hit if hit.reason else hit._replace(text=value) for hit in occurrences(source, [string])
        )
    yield from (
        TextMatch(token.start + hit.start, token.start + hit.end, hit.text, kind, where, hit.reason)
        for hit in hits
    )
