"""The tags of raw HTML with their lines, attributes and text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from blogkit.content.fences import call_name
from blogkit.content.tags import scan


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COLLECTING = _names("h1 h2 h3 h4 h5 h6 a button td th li caption figcaption summary table")
_CODE = _names("pre code script style textarea kbd samp")


@dataclass
class Tag:
    """A start tag. line: from 0; text: of headings, links, cells and items; a table with a caption has the attribute <caption>."""

    name: str
    line: int
    attributes: dict[str, str | None]
    text: str = ""
    holds_image: bool = False


def tags_of(html: str) -> list[Tag]:
    """Return the start tags in order."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.tags


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self._open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Tag(tag, self.getpos()[0] - 1, dict(reversed(attrs)))
        self.tags.append(found)
        if tag == "img":
            for each in self._open:
                each.holds_image = True
                each.text += f" {found.attributes.get('alt') or ''} "
        if tag == "caption":
            for each in self._open:
                each.attributes["<caption>"] = ""
        if tag in ("td", "th", "li", "a"):  # their end tags may be left out, or they do not nest
            self._close(tag, until="table" if tag in ("td", "th") else "")
        if tag in _COLLECTING:
            self._open.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag in _COLLECTING:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        for each in self._open[-6:]:
            each.text += data

    def _close(self, name: str, until: str = "") -> None:
        """Close the last open element of this name and everything in it."""
        for index in range(len(self._open) - 1, max(len(self._open) - 8, -1), -1):
            if until and self._open[index].name == until:
                return
            if self._open[index].name == name:
                del self._open[index:]
                return


def prose_of(html: str) -> str:
    """Return the text with everything else blanked; the content of a widget's comment counts as text."""
    out: list[str] = []
    at = 0
    code: list[str] = []
    for token in scan(html):
        out.append(_blank(html[at : token.start]) if code else html[at : token.start])
        text = html[token.start : token.end]
        out.append(text if token.kind == "comment" and call_name(token.text) else _blank(text))
        at = token.end
        if token.name in _CODE and token.kind == "start":
            code.append(token.name)
        elif token.kind == "end" and code and token.name == code[-1]:
            code.pop()
    out.append(_blank(html[at:]) if code else html[at:])
    return "".join(out)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
