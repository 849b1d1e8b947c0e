"""Finished HTML in pieces, to change a few of them and no other byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from blogkit.html import tags
from blogkit.html.references import decode
from blogkit.html.tokenizer import Kind, Token, texts_and_tags, tokenize


class Piece(NamedTuple):
    """A token with its source.

    Attributes:
        kind: What it is; see `Token`.
        text: Its source.
        name: The name of a tag in lower case, or of the element that raw content is in.
    """

    kind: Kind
    text: str
    name: str = ""

    def attribute(self, name: str) -> str | None:
        """Return the value of an attribute of a start tag, or None if it has no such attribute.

        Args:
            name: The attribute's name in lower case.
        """
        return tags.attribute(self.text, self._token, name)

    def attributes(self) -> Iterator[tags.Attribute]:
        """Yield the attributes of a start tag, with offsets in `text`."""
        return tags.attributes(self.text, self._token)

    def with_attribute(self, name: str, value: str | None) -> str:
        """Return a start tag with another value for an attribute that it has.

        Args:
            name: The attribute, in lower case. A tag without it is returned unchanged.
            value: The new value as plain text; None removes the attribute.
        """
        return tags.with_attribute(self.text, self._token, name, value)

    @property
    def _token(self) -> Token:
        return Token(self.kind, self.name, 0, len(self.text))


def pieces(html: str) -> Iterator[Piece]:
    """Yield the pieces that HTML consists of; their texts, joined, are the input.

    The content of `<noscript>` is markup here: feed readers and mail programs show it.
    """
    for token in tokenize(html, scripting=False):
        yield Piece(token.kind, html[token.start : token.end], token.name)


def change(html: str, edit: Callable[[Piece], str]) -> str:
    """Return the HTML with each piece replaced by the result of `edit`.

    Args:
        html: Finished HTML.
        edit: Called with every piece in order; returns the HTML to put in its place. Return
            `piece.text` to keep a piece.
    """
    return "".join([edit(piece) for piece in pieces(html)])


def without_links(html: str) -> str:
    """Return the HTML with each link replaced by its content, for use inside another link."""
    return change(html, lambda piece: "" if piece.name == "a" else piece.text)


def words(html: str) -> str:
    """Return the text of some HTML, without markup, with character references replaced."""
    if "<" not in html:
        return decode(html)
    if (parts := texts_and_tags(html)) is not None:
        return decode("".join(parts[::2]))
    texts = [piece.text for piece in pieces(html) if piece.kind == "text"]
    return decode("".join(texts))
