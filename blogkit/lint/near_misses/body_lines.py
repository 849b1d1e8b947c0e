"""Divide a body into lines of text, fences and raw code, without reading it as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from blogkit.dataclass import dataclass
from blogkit.lint.encoding import Repair
from blogkit.patterns import lazy_pattern
from blogkit.posts.post import Post
from blogkit.posts.widget_fences import call_name

_FENCE = lazy_pattern(r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")
_CODE = lazy_pattern(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_RAW = lazy_pattern(
    r"<(pre|code|script|style|textarea)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_COMMENT = lazy_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True)
class BodyLine:
    """A line of a body.

    Attributes:
        number: The file's line.
        text: The line.
        in_call: Whether it is in the data of a widget call.
    """

    number: int
    text: str
    in_call: bool = False

    def repair(self, column: int, old: str, new: str) -> Repair:
        """Return a change in this line.

        Args:
            column: Where the old text begins, in characters.
            old: The text to replace.
            new: The text to put in its place.
        """
        return Repair(self.number, column, old, new)


@dataclass(frozen=True)
class BodyFence:
    """A fenced block.

    Attributes:
        opening: Its first line.
        info: What follows the fence there.
        lines: The lines in it.
        closing: Its last line; None if it is not closed.
    """

    opening: BodyLine
    info: str
    lines: tuple[BodyLine, ...]
    closing: BodyLine | None

    @property
    def is_call(self) -> bool:
        """Whether it is a widget call."""
        return call_name(self.info) is not None and not self.info.startswith("{.")

    @property
    def content(self) -> str:
        """The text in it."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class BodyParts:
    """A body in parts.

    Attributes:
        fences: Its fences, those in calls with a body among them.
        prose: The lines outside fences; code in a line, quotes, `<pre>` and comments are blank.
        data: The lines in calls, without comments of YAML and code in a line.
        raw: The lines outside fences as they are.
    """

    fences: tuple[BodyFence, ...]
    prose: tuple[BodyLine, ...]
    data: tuple[BodyLine, ...]
    raw: tuple[BodyLine, ...]


def body_parts(post: Post) -> BodyParts:
    """Return a post's body in parts."""
    lines = [
        BodyLine(number, text) for number, text in enumerate(post.body.split("\n"), post.body_line)
    ]
    if post.format == "html":
        return BodyParts((), tuple(_prose(lines)), (), tuple(lines))
    fences: list[BodyFence] = []
    outside: list[BodyLine] = []
    data: list[BodyLine] = []
    _divide(lines, fences, outside, data)
    return BodyParts(tuple(fences), tuple(_prose(outside)), tuple(data), tuple(outside))


def _divide(
    lines: list[BodyLine], fences: list[BodyFence], outside: list[BodyLine], data: list[BodyLine]
) -> None:
    at = 0
    while at < len(lines):
        found = _FENCE.fullmatch(lines[at].text)
        if not found or len(found["indent"].expandtabs(4)) > 12:
            outside.append(lines[at])
            at += 1
            continue
        closing = re.compile(
            rf"[ \t]*{re.escape(found['fence'][0])}{{{len(found['fence'])},}}[ \t]*"
        )
        end = next((n for n in range(at + 1, len(lines)) if closing.fullmatch(lines[n].text)), None)
        inner = lines[at + 1 : end]
        last = None if end is None else lines[end]
        fence = BodyFence(lines[at], found["info"].strip(), tuple(inner), last)
        fences.append(fence)
        if fence.is_call:
            called = [BodyLine(line.number, line.text, in_call=True) for line in inner]
            rest: list[BodyLine] = []
            _divide(called, fences, rest, data)
            data += [_without_code(line) for line in rest if not line.text.lstrip().startswith("#")]
        at = len(lines) if end is None else end + 1


def _without_code(line: BodyLine) -> BodyLine:
    if "`" not in line.text:
        return line
    return replace(line, text=_CODE.sub(lambda found: " " * len(found[0]), line.text))


def _prose(lines: list[BodyLine]) -> Iterator[BodyLine]:
    text = "\n".join(line.text for line in lines)
    for pattern in (_COMMENT, _RAW):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    # no lines at all are one empty text
    for line, shown in zip(lines, text.split("\n") if lines else (), strict=True):
        is_code = shown.startswith(("    ", "\t")) and not re.match(
            r"\s*(?:[-*+]|\d+[.)])\s", shown
        )
        is_quote = shown.lstrip().startswith(">")
        blank = " " * len(shown)
        yield _without_code(BodyLine(line.number, blank if is_quote or is_code else shown))
