"""Resolve a target to the exact insertion point: never inside a tag, a paragraph, a list or a table."""

from __future__ import annotations

from dataclasses import dataclass

from blogkit.html import Element
from blogkit.html.elements import BLOCK, FLOW, HEADINGS, LISTS, PASSAGE, SPREAD
from blogkit.surgery import lines
from blogkit.surgery.anchors import Side
from blogkit.surgery.blocks import Block
from blogkit.surgery.candidates import AnchorError, candidate, shortened
from blogkit.surgery.post import Post
from blogkit.surgery.targets import Target, trimmed

_ONE_TEXT = HEADINGS | {"p", "pre", "core/paragraph", "core/heading", "core/preformatted", "core/code", "core/verse", "core/more"}
"""To be put beside the whole of them goes without saying."""
_BLOCKS_END = frozenset({"p", "svg", "math"})
"""Left open, they end where a block begins."""
_STEPS = 64


@dataclass(frozen=True)
class Spot:
    """Where to splice. start, end: equal for an insertion, the span that goes for a replacement; before: the piece belongs to what
    follows; notes: what the user should know about this place."""

    start: int
    end: int
    before: bool = False
    notes: tuple[str, ...] = ()


def settle(post: Post, target: Target, side: Side) -> Spot:
    """Return the insertion point next to a target.

    Raises AnchorError, with the reason, if there is none.
    """
    before = side == "before"
    refuse_broken_blocks(post, target)
    wanted = target.start if before else target.end
    place = _Place(post, target, wanted, before)
    offset = place.beside_block() if post.form == "blocks" else place.outward()
    place.refuse_unsound(offset)
    return Spot(offset, offset, before, tuple(place.notes(offset)))


def refuse_broken_blocks(post: Post, target: Target) -> None:
    """Raise if the block delimiters do not match, because then block boundaries are unknown."""
    if post.form == "blocks" and post.blocks.broken:
        offset, reason = post.blocks.broken
        raise AnchorError(
            f"the block delimiters of this post do not match on line {post.spans.line(offset)}: {reason}",
            [candidate(post.body, target.start, target.end, "the chosen place")] if target.end > target.start else [],
            hint="open the post in the WordPress editor, let it fix the block, and save",
        )


