"""Convert a pasted page to a post, and report what was done with each part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.html import Element
from blogkit.importers.html import chat_fence, write
from blogkit.importers.html.boilerplate import Drop, drops, extent, is_in, outermost, source_lines
from blogkit.importers.html.elements import build, is_tidy
from blogkit.importers.html.inline import Uncertain, lines_of
from blogkit.importers.html.metadata import PageMetadata, facts_of, repeats
from blogkit.importers.html.page_shell import FRAME, frame
from blogkit.importers.html.recognise import DetectedWidget, Search, Unrecognised, find_widgets
from blogkit.importers.html.verify import Prover, call_text, registry_or_ours
from blogkit.importers.repairs import LineNumbers, repaired
from blogkit.importers.report import (
    NO_HEADLINE,
    Dropped,
    Imported,
    ImportedPart,
    Kept,
    Recognised,
    Repaired,
)
from blogkit.lint.active_content import find_active
from blogkit.render import quiz
from blogkit.render.widgets.registry import Registry

_SHOWN = 60
_ACTIVE = "active content"
_SCRIPT = "the script of the quiz button"
_LARGEST_SCRIPT = 6_000


def convert(
    text: str,
    *,
    name: str = "",
    key: str = "",
    registry: Registry | None = None,
    only: Literal["md", "html"] | None = None,
    allow: Collection[str] = (),
) -> Imported:
    """Return a page as a post. It never fails: unknown parts are kept as HTML.

    Args:
        text: The page's text; see `source.read_source`.
        name: What to call the post if nothing in the page does.
        key: The post's key, for the front matter; "" to take the file's name.
        registry: The widgets that calls are verified with; absent = the built-in ones.
        only: "html" for a post of HTML even if Markdown could keep everything.
        allow: The kinds of active content to keep.
    """
    source, fixes = repaired(text)
    page = _Page(source, fixes, LineNumbers(source), name, key, only == "html", tuple(allow))
    start, end = chat_fence.page_in(source)
    talk = [
        Drop(0, start, "chat text around the page"),
        Drop(end, len(source), "chat text around the page"),
    ]
    root = build(chat_fence.alone(source, start, end))
    dropped = outermost(
        [*(drop for drop in talk if drop.end > drop.start), *frame(root), *drops(root)]
    )
    facts, taken = _facts(root, dropped)
    search = Search(
        root, source, Prover(registry_or_ours(registry)), dropped, taken, _has_open_address(root)
    )
    find_widgets(search, root)
    # after the search, which reads addresses from scripts
    parts = _Parts(outermost([*dropped, *_active(root, allow)]), taken, search.calls)
    if parts.is_open:  # the script would look for a button that is a widget now
        parts = replace(parts, dropped=outermost([*_scripts(root), *parts.dropped]))
    return _imported(page, _named(facts, name), parts, search.left)


@dataclass(frozen=True)
class _Page:
    """A page's text after repairs, and what is known of its post.

    `name` is its title if the page has none.
    """

    source: str
    repaired: tuple[Repaired, ...]
    lines: LineNumbers
    name: str
    key: str
    as_html: bool
    allow: tuple[str, ...]


@dataclass(frozen=True)
class _Parts:
    """What to do with each part of a page.

    It is dropped, taken into the front matter, or a widget's call. The rest is kept.
    """

    dropped: list[Drop]
    taken: list[Drop]
    calls: list[DetectedWidget]

    @property
    def is_open(self) -> bool:
        """Whether a button has no address yet."""
        return any(call.found.name == "quiz-button" and not call.found.quiz for call in self.calls)

    @property
    def left_out(self) -> list[Drop]:
        return sorted((*self.dropped, *self.taken), key=lambda drop: drop.start)


def _facts(root: Element, dropped: list[Drop]) -> tuple[PageMetadata, list[Drop]]:
    """Return the facts for the front matter, and the parts of the page that state them."""
    try:
        lines = [
            part
            for line in lines_of(root, lambda item: is_in(dropped, item))
            for part in source_lines(line)
        ]
    except Uncertain:
        lines = []
    facts = facts_of(root, lines)
    taken = []
    for line in repeats(lines, facts.title) if facts.title else []:
        if not any(element.name == "img" for element in line.elements()):
            start, end = extent(line)
            taken.append(Drop(start, end, "the title, which the theme shows above the post"))
    return facts, outermost(taken)


def _named(facts: PageMetadata, name: str) -> PageMetadata:
    if facts.title:
        return facts
    words = " ".join(re.sub(r"[-_]+", " ", name).split())
    return replace(
        facts,
        title=words[:1].upper() + words[1:] or "Imported post",
        titled_by="the file's name" if words else NO_HEADLINE,
    )


def _has_open_address(root: Element) -> bool:
    scripts = (element for element in root.descendants() if element.name == "script")
    return any(
        quiz.QUIZ_PLACEHOLDER.search(root.source[script.start : script.end]) for script in scripts
    )


def _active(root: Element, allow: Collection[str]) -> Iterator[Drop]:
    """Yield the active content that was not asked for."""
    for part in find_active(root.source):
        if part.kind not in allow:
            yield Drop(part.start, part.end, f"{_ACTIVE} ({part.kind}): {part.what}")


def _scripts(root: Element) -> Iterator[Drop]:
    """Yield scripts with the button's placeholder, which have no purpose without the button."""
    for element in root.descendants():
        source = root.source[element.start : element.end]
        is_small = is_tidy(element) and len(source) < _LARGEST_SCRIPT
        if element.name == "script" and is_small and quiz.QUIZ_PLACEHOLDER.search(source):
            yield Drop(element.start, element.end, _SCRIPT)


