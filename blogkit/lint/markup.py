"""Read the tags of raw HTML with their lines, attributes and text."""

from __future__ import annotations

from dataclasses import dataclass

from blogkit.html import Element, Token, Tree, comment_text, decode, tokenize
from blogkit.html.elements import HEADINGS
from blogkit.posts.widget_fences import call_name

_COLLECTING = HEADINGS | {
    "a",
    "button",
    "td",
    "th",
    "li",
    "caption",
    "figcaption",
    "summary",
    "table",
}
_CODE = frozenset({"pre", "code", "script", "style", "textarea", "kbd", "samp"})
MOST_AROUND = 6
"""How many elements around a word get it: one more would cost every word once more."""


@dataclass
class Tag:
    """A start tag.

    Attributes:
        name: Its name in lower case.
        line: Its line in the source, from 0.
        attributes: Its attributes. A table with a caption has "<caption>" among them.
        text: The words of headings, links, cells and items; "" for other elements.
        holds_image: Whether an image is in it.
    """

    name: str
    line: int
    attributes: dict[str, str | None]
    text: str = ""
    holds_image: bool = False


def tags_of(html: str) -> list[Tag]:
    """Return the start tags in order."""
    reader = _Reader(html)
    for token in reader.tree.tokens:
        reader.take(token)
    reader.take(Token("end", "", len(html), len(html)))
    return reader.tags


class _Reader:
    def __init__(self, html: str) -> None:
        # Without scripting, what `<noscript>` holds is markup, and is checked as some readers see
        # it.
        self.tree = Tree(html, scripting=False)
        self.tags: list[Tag] = []
        self._elements = iter(self.tree.elements)
        self._next = next(self._elements, None)
        self._open: list[tuple[Element, Tag, list[str]]] = []
        self._line = self._at = 0

    def take(self, token: Token) -> None:
        while self._open and token.start >= self._open[-1][0].inner_end:
            _, tag, parts = self._open.pop()
            tag.text = "".join(parts)
        if token.kind == "text":
            self._say(decode(self.tree.html[token.start : token.end]), token.start)
        elif self._next and token.start == self._next.start:
            element, self._next = self._next, next(self._elements, None)
            self._start(element)

    def _start(self, element: Element) -> None:
        self._line += self.tree.html.count("\n", self._at, element.start)
        self._at = element.start
        tag = Tag(element.name, self._line, {**element.attributes})
        self.tags.append(tag)
        if element.name == "img":
            for _, around, _ in self._open[-MOST_AROUND:]:
                around.holds_image = True
            self._say(f" {element.attributes.get('alt', '')} ", element.start)
        elif element.name == "caption":
            for _, around, _ in self._open[-MOST_AROUND:]:
                around.attributes["<caption>"] = ""
        if element.name in _COLLECTING:
            self._open.append((element, tag, []))

    def _say(self, words: str, at: int) -> None:
        for element, _, parts in self._open[-MOST_AROUND:]:
            if at < element.inner_end:
                parts.append(words)


def prose_of(html: str) -> str:
    """Return the text with everything else blanked.

    The content of a widget's comment counts as text.
    """
    out: list[str] = []
    code: list[str] = []
    for token in tokenize(html, scripting=False):
        source = html[token.start : token.end]
        is_call = (
            token.kind == "comment"
            and source.startswith("<!--")
            and call_name(comment_text(html, token))
        )
        out.append(source if is_call or (token.kind == "text" and not code) else _blank(source))
        # a start tag inside code counts as well: `<pre><code>` ends twice
        if token.name in _CODE and token.kind == "start":
            code.append(token.name)
        elif token.kind == "end" and code and token.name == code[-1]:
            code.pop()
    return "".join(out)


def _blank(text: str) -> str:
    return "\n".join([" " * len(line) for line in text.split("\n")])
