"""Split an element into the lines that readers see, and turn a line into inline Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from blogkit.dataclass import dataclass
from blogkit.html import Element
from blogkit.html.elements import HIDDEN, SEPARATORS, VOID
from blogkit.importers.html.elements import Item, text_of
from blogkit.lint.mojibake import find_mojibake, repair
from blogkit.posts.markdown import escape_markdown

_PLAIN = frozenset({"span", "font", "small", "time", "big", "u", "center"})
_STRONG = frozenset({"strong", "b"})
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_ICON = re.compile("(?:[\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff]\ufe0f?\u20e3?\u200d?)+")
# `str.strip` by itself would take no-break spaces as well, which readers see.
_WORD_BREAKS = " \t\r\n\f"
DEEPEST = 60
"""Nesting depth. Deeper elements cannot be widgets, and recursion has a limit."""


class Uncertain(Exception):
    """A part is not certainly a widget, so it stays HTML. The message is the reason."""


@dataclass(frozen=True)
class Line:
    """Inline content on its own line.

    Attributes:
        source: The source that it is part of.
        items: Elements and tokens in order.
        holder: The block around it.
    """

    source: str
    items: tuple[Item, ...]
    holder: Element

    @property
    def text(self) -> str:
        """Its text with single spaces."""
        return " ".join(self._texts(self.items).split())

    def markdown(self, *, bold: bool = True) -> str:
        """Return the line as inline Markdown.

        Args:
            bold: False leaves out that something is bold, as in a title.

        Raises:
            Uncertain: Markdown cannot express it.
        """
        try:
            return tidied(_markdown(self.source, self.items, bold))
        except RecursionError:
            raise Uncertain("its elements are nested too deeply") from None

    def markdown_or(self, other: str) -> str:
        """Return the line as inline Markdown, or this if Markdown cannot express it."""
        try:
            return self.markdown()
        except Uncertain:
            return other

    def split(self) -> tuple[Line, Line] | None:
        """Return the line's bold (or separate) beginning, and its rest; None for any other line."""
        items = [item for item in self.items if not self._blank(item)]
        if (
            len(items) < 2
            or not isinstance(items[0], Element)
            or items[0].name not in _STRONG | _PLAIN
        ):
            return None
        at = self.items.index(items[0]) + 1
        return Line(self.source, self.items[:at], self.holder), Line(
            self.source, self.items[at:], self.holder
        )

    def elements(self) -> Iterator[Element]:
        """Yield all inline elements in it."""
        for item in self.items:
            if isinstance(item, Element):
                yield item
                yield from item.descendants()

    def _blank(self, item: Item) -> bool:
        return not isinstance(item, Element) and not (text_of(self.source, item) or "").strip()

    def _texts(self, items: Sequence[Item]) -> str:
        parts = []
        waiting = [*reversed(items)]
        while waiting:
            item = waiting.pop()
            if not isinstance(item, Element):
                parts.append(text_of(self.source, item) or "")
            elif item.name not in HIDDEN:
                waiting += reversed(item.items)
        return "".join(parts)


def lines_of(element: Element, skipped: Callable[[Item], bool] = lambda _item: False) -> list[Line]:
    """Return the lines of an element.

    Args:
        element: The element.
        skipped: Whether to omit a part.

    Raises:
        Uncertain: It is nested too deeply.
    """
    found: list[Line] = []
    run: list[Item] = []

    def flush(holder: Element) -> None:
        line = Line(element.source, tuple(run), holder)
        if line.text or any(each.name == "img" for each in line.elements()):
            found.append(line)
        run.clear()

    def walk(holder: Element, depth: int) -> None:
        if depth > DEEPEST:
            raise Uncertain("its elements are nested too deeply")
        for item in holder.items:
            if skipped(item) or (
                not isinstance(item, Element) and text_of(element.source, item) is None
            ):
                continue
            if isinstance(item, Element) and (item.name == "br" or _is_block(item)):
                flush(holder)
                # a script's source is not text
                if item.name not in VOID | HIDDEN:
                    walk(item, depth + 1)
            else:
                run.append(item)
        flush(holder)

    walk(element, 0)
    return found


def _is_block(element: Element) -> bool:
    # a `<span>` or `<b>` around paragraphs, as editors write it, is as good as a block
    return (
        element.name in SEPARATORS
        or element.name == "button"
        or any(each.name in SEPARATORS and each.name != "br" for each in element.descendants())
    )


def icon_and(markdown: str) -> tuple[str, str]:
    """Return a text's leading emoji, "" for none, and the rest."""
    found = _ICON.match(markdown)
    return (found[0], markdown[found.end() :].strip(_WORD_BREAKS)) if found else ("", markdown)


def is_icon(text: str) -> bool:
    """Return whether a text consists of emojis."""
    return bool(_ICON.fullmatch(text.replace(" ", "")))


def is_decoration(text: str) -> bool:
    """Return whether a text is only emojis, also wrongly decoded ones, or empty brackets."""
    bare = text.strip(" ()[]-–—:|·•")
    hits = find_mojibake(bare)
    for hit in reversed(hits):
        bare = bare[: hit.start] + bare[hit.end :]
    bare = bare.strip("\ufe0f\u200d ")
    return not bare or is_icon(bare)


def broken_and(markdown: str) -> tuple[str, str]:
    """Return a text's leading, wrongly decoded emoji, "" for none, and the rest."""
    first, _, rest = markdown.partition(" ")
    return (
        (first, rest.strip(_WORD_BREAKS))
        if rest and find_mojibake(first) and is_decoration(first)
        else ("", markdown)
    )


def tidied(markdown: str) -> str:
    """Return text with single spaces. No-break spaces stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", markdown).strip(_WORD_BREAKS)


def _markdown(source: str, items: Sequence[Item], bold: bool) -> str:
    parts = []
    for item in items:
        if isinstance(item, Element):
            parts.append(_marked(source, item, bold))
        else:
            parts.append(escape_markdown(repair(text_of(source, item) or "")))
    return "".join(parts)


def _marked(source: str, element: Element, bold: bool) -> str:
    if element.name == "wbr":
        return ""
    if element.name == "code":
        return _code(source, element)
    inner = _markdown(source, element.items, bold)
    if (
        element.name in _PLAIN
        or (element.name in _STRONG and not bold)
        or (element.name == "a" and not element.attributes.get("href"))
    ):
        return inner
    # Marks hold only next to a word (`** bold**` is plain text), so white space moves outside:
    # https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run
    words = inner.strip(_WORD_BREAKS)
    if not words:
        return inner
    before, after = (
        inner[: len(inner) - len(inner.lstrip(_WORD_BREAKS))],
        inner[len(inner.rstrip(_WORD_BREAKS)) :],
    )
    if element.name == "a":
        return f"{before}[{words}]({_address(element.attributes['href'])}){after}"
    if element.name not in _MARKS:
        raise Uncertain(f"it contains <{element.name}>")
    mark = _MARKS[element.name]
    return f"{before}{mark}{words}{mark}{after}"


def _code(source: str, element: Element) -> str:
    text = tidied("".join(text_of(source, item) or "" for item in element.items))
    if "`" in text or element.children or not text:
        raise Uncertain("<code> contains more than plain text")
    return f"`{text}`"


def _address(href: str) -> str:
    # https://spec.commonmark.org/0.31.2/#link-destination
    if re.search(r"[\s<>()\\]", href):
        return "<" + re.sub(r"([<>\\])", r"\\\1", href.strip()) + ">"
    return href
