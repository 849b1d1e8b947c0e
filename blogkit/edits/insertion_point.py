"""Find the exact insertion point beside a place.

It is never inside a tag, a paragraph, a list or a table.
"""

from __future__ import annotations

from dataclasses import replace

from blogkit.dataclass import dataclass
from blogkit.edits import blank_lines
from blogkit.edits.anchors import Side
from blogkit.edits.blocks import BlockSpan
from blogkit.edits.builders import at_builder_tag
from blogkit.edits.locate import LocatedPlace, trimmed
from blogkit.edits.matches import PlaceError, candidate, shortened
from blogkit.edits.post import LiveBody
from blogkit.html import Element
from blogkit.html.elements import BLOCK, FLOW, HEADINGS, LISTS, PASSAGE, SPREAD

_ONE_TEXT = HEADINGS | {
    "p",
    "pre",
    "core/paragraph",
    "core/heading",
    "core/preformatted",
    "core/code",
    "core/verse",
    "core/more",
}
"""Elements and blocks that hold one text: a note about a widget beside them is needless."""
_BLOCKS_END = {"p", "svg", "math"}
"""Left open, they end where a block begins."""
_STEPS = 64
"""Moves of a search. Each leaves an element, so that only broken HTML needs more."""


@dataclass(frozen=True)
class InsertionPoint:
    """Where to splice.

    Attributes:
        start: Where the span that goes begins.
        end: The offset behind it; equal to `start` for an insertion.
        before: Whether the inserted HTML belongs to what follows.
        notes: What the user should know about this place, in words.
    """

    start: int
    end: int
    before: bool = False
    notes: tuple[str, ...] = ()


def insertion_point(post: LiveBody, target: LocatedPlace, side: Side) -> InsertionPoint:
    """Return the insertion point next to a located place.

    Args:
        post: The live body.
        target: The located place.
        side: "before" or "after".

    Raises:
        PlaceError: Nothing can be inserted there; the message has the reason.
    """
    before = side == "before"
    refuse_broken_blocks(post, target)
    wanted = target.start if before else target.end
    way = _Way(post, target, wanted, before)
    stop = _beside_block(way) if post.form == "blocks" else _outward(way)
    _refuse_unsound(way, stop.offset)
    return InsertionPoint(stop.offset, stop.offset, before, tuple(_notes(way, stop)))


def refuse_broken_blocks(post: LiveBody, target: LocatedPlace) -> None:
    """Raise if the block delimiters do not match, because then block boundaries are unknown.

    Args:
        post: The live body. Only in the form "blocks" do delimiters matter.
        target: The located place, to show in the message.

    Raises:
        PlaceError: The delimiters do not match.
    """
    if post.form == "blocks" and post.blocks.broken:
        offset, reason = post.blocks.broken
        raise PlaceError(
            f"the block delimiters of this post do not match on line {post.spans.line(offset)}:"
            f" {reason}",
            (
                [candidate(post.body, target.start, target.end, "the chosen place")]
                if target.end > target.start
                else []
            ),
            hint="open the post in the WordPress editor, let it fix the block, and save",
        )


@dataclass(frozen=True)
class _Way:
    """Where a search for an insertion point starts.

    `wanted` is the edge of the target on the side `before` or after it.
    """

    post: LiveBody
    target: LocatedPlace
    wanted: int
    before: bool

    def edge(self, span: Element | BlockSpan) -> int:
        return span.start if self.before else span.end


@dataclass(frozen=True)
class _Stop:
    """An offset of the search. `left` is the element or block that it last moved out of."""

    offset: int
    left: str = ""


def _beside_block(way: _Way) -> _Stop:
    """Return the boundary of the innermost block next to which another block is allowed."""
    post, target = way.post, way.target
    if target.start == target.end:
        return _Stop(way.wanted)
    path = post.blocks.path(target.start, target.end)
    if not path:
        start, end = post.blocks.free_gap(post.body, target.start)
        return _Stop(start if way.before else end)
    block = path[0]
    for parent in path[1:]:
        if parent.takes_any:
            break
        block = parent
    return _Stop(way.edge(block), "" if block.name in _ONE_TEXT else f"block {block.name}")


