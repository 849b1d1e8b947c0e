"""Read the blocks of a WordPress post by their delimiters, as WordPress does, anywhere in the text.

https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.html.blocks import Delimiter, delimiters

_HOLDERS = frozenset({"core/group", "core/column", "core/cover", "core/media-text", "core/details"})
"""Blocks that may contain any block, in every WordPress that has them."""


@dataclass(frozen=True)
class BlockSpan:
    """One block.

    Attributes:
        name: The block's name with its namespace, such as "core/group".
        start: The offset of its first delimiter.
        inner: The end of its first delimiter.
        inner_end: The offset of its last delimiter; equal to `inner` in a block without content.
        end: The end of its last delimiter.
        parent: The index in `Blocks.blocks` of the block around it; None at the top.
        attributes: Its JSON.
    """

    name: str
    start: int
    inner: int
    inner_end: int
    end: int
    parent: int | None
    attributes: dict[str, Any]

    @property
    def takes_any(self) -> bool:
        """Whether any block may be put into it."""
        return (
            self.name in _HOLDERS
            # https://developer.wordpress.org/block-editor/reference-guides/block-api/block-templates/#locking
            and not self.attributes.get("templateLock")
            and "allowedBlocks" not in self.attributes
        )


@dataclass(frozen=True)
class Blocks:
    """The blocks of a body.

    Attributes:
        blocks: The blocks in the order of their beginnings.
        broken: The offset and reason if delimiters do not match; then nothing about the blocks is
            certain.
    """

    blocks: tuple[BlockSpan, ...]
    broken: tuple[int, str] | None = None

    def path(self, start: int, end: int) -> list[BlockSpan]:
        """Return the blocks around this span, the innermost first.

        Args:
            start: Where the span begins.
            end: The offset behind it.
        """
        return [
            block for block in reversed(self.blocks) if block.start <= start and end <= block.end
        ]

    def free_gap(self, body: str, offset: int) -> tuple[int, int]:
        """Return the span of text outside blocks (a "classic" block) around this offset.

        White space at its ends is left out.

        Args:
            body: The body that the blocks are of.
            offset: An offset outside all blocks.
        """
        start = max((block.end for block in self.blocks if block.end <= offset), default=0)
        end = min(
            (block.start for block in self.blocks if block.start >= offset), default=len(body)
        )
        gap = body[start:end]
        return start + len(gap) - len(gap.lstrip()), end - len(gap) + len(gap.rstrip())


def read_blocks(body: str) -> Blocks:
    """Return every block of the body, in the order of their beginnings."""
    done: dict[int, BlockSpan] = {}
    opened: list[tuple[int, Delimiter]] = []
    broken: tuple[int, str] | None = None
    # Blocks are numbered by their first delimiter; the numbers become indices at the end.
    for number, found in enumerate(delimiters(body)):
        if found.void:
            done[number] = _block(found, (found.end, found.end, found.end), opened)
        elif not found.close:
            opened.append((number, found))
        # WordPress's parser guesses here; an edit must not depend on a guess.
        elif not opened or opened[-1][1].name != found.name:
            expected = f"wp:{opened[-1][1].name} is open" if opened else "nothing is open"
            broken = broken or (found.start, f"/wp:{found.name} where {expected}")
        else:
            first, begin = opened.pop()
            done[first] = _block(begin, (begin.end, found.start, found.end), opened)
    if opened and not broken:
        broken = (opened[-1][1].start, f"wp:{opened[-1][1].name} is never closed")
    order = sorted(done)
    place: dict[int | None, int] = {number: index for index, number in enumerate(order)}
    in_order = [done[number] for number in order]
    placed = (
        block if block.parent is None else replace(block, parent=place.get(block.parent))
        for block in in_order
    )
    return Blocks(tuple(placed), broken)


def _block(
    begin: Delimiter, offsets: tuple[int, int, int], opened: list[tuple[int, Delimiter]]
) -> BlockSpan:
    name = begin.name if "/" in begin.name else f"core/{begin.name}"
    parent = opened[-1][0] if opened else None
    return BlockSpan(name, begin.start, *offsets, parent, begin.attributes)
