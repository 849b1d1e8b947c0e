"""Convert a pasted page to a post, and report what was done with each part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from blogkit.content.lint.mojibake import scan
from blogkit.html import Element
from blogkit.html.elements import HEADINGS, SEPARATORS
from blogkit.importing import boxes, fence, quizzes, tables, write
from blogkit.importing.chrome import Drop, drops, extent, is_in, outermost, source_lines
from blogkit.importing.elements import Item, build, is_tidy, marks, text_of
from blogkit.importing.facts import Facts, facts_of, repeats
from blogkit.importing.frame import FRAME, frame
from blogkit.importing.lines import DEEPEST, Uncertain, lines_of
from blogkit.importing.proof import Prover, call_text, registry_or_ours
from blogkit.importing.report import Dropped, Imported, Kept, Piece, Recognised, Repaired
from blogkit.importing.shapes import Found, Spot
from blogkit.render import quiz
from blogkit.render.registry import Registry

Recogniser = Callable[[Spot], Found | None]
_RECOGNISERS: tuple[tuple[str, Recogniser], ...] = (
    ("table", tables.table),
    ("timeline", boxes.timeline),
    ("meta-box", boxes.meta_box),
    ("questions", boxes.questions),
    ("quiz-button", quizzes.quiz_button),
    ("byline", quizzes.byline),
)
_LARGEST_WIDGET = 60_000
_NEVER_IN = frozenset({"pre", "code", "script", "style", "textarea", "template", "blockquote", "form", "svg", "select", "head", "nav"})
_ANSWERS = frozenset({"ul", "ol", "dl", "table"})
_LONGEST_HEADING = 200
_SHOWN = 60
_SCRIPT = "the script of the quiz button"


def convert(
    text: str, *, name: str = "", key: str = "", registry: Registry | None = None, only: Literal["md", "html"] | None = None
) -> Imported:
    """Convert a page's text (see `source.read`) to a post.

    name: what to call the post when nothing in the page does; key: its identity, for the front matter; registry: the widgets that
    calls are proven with, ours when absent; only: html for a post of HTML whatever Markdown could keep. Never raises for anything
    in the page: unknown parts are kept as HTML.
    """
    source, repaired = _repaired(text)
    return _Import(source, repaired, name, key, Prover(registry_or_ours(registry)), as_html=only == "html").run()


def _repaired(text: str) -> tuple[str, tuple[Repaired, ...]]:
    """Return the text with certain encoding errors fixed, and each place."""
    parts: list[str] = []
    found: list[Repaired] = []
    lines = _Lines(text)
    at = 0
    for hit in scan(text):
        if hit.certain:
            found.append(Repaired(lines.at(hit.start), text[hit.start : hit.end], hit.choices[0]))
            parts += [text[at : hit.start], hit.choices[0]]
            at = hit.end
    return "".join([*parts, text[at:]]), tuple(found)


class _Lines:
    """The lines of a text by offset."""

    def __init__(self, text: str) -> None:
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return bisect_left(self._breaks, offset) + 1


@dataclass(frozen=True)
class _Call:
    """A widget that replaces the source at [start, end)."""

    start: int
    end: int
    found: Found


@dataclass(frozen=True)
class _Left:
    """HTML at [start, end) that looks like a widget, and why it was kept."""

    start: int
    end: int
    widget: str
    why: str


class _Import:
    def __init__(self, source: str, repaired: tuple[Repaired, ...], name: str, key: str, prover: Prover, *, as_html: bool) -> None:
        self._source, self._repaired, self._name, self._key, self._prover = source, repaired, name, key, prover
        self._as_html = as_html
        self._drops: list[Drop] = []
        self._taken: list[Drop] = []
        self._calls: list[_Call] = []
        self._left: list[_Left] = []
        self._lines = _Lines(source)
        self._has_open_address = False

    def run(self) -> Imported:
        start, end = fence.page_in(self._source)
        talk = [Drop(0, start, "chat text around the page"), Drop(end, len(self._source), "chat text around the page")]
        root = self._root = build(fence.alone(self._source, start, end))
        self._drops = outermost([*(drop for drop in talk if drop.end > drop.start), *frame(root), *drops(root)])
        facts = self._facts(root)
        self._has_open_address = any(
            e.name == "script" and quiz.PLACEHOLDER.search(root.source[e.start : e.end]) for e in root.descendants()
        )
        self._look(root, "", "", 0)
        if any(call.found.name == "quiz-button" and not call.found.quiz for call in self._calls):
            self._drop_scripts(root)
        facts, address = self._named(facts), self._address()
        pieces, format_, text = self._written(facts, address)
        if not pieces:  # what a reader of the file would find is not what was meant: nothing but HTML is left
            self._calls = []
            self._drops = [drop for drop in self._drops if drop.why != _SCRIPT]
            pieces, format_, text = self._written(facts, "")
        return self._told(facts, address if self._calls else "", pieces, format_, text)

    def _skipped(self, item: Item) -> bool:
        return is_in(self._drops, item) or is_in(self._taken, item)

    def _all_drops(self) -> list[Drop]:
        return sorted((*self._drops, *self._taken), key=lambda drop: drop.start)

    def _facts(self, root: Element) -> Facts:
        try:
            lines = [part for line in lines_of(root, self._skipped) for part in source_lines(line)]
        except Uncertain:
            lines = []
        facts = facts_of(root, lines)
        for line in repeats(lines, facts.title) if facts.title else []:
            if not any(element.name == "img" for element in line.elements()):
                start, end = extent(line)
                self._taken.append(Drop(start, end, "the title, which the theme shows above the post"))
        self._taken = outermost(self._taken)
        return facts

    def _named(self, facts: Facts) -> Facts:
        if facts.title:
            return facts
        words = " ".join(re.sub(r"[-_]+", " ", self._name).split())
        return replace(facts, title=words[:1].upper() + words[1:] or "Imported post", titled_by="the file's name")

    def _look(self, element: Element, hints: str, heading: str, depth: int) -> None:
        """Look for widgets in an element, the outermost first. heading: the one above, until it is used."""
        for item in element.items:
            if not isinstance(item, Element) or item.name in _NEVER_IN or self._skipped(item):
                continue
            if item.name in HEADINGS:
                heading = item.text()[:_LONGEST_HEADING]
                continue
            if self._recognised(Spot(item, f"{hints} {marks(item)}", heading, self._skipped, self._has_open_address)):
                heading = ""
                continue
            if depth < DEEPEST:
                self._look(item, f"{hints.rpartition('|')[2]}|{marks(item)}", heading, depth + 1)
            if (
                item.name in _ANSWERS
                or item.end - item.start > _LARGEST_WIDGET
                or any(inner.name in HEADINGS for inner in item.descendants())
            ):
                heading = ""

    def _recognised(self, spot: Spot) -> bool:
        element = spot.element
        if element.end - element.start > _LARGEST_WIDGET or not (element.name in SEPARATORS or _stands_alone(element, self._root)):
            return False
        for name, recogniser in _RECOGNISERS:
            try:
                found = recogniser(spot)
            except Uncertain as error:
                self._leave(element, name, str(error))
                continue
            if found is None:
                continue
            if why := self._objection(element, found):
                self._leave(element, name, why)
                continue
            self._calls.append(_Call(element.start, element.end, found))
            self._left = [left for left in self._left if left.widget != name or left.end < element.start]
            return True
        return False

    def _objection(self, element: Element, found: Found) -> str:
        return self._prover.objection(found, self._remaining(element)) if is_tidy(element) else "it contains an unmatched tag"

    def _leave(self, element: Element, widget: str, why: str) -> None:
        """Record kept HTML with its reason, once per place: the innermost element explains it best."""
        self._left = [left for left in self._left if left.widget != widget or left.end < element.end]
        self._left.append(_Left(element.start, element.end, widget, why))

    def _remaining(self, element: Element) -> str:
        """Return an element's source without removed parts."""
        out, at = "", element.start
        for drop in self._all_drops():
            if element.start <= drop.start and drop.end <= element.end:
                out, at = out + self._source[at : drop.start] + " ", drop.end
        return out + self._source[at : element.end]

    def _drop_scripts(self, root: Element) -> None:
        """Remove scripts that contain the button's placeholder, which have no purpose without the button."""
        for element in root.descendants():
            source = self._source[element.start : element.end]
            if element.name == "script" and quiz.PLACEHOLDER.search(source) and is_tidy(element) and len(source) < 6_000:
                self._drops.append(Drop(element.start, element.end, _SCRIPT))
        self._drops = outermost(self._drops)

    def _address(self) -> str:
        """The mock test's address for the front matter: the first one; buttons that lead elsewhere keep their own, and all do when a
        button or a link is still open, which the front matter would fill."""
        is_open = any(call.found.name == "quiz-button" and not call.found.quiz for call in self._calls)
        is_open = is_open or any(quiz.PLACEHOLDER.search(piece.text) for piece in self._pieces())
        first = "" if is_open else next((call.found.quiz for call in self._calls if call.found.quiz), "")
        for place, call in enumerate(self._calls):
            found = call.found
            if found.quiz and found.quiz != first:
                self._calls[place] = replace(call, found=replace(found, fields={**found.fields, "url": found.quiz}))
        return first

    def _written(self, facts: Facts, address: str) -> tuple[list[Piece], Literal["md", "html"], str]:
        """Return the pieces of the source, the post's format and its text; no pieces if the file would be read differently."""
        pieces = self._pieces()
        parts: list[write.Part] = []
        at = 0
        for piece in pieces:
            if piece.kind == "call":
                call = next(call for call in self._calls if call.start == piece.start)
                title, text = call_text(call.found)
                parts.append(write.Part(name=call.found.name, title=title, text=text))
            elif piece.kind == "kept":
                if parts and not parts[-1].name and at < piece.start:
                    parts[-1] = write.Part(write.joined(parts[-1].html, piece.text))
                else:
                    parts.append(write.Part(piece.text))
                at = piece.end
        parts = [part for part in parts if part.name or part.html.strip()]
        text, format_, proven = write.written(write.Head(facts, address, self._key), parts, as_html=self._as_html)
        return (pieces if proven or not self._calls else []), format_, text

    def _pieces(self) -> list[Piece]:
        marks = [(drop.start, drop.end, "dropped") for drop in self._drops]
        marks += [(drop.start, drop.end, "taken") for drop in self._taken]
        marks += [(call.start, call.end, "call") for call in self._calls]
        pieces: list[Piece] = []
        at = 0
        for start, end, kind in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
            if start < at:
                continue  # inside a call: the call was made without it
            if start > at:
                pieces.append(Piece(at, start, "kept", self._source[at:start]))
            pieces.append(Piece(start, end, kind))  # type: ignore[arg-type]  # three of the four kinds
            at = end
        if at < len(self._source):
            pieces.append(Piece(at, len(self._source), "kept", self._source[at:]))
        return pieces

    def _told(self, facts: Facts, address: str, pieces: list[Piece], format_: Literal["md", "html"], text: str) -> Imported:
        return Imported(
            text=text,
            format=format_,
            title=facts.title,
            titled_by=facts.titled_by,
            labels=facts.labels,
            date=facts.day,
            quiz=address,
            dropped=tuple(self._listed()),
            recognised=tuple(Recognised(self._lines.at(c.start), c.found.name, self._words(c.start, c.end)) for c in self._calls),
            kept=tuple(sorted(Kept(self._lines.at(left.start), left.widget, left.why) for left in self._left)),
            repaired=self._repaired,
            source=self._source,
            pieces=tuple(pieces),
            left_out=tuple((drop.start, drop.end) for drop in self._all_drops()),
        )

    def _listed(self) -> Iterator[Dropped]:
        for drop in self._all_drops():
            start = drop.start + len(self._source[drop.start : drop.end]) - len(self._source[drop.start : drop.end].lstrip())
            if start < drop.end and drop.why != FRAME:
                yield Dropped(self._lines.at(start), drop.why, self._words(drop.start, drop.end))

    def _words(self, start: int, end: int) -> str:
        """Return the first words of a span, or its first characters if it has none."""
        source = self._source[start:end]
        words = build(source).text() or " ".join(source.split())
        return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"


def _stands_alone(element: Element, root: Element) -> bool:
    """Return whether a button or a link is the whole of its line."""
    if element.name not in ("a", "button"):
        return False
    items = (element.parent or root).items
    place = items.index(element)
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(items):
            item = items[at]
            if isinstance(item, Element):
                if item.name not in SEPARATORS and item.name not in ("button", "script", "style"):
                    return False
                break
            if (text_of(element.source, item) or "").strip():
                return False
            at += step
    return True
