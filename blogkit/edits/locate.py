"""Find the spans of a source that a place names, or near misses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from blogkit.edits.anchors import Anchor, AnchorKind
from blogkit.edits.builders import without_builder_tags
from blogkit.edits.matches import (
    Candidate,
    PlaceError,
    PlaceNotFound,
    candidate,
    candidates,
    choose,
    likeness,
    shortened,
)
from blogkit.edits.post import LiveBody
from blogkit.errors import nearest
from blogkit.html import Element, fold
from blogkit.html.elements import HEADINGS, INLINE, PASSAGE

# https://developer.wordpress.org/reference/functions/get_extended/; Blogger has `<a name="more">`
_MORE = re.compile(r"<!--\s*more\b.*?-->", re.DOTALL)
_AROUND_TEXT = PASSAGE | {"div", "section", "article", "main", "center", "header", "footer", "form"}
_SHORTCODE = re.compile(r"(?:\[/?[A-Za-z][^\]]*\]\s*)+|\[[A-Za-z][^\]]*\].*\[/[^\]]*\]", re.DOTALL)
_NEAR = 0.55
"""How similar a text must be, from 0 to 1, to be offered."""
_NEAR_MISSES = 5
_WIDTH = 80


class LocatedPlace(NamedTuple):
    """A span of the source that matches a place.

    Attributes:
        start: Where it begins.
        end: The offset behind it.
        block: Whether it is a block of its own, not a text inside one.
    """

    start: int
    end: int
    block: bool = True


def locate(
    post: LiveBody, anchor: Anchor, nth: int | None = None, *, every: bool = False
) -> list[LocatedPlace]:
    """Return the selected spans in order.

    Args:
        post: The live body.
        anchor: The place.
        nth: Which of several matches, from 1.
        every: Select all matches.

    Raises:
        PlaceError: There are several matches and none was chosen, or all are inside a region.
        PlaceNotFound: Nothing matches; the error lists similar places.
        UsageError: The match of this number does not exist.
    """
    matches = list(_LOOK[anchor.kind](post, anchor))
    # What is put into a region is lost when that is rendered again.
    if anchor.kind != "region":
        outside = [match for match in matches if not post.found.around(match.start)]
        if matches and not outside:
            raise _only_inside(post, anchor, matches)
        matches = outside
    if not matches:
        raise _none(post, anchor)
    listed = candidates(post.body, ((match.start, match.end) for match in matches))
    return choose(f'the place "{anchor.source}"', matches, listed, nth, every=every)


def _headings(post: LiveBody, anchor: Anchor) -> Iterator[LocatedPlace]:
    wanted = _comparable(anchor.value)
    pattern = re.compile(anchor.value) if anchor.pattern else None
    for element in post.spans.elements:
        if element.name == f"h{anchor.level}":
            text = post.words(element)
            if pattern.search(text) if pattern else text == wanted:
                yield LocatedPlace(element.start, element.end)


def _ids(post: LiveBody, anchor: Anchor) -> Iterator[LocatedPlace]:
    for element in post.spans.elements:
        if anchor.value in _names(post, element):
            yield LocatedPlace(
                element.start, element.end, element.name not in INLINE or element.holds_block
            )


def _names(post: LiveBody, element: Element) -> list[str]:
    if not re.search(r"(?:id|name)\s*=", post.body[element.start : element.inner], re.IGNORECASE):
        return []
    # https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
    wanted = {"id", "name"} if element.name == "a" else {"id"}
    return [
        attribute.value for attribute in post.spans.attributes(element) if attribute.name in wanted
    ]


def _paragraphs(post: LiveBody, anchor: Anchor) -> Iterator[LocatedPlace]:
    found = paragraphs(post)
    if int(anchor.value) <= len(found):
        yield found[int(anchor.value) - 1]


def paragraphs(post: LiveBody) -> list[LocatedPlace]:
    """Return the paragraphs with text outside lists, quotes, tables and regions.

    In a classic post also those that WordPress makes of the text between two blank lines.
    """
    found = [
        LocatedPlace(element.start, element.end)
        for element in post.spans.elements
        if element.name == "p"
        and all(parent.name in _AROUND_TEXT for parent in element.ancestors)
        and post.words(element)
    ]
    if post.form == "classic":
        runs = [without_builder_tags(post.body, *trimmed(post, *run)) for run in post.runs(None)]
        found += [LocatedPlace(*run) for run in runs if _says_something(post, *run)]
    return [target for target in sorted(found) if not post.found.around(target.start)]


def trimmed(post: LiveBody, start: int, end: int) -> tuple[int, int]:
    """Return a span without white space at its ends.

    Args:
        post: The live body.
        start: Where the span begins.
        end: The offset behind it.
    """
    text = post.body[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def _says_something(post: LiveBody, start: int, end: int) -> bool:
    words = post.between(start, end) if end > start else ""
    return words != "" and not _SHORTCODE.fullmatch(words)


def _regions(post: LiveBody, anchor: Anchor) -> Iterator[LocatedPlace]:
    post.found.refuse_damage(anchor.value)
    yield from (LocatedPlace(region.start, region.end) for region in post.found.named(anchor.value))


def _texts(post: LiveBody, anchor: Anchor) -> Iterator[LocatedPlace]:
    yield from (
        LocatedPlace(match.start, match.end, block=False)
        for match in post.reading.find(anchor.value)
    )


def _breaks(post: LiveBody, _: Anchor) -> Iterator[LocatedPlace]:
    for token in post.spans.tokens:
        if token.kind == "comment" and _MORE.fullmatch(post.body, token.start, token.end):
            yield LocatedPlace(token.start, token.end)
        elif token.name == "a":
            element = post.element_at(token.start)  # None at an end tag
            if (
                element
                and post.spans.attribute(element, "name") == "more"
                and not post.words(element)
            ):
                yield LocatedPlace(element.start, element.end)


def _edges(post: LiveBody, anchor: Anchor) -> Iterator[LocatedPlace]:
    start = 1 if post.body.startswith("\ufeff") else 0  # a byte order mark stays the first
    yield (
        LocatedPlace(start, start)
        if anchor.kind == "start"
        else LocatedPlace(len(post.body), len(post.body))
    )


_LOOK: dict[AnchorKind, Callable[[LiveBody, Anchor], Iterator[LocatedPlace]]] = {
    "start": _edges,
    "end": _edges,
    "more": _breaks,
    "heading": _headings,
    "id": _ids,
    "paragraph": _paragraphs,
    "region": _regions,
    "text": _texts,
}


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", fold(text).strip())


def _only_inside(post: LiveBody, anchor: Anchor, inside: Sequence[LocatedPlace]) -> PlaceError:
    region = post.found.around(inside[0].start)
    assert region is not None  # it is one of `inside`
    listed = candidates(post.body, ((match.start, match.end) for match in inside))
    return PlaceError(
        f'the place "{anchor.source}" is only inside the region "{region.id}", which blogkit'
        " re-renders as a whole:",
        listed,
        hint=(
            "insert it next to the region:"
            f" {'before' if anchor.side == 'before' else 'after'}:region:{region.id}"
        ),
    )


def _none(post: LiveBody, anchor: Anchor) -> PlaceNotFound:
    look = _NEARBY.get(anchor.kind)
    near, hint = look(post, anchor) if look else ([], "")
    message = f'the place "{anchor.source}" does not exist in this post' + (
        "; similar places:" if near else ""
    )
    return PlaceNotFound(message, near, hint=hint or "choose something from the post's HTML")


def _near_headings(post: LiveBody, anchor: Anchor) -> tuple[list[Candidate], str]:
    found = [
        (post.words(element), element)
        for element in post.spans.elements
        if element.name in HEADINGS
    ]
    rated = sorted(found, key=lambda item: -likeness(anchor.value, item[0]))
    listed = [
        Candidate(
            post.spans.line(element.start),
            shortened(text, _WIDTH),
            f"an {element.name}" if element.name[1] != str(anchor.level) else "",
        )
        for text, element in rated[:_NEAR_MISSES]
    ]
    return listed, "" if listed else "this post has no headings"


def _near_ids(post: LiveBody, anchor: Anchor) -> tuple[list[Candidate], str]:
    ids = {name: element for element in post.spans.elements for name in _names(post, element)}
    rated = sorted(ids, key=lambda name: -likeness(anchor.value, name))[:_NEAR_MISSES]
    listed = [candidate(post.body, ids[name].start, ids[name].inner, f"#{name}") for name in rated]
    return listed, nearest(anchor.value, ids) or (
        "" if listed else "no element of this post has an id"
    )


def _near_paragraphs(post: LiveBody, _: Anchor) -> tuple[list[Candidate], str]:
    found = paragraphs(post)
    if not found:
        return (
            [],
            'this post has no <p>; use a text such as after:text:"the last words of a paragraph"',
        )
    return [
        candidate(post.body, *found[-1][:2], f"paragraph {len(found)}, the last")
    ], f"choose a number from 1 to {len(found)}"


def _near_regions(post: LiveBody, anchor: Anchor) -> tuple[list[Candidate], str]:
    listed = [
        Candidate(region.line, shortened(post.body[region.start : region.inner], _WIDTH))
        for region in post.found.regions
    ]
    hint = nearest(anchor.value, [region.id for region in post.found.regions])
    return listed[:_NEAR_MISSES], hint or ("" if listed else "this post has no regions")


def _near_texts(post: LiveBody, anchor: Anchor) -> tuple[list[Candidate], str]:
    wanted = fold(anchor.value).strip()
    at = [
        match.start() for match in re.finditer(re.escape(wanted), post.reading.text, re.IGNORECASE)
    ]
    near = [
        Candidate(
            post.spans.line(post.reading.source(position)),
            shortened(post.reading.text[position : position + _WIDTH], _WIDTH),
        )
        for position in at
    ]
    if not near:
        texts = [(likeness(wanted, text), offset, text) for offset, text in post.reading.lines()]
        rated = sorted((item for item in texts if item[0] >= _NEAR), reverse=True)[:_NEAR_MISSES]
        near = [
            Candidate(post.spans.line(post.reading.source(offset)), shortened(text, _WIDTH))
            for _, offset, text in rated
        ]
    # readers do not see it, but it is in the source: in an address or a script
    if anchor.value in post.body and not near:
        hidden = post.body.index(anchor.value)
        near = [
            candidate(post.body, hidden, hidden + len(anchor.value), "no visible text is similar")
        ]
        return (
            near,
            (
                "to change an address or a script, use `blogkit replace`, which searches the whole"
                " HTML"
            ),
        )
    return near[:_NEAR_MISSES], ""


_NEARBY: dict[AnchorKind, Callable[[LiveBody, Anchor], tuple[list[Candidate], str]]] = {
    "heading": _near_headings,
    "id": _near_ids,
    "paragraph": _near_paragraphs,
    "region": _near_regions,
    "text": _near_texts,
}
