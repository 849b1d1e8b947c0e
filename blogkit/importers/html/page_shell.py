"""Find the page around a post: its head, its tags, and the theme outside the post's element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.html import Element
from blogkit.importers.html.boilerplate import Drop, names_itself
from blogkit.importers.html.elements import class_and_id, is_tidy

_POST_BODY = re.compile(r"(?:^|\s)(?:post-body|entry-content)(?:\s|$)")
FRAME = "the page's frame"
"""Tags without content of their own, which are removed without a report."""
_DECLARATION = re.compile(r"<(?:!doctype\b|\?)[^<>]*>", re.IGNORECASE)


def frame(root: Element) -> list[Drop]:
    """Return what surrounds the post, in order."""
    found = list(_tags(root))
    bodies = [
        element
        for element in root.descendants()
        if _POST_BODY.search(class_and_id(element)) and is_tidy(element)
    ]
    outer = [
        element
        for element in bodies
        if not any(e is not element and e.start <= element.start < e.end for e in bodies)
    ]
    # Several bodies are a listing: which of them is meant is not certain, so all are kept.
    if len(outer) == 1 and _is_of_a_blog(root, outer[0]):
        body = outer[0]
        found = [
            Drop(0, body.inner, "the theme before the post"),
            Drop(body.inner_end, len(root.source), "the theme after the post"),
        ]
    return [drop for drop in found if root.source[drop.start : drop.end].strip()]


def _is_of_a_blog(root: Element, body: Element) -> bool:
    """Return whether a theme surrounds the post; other pages may use the same class names."""
    around = (e for e in root.descendants() if not body.start <= e.start < body.end)
    return any(element.name == "html" for element in root.children) and any(
        names_itself(element) for element in around
    )


def _tags(root: Element) -> Iterator[Drop]:
    declaration = _DECLARATION.match(root.source.lstrip())
    if declaration:
        start = len(root.source) - len(root.source.lstrip())
        yield Drop(start, start + declaration.end(), FRAME)
    for element in root.descendants():
        if element.name == "head":
            yield from _head(element)
        elif element.name in ("html", "body"):
            yield Drop(element.start, element.inner, FRAME)
            if element.end > element.inner_end:
                yield Drop(element.inner_end, element.end, FRAME)
        elif element.name in ("title", "meta", "link", "base") and _is_loose(element):
            yield Drop(element.start, element.end, f"the page's <{element.name}>")


def _head(head: Element) -> Iterator[Drop]:
    """Yield the head's elements one by one, to report each."""
    at = head.start
    for child in head.children:
        if child.name in ("style", "script", "title"):
            yield Drop(at, child.start, "the page's head")
            yield Drop(
                child.start, child.end, f"the page's <{child.name}>; posts use the blog's own"
            )
            at = child.end
    rest = head.source[at : head.inner_end]
    yield Drop(at, head.end, "the page's head" if rest.strip() else FRAME)


def _is_loose(element: Element) -> bool:
    return element.parent is None or element.parent.name in ("html", "body")