class _Place:
    """A target on its way to an insertion point."""

    def __init__(self, post: Post, target: Target, wanted: int, before: bool) -> None:
        self.post = post
        self.target = target
        self.wanted = wanted
        self.before = before
        self.left: str = ""  # the frame that was left on the way

    def edge(self, span: Element | Block) -> int:
        return span.start if self.before else span.end

    def beside_block(self) -> int:
        """Return the boundary of the innermost block next to which another block is allowed."""
        if self.target.start == self.target.end:
            return self.wanted
        path = self.post.blocks.path(self.target.start, self.target.end)
        if not path:
            start, end = self.post.blocks.free_gap(self.post.body, self.target.start)
            return start if self.before else end
        block = path[0]
        for parent in path[1:]:
            if parent.takes_any:
                break
            block = parent
        self.left = "" if block.name in _ONE_TEXT else f"the block {block.name}"
        return self.edge(block)

    def outward(self) -> int:
        """Leave everything that cannot contain a block."""
        offset = self._out_of_regions(self.wanted)
        block = self.target.block
        for _ in range(_STEPS):
            settled, block = self._out_of_frames(offset, block)
            if not block:
                settled, block = self._end_of_line(settled), True
            if self.post.form == "classic":
                settled = self._paragraph_end(settled)
            if settled == offset:
                return offset
            offset = settled
        raise self._refused("the HTML around it is too irregular")

    def _out_of_regions(self, offset: int) -> int:
        region = self.post.found.around(offset)
        return offset if not region else region.start if self.before else region.end

    def _out_of_frames(self, offset: int, block: bool) -> tuple[int, bool]:
        path = [element for element in self.post.spans.path(offset) if not self._takes_blocks(element)]
        path = [element for element in path if element.name not in _BLOCKS_END or offset < element.end]
        if not path:
            return offset, block
        outermost = path[-1]
        if (
            not self.before
            and not outermost.closed
            and outermost.name not in _BLOCKS_END
            and outermost.end in {offset, len(self.post.body)}
        ):
            raise self._refused(
                f"it is in <{outermost.name}> (line {self.post.spans.line(outermost.start)}), which is never closed",
                hint=f"add </{outermost.name}> where it should end",
            )
        if self.before and offset == outermost.end:
            raise self._refused(
                f"the <{outermost.name}> before it (line {self.post.spans.line(outermost.start)}) is never closed",
                hint=f"add </{outermost.name}> where it should end",
            )
        block = outermost.name in BLOCK or outermost.holds_block
        if block and outermost.name not in _ONE_TEXT:
            self.left = f"<{outermost.name}>"
        return self.edge(outermost), block

    def _takes_blocks(self, element: Element) -> bool:
        if element.name in FLOW:
            return not any(parent.name == "table" for parent in element.ancestors)
        if element.name in LISTS and not element.closed:
            return element.end == len(self.post.body)  # a list that was never closed holds all the rest of the post
        return element.name in PASSAGE and (element.holds_block or not element.closed)

    def _end_of_line(self, offset: int) -> int:
        """Return the edge of the run of text and inline elements around the target."""
        path = self.post.spans.path(offset)
        inside = offset - 1 if not self.before and offset else offset
        for start, end in self.post.runs(path[0] if path else None):
            if start <= inside < end:
                start, end = trimmed(self.post, start, end)
                return start if self.before else max(end, offset)
        return offset

    def _paragraph_end(self, offset: int) -> int:
        """Return the nearest place, outward, where WordPress already ends a paragraph."""
        body, path = self.post.body, self.post.spans.path(offset)
        before, after = _white_before(body, offset), _white_after(body, offset)
        blocks = (before == 0 or self._spread_ends(before)) + (after == len(body) or self._spread_begins(after))
        if path:
            if blocks == 2:
                return offset
            self.left = f"<{path[0].name}>"
            return self.edge(path[0])
        if blocks or lines.has_blank(body[before:after]):
            return offset
        settled = self._end_of_line(offset)
        if settled == offset:
            raise self._refused("WordPress would change the paragraphs around it, as neither a blank line nor a known block is near")
        return settled

    def _spread_ends(self, offset: int) -> bool:
        return self._spreads(self.post.spans.token_at(offset) - 1)

    def _spread_begins(self, offset: int) -> bool:
        index = self.post.spans.token_at(offset)
        return index < len(self.post.spans.tokens) and self.post.spans.tokens[index].start == offset and self._spreads(index)

    def _spreads(self, index: int) -> bool:
        """Return whether this is a tag that WordPress takes for a block's, by its exact letters."""
        token = self.post.spans.tokens[index]
        if token.kind not in {"start", "end"} or token.name not in SPREAD:
            return False
        source = self.post.body[token.start : token.end]
        return source == f"</{token.name}>" if token.kind == "end" else source.startswith(f"<{token.name}")

    def refuse_unsound(self, offset: int) -> None:
        """Refuse an insertion point inside a tag, a comment, a script or another region."""
        cut = self.post.spans.cut
        if cut and offset > cut.start:
            what = f"<{cut.name}>" if cut.name else "a tag or comment"
            raise self._refused(f"the post ends inside {what} that begins on line {self.post.spans.line(cut.start)} and is never closed")
        index = self.post.spans.token_at(offset) - 1
        token = self.post.spans.tokens[index] if index >= 0 else None
        if self.post.body.endswith("</", 0, offset):
            raise self._refused("the post ends with “</”, so the inserted HTML would become a comment")
        if token and token.start < offset < token.end and token.kind != "text":
            raise self._refused("it is inside a tag, a comment or a script")
        if self.post.found.around(offset):
            raise self._refused("it is inside a region, which blogkit re-renders as a whole")
        self._refuse_tables(offset)

    def _refuse_tables(self, offset: int) -> None:
        for element in self.post.spans.path(offset):
            if not self._takes_blocks(element) and element.name not in _BLOCKS_END and self.post.form != "blocks":
                raise self._refused(
                    f"it is in <{element.name}> (line {self.post.spans.line(element.start)}), which cannot contain a widget"
                )
            if element.name in {"table", "select"}:
                raise self._refused(f"it is in <{element.name}>, which cannot contain a widget")

    def notes(self, offset: int) -> list[str]:
        """Return notes about what is between the target and the insertion point."""
        found = []
        start, end = sorted((self.wanted, offset))
        passed = self.post.body[start:end] if end > start else ""
        if passed.strip() and self.left and (words := self._words(start, end)):
            side = "before" if self.before else "after"
            line = self.post.spans.line(offset)
            found.append(
                f"inserted {side} the whole {self.left}, on line {line}, past “{shortened(words, 60)}”: widgets cannot go inside it"
            )
        open_here = [element for element in self.post.spans.path(offset) if not element.closed and element.end == len(self.post.body)]
        if open_here and (outer := open_here[-1]).name not in {"p", "li"}:
            found.append(f"this place is inside <{outer.name}> from line {self.post.spans.line(outer.start)}, which is never closed")
        return found

    def _words(self, start: int, end: int) -> str:
        return self.post.between(start, end) if end - start < 100_000 else "…"

    def _refused(self, reason: str, hint: str = "choose another place") -> AnchorError:
        side = "before" if self.before else "after"
        place = candidate(self.post.body, min(self.target.start, len(self.post.body)), self.target.end)
        return AnchorError(f"cannot insert {side} this place: {reason}", [place], hint=hint)


def _white_before(body: str, offset: int) -> int:
    while offset and body[offset - 1].isspace():
        offset -= 1
    return offset


def _white_after(body: str, offset: int) -> int:
    while offset < len(body) and body[offset].isspace():
        offset += 1
    return offset
