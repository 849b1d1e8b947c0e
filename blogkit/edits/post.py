"""Hold a live body with its parsed parts, each parsed on first use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal
from unicodedata import normalize

from blogkit.edits import blank_lines, blocks
from blogkit.edits.blocks import Blocks
from blogkit.html import Element, Token, Tree, VisibleText, between
from blogkit.html.blocks import has_blocks
from blogkit.html.elements import BLOCK, SPREAD
from blogkit.regions import ScanResult, Style, find_regions

BodyForm = Literal["blogger", "blocks", "classic", "plain"]
"""How a site reads a body: Blogger's, WordPress's block editor, WordPress without blocks
(wpautop), or simply HTML.
"""


def body_form_of(body: str, platform: str) -> BodyForm:
    """Return the form of a body on a platform.

    Args:
        body: The body as the site stores it.
        platform: "blogger", "wordpress" or any other.
    """
    if platform == "wordpress":
        # an empty post opens in the block editor
        return "blocks" if has_blocks(body) or not body.strip() else "classic"
    return "blogger" if platform == "blogger" else "plain"


def style_of(form: BodyForm) -> Style:
    """Return how to mark a region in a body of this form.

    In a WordPress post without blocks, a comment on its own line becomes a paragraph
    (https://developer.wordpress.org/reference/functions/wpautop/), and it is not certain that
    Blogger keeps comments.
    """
    return "attribute" if form in ("classic", "blogger") else "comments"


class LiveBody:
    """A body in its form.

    Args:
        body: The body as the site stores it.
        form: How the site reads it; see `body_form_of`.
    """

    def __init__(self, body: str, form: BodyForm) -> None:
        self.body = body
        self.form: BodyForm = form
        self._in_tables: dict[int, bool] = {}

    def is_in_table(self, element: Element) -> bool:
        """Return whether a table is around an element. Each element is asked once."""
        waiting, around = [], element.parent
        while around and id(around) not in self._in_tables:
            waiting.append(around)
            around = around.parent
        found = bool(around) and self._in_tables[id(around)]
        for one in reversed(waiting):
            found = found or one.name == "table"
            self._in_tables[id(one)] = found
        return found

    @cached_property
    def spans(self) -> Tree:
        """Its elements and tokens."""
        return Tree(self.body)

    @cached_property
    def reading(self) -> VisibleText:
        """Its text as readers see it."""
        return VisibleText(self.spans)

    @cached_property
    def found(self) -> ScanResult:
        """Its regions."""
        return find_regions(self.body, self.spans) if "blogkit" in self.body else ScanResult()

    @cached_property
    def blocks(self) -> Blocks:
        """Its blocks."""
        return blocks.read_blocks(self.body)

    @cached_property
    def _region_ends(self) -> dict[int, int]:
        return {region.start: region.end for region in reversed(self.found.regions)}

    def words(self, element: Element) -> str:
        """Return the visible text of an element."""
        return self.between(element.inner, element.inner_end)

    def between(self, start: int, end: int) -> str:
        """Return the visible text between two offsets, in NFC.

        Args:
            start: Where to begin.
            end: The offset behind the last character.
        """
        return normalize("NFC", between(self.spans, start, end).strip())

    def runs(self, container: Element | None) -> Iterator[tuple[int, int]]:
        """Yield the runs of text and inline elements directly in a container, between blocks.

        In a classic post a blank line ends one; elsewhere a `<br>` does, which belongs to what it
        ends.

        Args:
            container: The element; None for the top of the body.

        Yields:
            The offsets where each begins and ends.
        """
        start = begin = container.inner if container else 0
        stop = container.inner_end if container else len(self.body)
        index = self.spans.token_at(start)
        while index < len(self.spans.tokens) and self.spans.tokens[index].start < stop:
            token = self.spans.tokens[index]
            for end, following in self._ends(token, begin):
                if end > start:
                    yield start, end
                start = following
            begin = max(self._behind(token), token.end)
            index = self.spans.token_at(begin)
        if stop > start:
            yield start, stop

    def _ends(self, token: Token, begin: int) -> Iterator[tuple[int, int]]:
        """Yield where this token ends a run, and where the next one begins."""
        if token.kind == "text" and self.form == "classic":
            yield from blank_lines.blank_runs(self.body, begin, token.end)
        elif token.start in self._region_ends:
            yield token.start, self._region_ends[token.start]
        elif token.name == "br" and self.form != "classic":
            yield token.end, token.end
        elif token.kind == "start" and self._is_block(token):
            yield token.start, max(self._behind(token), token.end)
        elif token.kind == "end" and token.name == "p":
            yield token.start, token.end

    def _behind(self, token: Token) -> int:
        """Return the end of the element or region that begins with this token."""
        # a region in comments is no element, and the tokens in it are not of the run
        if token.start in self._region_ends:
            return self._region_ends[token.start]
        if token.kind != "start":
            return token.end
        element = self.element_at(token.start)
        return element.end if element else token.end

    def _is_block(self, token: Token) -> bool:
        if self.form == "classic":
            return token.name in SPREAD
        if token.name in BLOCK:
            return True
        element = self.element_at(token.start)
        return element is not None and element.holds_block

    @cached_property
    def _starts(self) -> list[int]:
        return [element.start for element in self.spans.elements]

    def element_at(self, offset: int) -> Element | None:
        """Return the element whose start tag begins here, or None."""
        index = bisect_right(self._starts, offset) - 1
        return self.spans.elements[index] if index >= 0 and self._starts[index] == offset else None
