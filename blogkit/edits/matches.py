"""List the matches of a place, and raise an error if there is not exactly one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, UsageError
from blogkit.html import LineIndex, fold

_SHOWN = 10
_WIDTH = 48

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Candidate:
    """A match or near miss.

    Attributes:
        line: Its line in the body, from 1.
        context: The source around it, on one line.
        what: Why it is listed; "" for a match.
    """

    line: int
    context: str
    what: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.context}" + (f" ({self.what})" if self.what else "")


class PlaceError(BlogkitError):
    """A place with no match, with several, or where nothing can be inserted.

    Args:
        message: The place and the reason.
        candidates: The matches or near misses; the message lists them.
        hint: The next step.

    Attributes:
        candidates: The matches or near misses.
    """

    def __init__(
        self, message: str, candidates: Sequence[Candidate] = (), *, hint: str = ""
    ) -> None:
        self.candidates = tuple(candidates)
        listed = [
            f"  {number}. {candidate}"
            for number, candidate in enumerate(self.candidates[:_SHOWN], 1)
        ]
        if len(self.candidates) > _SHOWN:
            listed.append(f"  and {len(self.candidates) - _SHOWN} more")
        super().__init__("\n".join([message, *listed]), hint=hint)


class PlaceNotFound(PlaceError):
    """The place or text does not exist in this post."""


def candidate(html: str, start: int, end: int, what: str = "") -> Candidate:
    """Return a candidate with the source around it.

    Args:
        html: The body.
        start: Where the match begins.
        end: The offset behind it.
        what: Why it is listed, if it is not a match.
    """
    return _candidate(html, LineIndex(html), start, end, what)


def candidates(html: str, places: Iterable[tuple[int, int]]) -> list[Candidate]:
    """Return the candidates of all matches, whose lines are counted only once.

    Args:
        html: The body.
        places: The start and end of each match.
    """
    lines = LineIndex(html)
    return [_candidate(html, lines, start, end, "") for start, end in places]


def _candidate(html: str, lines: LineIndex, start: int, end: int, what: str) -> Candidate:
    context = (
        html[max(0, start - _WIDTH) : min(len(html), max(end, start + 1) + _WIDTH)]
        if end - start < _WIDTH
        else html[start:end]
    )
    return Candidate(lines.before(start) + 1, shortened(context, 2 * _WIDTH), what)


def shortened(text: str, width: int) -> str:
    """Return text on one line, cut to a width.

    Args:
        text: The text.
        width: The most characters, the "…" at the end of a longer text included.
    """
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def choose(
    what: str,
    matches: Sequence[_Item],
    listed: Sequence[Candidate],
    nth: int | None,
    *,
    every: bool,
) -> list[_Item]:
    """Return the selected matches: the only one, the nth, or all.

    Args:
        what: What was searched, for messages: 'the place "end"'.
        matches: What was found, in order.
        listed: The same for people, to list if there are several.
        nth: Which one, from 1.
        every: Select all.

    Raises:
        PlaceError: There are several and none was chosen.
        UsageError: The match of this number does not exist, or both options are given.
    """
    if nth is not None and every:
        raise UsageError(
            "cannot select one place and all places at once", hint="use only one of the two options"
        )
    if every:
        return list(matches)
    if nth is not None:
        if not 1 <= nth <= len(matches):
            raise UsageError(
                f"match {nth} of {what} does not exist", hint=f"choose one from 1 to {len(matches)}"
            )
        return [matches[nth - 1]]
    if len(matches) > 1:
        raise PlaceError(
            f"{what} matches {len(matches)} places:",
            listed,
            hint=f"choose one with --nth (1 to {len(matches)}), or all with --every",
        )
    return list(matches)


def likeness(wanted: str, text: str) -> float:
    """Return how similar a text is to the wanted one, from 0 to 1.

    Case, typography and white space do not count.

    Args:
        wanted: What the user wrote.
        text: A text of the post; of a long one, only the beginning is compared.
    """
    from difflib import SequenceMatcher

    wanted, text = fold(wanted).casefold().strip(), fold(text).casefold().strip()
    if not wanted or not text:
        return 0
    # `SequenceMatcher` rates a part of a long text low, and it is slow on long ones
    if wanted in text or text in wanted:
        return 0.9
    return SequenceMatcher(None, wanted, text[: 4 * len(wanted) + 40]).ratio()
