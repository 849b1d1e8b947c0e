"""Titles and excerpts of a file as HTML, for sites that keep them so."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from blogkit.html import decode, tokenize

_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "cite",
            "code",
            "del",
            "em",
            "i",
            "ins",
            "kbd",
            "mark",
            "q",
            "s",
        ),
        *("small", "span", "strong", "sub", "sup", "u", "var"),
    }
)
"""https://html.spec.whatwg.org/multipage/text-level-semantics.html"""


def inline_html(text: str) -> str:
    """Return one line of a file as HTML.

    A complete inline element, such as `<em>word</em>`, stays one. Everything else is text: "4 < 5",
    "AT&T" and "the <em> tag" show as they are written.

    Args:
        text: The title or excerpt.
    """
    return _converted(text, lambda part: escape(part, quote=False))


def inline_text(html: str) -> str:
    """Return a site's HTML as a file holds it, the reverse of `inline_html`.

    Args:
        html: The title or excerpt.
    """
    return _converted(html, decode)


def _converted(text: str, convert: Callable[[str], str]) -> str:
    made, at = [], 0
    for start, end in _elements(text):
        made += [convert(text[at:start]), text[start:end]]
        at = end
    return "".join([*made, convert(text[at:])])


def _elements(text: str) -> list[tuple[int, int]]:
    """Return where the tags of complete inline elements begin and end, in order."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int, int]] = []
    for token in tokenize(text):
        if token.kind == "start" and token.name in _INLINE and not token.empty:
            opened.append((token.name, token.start, token.end))
        elif token.kind == "end" and any(name == token.name for name, _, _ in opened):
            # An element that is still open inside this one is never closed: it is text.
            while opened[-1][0] != token.name:
                opened.pop()
            found += [opened.pop()[1:], (token.start, token.end)]
    return sorted(found)
