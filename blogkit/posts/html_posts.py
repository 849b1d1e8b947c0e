"""Read posts written as HTML.

A comment `<!-- {timeline} A title … YAML … -->` is a widget call; every other byte is the author's.

A comment of one line holds either a title or YAML: what begins as `{…}` or `key: …` is YAML.
"""

from __future__ import annotations

import re
from functools import cached_property

from blogkit.errors import ContentError, Problem
from blogkit.html import LineIndex, Token, Tree, attributes, comment_text, tokenize
from blogkit.html.elements import IMPLIED_END
from blogkit.posts.html_builder import join
from blogkit.posts.post import Block, WidgetCall
from blogkit.posts.widget_fences import call_name

# A call inside a paragraph belongs to it even if the paragraph has no end tag.
_NEED_NO_END = IMPLIED_END - {"p"}
_YAML = re.compile(r"\{|[a-z][a-z0-9_]*:(?:\s|$)")


def parse_html(source: str, *, line: int, path: str) -> tuple[Block, ...]:
    """Return the blocks of an HTML body.

    A call outside all elements is a block of kind "widget"; what is between is of kind "html". A
    call inside an element is one of the parts of its html block.

    Args:
        source: The body.
        line: The file's line of the first line of `source`.
        path: The file's name for messages.

    Raises:
        ContentError: Comments or tags are not closed; all of them are in it.
    """
    reader = _Reader(source.replace("\r\n", "\n").replace("\r", "\n"), line, path)
    reader.read()
    if reader.problems:
        raise ContentError(reader.problems)
    return tuple(reader.blocks)


def parts(source: str, *, line: int, path: str) -> tuple[str | WidgetCall, ...]:
    """Return the parts of a body that is kept verbatim.

    Joined in order, with calls rendered, they are the body.

    Args:
        source: The body, with its own line endings.
        line: The file's line of the first line of `source`.
        path: The file's name for messages.

    Raises:
        ContentError: Calls are not closed. A body without calls is not checked.
    """
    reader = _Reader(source, line, path, whole=True)
    reader.read()
    calls = any(isinstance(part, WidgetCall) for part in reader.found())
    if reader.problems and calls:
        raise ContentError(reader.problems)
    return reader.found() if calls else (source,)


