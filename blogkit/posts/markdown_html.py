"""Turn parser events into HTML, as pieces of text and widget calls.

Everything except code and raw HTML is on one line, because some sites turn a newline into `<br>`.
Void tags end in ` />`, which is how WordPress writes them anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from blogkit.errors import Problem
from blogkit.html import escape_attribute, escape_text
from blogkit.posts import links, widget_fences
from blogkit.posts.anchors import Anchors
from blogkit.posts.footnotes import Footnotes
from blogkit.posts.html_builder import HtmlBuilder, Parts, RawSource

_INLINE = {"Emphasis": "<em>", "Strong": "<strong>", "Strikethrough": "<del>"}
_BLOCKS = {"Paragraph": "<p>", "Item": "<li>"}
_ENDS = {name: tag.replace("<", "</") for name, tag in {**_INLINE, **_BLOCKS}.items()}
_CHOSEN_ID = re.compile(r"\s*\{#([^\s{}<>&\"'#]+)\}\Z")
_NOTE_LABEL = re.compile(r"\^\w+\Z")


class MarkdownRenderer:
    """Receives a body's events in order and builds the parts of each top-level block.

    Args:
        source: The body.
        path: The file's name for messages.
        prefix: What begins the ids of footnotes.

    Attributes:
        notes: The footnotes.
        problems: What is wrong.
        anchor: The id of the last heading that ended.
        language: The language of the last code block that ended.
    """

    def __init__(self, source: RawSource, *, path: str, prefix: str) -> None:
        self.notes = Footnotes(prefix)
        self.problems: list[Problem] = []
        self.anchor = self.language = ""
        self._source, self._path = source, path
        self._anchors = Anchors()
        self._pieces = HtmlBuilder()
        self._outer: list[HtmlBuilder] = []  # around the footnotes and the heading that are open
        self._ends: list[str] = []  # of the links that are open
        self._info: str | None = None  # of the code block that is open
        self._code: list[str] | None = None
        self._indent = -1  # columns before the code's first line that is not blank
        self._raw: list[str] | None = None
        self._plain: list[str] | None = None  # the heading's text
        self._alt: list[str] = []
        self._images = 0
        self._align: tuple[str, ...] = ()
        self._cell = 0
        self._in_head = self._has_rows = False

    def take(self) -> Parts:
        """Return what was built since the last call."""
        pieces, self._pieces = self._pieces, HtmlBuilder()
        return pieces.done()

    def start(self, name: str, data: Any, start: int, end: int) -> None:
        """Open an element.

        Args:
            name: Its name, such as "Paragraph".
            data: What the parser tells of it.
            start: The byte offset where its source begins.
            end: The byte offset behind it.
        """
        if self._images and name != "Image":
            return
        if tag := _INLINE.get(name):
            self._pieces.inline(tag)
        elif tag := _BLOCKS.get(name):
            self._pieces.open(tag)
        else:
            self._openers[name](self, data, start, end)

    def end(self, name: str, data: Any, start: int, end: int) -> None:
        """Close an element.

        Args:
            name: Its name.
            data: What the parser tells of its end.
            start: The byte offset where its source begins.
            end: The byte offset behind it.
        """
        if self._images and name != "Image":
            return
        if tag := _ENDS.get(name):
            self._pieces.close(tag)
        else:
            self._closers[name](self, data, start, end)

    def content(self, kind: str, value: Any, start: int, end: int) -> None:
        """Add what is not an element.

        Args:
            kind: Its kind, such as "Text".
            value: Its text; None for breaks and rules.
            start: The byte offset where its source begins.
            end: The byte offset behind it.
        """
        if kind == "Text" or kind == "Html":
            self.text(value, start, end)
        elif kind == "Rule":
            self._pieces.block("<hr />")
        elif kind == "SoftBreak" or kind == "HardBreak":
            if not self._unseen(" "):
                self._pieces.inline("<br /> " if kind == "HardBreak" else " ")
        elif kind == "Code":
            if not self._unseen(value):
                self._pieces.inline(f"<code>{escape_text(value)}</code>")
        elif not self._images:
            self._pieces.inline(self.notes.mention(value) if kind == "FootnoteReference" else value)

    def text(self, text: str, start: int, end: int) -> None:
        """Add a text, or a piece of raw HTML or code.

        Args:
            text: The text.
            start: The byte offset where its source begins.
            end: The byte offset behind it.
        """
        if self._code is not None:
            self._code.append(text)
            if self._indent < 0 and text.strip("\n"):
                self._indent = self._source.column(start + len(text) - len(text.lstrip("\n")))
        elif self._raw is not None:
            self._raw.append(text)
        elif not ((self._images or self._plain is not None) and self._unseen(text)):
            if text[:1] == "^" and not self._ends and _NOTE_LABEL.match(text):
                self._check_note(text, start, end)
            self._pieces.inline(escape_text(text))

    def _unseen(self, text: str) -> bool:
        """Record text for a heading's id, and return whether it is alternative text."""
        if self._plain is not None:
            self._plain.append(text)
        if not self._images:
            return False
        self._alt.append(text)
        return True

    def _check_note(self, text: str, start: int, end: int) -> None:
        before, after = (
            self._source.bytes[max(start - 2, 0) : start],
            self._source.bytes[end : end + 1],
        )
        # The parser takes `[^x]` without a definition for text: `[`, `^x`, `]`.
        if before.endswith(b"[") and not before.startswith(b"\\") and after == b"]":
            hint = (
                f"add a paragraph [{text}]: …, or write \\[{text}] to show the brackets as they are"
            )
            self._add(start, f"the footnote [{text}] has no text", hint, "unknown-footnote")

    def _add(self, offset: int, words: str, hint: str, code: str) -> None:
        self.problems.append(Problem(self._path, self._source.line(offset), words, hint, code))

    # -- blocks

    def _open_code(self, kind: Any, *_: int) -> None:
        self._code, self._indent = [], -1
        self._info = kind["Fenced"] if isinstance(kind, dict) else None

    def _close_code(self, _: Any, start: int, end: int) -> None:
        text, self._code = "".join(self._code or ()), None
        self.language = ""
        if self._info is not None:
            line = self._source.line(start)
            problem = widget_fences.check_fence(
                self._source.cut(start, end), self._info, text, path=self._path, line=line
            )
            if problem:
                self.problems.append(problem)
            call = widget_fences.read_call(self._info, text, line=line, indent=max(self._indent, 0))
            if call:
                self._pieces.block(call)
                return
            self.language = (self._info.split() or [""])[0]
        language = f' class="language-{escape_attribute(self.language)}"' if self.language else ""
        self._pieces.block(f"<pre><code{language}>{escape_text(text)}</code></pre>")

    def _open_raw(self, *_: Any) -> None:
        self._raw = []

    def _close_raw(self, _: Any, start: int, *__: int) -> None:
        raw, self._raw = "".join(self._raw or ()), None
        problem = widget_fences.check_raw(raw, path=self._path, line=self._source.line(start))
        if problem:
            self.problems.append(problem)
        self._pieces.block(raw.rstrip("\n"))

    def _open_heading(self, *_: Any) -> None:
        # built apart, because its id is known only at its end
        self._outer.append(self._pieces)
        self._pieces, self._plain = HtmlBuilder(), []

    def _close_heading(self, level: str, *_: int) -> None:
        content, plain = self._pieces.text(), "".join(self._plain or ())
        self._pieces, self._plain = self._outer.pop(), None
        chosen = _CHOSEN_ID.search(content)
        if chosen:
            content = content[: chosen.start()]
        self.anchor = self._anchors.give(plain, chosen[1] if chosen else "")
        tag = level.lower()
        self._pieces.block(f'<{tag} id="{self.anchor}">{content}</{tag}>')

    def _open_quote(self, *_: Any) -> None:
        self._pieces.open("<blockquote>")

    def _close_quote(self, *_: Any) -> None:
        self._pieces.close("</blockquote>")

    def _open_list(self, start: int | None, *_: int) -> None:
        if start is None:
            self._pieces.open("<ul>")
        else:
            self._pieces.open("<ol>" if start == 1 else f'<ol start="{start}">')

    def _close_list(self, ordered: bool, *_: int) -> None:
        self._pieces.close("</ol>" if ordered else "</ul>")

    def _open_note(self, *_: Any) -> None:
        self._outer.append(self._pieces)
        self._pieces = HtmlBuilder()

    def _close_note(self, _: Any, start: int, end: int) -> None:
        parts, self._pieces = self._pieces.done(), self._outer.pop()
        label = re.sub(r"\A\[\^|\]:.*\Z", "", self._source.cut(start, end), flags=re.DOTALL)
        line = self._source.line(start)
        earlier = self.notes.define(label, parts, line)
        if earlier:
            self._add(
                start,
                f"the footnote [^{label}] is defined twice (first on line {earlier})",
                "rename one",
                "duplicate-footnote",
            )

    # -- tables

    def _open_table(self, align: tuple[str, ...], *_: int) -> None:
        self._align, self._has_rows = align, False
        self._pieces.open("<table>")

    def _close_table(self, *_: Any) -> None:
        self._pieces.close("</tbody></table>" if self._has_rows else "</table>")

    def _open_head(self, *_: Any) -> None:
        self._in_head, self._cell = True, 0
        self._pieces.open("<thead><tr>")

    def _close_head(self, *_: Any) -> None:
        self._in_head = False
        self._pieces.close("</tr></thead>")

    def _open_row(self, *_: Any) -> None:
        self._cell = 0
        self._pieces.open("<tr>" if self._has_rows else "<tbody><tr>")
        self._has_rows = True

    def _close_row(self, *_: Any) -> None:
        self._pieces.close("</tr>")

    def _open_cell(self, *_: Any) -> None:
        align = self._align[self._cell] if self._cell < len(self._align) else "None"
        style = "" if align == "None" else f' style="text-align:{align.lower()}"'
        self._pieces.open(f"<{'th' if self._in_head else 'td'}{style}>")

    def _close_cell(self, *_: Any) -> None:
        self._cell += 1
        self._pieces.close("</th>" if self._in_head else "</td>")

    # -- links and images

    def _open_link(self, data: Any, *_: int) -> None:
        url = f"mailto:{data['dest_url']}" if data["link_type"] == "Email" else data["dest_url"]
        allowed = links.may_link(url)
        self._ends.append("</a>" if allowed else "")
        if allowed:
            self._pieces.inline(f'<a href="{links.link_address(url)}"{_title(data)}>')

    def _close_link(self, *_: Any) -> None:
        self._pieces.inline(self._ends.pop())

    def _open_image(self, data: Any, *_: int) -> None:
        if not self._images:
            self._alt = []
            self._image = data
        self._images += 1

    def _close_image(self, *_: Any) -> None:
        self._images -= 1
        if self._images:
            return
        alt, data = "".join(self._alt), self._image
        if links.may_show(data["dest_url"]):
            self._pieces.inline(
                f'<img src="{links.address(data["dest_url"])}"'
                f' alt="{escape_attribute(alt)}"{_title(data)} />'
            )
        else:
            self._pieces.inline(escape_text(alt))

    _openers: ClassVar[dict[str, Callable[..., None]]] = {
        "CodeBlock": _open_code,
        "HtmlBlock": _open_raw,
        "Heading": _open_heading,
        "BlockQuote": _open_quote,
        "List": _open_list,
        "FootnoteDefinition": _open_note,
        "Table": _open_table,
        "TableHead": _open_head,
        "TableRow": _open_row,
        "TableCell": _open_cell,
        "Link": _open_link,
        "Image": _open_image,
    }
    _closers: ClassVar[dict[str, Callable[..., None]]] = {
        "CodeBlock": _close_code,
        "HtmlBlock": _close_raw,
        "Heading": _close_heading,
        "BlockQuote": _close_quote,
        "List": _close_list,
        "FootnoteDefinition": _close_note,
        "Table": _close_table,
        "TableHead": _close_head,
        "TableRow": _close_row,
        "TableCell": _close_cell,
        "Link": _close_link,
        "Image": _close_image,
    }


def _title(data: Any) -> str:
    return f' title="{escape_attribute(data["title"])}"' if data["title"] else ""
