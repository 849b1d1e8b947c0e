"""Convert Markdown or plain text to a post, and report what was done with each part."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from blogkit.dataclass import dataclass
from blogkit.importers.html import boilerplate, write
from blogkit.importers.html.boilerplate import Drop
from blogkit.importers.html.metadata import PageMetadata
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.html.verify import Prover, call_text, registry_or_ours
from blogkit.importers.needs import with_needs
from blogkit.importers.repairs import LineNumbers, repaired
from blogkit.importers.report import (
    NO_HEADLINE,
    Dropped,
    Imported,
    ImportedPart,
    Kept,
    Needed,
    Recognised,
)
from blogkit.importers.text import chrome, plain
from blogkit.importers.text.blocks import text_blocks
from blogkit.importers.text.body import Body
from blogkit.importers.text.deviations import near_fixed, open_calls
from blogkit.importers.text.envelope import Envelope, open_envelope
from blogkit.importers.text.head import Head, head_of
from blogkit.importers.text.questions import split_questions
from blogkit.importers.text.reading import Reading
from blogkit.importers.text.rows import Row, in_fences, text_rows
from blogkit.lint.active_content import find_active
from blogkit.render.call_writer import fenced
from blogkit.render.widgets.registry import Registry

_SHOWN = 60


@dataclass(frozen=True)
class _Text:
    """A text that was read, with what was found in it."""

    source: str
    at: LineNumbers
    envelope: Envelope
    head: Head
    body: Body


def convert_text(
    text: str,
    *,
    is_plain: bool,
    name: str = "",
    key: str = "",
    registry: Registry | None = None,
    allow: Collection[str] = (),
    numbers: Sequence[int] = (),
) -> Imported:
    """Return a text as a post in Markdown. It never fails: unknown parts are kept.

    Args:
        text: The text; see `source.read_source`.
        is_plain: Whether it is plain text; else it is Markdown.
        name: What to call the post if nothing in the text does.
        key: The post's key, for the front matter; "" to take the file's name.
        registry: The widgets that calls are verified with; absent = the built-in ones.
        allow: The kinds of active content to keep.
        numbers: The number of each line in the file, if they are not 1, 2, 3.
    """
    source, fixes = repaired(text, numbers)
    envelope = open_envelope(text_rows(source))
    prover = Prover(registry_or_ours(registry))
    if not is_plain:
        envelope.rows, near = near_fixed(envelope.rows, prover.registry)
        fixes += tuple(replace(one, line=_line(one.line, numbers)) for one in near)
    awaits_quiz = chrome.asks_for_quiz(envelope.rows)
    _drop_chrome(envelope)
    opening = chrome.maybe_opening(envelope.rows)
    head = head_of(envelope, plain=is_plain or bool(numbers))
    blocks = text_blocks(envelope.rows, plain=is_plain)
    if is_plain:
        blocks = plain.split_heads(blocks)
    blocks = split_questions(blocks)
    body = Body(source, Reading(blocks, is_plain, awaits_quiz), prover, allow)
    body.read()
    if not is_plain:
        near_calls = open_calls(envelope.rows, prover.registry)
        body.asked += [(start, one.message, one.hint) for start, one in near_calls]
    if opening:
        what = f'this may be an assistant\'s sentence before the post: "{_short(opening.words)}"'
        body.asked.append((opening.start, what, "delete it if it is not yours"))
    read = _Text(source, LineNumbers(source, numbers), envelope, head, body)
    imported = _imported(read, _named(head.facts, name), key)
    fixes += tuple(replace(one, line=_line(one.line, numbers)) for one in body.fixes)
    fixes = tuple(sorted(fixes, key=lambda one: one.line))
    return with_needs(replace(imported, repaired=fixes, numbers=tuple(numbers)), numbers)


def _line(line: int, numbers: Sequence[int]) -> int:
    """Return the number of a line in the file."""
    return numbers[line - 1] if numbers else line


def _drop_chrome(envelope: Envelope) -> None:
    code = in_fences(envelope.rows)
    for at, row in enumerate(envelope.rows):
        if at not in code and (sent := chrome.SENT.match(row.text)):
            start = row.start + sent.end()
            why = "the time and the sender of a message"
            envelope.drops.append(Drop(row.start, start, why))
            envelope.rows[at] = Row(row.text[sent.end() :], row.line, start, row.end)
    for at, why in enumerate(chrome.reasons_of(envelope.rows, is_titled=bool(envelope.head))):
        if why:
            envelope.drop(at, why)
    for at, row in enumerate(envelope.rows):
        if at in code or not chrome.MARKS.search(row.text):
            continue
        for mark in chrome.MARKS.finditer(row.text):
            span = (row.start + mark.start(), row.start + mark.end())
            envelope.drops.append(Drop(*span, "a reference within the chat"))
        shown = re.sub(r" +(?=[.,;:!?]|$)", "", chrome.MARKS.sub("", row.text))
        envelope.rows[at] = Row(shown, row.line, row.start, row.end)


def _imported(read: _Text, facts: PageMetadata, key: str) -> Imported:
    body, head, source = read.body, read.head, read.source
    address = head.quiz or _address(body)
    drops = boilerplate.outermost([*read.envelope.drops, *head.drops, *body.drops])
    pieces = [
        *body.parts,
        *(ImportedPart(drop.start, drop.end, "dropped") for drop in drops),
        *(ImportedPart(drop.start, drop.end, "taken") for drop in head.taken),
    ]
    return Imported(
        text=_post(read, facts, key, address),
        format="md",
        title=facts.title,
        titled_by=facts.titled_by,
        labels=facts.labels,
        date=facts.day,
        quiz=address,
        dropped=tuple(_listed(read, [*drops, *_titles(head)])),
        recognised=tuple(
            Recognised(read.at.at(start), found.name, _first_line(source[start:end]))
            for (start, end), found in body.calls
        ),
        kept=tuple(
            sorted(Kept(read.at.at(start), widget, why) for start, widget, why in body.left)
        ),
        source=source,
        pieces=tuple(sorted(pieces, key=lambda piece: (piece.start, -piece.end))),
        left_out=tuple(
            (drop.start, drop.end) for drop in boilerplate.outermost([*drops, *head.taken])
        ),
        own=tuple(body.own),
        needed=tuple(Needed(read.at.at(start), *asked) for start, *asked in body.asked),
        source_kind="text" if body.reading.plain else "markdown",
    )


def _post(read: _Text, facts: PageMetadata, key: str, address: str) -> str:
    """Return the text of the post's file."""
    body = read.body
    front = write.PostHead(facts, address, key, _allowed(body), tuple(read.head.more)).text()
    calls = {span: _with_address(found, address) for span, found in body.calls}
    texts = [
        _call(calls[part.start, part.end]) if part.kind == "call" else part.text
        for part in body.parts
    ]
    return front + "\n" + "\n\n".join(texts).strip("\n") + "\n"


