"""Refuse bodies that no reader of Markdown or HTML can take apart in reasonable time.

Each limit is far above what a post has. Nested quotes and lists cost the Markdown parser time that
grows with the square of their depth, and it adds the missing cells to every row of a table, as
https://github.github.com/gfm/#tables-extension- asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from blogkit.errors import Problem
from blogkit.posts.post import Block, WidgetCall

MOST_MARKS = 75_000
MOST_CELLS = 100_000
MOST_DATA = 250_000
MOST_NESTED = 100
MOST_CALLS = 7_500
"""In HTML. In Markdown, `MOST_MARKS` allows as many: a call with a line of text has ten marks."""
_MARKS = {"md": b"\n<>&*_[]!|~`", "html": b"<"}
# Each begins with the line feed before its line, which Python finds ten times as fast as `^`.
_NESTED = re.compile(rf"\n(?:[ \t]*(?:>|[-+*][ \t]|\d{{1,9}}[.)][ \t])){{{MOST_NESTED + 1}}}")
_DELIMITERS = re.compile(r"\n[-|: \t>]+$", re.MULTILINE)
_CALL = re.compile(r"<!--\s*\{(?![{%#])[^{}\n]*\}")
_BLANK = re.compile(r"\n[ \t>]*$", re.MULTILINE)
_HINT = "split the post, or move the data to a file"


def excess(body: str, kind: Literal["md", "html"], *, line: int, path: str) -> Problem | None:
    """Return why a body is too much to read, or None.

    Args:
        body: The body, line endings as LF.
        kind: Its format.
        line: The file's line of its first line.
        path: The file's name for messages.
    """
    found = _dense(body, kind) or (_nested(body) or _table(body) if kind == "md" else _calls(body))
    if found is None:
        return None
    offset, words = found
    return Problem(path, line + body.count("\n", 0, offset), words, _HINT, "too-complex")


def excess_of_data(blocks: Iterable[Block], path: str) -> Problem | None:
    """Return why the content of a body's widget calls is too much to read, or None.

    Args:
        blocks: The body's blocks, in their order.
        path: The file, for the message.
    """
    size = 0
    for block in blocks:
        for call in block.parts:
            size += 0 if isinstance(call, str) else len(call.text)
            if size > MOST_DATA and isinstance(call, WidgetCall):
                words = f"the widgets up to here hold more than {MOST_DATA / 1000:.0f} KB"
                return Problem(path, call.line, words, _HINT, "too-complex")
    return None


def _dense(body: str, kind: Literal["md", "html"]) -> tuple[int, str] | None:
    marks = _MARKS[kind]
    # Bytes and `translate` count a hundred times as fast as a pattern, and every post passes here.
    data = body.encode("utf-8", "surrogatepass")
    count = len(data) - len(data.translate(None, marks))
    if count <= MOST_MARKS:
        return None
    what = "tags" if kind == "html" else "lines and characters with a meaning in Markdown"
    last = re.compile(b"[" + re.escape(marks) + b"]").finditer(data)
    offset = next(mark.start() for number, mark in enumerate(last) if number == MOST_MARKS)
    words = f"the post has {count:,} {what}; the limit of {MOST_MARKS:,} is reached here"
    return len(data[:offset].decode("utf-8", "surrogatepass")), words


def _calls(body: str) -> tuple[int, str] | None:
    if body.count("<!--") <= MOST_CALLS:
        return None
    places = [found.start() for found in _CALL.finditer(body)]
    if len(places) <= MOST_CALLS:
        return None
    words = f"the post has {len(places):,} widgets; the limit of {MOST_CALLS:,} is reached here"
    return places[MOST_CALLS], words


def _nested(body: str) -> tuple[int, str] | None:
    found = _NESTED.search(f"\n{body}")
    return (
        (found.start(), f"quotes and lists are nested more than {MOST_NESTED} deep")
        if found
        else None
    )


def _table(body: str) -> tuple[int, str] | None:
    at, source = 0, f"\n{body}"
    while found := _DELIMITERS.search(source, at):
        end = _BLANK.search(source, found.end())
        at = end.start() + 1 if end else len(source)
        columns = found[0].count("|") + 1
        rows = source.count("\n", found.end(), at)
        if "-" in found[0] and columns * rows > MOST_CELLS:
            words = (
                f"this table has {columns:,} columns and {rows:,} rows, over {MOST_CELLS:,} cells"
            )
            return found.start(), words
    return None
