"""A small tree over a fragment of well-formed HTML. Nodes are spans of the source, so that what is kept is kept byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from blogkit.survival.encode import ATTRIBUTE, RAW_TEXT, TOKEN

_VOID = re.compile(r"(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\Z")


@dataclass
class Node:
    """An element, a text (tag "") or a comment (tag "!"). start, end: its span; inner_start, inner_end: what is between its tags."""

    source: str
    tag: str
    start: int
    end: int
    inner_start: int
    inner_end: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    @property
    def outer(self) -> str:
        return self.source[self.start : self.end]

    @property
    def inner(self) -> str:
        return self.source[self.inner_start : self.inner_end]

    @property
    def blank(self) -> bool:
        return not self.tag and not self.outer.strip()

    @property
    def elements(self) -> list[Node]:
        """The children without the white space between them."""
        return [child for child in self.children if not child.blank]

    def walk(self) -> Iterator[Node]:
        """Everything inside, itself excluded."""
        for child in self.children:
            yield child
            yield from child.walk()


def parse(html: str) -> Node | None:
    """The root over a fragment, or None where its tags do not match up."""
    root = Node(html, "#", 0, len(html), 0, len(html))
    path = [root]
    position = 0
    while match := TOKEN.match(html, position):
        position = match.end()
        if match["close"]:
            node = path.pop()
            if node is root or node.tag != match["name"].lower():
                return None
            node.inner_end, node.end = match.start(), match.end()
        elif match["name"]:
            tag = match["name"].lower()
            node = Node(html, tag, match.start(), match.end(), match.end(), match.end(), _attributes(match["attributes"]))
            path[-1].children.append(node)
            if tag in RAW_TEXT:
                return None
            if not _VOID.match(tag):
                path.append(node)
        else:
            tag = "" if match["comment"] is None else "!"
            path[-1].children.append(Node(html, tag, match.start(), match.end(), match.start(), match.end()))
    return root if position == len(html) and path == [root] else None


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(source):
        bare = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(name.lower(), unescape(bare))
    return found