def _outward(way: _Way) -> _Stop:
    """Leave everything that cannot contain a block."""
    stop, block = _Stop(_out_of_regions(way)), way.target.block
    # Each rule may lead to a place where another one applies, so go on until none moves it.
    for _ in range(_STEPS):
        settled, block = _out_of_frames(way, stop, block)
        if not block:
            settled, block = replace(settled, offset=_end_of_line(way, settled.offset)), True
        if way.post.form == "classic":
            settled = _paragraph_end(way, settled)
        if settled.offset == stop.offset:
            return settled
        stop = settled
    raise _refused(way, "the HTML around it is too irregular")


def _out_of_regions(way: _Way) -> int:
    region = way.post.found.around(way.wanted)
    return way.wanted if not region else region.start if way.before else region.end


def _out_of_frames(way: _Way, stop: _Stop, block: bool) -> tuple[_Stop, bool]:
    """Move out of the elements around an offset, and return also whether a block is there then."""
    offset = stop.offset
    path = [
        element for element in way.post.spans.path(offset) if not _takes_blocks(way.post, element)
    ]
    path = [element for element in path if element.name not in _BLOCKS_END or offset < element.end]
    if not path:
        return stop, block
    outermost = path[-1]
    _refuse_unclosed(way, outermost, offset)
    block = outermost.name in BLOCK or outermost.holds_block
    left = f"<{outermost.name}>" if block and outermost.name not in _ONE_TEXT else stop.left
    return _Stop(way.edge(outermost), left), block


def _refuse_unclosed(way: _Way, outermost: Element, offset: int) -> None:
    line = way.post.spans.line(outermost.start)
    hint = f"add </{outermost.name}> where it should end"
    is_open = not outermost.closed and outermost.name not in _BLOCKS_END
    if not way.before and is_open and outermost.end in {offset, len(way.post.body)}:
        raise _refused(
            way, f"it is in <{outermost.name}> (line {line}), which is never closed", hint
        )
    if way.before and offset == outermost.end:
        raise _refused(way, f"the <{outermost.name}> before it (line {line}) is never closed", hint)


def _takes_blocks(post: LiveBody, element: Element) -> bool:
    if element.name in FLOW:  # also in a cell, but a widget there would be as narrow as the cell
        return not post.is_in_table(element)
    if element.name in LISTS and not element.closed:
        return element.end == len(
            post.body
        )  # a list that was never closed holds all the rest of the post
    return element.name in PASSAGE and (element.holds_block or not element.closed)


def _end_of_line(way: _Way, offset: int) -> int:
    """Return the edge of the run of text and inline elements around the target."""
    path = way.post.spans.path(offset)
    inside = offset - 1 if not way.before and offset else offset
    for start, end in way.post.runs(path[0] if path else None):
        if start <= inside < end:
            start, end = trimmed(way.post, start, end)
            return start if way.before else max(end, offset)
    return offset


def _paragraph_end(way: _Way, stop: _Stop) -> _Stop:
    """Return the nearest place, outward, where WordPress already ends a paragraph."""
    post, offset = way.post, stop.offset
    body, path = post.body, post.spans.path(offset)
    before, after = _white_before(body, offset), _white_after(body, offset)
    # Between two blocks, or at a blank line, wpautop ends a paragraph anyway.
    blocks = (before == 0 or _spread_ends(post, before)) + (
        after == len(body) or _spread_begins(post, after)
    )
    if path:
        return stop if blocks == 2 else _Stop(way.edge(path[0]), f"<{path[0].name}>")
    if blocks or blank_lines.has_blank(body[before:after]):
        return stop
    if at_builder_tag(body, offset):
        return stop
    settled = _end_of_line(way, offset)
    if settled == offset:
        raise _refused(
            way,
            "WordPress would change the paragraphs around it, as neither a blank line nor a known"
            " block is near",
        )
    return replace(stop, offset=settled)


