"""Parse Markdown to blocks: CommonMark with tables, strikethrough, footnotes and heading ids.

This is the only file that knows the parser. It returns the place of each event in the source (in
UTF-8 bytes: https://monosans.github.io/pyromark/events/), so widget calls are found by it, in
lists, quotes and longer fences too, and never by a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyromark

from blogkit.errors import ContentError
from blogkit.html import escape_attribute, escape_text
from blogkit.patterns import lazy_pattern
from blogkit.posts import links
from blogkit.posts.html_builder import RawSource
from blogkit.posts.markdown_html import MarkdownRenderer
from blogkit.posts.maths import Maths, may_have_maths
from blogkit.posts.post import Block, BlockKind, WidgetCall
from blogkit.posts.raw_html import join_raw

_OPTIONS = pyromark.Options
_BODY = pyromark.Markdown(
    options=_OPTIONS.ENABLE_TABLES | _OPTIONS.ENABLE_STRIKETHROUGH | _OPTIONS.ENABLE_FOOTNOTES
)
_INLINE = pyromark.Markdown(options=_OPTIONS.ENABLE_STRIKETHROUGH)
_SURROGATE = re.compile("[\ud800-\udfff]")
_VERBATIM = frozenset({"Code", "CodeBlock", "Html", "InlineHtml", "HtmlBlock"})
_KINDS: dict[str, BlockKind] = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "List": "list",
    "BlockQuote": "quote",
    "CodeBlock": "code",
    "Table": "table",
    "HtmlBlock": "html",
    "Rule": "separator",
}


def parse_markdown(
    source: str, *, line: int, path: str, prefix: str = "", nested: bool = False
) -> tuple[Block, ...]:
    """Return the top-level blocks of a body, footnotes last.

    Args:
        source: The body.
        line: The file's line of the first line of `source`.
        path: The file's name for messages.
        prefix: What begins the ids of footnotes, so that one page can show several posts.
        nested: Whether it is a widget's body and not a post's.

    Raises:
        ContentError: Fences are not closed, or footnotes are missing or defined twice. All problems
            are in it.
    """
    text = parser_text(source)
    maths = _maths(text)
    # The parser first: Python then keeps the text's bytes, which `RawSource` asks for.
    found = _BODY.events_with_range(maths.text) if nested else events(maths.text)
    reader = _Reader(RawSource(text, line), path, prefix, maths)
    reader.read(found)
    if reader.prose.problems:
        raise ContentError(reader.prose.problems)
    notes = reader.prose.notes.block()
    return tuple(join_raw([*reader.blocks, *([notes] if notes else [])]))


def _maths(text: str) -> Maths:
    """Return the formulas of a body; what is in code stays code."""
    return Maths(text, list(_code(text)) if may_have_maths(text) else ())


def _code(text: str) -> Iterator[tuple[int, int]]:
    event: Any
    for event, span in _BODY.events_with_range(text):
        if isinstance(event, dict):
            kind, value = next(iter(event.items()))
            name = next(iter(value)) if isinstance(value, dict) else value
            if kind in _VERBATIM or (kind == "Start" and name in _VERBATIM):
                yield span["start"], span["end"]


@lru_cache(maxsize=1)  # a post is rendered, and then its outline is checked
def events(source: str) -> Sequence[tuple[Any, Any]]:
    """Return the parser's events in a body, each with its span: "start" and "end" in UTF-8 bytes.

    They are shared and must not be changed. An event is a text, such as "SoftBreak", or has one
    key: `{"Text": "words"}`, `{"Start": "Paragraph"}`, `{"Start": {"Link": {"dest_url": …}}}`,
    `{"End": …}`.

    Args:
        source: The body, as `parser_text` returns it.
    """
    return tuple(_BODY.events_with_range(source))


class _Reader:
    """Splits the events of a body into top-level blocks."""

    def __init__(self, source: RawSource, path: str, prefix: str, maths: Maths) -> None:
        self._maths = maths
        self.blocks: list[Block] = []
        self.prose = MarkdownRenderer(source, path=path, prefix=prefix)
        self._source = source
        self._start: tuple[BlockKind, int, int] | None = None
        self._children: list[str] = []  # of a top-level block: its direct children

    def read(self, events: Iterable[tuple[Any, Any]]) -> None:
        """Take the parser's events. One loop: a post has hundreds of them."""
        prose, depth = self.prose, 0
        value: Any
        put_back = self._maths.put_back if self._maths.found else None
        for event, span in events:
            start, end = span["start"], span["end"]
            if isinstance(event, dict):
                ((kind, value),) = event.items()
            else:
                kind, value = event, None
            if put_back:
                value = put_back(value)
            name, data = kind, value
            if kind == "Start" or kind == "End":
                name, data = value, None
                if isinstance(value, dict):
                    ((name, data),) = value.items()
            if depth == 0:
                self._begin(name, data, start)
            elif depth == 1 and kind != "End":
                self._children.append(name)
            if kind == "Text":
                prose.text(value, start, end)
            elif kind == "Start":
                depth += 1
                prose.start(name, data, start, end)
            elif kind == "End":
                depth -= 1
                prose.end(name, data, start, end)
            else:
                prose.content(kind, value, start, end)
            if depth == 0:
                self._end(start, end)

    def _begin(self, name: str, data: Any, start: int) -> None:
        self._children = []
        if name == "FootnoteDefinition":
            self._start = None  # footnotes are one block, at the end
            return
        level = int(data["level"][1]) if name == "Heading" else 0
        self._start = _KINDS.get(name, "html"), self._source.line(start), level

    def _end(self, start: int, end: int) -> None:
        parts = self.prose.take()
        if self._start is None or not parts:
            return
        kind, line, level = self._start
        if kind == "code" and isinstance(parts[0], WidgetCall):
            kind = "widget"
        # an image whose address is not allowed is only its text
        elif kind == "paragraph" and self._children == ["Image"] and "<img " in str(parts[0]):
            kind = "image"
        language = self.prose.language if kind == "code" else ""
        anchor = self.prose.anchor if kind == "heading" else ""
        written = self._source.bytes[start:end].rstrip()
        last = self._source.line(start + max(len(written) - 1, 0))
        self.blocks.append(Block(kind, parts, line, level, language, anchor, last))