class _Reader:
    """Reads a body.

    If it is `whole`, everything is one block, and nothing is stripped from its ends.
    """

    def __init__(self, source: str, line: int, path: str, *, whole: bool = False) -> None:
        self._whole = whole
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._source, self._line, self._path = source, line, path
        self._lines = LineIndex(source)
        self._parts: list[str | WidgetCall] = []  # of the html block that is under way
        self._begins = self._at = 0

    def read(self) -> None:
        called = False
        # Without a comment there is no call, and nothing to tokenize: most posts.
        for token in tokenize(self._source, scripting=False) if "<!--" in self._source else ():
            if called and token.kind != "text":
                self._check_after_call(token.start)
                called = False
            # a doctype and `<?php …>` are comments to browsers, and not to authors
            if not self._source.startswith("<!--", token.start) or token.kind not in {
                "comment",
                "cut",
            }:
                self._check_tag(token)
                continue
            if named := call_name(comment_text(self._source, token)):
                self._call(token, *named)
                called = True
            elif token.kind == "cut":
                self._add(
                    token.start,
                    "this comment is never closed, so nothing after it would be shown",
                    "close it with -->",
                    "unclosed-comment",
                )
        if called:  # nothing but text follows the last call
            self._check_after_call(len(self._source))
        self._parts.append(self._source[self._at :])
        if not self._whole:
            self._flush()

    def found(self) -> tuple[str | WidgetCall, ...]:
        return join(self._parts)

    def _call(self, token: Token, name: str, title: str) -> None:
        self._check(token, name)
        call = _read(comment_text(self._source, token), name, title, self._line_of(token.start))
        self._parts.append(self._source[self._at : token.start])
        self._at = token.end
        if self._whole or self._is_inside(token.start):
            self._parts.append(call)
            return
        self._flush()
        self.blocks.append(Block("widget", (call,), call.line))
        self._begins = token.end

    def _is_inside(self, offset: int) -> bool:
        """Return whether an element is open here.

        One whose end tag may be left out does not count; the list or table around it does.
        """
        return any(element.name not in _NEED_NO_END for element in self._tree.path(offset))

    @cached_property
    def _tree(self) -> Tree:
        return Tree(self._source, scripting=False)

    def _flush(self) -> None:
        """End the current html block without the line feeds around it, which separate blocks."""
        parts, self._parts = list(join(self._parts)), []
        if not any(not isinstance(part, str) or part.strip() for part in parts):
            return
        begins = self._begins
        if isinstance(parts[0], str):
            begins += len(parts[0]) - len(parts[0].lstrip())
            parts[0] = parts[0].lstrip("\n")
        if isinstance(parts[-1], str):
            parts[-1] = parts[-1].rstrip("\n")
        self.blocks.append(Block("html", join(parts), self._line_of(begins)))

    def _check(self, token: Token, name: str) -> None:
        if token.kind == "cut":
            self._add(
                token.start,
                f"the comment of {{{name}}} is never closed",
                "close it with -->",
                "unclosed-widget",
            )
        elif "<!--" in comment_text(self._source, token):
            inner = self._line_of(
                token.start + self._source[token.start : token.end].index("<!--", 4)
            )
            words = (
                f"the comment of {{{name}}} is not closed before the next one begins on line"
                f" {inner}"
            )
            self._add(token.start, words, "close it with -->", "unclosed-widget")

    def _check_tag(self, token: Token) -> None:
        """Report a call inside a tag: to browsers, `<b <!-- {x} -->` is one tag without a call."""
        if (
            token.kind not in {"start", "end"}
            or "<!--" not in self._source[token.start : token.end]
        ):
            return
        inner = next(
            (found for found in attributes(self._source, token) if found.name.startswith("<!--")),
            None,
        )
        if inner and call_name(self._source[inner.outer + 4 : token.end].lstrip()):
            words = (
                f"the tag <{token.name}> is not closed before a call begins in line"
                f" {self._line_of(inner.outer)}"
            )
            self._add(
                token.start,
                words,
                "close it with >, or write &lt; for a < that is text",
                "unclosed-tag",
            )

    def _check_after_call(self, end: int) -> None:
        # A comment ends at its first `-->`, also inside quotes, so the rest of the call is text.
        stray = self._source.find("-->", self._at, end)
        if stray >= 0:
            words = "the widget's comment ended at an earlier -->"
            self._add(
                stray,
                words,
                'put the text in double quotes and write "--\\x3e" instead of -->',
                "stray-comment-end",
            )

    def _line_of(self, offset: int) -> int:
        return self._line + self._lines.before(offset)

    def _add(self, offset: int, words: str, hint: str, code: str) -> None:
        self.problems.append(Problem(self._path, self._line_of(offset), words, hint, code))


def _read(comment: str, name: str, rest: str, line: int) -> WidgetCall:
    """Return the call that a comment contains.

    Args:
        comment: What is inside the comment.
        name: The widget's name.
        rest: Everything after `{name}`, as `call_name` returns it.
        line: The file's line on which the comment begins.
    """
    first, _, text = rest.partition("\n")
    lead = comment[: len(comment) - len(comment.lstrip())].count("\n")
    tail = comment.lstrip()
    if "\n" not in tail.rstrip() and _YAML.match(first):
        return WidgetCall(name, "", f"{first.strip()}\n", line, line + lead)
    # from the first line feed after {name}: `rest` has lost the blank lines there
    text = tail.partition("\n")[2].rstrip()
    title = tail.partition("\n")[0].partition("}")[2].strip()
    dedented, indent = _dedent(text)
    return WidgetCall(name, title, f"{dedented}\n" if text else "", line, line + lead + 1, indent)


def _dedent(text: str) -> tuple[str, int]:
    """Return a text without the common indentation of its lines, and how many spaces that was."""
    lines = text.split("\n")
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines), indent
