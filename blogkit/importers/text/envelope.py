"""Find the post in an assistant's answer: inside a code fence, behind its front matter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from blogkit.importers.html.boilerplate import Drop
from blogkit.importers.text import talk
from blogkit.importers.text.chrome import CHAT
from blogkit.importers.text.rows import Row, unmarked

_WRAPPER = re.compile(
    r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?:markdown|md|text|txt|plaintext)?[ \t]*", re.IGNORECASE
)
_BARE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*")
_YAML = re.compile(
    r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?:ya?ml|front-?matter)[ \t]*", re.IGNORECASE
)
_DASHES = re.compile(r"[-–—]{3,}|—")
_KEY = re.compile(r"[\"“]?[A-Za-z_][\w -]{0,30}[\"”]?[ \t]*:(?:[ \t].*)?")
_MOST_TALK = 1_500
FENCE = "the code fence around the post"


@dataclass
class Envelope:
    """A text without what is around the post.

    Attributes:
        rows: The lines of the post; dropped ones are blank.
        head: The lines of its front matter.
        drops: What is around it.
    """

    rows: list[Row]
    head: list[Row] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)

    def drop(self, at: int, why: str) -> None:
        """Leave out a line."""
        row = self.rows[at]
        if row.words:
            self.drops.append(Drop(row.start, row.end, why))
        self.blank(at)

    def blank(self, at: int) -> None:
        """Make a line blank, which something else accounts for."""
        row = self.rows[at]
        self.rows[at] = Row("", row.line, row.start, row.start)


def open_envelope(rows: list[Row]) -> Envelope:
    """Return the post in a text, and its front matter."""
    found = Envelope(list(rows))
    _unwrap(found)
    _split_head(found)
    return found


def _unwrap(found: Envelope) -> None:
    """Leave out a fence around everything, and the chat text outside it."""
    rows = found.rows
    first = next((at for at, row in enumerate(rows) if row.words.startswith(("```", "~~~"))), None)
    if first is None or sum(len(row.text) for row in rows[:first]) > _MOST_TALK:
        return
    opening = _WRAPPER.fullmatch(rows[first].text)
    above = [row for row in rows[:first] if row.words]
    # a heading or a list above the fence is a part of the post
    if (
        not opening
        or any(re.match(r"#|[-*•|>]|\d+\.", row.words) for row in above)
        or len(above) > 6
    ):
        return
    last = max(
        (
            at
            for at, row in enumerate(rows)
            if at > first and (close := _BARE.fullmatch(row.text)) and len(close["fence"]) >= 3
        ),
        default=len(rows),
    )
    below = [row for row in rows[last + 1 :] if row.words]
    inner = [row for row in rows[first + 1 : last] if row.words]
    if not _is_post(inner, bool(above)) or sum(len(row.text) for row in below) > _MOST_TALK:
        return
    if any(re.match(r"#{1,6} |`{3}", row.words) for row in below):
        return
    for at, row in enumerate(rows):
        if at in (first, last):
            found.drop(at, FENCE)
        elif (at < first or at > last) and row.words:
            found.drop(at, CHAT)


def _is_post(rows: list[Row], is_talked_about: bool) -> bool:
    """Return whether the content of a fence is a post, not an example of code."""
    if not rows:
        return False
    signs = sum(bool(re.match(r"#{1,6} |[-*•] |\*\*|`{3,}\{|\||>", row.words)) for row in rows)
    prose = sum(len(row.words.split()) > 8 for row in rows)
    begins = rows[0].words == "---" or rows[0].words.startswith("# ")
    return begins or (signs >= 2 and prose >= 1) or (is_talked_about and prose >= 2)


def _split_head(found: Envelope) -> None:
    rows = found.rows
    first = next((at for at, row in enumerate(rows) if row.words), None)
    if first is None:
        return
    opening = _opening_above(rows, first)
    first += len(opening)
    while not rows[first].words:
        first += 1
    fenced = _YAML.fullmatch(rows[first].text)
    if fenced:
        last = _next(rows, first + 1, lambda words: bool(_BARE.fullmatch(words)))
        inner = [
            row for row in rows[first + 1 : last] if row.words and not _DASHES.fullmatch(row.words)
        ]
    elif _DASHES.fullmatch(rows[first].words):
        last = _next(rows, first + 1, lambda words: bool(_DASHES.fullmatch(words)))
        inner = [row for row in rows[first + 1 : last] if row.words]
    else:
        return
    if last is None or not inner or not _KEY.fullmatch(inner[0].words):
        return
    if not fenced and any(not row.indent and not _belongs(row) for row in inner):
        return
    found.head = inner
    if fenced:
        fences = [rows[first], rows[last]]
        found.drops += [Drop(row.start, row.end, FENCE) for row in fences]
    for at in opening:
        found.drop(at, CHAT)
    for at in range(first, last + 1):
        found.blank(at)


def _opening_above(rows: list[Row], first: int) -> range:
    """Return the lines of an assistant's words right above front matter; none for other lines."""
    end = _next(rows, first, lambda words: not words) or first
    below = _next(rows, end, bool)
    above = unmarked(" ".join(row.words for row in rows[first:end]))
    if below is None or not talk.is_opening(above, "title"):
        return range(first, first)
    return range(first, end)


def _belongs(row: Row) -> bool:
    return bool(_KEY.fullmatch(row.words)) or row.words.startswith(("-", "#", "]", "[", '"'))


def _next(rows: list[Row], start: int, is_end: Callable[[str], bool]) -> int | None:
    for at in range(start, min(len(rows), start + 60)):
        if is_end(rows[at].words):
            return at
    return None