_MEANING = r"\\`*_~<>&\[\]!#\x00-\x1f\x7f-\xa0\ud800-\udfff"
_PLAIN = re.compile(rf" *((?!\s)[^{_MEANING}]*[^\s{_MEANING}]|) *\Z")
"""Words in which nothing means anything to Markdown or HTML, as most are. The parser need not
see them.
"""


def inline(text: str) -> str:
    """Return one line of inline Markdown as HTML: emphasis, strong, code, strikethrough and links.

    Block syntax (`#`, `-`, `>` …) and raw HTML are plain text, an image is its alternative text, a
    link to anything but the web, mail, telephone, this page or this site is its text.
    """
    plain = _PLAIN.match(text)
    return plain[1] if plain else _inline(text)


def _inline(text: str) -> str:
    line = parser_text(text)
    if "\n" in line:
        line = re.sub(r"[ \t]*\n+[ \t]*", " ", line)
    line = line.strip(" \t\n")
    maths = Maths(escape_closing_hashes(line))
    pieces: list[str] = []
    ends: list[str] = []
    images = 0
    event: Any
    for event in _INLINE.events(
        f"# {maths.text}"
    ):  # in a heading nothing but inline syntax means anything
        if not isinstance(event, dict):
            pieces.append(" ")
            continue
        kind, value = maths.put_back(event).popitem()
        name = next(iter(value)) if isinstance(value, dict) else value
        if kind in ("Start", "End"):
            if name == "Image":
                images += 1 if kind == "Start" else -1
            else:
                pieces.append("" if images else _inline_tag(kind == "Start", name, value, ends))
        elif kind == "Code" and not images:
            pieces.append(f"<code>{escape_text(value)}</code>")
        else:
            pieces.append(escape_text(value))
    return "".join(pieces)


# An underscore within a word is text
# (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis), and an ampersand that begins
# no reference is, too: escaping them all would fill posts with backslashes.
_SPECIAL = lazy_pattern(r"[\\`*\[\]<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\$(?=\$)|(?<=\$)\$")
# `\[` begins a formula, of which every sign is kept (see `maths.py`): `[a = b]` would get a
# backslash. A note such as `[1]` is none.
_FORMULA = lazy_pattern(r"\\\[(?!(?:[^\W_]|[ ,.;:'’–-])*\\\])")


def escape_markdown(text: str) -> str:
    """Return text as Markdown that shows exactly these characters."""
    return _FORMULA.sub("&#91;", _SPECIAL.sub(r"\\\g<0>", text))


def escape_closing_hashes(words: str) -> str:
    """Return the words of a heading with `#` escaped at their end, where it would be dropped.

    https://spec.commonmark.org/0.31.2/#atx-headings
    """
    return re.sub(r"(?:(?<=\s)|^)(#*)#\Z", r"\1\\#", words) if words.endswith("#") else words


_TAGS = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}


def _inline_tag(opens: bool, name: str, value: Any, ends: list[str]) -> str:
    if name == "Link":
        if not opens:
            return ends.pop()
        link = value["Link"]
        url = f"mailto:{link['dest_url']}" if link["link_type"] == "Email" else link["dest_url"]
        allowed = links.may_link_inline(url)
        ends.append("</a>" if allowed else "")
        title = f' title="{escape_attribute(link["title"])}"' if link["title"] else ""
        return f'<a href="{links.link_address(url)}"{title}>' if allowed else ""
    return f"<{'' if opens else '/'}{_TAGS[name]}>" if name in _TAGS else ""


def parser_text(text: str) -> str:
    """Return text with LF line endings, and U+FFFD for lone surrogates and NUL.

    https://spec.commonmark.org/0.31.2/#insecure-characters
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    try:
        text.encode()  # finds surrogates faster than the pattern
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
