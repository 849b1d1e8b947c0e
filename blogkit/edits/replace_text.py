"""Replace a text, a placeholder or an address everywhere in a post, and report the places."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.edits.addresses import is_whole, is_words
from blogkit.edits.matches import (
    Candidate,
    PlaceError,
    PlaceNotFound,
    candidate,
    likeness,
    shortened,
)
from blogkit.edits.string_literals import occurrences
from blogkit.edits.text_contexts import ContextKind, TextMatch, find_text
from blogkit.errors import UsageError
from blogkit.html import LineIndex, Tree, VisibleText
from blogkit.regions import Region, find_regions, marked

_AROUND = 40
_NEAR = 0.7


@dataclass(frozen=True)
class TextPlace:
    """One occurrence of a text.

    Attributes:
        kind: What kind of place it is in.
        where: The place in words: "href of <a>".
        line: Its line in the old body, from 1.
        before: It with the source around it, on one line.
        after: The same after the change; "" if it was not replaced.
        reason: Why it was not replaced; "" if it was.
    """

    kind: ContextKind
    where: str
    line: int
    before: str
    after: str = ""
    reason: str = ""


@dataclass(frozen=True)
class TextEdit:
    """A body with a replaced text.

    Attributes:
        before: The old body.
        body: The new body.
        places: Where the text was replaced.
        left: Where it still is, and why.
    """

    before: str
    body: str
    places: tuple[TextPlace, ...] = ()
    left: tuple[TextPlace, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to send."""
        return self.body != self.before


def replace_address(body: str, address: str, value: str) -> TextEdit:
    """Return the body with an address replaced wherever a browser loads it or a link leads to it.

    Parts of longer addresses stay, words that readers see, and scripts: a script may compare the
    address with another, or make a third of it.

    Args:
        body: The body as the site stores it.
        address: The address, without escapes.
        value: The new address.

    Returns:
        The edit. Nothing is replaced if the address does not occur.
    """
    found = [
        one
        for one in find_text(body, address, value)
        if one.kind not in ("text", "comment", "script")
        and not (one.kind == "attribute" and is_words(one.where.partition(" of ")[0]))
        and is_whole(body, one.start, one.end)
    ]
    occurrences = [occurrence for occurrence in found if not occurrence.reason]
    new = _spliced(body, occurrences)
    new, data = _regions(body, new, address, value, all_places=True, whole=True)
    lines = LineIndex(body)
    done = [_place(body, occurrence, lines) for occurrence in occurrences]
    left = [_place(body, occurrence, lines) for occurrence in found if occurrence.reason]
    return TextEdit(body, new, (*done, *(one for one in data if not one.reason)), tuple(left))


def replace_text(body: str, string: str, value: str, *, nth: int | None = None) -> TextEdit:
    """Return the body with a text replaced everywhere, escaped as each place needs it.

    A region of blogkit's is kept consistent: its data changes with its content.

    Args:
        body: The body as the site stores it.
        string: The plain text to replace, without escapes; its case matters.
        value: The new plain text.
        nth: Only this one of the places, from 1; absent = all.

    Raises:
        PlaceError: The text does not occur, or nowhere where it can be replaced.
        UsageError: The text is empty, or there is no place of this number.
    """
    if not string.strip():
        raise UsageError("cannot replace an empty text", hint="give the text to replace")
    found = list(find_text(body, string, value))
    occurrences = [occurrence for occurrence in found if not occurrence.reason]
    if nth is not None:
        if not 1 <= nth <= len(occurrences):
            raise UsageError(
                f'match {nth} of "{string}" does not exist',
                hint=f"choose one from 1 to {len(occurrences)}",
            )
        occurrences = [occurrences[nth - 1]]
    new = _spliced(body, occurrences)
    new, data = _regions(body, new, string, value, all_places=nth is None)
    lines = LineIndex(body)
    done = [_place(body, occurrence, lines) for occurrence in occurrences]
    left = [_place(body, occurrence, lines) for occurrence in found if occurrence.reason]
    if nth is None:
        left += [_place(body, occurrence, lines) for occurrence in _scattered(body, string, found)]
    changed = [place for place in data if not place.reason]
    if not done and not changed:
        raise _none(body, string, [*left, *data])
    return TextEdit(
        body, new, (*done, *changed), (*left, *(place for place in data if place.reason))
    )


def _spliced(body: str, occurrences: Sequence[TextMatch]) -> str:
    pieces: list[str] = []
    position = 0
    for occurrence in occurrences:
        if occurrence.start < position:  # two in one attribute without quotes
            raise PlaceError(
                "two matches touch each other",
                [candidate(body, occurrence.start, occurrence.end)],
                hint="replace them one by one: --nth 1",
            )
        pieces += (body[position : occurrence.start], occurrence.text)
        position = occurrence.end
    return "".join((*pieces, body[position:]))


