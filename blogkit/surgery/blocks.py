"""The blocks of a WordPress post by their delimiters, found as WordPress finds them, anywhere in the text.

https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

DELIMITER = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+"
    r"(?P<json>\{(?:(?:[^}]+|\}+(?=\})|(?!\}\s+/?-->).)*+)?\}\s+)?(?P<void>/)?-->",
    re.DOTALL | re.ASCII,
)
_HOLDERS = frozenset({"core/group", "core/column", "core/cover", "core/media-text", "core/details"})
"""Blocks that may contain any block, in every WordPress that has them."""


@dataclass(frozen=True)
class Block:
    """One block. start, end: with its delimiters; inner, inner_end: without; parent: its index, None at the top; attributes: its JSON."""

    name: str
    start: int
    inner: int
    inner_end: int
    end: int
    parent: int | None
    attributes: dict[str, Any]

    @property
    def takes_any(self) -> bool:
        """Return whether any block may be put into it."""
        return self.name in _HOLDERS and not self.attributes.get("templateLock") and "allowedBlocks" not in self.attributes


@dataclass(frozen=True)
class Blocks:
    """The blocks of a body. broken: (offset, reason) if delimiters do not match; then nothing about them is certain."""

    blocks: tuple[Block, ...]
    broken: tuple[int, str] | None = None

    def path(self, start: int, end: int) -> list[Block]:
        """Return the blocks around this span, the innermost first."""
        return [block for block in reversed(self.blocks) if block.start <= start and end <= block.end]

    def free_gap(self, body: str, offset: int) -> tuple[int, int]:
        """Return the span of text outside blocks (a "classic" block) around this offset, without whitespace at its ends."""
        start = max((block.end for block in self.blocks if block.end <= offset), default=0)
        end = min((block.start for block in self.blocks if block.start >= offset), default=len(body))
        gap = body[start:end]
        return start + len(gap) - len(gap.lstrip()), end - len(gap) + len(gap.rstrip())


def has_blocks(body: str) -> bool:
    """Return whether this is a post of the block editor, like WordPress's `has_blocks`."""
    return "<!-- wp:" in body


def read(body: str) -> Blocks:
    """Return every block of the body, in the order of their beginnings."""
    done: dict[int, Block] = {}
    opened: list[tuple[int, re.Match[str]]] = []
    broken: tuple[int, str] | None = None
    for number, match in enumerate(DELIMITER.finditer(body)):
        if match["void"]:
            done[number] = _block(match, (match.end(), match.end(), match.end()), opened)
        elif not match["close"]:
            opened.append((number, match))
        elif not opened or opened[-1][1]["name"] != match["name"]:
            expected = f"wp:{opened[-1][1]['name']} is open" if opened else "nothing is open"
            broken = broken or (match.start(), f"/wp:{match['name']} where {expected}")
        else:
            first, begin = opened.pop()
            done[first] = _block(begin, (begin.end(), match.start(), match.end()), opened)
    if opened and not broken:
        broken = (opened[-1][1].start(), f"wp:{opened[-1][1]['name']} is never closed")
    order = sorted(done)
    place = {number: index for index, number in enumerate(order)}
    parents = (done[number].parent for number in order)
    blocks = (
        _with_parent(done[number], place.get(parent) if parent is not None else None) for number, parent in zip(order, parents, strict=True)
    )
    return Blocks(tuple(blocks), broken)


def _block(match: re.Match[str], offsets: tuple[int, int, int], opened: list[tuple[int, re.Match[str]]]) -> Block:
    name = match["name"] if "/" in match["name"] else f"core/{match['name']}"
    try:
        attributes = json.loads(match["json"]) if match["json"] else {}
    except ValueError:
        attributes = {}
    parent = opened[-1][0] if opened else None
    return Block(name, match.start(), *offsets, parent, attributes if isinstance(attributes, dict) else {})


def _with_parent(block: Block, parent: int | None) -> Block:
    return Block(block.name, block.start, block.inner, block.inner_end, block.end, parent, block.attributes)