def _imported(
    page: _Page, facts: PageMetadata, parts: _Parts, left: list[Unrecognised]
) -> Imported:
    parts, address = _addressed(page, parts)
    pieces, format_, text = _written(page, facts, parts, address)
    if not pieces:  # the file would be read differently, so everything stays HTML
        parts = replace(
            parts, calls=[], dropped=[drop for drop in parts.dropped if drop.why != _SCRIPT]
        )
        pieces, format_, text = _written(page, facts, parts, "")
    parts = replace(parts, dropped=[drop for drop in parts.dropped if not _is_used(drop, parts)])
    at = page.lines.at
    return Imported(
        text=text,
        format=format_,
        title=facts.title,
        titled_by=facts.titled_by,
        labels=facts.labels,
        date=facts.day,
        quiz=address if parts.calls else "",
        dropped=tuple(_listed(page, parts)),
        recognised=tuple(
            Recognised(at(call.start), call.found.name, _words(page, call)) for call in parts.calls
        ),
        kept=tuple(sorted(Kept(at(one.start), one.widget, one.why) for one in left)),
        repaired=page.repaired,
        source=page.source,
        pieces=tuple(pieces),
        own=tuple(span for call in parts.calls for span in call.found.own),
        left_out=tuple((drop.start, drop.end) for drop in parts.left_out),
    )


def _addressed(page: _Page, parts: _Parts) -> tuple[_Parts, str]:
    """Return the parts with their addresses, and the mock test's address for the front matter.

    That is the first one. Buttons that lead elsewhere keep their own, and all do if a button or a
    link is still open, which the front matter would fill.
    """
    is_open = parts.is_open or any(
        quiz.QUIZ_PLACEHOLDER.search(piece.text) for piece in _pieces(page, parts)
    )
    first = (
        "" if is_open else next((call.found.quiz for call in parts.calls if call.found.quiz), "")
    )
    return replace(parts, calls=[_with_address(call, first) for call in parts.calls]), first


def _with_address(call: DetectedWidget, first: str) -> DetectedWidget:
    found = call.found
    if not found.quiz or found.quiz == first:
        return call
    return replace(call, found=replace(found, fields={**found.fields, "url": found.quiz}))


def _written(
    page: _Page, facts: PageMetadata, parts: _Parts, address: str
) -> tuple[list[ImportedPart], Literal["md", "html"], str]:
    """Return the pieces of the source, the post's format and its text.

    There are no pieces if the file would be read differently.
    """
    pieces = _pieces(page, parts)
    found = {call.start: call.found for call in reversed(parts.calls)}
    blocks: list[write.PostPart] = []
    at = 0
    for piece in pieces:
        if piece.kind == "call":
            title, text = call_text(found[piece.start])
            blocks.append(write.PostPart(name=found[piece.start].name, title=title, text=text))
        elif piece.kind == "kept":
            if blocks and not blocks[-1].name and at < piece.start:
                blocks[-1] = write.PostPart(write.joined(blocks[-1].html, piece.text))
            else:
                blocks.append(write.PostPart(piece.text))
            at = piece.end
    blocks = [block for block in blocks if block.name or block.html.strip()]
    kept = {part.kind for part in find_active("".join(block.html for block in blocks))}
    allowed = tuple(kind for kind in page.allow if kind in kept)
    head = write.PostHead(facts, address, page.key, allowed)
    text, format_, proven = write.write_post(head, blocks, as_html=page.as_html)
    return (pieces if proven or not parts.calls else []), format_, text


def _pieces(page: _Page, parts: _Parts) -> list[ImportedPart]:
    marks = [(drop.start, drop.end, "dropped") for drop in parts.dropped]
    marks += [(drop.start, drop.end, "taken") for drop in parts.taken]
    marks += [(call.start, call.end, "call") for call in parts.calls]
    pieces: list[ImportedPart] = []
    at = 0
    # the outer one of two that begin together comes first
    for start, end, kind in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if start < at:
            continue  # inside a call: the call was made without it
        if start > at:
            pieces.append(ImportedPart(at, start, "kept", page.source[at:start]))
        # three of the four kinds
        pieces.append(ImportedPart(start, end, kind))  # type: ignore[arg-type]
        at = end
    if at < len(page.source):
        pieces.append(ImportedPart(at, len(page.source), "kept", page.source[at:]))
    return pieces


def _listed(page: _Page, parts: _Parts) -> Iterator[Dropped]:
    for drop in parts.left_out:
        source = page.source[drop.start : drop.end]
        start = drop.start + len(source) - len(source.lstrip())
        if start < drop.end and drop.why != FRAME:
            yield Dropped(page.lines.at(start), drop.why, _words(page, drop))


def _is_used(drop: Drop, parts: _Parts) -> bool:
    """Return whether it is the active content of what became a widget, such as a button."""
    return drop.why.startswith(_ACTIVE) and any(
        call.start <= drop.start and drop.end <= call.end for call in parts.calls
    )


def _words(page: _Page, stretch: Drop | DetectedWidget) -> str:
    """Return the first words of a span, or its first characters if it has none."""
    source = page.source[stretch.start : stretch.end]
    words = build(source).text() or " ".join(source.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
