"""Find the regions of a live body, and damaged markers, which are reported and never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import takewhile
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.html import Element, Token, Tree
from blogkit.html.blocks import whole_blocks
from blogkit.regions.marker import (
    Header,
    RegionMeta,
    Style,
    read_comment,
    read_element,
    region_digest,
    with_markers_around,
)
from blogkit.regions.scan_result import MarkerError, MarkerErrorKind, Region, ScanResult

_OURS = re.compile(r"<!--\s*/?blogkit:(\w*)", re.IGNORECASE)
_KNOWN = {"post", "address"}
# WordPress's filter escapes what it does not take for a comment, and then wptexturize makes a dash
# of `--`: https://developer.wordpress.org/reference/functions/wptexturize/
_SHOWN_AS_TEXT = re.compile(
    r"(?:&lt;|&#0*60;|&#x0*3c;)!\s*(?:--|&#8211;|&#8212;|–|—)\s*blogkit:(?:begin|end)",
    re.IGNORECASE,
)


@dataclass
class _Open:
    """A begin marker without its end so far."""

    token: Token
    header: Header
    parent: int | None
    crossed: bool = False


def find_regions(body: str, spans: Tree | None = None) -> ScanResult:
    """Return every region in the body.

    Args:
        body: The body of a post, as the site returns it.
        spans: The body's own tree, if it is known already.
    """
    if "blogkit" not in body:  # most posts of a blog; parsing them would be most of the work
        return ScanResult()
    finds = _Finds(spans or Tree(body))
    _take_comments(finds)
    _take_elements(finds)
    _take_shown_text(finds)
    regions = _in_order(finds)
    _take_repeated(finds, regions)
    damages = sorted(finds.damages, key=lambda damage: (damage.start, damage.kind))
    return ScanResult(tuple(regions), tuple(damages))


def missing_markers(expected: str, stored: str) -> list[str]:
    """Return the ids of regions that were sent but are missing from what the site stored.

    Args:
        expected: The body that was sent.
        stored: The body that the site shows.
    """
    kept = Counter(region.id for region in find_regions(stored).regions)
    return sorted((Counter(region.id for region in find_regions(expected).regions) - kept).keys())


@dataclass(frozen=True)
class _Finds:
    """What was found in a body so far, in any order."""

    spans: Tree
    regions: list[Region] = field(default_factory=list)
    damages: list[MarkerError] = field(default_factory=list)


def _take_comments(finds: _Finds) -> None:
    opened: list[_Open] = []
    for token in finds.spans.tokens:
        if token.kind == "comment" and (read := _read(finds, token)):
            kind, header = read
            if header.trouble:
                message = f"cannot read the {kind} marker: {header.trouble}"
                _blame(finds, "unreadable", header.mark.id, token, message)
            if kind == "begin":
                opened.append(_Open(token, header, None))
            else:
                _close(finds, opened, token, header.mark.id)
    # what is still open at the end of the body
    message = "the begin marker has no end marker"
    for begin in opened:
        _blame(finds, "unclosed", begin.header.mark.id, begin.token, message)


def _read(finds: _Finds, token: Token) -> tuple[Literal["begin", "end"], Header] | None:
    source = finds.spans.html[token.start : token.end]
    if not (ours := _OURS.match(source)):
        return None
    read = read_comment(source)
    if not read and ours[1] not in _KNOWN:
        message = f"the comment {_short(source)} looks like a marker but is not valid"
        _blame(finds, "unknown", "", token, message)
    return read


def _close(finds: _Finds, opened: list[_Open], token: Token, region_id: str) -> None:
    # The innermost of several with this id: that is the pair if one of them lies in another.
    depth = next(
        (at for at in range(len(opened) - 1, -1, -1) if opened[at].header.mark.id == region_id),
        None,
    )
    if depth is None:
        _blame(finds, "unopened", region_id, token, "the end marker has no begin marker")
        return
    begin = opened.pop(depth)
    # regions that began in it and are still open end outside of it
    for other in opened[depth:]:
        other.crossed = True
    wrong = _wrong_between(finds, begin, token, crossed=begin.crossed or depth < len(opened))
    if wrong:
        _blame(finds, wrong[0], region_id, begin.token, wrong[1])
    elif not begin.header.trouble:
        offsets = (begin.token.start, begin.token.end, token.start, token.end)
        _add(finds, begin.header, offsets, "comments")


def _wrong_between(
    finds: _Finds, begin: _Open, end: Token, *, crossed: bool
) -> tuple[MarkerErrorKind, str] | None:
    """Return what is wrong with a pair of markers, if anything."""
    line = finds.spans.line(end.start)
    if crossed:
        return "crossed", "it overlaps another region"
    around = _outside(finds, begin.token.start, end.start)
    if around != _outside(finds, end.end, end.start):
        return "torn", f"its markers are in different elements (the end is on line {line})"
    if not whole_blocks(finds.spans.html[begin.token.end : end.start]):
        return "torn", f"its markers are in different blocks (the end is on line {line})"
    return None


def _outside(finds: _Finds, offset: int, end: int) -> Element | None:
    """Return the element around a marker, unless the content itself ends that unclosed element."""
    path = (element for element in finds.spans.path(offset) if element.closed or element.end > end)
    return next(path, None)


def _take_elements(finds: _Finds) -> None:
    for element in finds.spans.elements:
        header = read_element(finds.spans.html, element.token)
        if not header:
            continue
        if header.trouble:
            message = f"cannot read the root's attributes: {header.trouble}"
            _blame(finds, "unreadable", header.mark.id, element.token, message)
        elif not element.closed or element.inner == element.end:
            message = f"the root <{element.name}> has no end tag"
            _blame(finds, "unclosed", header.mark.id, element.token, message)
        else:
            offsets = (element.start, element.inner, element.inner_end, element.end)
            _add(finds, header, offsets, "attribute")


def _add(finds: _Finds, header: Header, offsets: tuple[int, int, int, int], style: Style) -> None:
    line = finds.spans.line(offsets[0])
    finds.regions.append(Region(header.mark, *offsets, style, stated=header.digest, line=line))


def _take_shown_text(finds: _Finds) -> None:
    message = "a marker turned into text that readers see"
    for match in _SHOWN_AS_TEXT.finditer(finds.spans.html):
        line = finds.spans.line(match.start())
        finds.damages.append(MarkerError("escaped", "", line, message, *match.span()))


def _in_order(finds: _Finds) -> list[Region]:
    """Return the sound regions in the order of their begin markers, each with its parent."""
    # the outer one of two that begin together comes first, so that a parent is before its children
    regions = sorted(finds.regions, key=lambda region: (region.start, -region.end))
    around: list[int] = []  # the regions that are open, the innermost last
    for index, region in enumerate(regions):
        while around and region.start >= regions[around[-1]].end:
            around.pop()
        regions[index] = replace(region, parent=around[-1] if around else None)
        around.append(index)
    return [
        replace(region, edited=_is_edited(finds.spans.html, regions, index))
        for index, region in enumerate(regions)
    ]


def _take_repeated(finds: _Finds, regions: list[Region]) -> None:
    for region_id, count in Counter(region.id for region in regions).items():
        if count > 1:
            alike = [region for region in regions if region.id == region_id]
            places = ", ".join(str(region.line) for region in alike)
            message = f"{count} regions have this id, on lines {places}"
            second = alike[1]
            damage = MarkerError(
                "repeated", region_id, second.line, message, second.start, second.end
            )
            finds.damages.append(damage)


def _is_edited(html: str, regions: list[Region], index: int) -> bool:
    stated = regions[index].stated
    # without a digest an edit cannot be told, and the region counts as ours
    return bool(stated) and stated != region_digest("".join(_without_inner(html, regions, index)))


def _blame(
    finds: _Finds, kind: MarkerErrorKind, region_id: str, token: Token, message: str
) -> None:
    finds.damages.append(
        MarkerError(kind, region_id, finds.spans.line(token.start), message, token.start, token.end)
    )


def _without_inner(html: str, regions: Sequence[Region], index: int) -> Iterator[str]:
    """Yield the content of a region without nested regions."""
    whole = regions[index]
    position = whole.inner
    following = (regions[at] for at in range(index + 1, len(regions)))
    for region in takewhile(lambda region: region.start < whole.end, following):
        if region.parent == index:
            yield html[position : region.start]
            position = region.end
    yield html[position : whole.inner_end]


def marked(
    mark: RegionMeta, content: str, style: Style = "comments", *, stated: str | None = None
) -> str:
    """Return the content as a region, between markers that `find_regions` finds.

    Args:
        mark: The region's id, widget, version and data.
        content: Complete HTML; it may hold regions itself.
        style: How to mark it: "attribute" where the site keeps no comments.
        stated: The digest that the begin marker states; absent = that of this content.
    """
    return with_markers_around(
        mark, content, style, digest_of(content) if stated is None else stated
    )


def digest_of(content: str) -> str:
    """Return the digest of a region's content without nested regions, as its marker states it.

    An edit in a nested region is therefore an edit of that one only.
    """
    if "blogkit" not in content:
        return region_digest(content)
    outer = with_markers_around(RegionMeta("x"), content, "comments", "")
    regions = find_regions(outer).regions
    return (
        region_digest("".join(_without_inner(outer, regions, 0)))
        if len(regions) > 1
        else region_digest(content)
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