def _spread_ends(post: LiveBody, offset: int) -> bool:
    return _spreads(post, post.spans.token_at(offset) - 1)


def _spread_begins(post: LiveBody, offset: int) -> bool:
    index = post.spans.token_at(offset)
    return (
        index < len(post.spans.tokens)
        and post.spans.tokens[index].start == offset
        and _spreads(post, index)
    )


def _spreads(post: LiveBody, index: int) -> bool:
    """Return whether this is a tag that WordPress takes for a block's, by its exact letters."""
    token = post.spans.tokens[index]
    if token.kind not in {"start", "end"} or token.name not in SPREAD:
        return False
    # its patterns are case-sensitive, and miss `</P>` and `</p >`
    source = post.body[token.start : token.end]
    return (
        source == f"</{token.name}>" if token.kind == "end" else source.startswith(f"<{token.name}")
    )


def _refuse_unsound(way: _Way, offset: int) -> None:
    """Refuse an insertion point inside a tag, a comment, a script or another region."""
    cut = way.post.spans.cut
    if cut and offset > cut.start:
        what = f"<{cut.name}>" if cut.name else "a tag or comment"
        raise _refused(
            way,
            f"the post ends inside {what} that begins on line {way.post.spans.line(cut.start)} and"
            " is never closed",
        )
    index = way.post.spans.token_at(offset) - 1
    token = way.post.spans.tokens[index] if index >= 0 else None
    # `</<` begins a comment: https://html.spec.whatwg.org/multipage/parsing.html#end-tag-open-state
    if way.post.body.endswith("</", 0, offset):
        raise _refused(way, "the post ends with “</”, so the inserted HTML would become a comment")
    if token and token.start < offset < token.end and token.kind != "text":
        raise _refused(way, "it is inside a tag, a comment or a script")
    if way.post.found.around(offset):
        raise _refused(way, "it is inside a region, which blogkit re-renders as a whole")
    _refuse_tables(way, offset)


def _refuse_tables(way: _Way, offset: int) -> None:
    for element in way.post.spans.path(offset):
        if (
            not _takes_blocks(way.post, element)
            and element.name not in _BLOCKS_END
            and way.post.form != "blocks"
        ):
            raise _refused(
                way,
                f"it is in <{element.name}> (line {way.post.spans.line(element.start)}), which"
                " cannot contain a widget",
            )
        if element.name in {"table", "select"}:
            raise _refused(way, f"it is in <{element.name}>, which cannot contain a widget")


def _notes(way: _Way, stop: _Stop) -> list[str]:
    """Return notes about what is between the target and the insertion point."""
    found, offset = [], stop.offset
    start, end = sorted((way.wanted, offset))
    if stop.left and (words := _words(way, start, end)):
        side = "before" if way.before else "after"
        line = way.post.spans.line(offset)
        found.append(
            f"inserted {side} the whole {stop.left}, on line {line}, past “{shortened(words, 60)}”:"
            " widgets cannot go inside it"
        )
    open_here = [
        element
        for element in way.post.spans.path(offset)
        if not element.closed and element.end == len(way.post.body)
    ]
    if open_here and (outer := open_here[-1]).name not in {"p", "li"}:
        found.append(
            f"this place is inside <{outer.name}> from line {way.post.spans.line(outer.start)},"
            " which is never closed"
        )
    return found


def _words(way: _Way, start: int, end: int) -> str:
    return way.post.between(start, end) if end - start < 100_000 else "…"


def _refused(way: _Way, reason: str, hint: str = "choose another place") -> PlaceError:
    side = "before" if way.before else "after"
    place = candidate(way.post.body, min(way.target.start, len(way.post.body)), way.target.end)
    return PlaceError(f"cannot insert {side} this place: {reason}", [place], hint=hint)


def _white_before(body: str, offset: int) -> int:
    while offset and body[offset - 1].isspace():
        offset -= 1
    return offset


def _white_after(body: str, offset: int) -> int:
    while offset < len(body) and body[offset].isspace():
        offset += 1
    return offset
