"""Read the elements of a page to import.

Kept parts are cut by their offsets and never re-serialised.
"""

from __future__ import annotations

from typing import TypeGuard

from blogkit.html import Element, Token, Tree, decode
from blogkit.html.elements import IMPLIED_END

Item = Element | Token
_NEED_NO_END = IMPLIED_END | {"caption", "html", "head", "body"}


def build(source: str) -> Element:
    """Return the elements of a source, in a nameless one that holds them all."""
    # without scripts, so that the content of `<noscript>` is read, too
    return Tree(source, scripting=False, page=True).root


def class_and_id(element: Element) -> str:
    """Return the class and id of an element, in lower case.

    These are the words by which templates name their parts.
    """
    return f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}".lower()


def is_tidy(element: Element) -> bool:
    """Return whether an element can be cut out without leaving half of anything."""
    return element.is_tidy(_NEED_NO_END)


def is_comment(item: Item, source: str) -> TypeGuard[Token]:
    """Return whether something in an element is a comment, finished or not.

    Args:
        item: An element or token.
        source: The source that it is part of.
    """
    return not isinstance(item, Element) and (
        item.kind == "comment" or (item.kind == "cut" and source.startswith("<!--", item.start))
    )


def text_of(source: str, item: Item) -> str | None:
    """Return the characters of a text; None for elements and comments.

    Args:
        source: The source.
        item: An element or token of it.
    """
    return (
        None
        if isinstance(item, Element) or is_comment(item, source)
        else decode(source[item.start : item.end])
    )
