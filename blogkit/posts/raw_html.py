"""Join raw HTML that opens an element in one Markdown block and closes it in a later one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from blogkit.html import Tree
from blogkit.posts.html_builder import join
from blogkit.posts.post import Block, WidgetCall


def join_raw(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, with those between `<div>` and `</div>` joined: each is complete HTML.

    What is opened and never closed stays as it is.
    """
    if not any(block.kind == "html" for block in blocks):
        return list(blocks)
    closers = _closers(blocks)
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        last = inner = at
        while blocks[at].kind == "html" and inner <= last:
            last = max(last, closers.get(inner, inner))
            inner += 1
        joined.append(blocks[at] if last == at else _one(blocks[at : last + 1]))
        at = last + 1
    return joined


def _closers(blocks: Sequence[Block]) -> dict[int, int]:
    """Map each block that opens elements to the last later block that closes them."""
    texts = [
        # a call is rendered later, and is complete HTML: it opens and closes nothing
        "".join(part if isinstance(part, str) else " " for part in (*block.parts, "\n"))
        for block in blocks
    ]
    begins = list(accumulate(map(len, texts), initial=0))
    closers: dict[int, int] = {}
    for element in Tree("".join(texts), scripting=False).elements:
        if element.end > element.inner_end:
            opened, closed = (
                bisect_right(begins, offset) - 1 for offset in (element.start, element.inner_end)
            )
            if opened < closed:
                closers[opened] = max(closed, closers.get(opened, 0))
    return closers


def _one(blocks: Sequence[Block]) -> Block:
    parts: list[str | WidgetCall] = []
    for block in blocks:
        closes = isinstance(block.parts[0], str) and block.parts[0].startswith("</")
        parts += ["" if closes or not parts else " ", *block.parts]
    return Block("html", join(parts), blocks[0].line, last=blocks[-1].last)