def _listed(read: _Text, drops: list[Drop]) -> list[Dropped]:
    return [
        Dropped(read.at.at(drop.start), drop.why, _short(read.source[drop.start : drop.end]))
        for drop in sorted(drops, key=lambda drop: drop.start)
    ]


def _titles(head: Head) -> list[Drop]:
    return [drop for drop in head.taken if "title" in drop.why and "front" not in drop.why]


def _named(facts: PageMetadata, name: str) -> PageMetadata:
    if facts.title:
        return facts
    words = " ".join(re.sub(r"[-_]+", " ", name).split())
    title = words[:1].upper() + words[1:] or "Imported post"
    return replace(facts, title=title, titled_by="the file's name" if words else NO_HEADLINE)


def _address(body: Body) -> str:
    """Return the mock test's address, "" if a button still waits for one."""
    addresses = [found.quiz for _, found in body.calls if found.name == "quiz-button"]
    return addresses[0] if addresses and all(addresses) else ""


def _with_address(found: WidgetMatch, first: str) -> WidgetMatch:
    if not found.quiz or found.quiz == first:
        return found
    return WidgetMatch(found.name, found.title, {**found.fields, "url": found.quiz})


def _call(found: WidgetMatch) -> str:
    title, text = call_text(found)
    return fenced(found.name, text, title).rstrip("\n")


def _allowed(body: Body) -> tuple[str, ...]:
    html = "\n".join(part.text for part in body.parts if "<" in part.text)
    kept = {part.kind for part in find_active(html)} if body.allow else set()
    return tuple(kind for kind in body.allow if kind in kept)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"


def _first_line(words: str) -> str:
    return _short(words.strip().partition("\n")[0])
