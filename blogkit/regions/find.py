"""Find the regions of a live body, and damaged markers, which are reported and never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from blogkit.errors import BlogkitError
from blogkit.html import Element, Token, Tree
from blogkit.html.blocks import whole_blocks
from blogkit.regions.marker import Header, Mark, Style, between_marks, digest, read_comment, read_element

_OURS = re.compile(r"<!--\s*/?blogkit:(\w*)", re.IGNORECASE)
_KNOWN = frozenset({"post", "address"})
_SHOWN_AS_TEXT = re.compile(r"(?:&lt;|&#0*60;|&#x0*3c;)!\s*(?:--|&#8211;|&#8212;|–|—)\s*blogkit:(?:begin|end)", re.IGNORECASE)

Trouble = Literal["unclosed", "unopened", "crossed", "torn", "unreadable", "repeated", "escaped", "unknown"]


@dataclass(frozen=True)
class Region:
    """A widget's place in a body.

    start, end: with the marks; inner, inner_end: without; style: how it is marked; parent: the index of the region around it;
    stated: the digest in its marker; edited: its content is not what blogkit wrote (a site that changes more than spelling counts too).
    """

    mark: Mark
    start: int
    inner: int
    inner_end: int
    end: int
    style: Style = "comments"
    parent: int | None = None
    stated: str = ""
    edited: bool = False
    line: int = 1

    @property
    def id(self) -> str:
        """Return its name in the post."""
        return self.mark.id


@dataclass(frozen=True)
class Damage:
    """A faulty marker. kind: of fault; id: of the region, if known; message: what is wrong."""

    kind: Trouble
    id: str
    line: int
    message: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """The content of a body: intact regions in the order of their begin markers, and damages."""

    regions: tuple[Region, ...] = ()
    damages: tuple[Damage, ...] = ()

    def named(self, region_id: str) -> list[Region]:
        """Return every intact region with this id."""
        return [region for region in self.regions if region.id == region_id]

    def around(self, offset: int) -> Region | None:
        """Return the outermost region around this offset."""
        return next((region for region in self.regions if region.start < offset < region.end), None)

    def refuse_damage(self, region_id: str) -> None:
        """Raise for a region with damaged markers."""
        for damage in self.damages:
            if damage.id == region_id and damage.kind != "repeated":
                raise BlogkitError(
                    f'the region "{region_id}" is damaged, line {damage.line}: {damage.message}',
                    hint="fix its markers in the post's HTML, or delete what is left of them and insert the widget again",
                )


@dataclass
class _Open:
    """A begin marker without its end so far."""

    token: Token
    header: Header
    parent: int | None
    crossed: bool = False


def find_regions(body: str, spans: Tree | None = None) -> Found:
    """Return every region in the body. spans: the body's own, if known."""
    if "blogkit" not in body:
        return Found()
    finder = _Finder(spans or Tree(body))
    finder.comments()
    finder.elements()
    finder.shown_as_text()
    return finder.found()


def not_kept(meant: str, stored: str) -> list[str]:
    """Return the ids of regions that were sent but are missing from what the site stored."""
    kept = Counter(region.id for region in find_regions(stored).regions)
    return sorted((Counter(region.id for region in find_regions(meant).regions) - kept).keys())


