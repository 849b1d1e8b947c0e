"""Raw HTML that opens an element in one Markdown block and closes it in a later one."""

from __future__ import annotations

from collections.abc import Sequence

from blogkit.content.pieces import join
from blogkit.content.post import Block, Call
from blogkit.content.tags import OpenElements, scan


def join_raw(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those between `<div>` and `</div>` made one with them, so that each block is whole HTML.

    What is opened and never closed stays as it is.
    """
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        end = _end(blocks, at) if blocks[at].kind == "html" else at + 1
        joined.append(blocks[at] if end == at + 1 else _one(blocks[at:end]))
        at = end
    return joined


def _end(blocks: Sequence[Block], start: int) -> int:
    """The index after the block that closes what the block at `start` opens."""
    elements = OpenElements()
    for at in range(start, len(blocks)):
        for part in blocks[at].parts:
            if isinstance(part, str):
                for token in scan(part):
                    elements.feed(token)
        if not elements:
            return at + 1
    return start + 1


def _one(blocks: Sequence[Block]) -> Block:
    parts: list[str | Call] = []
    for block in blocks:
        closes = isinstance(block.parts[0], str) and block.parts[0].startswith("</")
        parts += ["" if closes or not parts else " ", *block.parts]
    return Block("html", join(parts), blocks[0].line)
