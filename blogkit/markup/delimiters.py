"""The comments that delimit the blocks of a WordPress post (`<!-- wp:name {…} -->`), as WordPress itself finds them: anywhere in the text.

https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEAD = re.compile(r"<!--\s+(?P<close>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+(?:(?P<json>\{)|(?P<void>/)?-->)", re.ASCII)
_JSON_END = re.compile(r"(?P<json>\}\s+)(?P<void>/)?-->", re.ASCII)


class Delimiter(NamedTuple):
    """One delimiter, at [start, end). name: as written; json: its attributes as written, "" without any; void: a block without content."""

    start: int
    end: int
    name: str
    json: str
    close: bool
    void: bool


def delimiters(html: str) -> Iterator[Delimiter]:
    """Yield the block delimiters in their order."""
    position, json_ends = 0, True
    while head := _HEAD.search(html, position):
        position = head.end()
        tail: re.Match[str] | None = head
        if head["json"]:
            # The first end counts. Where none follows, none follows any later head either: looking again would take quadratic time.
            tail = _JSON_END.search(html, position) if json_ends else None
            json_ends = tail is not None
        if tail:
            position = tail.end()
            json = html[head.start("json") : tail.end("json")] if head["json"] else ""
            yield Delimiter(head.start(), position, head["name"], json, bool(head["close"]), bool(tail["void"]))


def delimiter(html: str) -> Delimiter | None:
    """Return the delimiter that the whole text is, if it is one."""
    found = next(delimiters(html), None)
    return found if found and (found.start, found.end) == (0, len(html)) else None