class _Finder:
    def __init__(self, spans: Tree) -> None:
        self.spans = spans
        self.html = spans.html
        self.regions: list[Region] = []
        self.damages: list[Damage] = []

    def comments(self) -> None:
        opened: list[_Open] = []
        for token in self.spans.tokens:
            if token.kind == "comment" and (read := self._read(token)):
                kind, header = read
                if header.trouble:
                    self._damage("unreadable", header.mark.id, token, f"cannot read the {kind} marker: {header.trouble}")
                if kind == "begin":
                    opened.append(_Open(token, header, None))
                else:
                    self._close(opened, token, header.mark.id)
        for begin in opened:
            self._damage("unclosed", begin.header.mark.id, begin.token, "the begin marker has no end marker")

    def _read(self, token: Token) -> tuple[Literal["begin", "end"], Header] | None:
        source = self.html[token.start : token.end]
        if not (ours := _OURS.match(source)):
            return None
        read = read_comment(source)
        if not read and ours[1] not in _KNOWN:
            self._damage("unknown", "", token, f"the comment {_short(source)} looks like a marker but is not valid")
        return read

    def _close(self, opened: list[_Open], token: Token, region_id: str) -> None:
        depth = next((at for at in range(len(opened) - 1, -1, -1) if opened[at].header.mark.id == region_id), None)
        if depth is None:
            self._damage("unopened", region_id, token, "the end marker has no begin marker")
            return
        begin = opened.pop(depth)
        for other in opened[depth:]:
            other.crossed = True
        if begin.crossed or depth < len(opened):
            self._damage("crossed", region_id, begin.token, "it overlaps another region")
        elif self._outside(begin.token.start, token.start) != self._outside(token.end, token.start):
            self._damage("torn", region_id, begin.token, f"its markers are in different elements (the end is on line {self._line(token)})")
        elif not whole_blocks(self.html[begin.token.end : token.start]):
            self._damage("torn", region_id, begin.token, f"its markers are in different blocks (the end is on line {self._line(token)})")
        elif not begin.header.trouble:
            self._add(begin.header, (begin.token.start, begin.token.end, token.start, token.end), "comments")

    def _outside(self, offset: int, end: int) -> Element | None:
        """Return the element around a marker, unless it is an unclosed one that the content itself ends."""
        path = (element for element in self.spans.path(offset) if element.closed or element.end > end)
        return next(path, None)

    def elements(self) -> None:
        for element in self.spans.elements:
            header = read_element(self.html, element.token)
            if not header:
                continue
            if header.trouble:
                self._damage("unreadable", header.mark.id, element.token, f"cannot read the root's attributes: {header.trouble}")
            elif not element.closed or element.inner == element.end:
                self._damage("unclosed", header.mark.id, element.token, f"the root <{element.name}> has no end tag")
            else:
                self._add(header, (element.start, element.inner, element.inner_end, element.end), "attribute")

    def _add(self, header: Header, offsets: tuple[int, int, int, int], style: Style) -> None:
        self.regions.append(Region(header.mark, *offsets, style, stated=header.digest, line=self.spans.line(offsets[0])))

    def shown_as_text(self) -> None:
        for match in _SHOWN_AS_TEXT.finditer(self.html):
            message = "a marker turned into text that readers see"
            self.damages.append(Damage("escaped", "", self.spans.line(match.start()), message, *match.span()))

    def found(self) -> Found:
        regions = sorted(self.regions, key=lambda region: (region.start, -region.end))
        regions = [replace(region, parent=_parent(regions, index)) for index, region in enumerate(regions)]
        regions = [replace(region, edited=self._edited(regions, index)) for index, region in enumerate(regions)]
        for region_id, count in Counter(region.id for region in regions).items():
            if count > 1:
                lines = [region for region in regions if region.id == region_id]
                places = ", ".join(str(region.line) for region in lines)
                message = f"{count} regions have this id, on lines {places}"
                self.damages.append(Damage("repeated", region_id, lines[1].line, message, lines[1].start, lines[1].end))
        return Found(tuple(regions), tuple(sorted(self.damages, key=lambda damage: (damage.start, damage.kind))))

    def _edited(self, regions: list[Region], index: int) -> bool:
        stated = regions[index].stated
        return bool(stated) and stated != digest("".join(_without_inner(self.html, regions, index)))

    def _damage(self, kind: Trouble, region_id: str, token: Token, message: str) -> None:
        self.damages.append(Damage(kind, region_id, self._line(token), message, token.start, token.end))

    def _line(self, token: Token) -> int:
        return self.spans.line(token.start)


def _parent(regions: list[Region], index: int) -> int | None:
    for candidate in range(index - 1, -1, -1):
        if regions[candidate].end >= regions[index].end:
            return candidate
    return None


def _without_inner(html: str, regions: list[Region], index: int) -> Iterator[str]:
    """Return the content of a region without nested regions."""
    position = regions[index].inner
    for region in regions:
        if region.parent == index:
            yield html[position : region.start]
            position = region.end
    yield html[position : regions[index].inner_end]


def marked(mark: Mark, content: str, style: Style = "comments", *, stated: str | None = None) -> str:
    """Return the content as a region, between markers that `find_regions` finds.

    stated: the digest that the begin marker states; absent = that of this content.
    """
    return between_marks(mark, content, style, digest_of(content) if stated is None else stated)


def digest_of(content: str) -> str:
    """Return the digest of a region's content without nested regions."""
    outer = between_marks(Mark("x"), content, "comments", "")
    regions = list(find_regions(outer).regions)
    return digest("".join(_without_inner(outer, regions, 0))) if len(regions) > 1 else digest(content)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
