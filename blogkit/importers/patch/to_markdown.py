"""Write a piece of HTML as Markdown, in the style of its author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from blogkit.dataclass import dataclass
from blogkit.html import Element, Token, Tree, decode
from blogkit.posts.markdown import escape_markdown
from blogkit.render.formats.pieces import is_mark

_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right)|has-text-align-(left|center|right)")
_BLOCK_START = re.compile(r"([-+#=|:]|\d{1,9}(?=[.)](?:\s|\Z)))")
_LANGUAGE = re.compile(r"\blanguage-(\S+)")
_BLOCKS = frozenset({"p", "ul", "ol", "blockquote", "pre", "table", "hr", "figure", "div"})
_RULES = {"left": ":---", "center": ":---:", "right": "---:", "": "---"}


class CannotWrite(Exception):
    """Markdown has no way to write a piece of HTML."""


@dataclass(frozen=True)
class MarkdownStyle:
    """How an author writes Markdown.

    Attributes:
        bullet: What begins an item of a list.
        number: What follows the number of an item.
        emphasis: What is around emphasised words.
        strong: What is around strong words.
        line_break: What ends a line within a paragraph.
    """

    bullet: str = "-"
    number: str = "."
    emphasis: str = "*"
    strong: str = "**"
    line_break: str = "\\\n"


USUAL_STYLE = MarkdownStyle()
"""How blogkit itself writes."""


def written_style(source: str, usual: MarkdownStyle = USUAL_STYLE) -> MarkdownStyle:
    """Return the style in which a text is written.

    Args:
        source: Markdown.
        usual: The style of what the text does not have.
    """
    bullet = re.search(r"^\s*([-*+])\s", source, re.MULTILINE)
    number = re.search(r"^\s*\d+([.)])\s", source, re.MULTILINE)
    single = re.search(r"(?<![*_\w\\])([*_])(?=[^\s*_])", source)
    double = re.search(r"(?<![*_\w\\])(\*\*|__)(?=[^\s*_])", source)
    return MarkdownStyle(
        bullet=bullet[1] if bullet else usual.bullet,
        number=number[1] if number else usual.number,
        emphasis=single[1] if single else usual.emphasis,
        strong=double[1] if double else usual.strong,
        line_break="  \n" if re.search(r"\S  \n", source) else usual.line_break,
    )


def to_markdown(html: str, style: MarkdownStyle) -> str:
    """Return HTML as Markdown.

    Args:
        html: One or more elements, or text.
        style: The author's style.

    Raises:
        CannotWrite: Markdown has no way to write it.
    """
    root = Tree(html.strip(), scripting=False).root
    try:
        return _Writer(style, root.source).blocks(root.items).strip("\n")
    except RecursionError:
        raise CannotWrite("its elements are nested too deeply") from None


_Item = Element | Token


class _Writer:
    """Writes the elements of one source."""

    def __init__(self, style: MarkdownStyle, source: str) -> None:
        self._style, self._source = style, source

    def blocks(self, items: Sequence[_Item], between: str = "\n\n") -> str:
        """Return blocks, and runs of inline content between them."""
        parts: list[str] = []
        run: list[_Item] = []
        for item in [*items, None]:
            if item is not None and not self._is_block(item):
                run.append(item)
                continue
            if words := self._inline(run).strip(" \n"):
                parts.append(self._guarded(words))
            run = []
            if isinstance(item, Element):
                parts.append(self._block(item))
        return between.join(part for part in parts if part)

    def _is_block(self, item: _Item) -> bool:
        return isinstance(item, Element) and (
            item.name in _BLOCKS or bool(re.fullmatch(r"h[1-6]", item.name))
        )

    def _guarded(self, words: str) -> str:
        """Return a paragraph whose beginning is not taken for that of another block."""
        return (
            _BLOCK_START.sub(r"\\\1", words, count=1)
            if _BLOCK_START.match(words) and not (words[0].isdigit())
            else re.sub(r"\A(\d{1,9})([.)])(?=\s|\Z)", r"\1\\\2", words)
        )

    def _block(self, element: Element) -> str:
        name = element.name
        if name == "figure":
            return self._figure(element)
        if name == "pre":
            return self._code(element)
        if name == "table":
            return self._table(element)
        if name == "hr":
            return "---"
        if name in ("ul", "ol"):
            return self._list(element)
        if name == "blockquote":
            inner = self.blocks(element.items)
            return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        if name == "p" and not element.attributes.keys() - {"class"}:
            return self._guarded(self._inline(element.items).strip(" \n"))
        if re.fullmatch(r"h[1-6]", name):
            return f"{'#' * int(name[1])} {self._inline(element.items, one_line=True).strip()}"
        raise CannotWrite(f"it is <{name}>")

    def _figure(self, element: Element) -> str:
        inside = [item for item in element.items if not self._is_blank(item)]
        only = inside[0] if len(inside) == 1 else None
        if isinstance(only, Element) and only.name in ("table", "img", "a"):
            return self._block(only) if only.name == "table" else self._inline([only])
        raise CannotWrite("Markdown has no captions")

    def _code(self, element: Element) -> str:
        inner = element.children[0] if len(element.children) == 1 else element
        if any(isinstance(item, Element) for item in inner.items):
            raise CannotWrite("its code has markup")
        text = "".join(self._text(item) for item in inner.items).removesuffix("\n")
        names = f"{element.attributes.get('class', '')} {inner.attributes.get('class', '')}"
        language = _LANGUAGE.search(names)
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{fence}{language[1] if language else ''}\n{text}\n{fence}"

    def _list(self, element: Element) -> str:
        items = [item for item in element.items if not self._is_blank(item)]
        if element.attributes.keys() - {"class", "start"}:
            raise CannotWrite("its list has attributes")
        start = element.attributes.get("start", "1")
        written = []
        for number, item in enumerate(items, int(start) if start.isdecimal() else 1):
            if not isinstance(item, Element) or item.name != "li":
                raise CannotWrite("its list has more than items")
            mark = f"{number}{self._style.number}" if element.name == "ol" else self._style.bullet
            loose = any(child.name == "p" for child in item.children)
            inner = self.blocks(item.items, "\n\n" if loose else "\n")
            indent = " " * (len(mark) + 1)
            written.append(f"{mark} " + inner.replace("\n", f"\n{indent}"))
        return re.sub(r"(?m)[ \t]+$", "", "\n".join(written)) if written else ""

    def _table(self, element: Element) -> str:
        rows = [row for row in element.descendants() if row.name == "tr"]
        head = any(part.name == "thead" for part in element.children)
        allowed = {"thead", "tbody", "tr", "td", "th"}
        if not head or any(part.name not in allowed for part in _structure(element)):
            raise CannotWrite("Markdown has no such table")
        cells = [[cell for cell in row.children if cell.name in ("td", "th")] for row in rows]
        if len({len(row) for row in cells}) != 1:
            raise CannotWrite("its rows differ in length")
        lines = [f"| {' | '.join(self._cell(cell) for cell in row)} |" for row in cells]
        rules = [_RULES[_alignment(cell)] for cell in cells[0]]
        return "\n".join([lines[0], f"| {' | '.join(rules)} |", *lines[1:]])

    def _cell(self, element: Element) -> str:
        if element.attributes.keys() - {"class", "style", "data-align"}:
            raise CannotWrite("Markdown has no such cell")
        return self._inline(element.items, one_line=True).strip().replace("|", "\\|")

    def _inline(self, items: Iterable[_Item], *, one_line: bool = False) -> str:
        return "".join(self._inline_item(item, one_line=one_line) for item in items)

    def _inline_item(self, item: _Item, *, one_line: bool) -> str:
        if not isinstance(item, Element):
            if item.kind == "comment":
                return self._source[item.start : item.end]
            return re.sub(r"[ \t\r\n\f]+", " ", escape_markdown(self._text(item)))
        attributes = item.attributes.keys()
        inner = self._inline(item.items, one_line=one_line)
        marks = {
            "em": self._style.emphasis,
            "i": self._style.emphasis,
            "strong": self._style.strong,
            "b": self._style.strong,
            "del": "~~",
            "s": "~~",
        }
        if item.name in marks and not attributes and inner.strip():
            return _marked(inner, marks[item.name])
        if item.name == "br":
            return "<br />" if one_line else self._style.line_break
        if item.name == "code" and not attributes and not item.children:
            return _code_span("".join(map(self._text, item.items)))
        if item.name == "a" and attributes <= {"href", "title"} and inner.strip():
            return f"[{inner}]({_target(item, 'href')})"
        if item.name == "img" and not attributes - {"src", "alt", "title", "class", *_ADDED}:
            return f"![{escape_markdown(item.attributes.get('alt', ''))}]({_target(item, 'src')})"
        if item.name == "span" and is_mark(item):
            return inner
        opening = self._source[item.start : item.inner]
        return f"{opening}{inner}{self._source[item.inner_end : item.end]}"

    def _text(self, item: _Item) -> str:
        return decode(self._source[item.start : item.end])

    def _is_blank(self, item: _Item) -> bool:
        return not isinstance(item, Element) and not self._source[item.start : item.end].strip()


_ADDED = frozenset({"loading", "decoding", "srcset", "sizes"})
"""What sites add to images when they show them."""


def _structure(element: Element) -> Iterable[Element]:
    """Yield the elements of a table down to its cells."""
    for child in element.children:
        yield child
        if child.name not in ("td", "th"):
            yield from _structure(child)


def _alignment(cell: Element) -> str:
    found = _ALIGN.search(f"{cell.attributes.get('style', '')} {cell.attributes.get('class', '')}")
    return (found[1] or found[2]) if found else ""


def _marked(inner: str, mark: str) -> str:
    # Marks hold only next to a word, so white space moves outside:
    # https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run
    words = inner.strip(" ")
    before = inner[: len(inner) - len(inner.lstrip(" "))]
    return f"{before}{mark}{words}{mark}{inner[len(inner.rstrip(' ')) :]}"


def _code_span(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _target(element: Element, name: str) -> str:
    # https://spec.commonmark.org/0.31.2/#link-destination
    address = element.attributes.get(name, "").strip()
    if re.search(r"[\s<>()\\]", address):
        address = "<" + re.sub(r"([<>\\])", r"\\\1", address) + ">"
    title = element.attributes.get("title", "")
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'{address} "{quoted}"' if title else address