def _place(body: str, occurrence: TextMatch, lines: LineIndex) -> TextPlace:
    left, right = (
        body[max(0, occurrence.start - _AROUND) : occurrence.start],
        body[occurrence.end : occurrence.end + _AROUND],
    )
    before = shortened(left + body[occurrence.start : occurrence.end] + right, 200)
    after = "" if occurrence.reason else shortened(left + occurrence.text + right, 200)
    return TextPlace(
        occurrence.kind,
        occurrence.where,
        lines.before(occurrence.start) + 1,
        before,
        after,
        occurrence.reason,
    )


def _scattered(body: str, string: str, found: Iterable[TextMatch]) -> Iterator[TextMatch]:
    """Yield visible text that the source splits over several tags."""
    spans = sorted((occurrence.start, occurrence.end) for occurrence in found)
    starts = [start for start, _ in spans]
    ends = list(accumulate((end for _, end in spans), max, initial=0))
    for match in VisibleText(Tree(body)).find(string):
        overlaps = ends[bisect_left(starts, match.end)] > match.start
        if not overlaps and "<" in body[match.start : match.end]:
            reason = "it is spread over several tags"
            yield TextMatch(match.start, match.end, "", "text", "text", reason)


def _regions(
    old: str, new: str, string: str, value: str, *, all_places: bool, whole: bool = False
) -> tuple[str, list[TextPlace]]:
    """Update the markers: the text in their data, and the digest unless there was a manual edit."""
    before = find_regions(old).regions
    if not before:
        return new, []
    reports: list[TextPlace] = []
    pieces: list[str] = []
    position = 0
    for region, was in zip(find_regions(new).regions, before, strict=False):
        data, place = (
            _data(region, string, value, whole=whole) if all_places else (region.mark.data, None)
        )
        reports += [place] if place else []
        touched = new[region.inner : region.inner_end] != old[was.inner : was.inner_end]
        # A new digest on a region with a manual edit would make the edit blogkit's own.
        if data != region.mark.data or (touched and not was.edited):
            pieces += [new[position : region.start], _opening(new, region, was.edited, data)]
            position = region.inner
    return "".join([*pieces, new[position:]]), reports


def _data(region: Region, string: str, value: str, *, whole: bool) -> tuple[str, TextPlace | None]:
    data = region.mark.data
    # the data is JSON, in which the text may be escaped
    if string not in data and json.dumps(string)[1:-1] not in data:
        return data, None
    try:
        new = json.dumps(
            _replaced(json.loads(data), string, value, whole=whole), ensure_ascii=False
        )
    except ValueError:
        reason = "the region's data is not JSON; re-render the region with changed data"
        return data, TextPlace(
            "region data",
            f'the region "{region.id}"',
            region.line,
            shortened(data, 200),
            reason=reason,
        )
    if json.loads(new) == json.loads(data):
        return data, None
    return new, TextPlace(
        "region data",
        f'the region "{region.id}"',
        region.line,
        shortened(data, 200),
        shortened(new, 200),
    )


def _replaced(data: Any, string: str, value: str, *, whole: bool) -> Any:
    if isinstance(data, dict):
        return {name: _replaced(item, string, value, whole=whole) for name, item in data.items()}
    if isinstance(data, list):
        return [_replaced(item, string, value, whole=whole) for item in data]
    if not isinstance(data, str):
        return data
    hits = [hit for hit in occurrences(data, [string]) if not hit.reason]
    for hit in reversed(hits):
        if whole and not is_whole(data, hit.start, hit.end):
            continue
        data = data[: hit.start] + value + data[hit.end :]
    return data


def _opening(body: str, region: Region, edited: bool, data: str) -> str:
    """Return a new begin marker for a region. An earlier manual edit stays detectable."""
    # it is another element by now, whose start tag is not ours to write
    if region.style == "attribute" and not body.startswith("<div ", region.start):
        return body[region.start : region.inner]
    content, mark = body[region.inner : region.inner_end], replace(region.mark, data=data)
    stated = region.stated if edited or not region.stated else None
    whole = marked(mark, content, region.style, stated=stated)
    return whole[: whole.index(">") + 1]


def _none(body: str, string: str, left: Sequence[TextPlace]) -> PlaceError:
    if left:
        listed = [Candidate(place.line, place.before, place.reason) for place in left]
        return PlaceError(
            f'"{string}" cannot be replaced where it occurs:',
            listed,
            hint="change these places by hand",
        )
    reading = VisibleText(Tree(body))
    rated = [
        (likeness(string, text), offset, text)
        for offset, text in reading.lines()[:2000]
        if text.strip()
    ]
    near = [item for item in sorted(rated, reverse=True)[:5] if item[0] >= _NEAR]
    listed = [
        Candidate(reading.tree.line(reading.source(offset)), shortened(text, 80))
        for _, offset, text in near
    ]
    message = f'"{string}" does not occur in this post' + ("; similar texts:" if listed else "")
    return PlaceNotFound(
        message, listed, hint="matching is case-sensitive; check how the post's HTML spells it"
    )
