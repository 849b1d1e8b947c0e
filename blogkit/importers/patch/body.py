"""Patch the body of a Markdown post with what was changed in its rendered blocks.

Blocks that did not change keep their lines byte for byte. A patch is only kept if the file then
renders to what the site shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError
from blogkit.importers.patch.pieces import BodyPiece
from blogkit.importers.patch.three_way import Chunk, chunks
from blogkit.importers.patch.to_markdown import CannotWrite, to_markdown, written_style
from blogkit.importers.patch.words import patched
from blogkit.posts.post import BlockKind

_ALIKE = 0.3
"""How much of two texts must be the same for one to count as the other, changed."""
_ID = re.compile(r'<h[1-6][^>]* id="([^"]+)"')


@dataclass(frozen=True)
class RenderedBlock:
    """A block of a post's file, and what it renders to.

    Attributes:
        kind: What it is.
        line: The file's line where it begins, from 1.
        last: Its last line; 0 if it is not in one place.
        pieces: The pieces of the body that it becomes.
        name: The widget's name for kind "widget".
        fixed: Whether it has widgets, which a patch must not touch.
    """

    kind: BlockKind
    line: int
    last: int
    pieces: tuple[BodyPiece, ...]
    name: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class PatchNote:
    """Something that the user should know about a patch.

    Attributes:
        line: The line of the file before the patch.
        message: What happened, in words.
        left: Whether the block stayed as it was, so that file and site still differ.
    """

    line: int
    message: str
    left: bool = False


@dataclass(frozen=True)
class PatchedBody:
    """A patched file.

    Attributes:
        lines: Its lines, without line ends.
        notes: What the user should know.
    """

    lines: tuple[str, ...]
    notes: tuple[PatchNote, ...] = ()


Render = Callable[[Sequence[str]], Sequence[RenderedBlock]]
"""Renders the lines of a file. Raises `ContentError` if they cannot be read."""


@dataclass(frozen=True)
class _Edit:
    """A change of the file.

    Attributes:
        at: The place of the first block that it replaces.
        blocks: The blocks that it replaces; none for an insertion before `at`.
        piece: What takes their place; None removes them.
    """

    at: int
    blocks: tuple[RenderedBlock, ...]
    piece: BodyPiece | None = None


def patch_body(
    lines: Sequence[str],
    render: Render,
    base: Sequence[BodyPiece],
    there: Sequence[BodyPiece],
    *,
    as_html: bool,
) -> PatchedBody:
    """Return the file with the site's changes.

    Args:
        lines: The file's lines, without line ends.
        render: Renders the file.
        base: The pieces of the body when file and site last agreed.
        there: The pieces of the body on the site.
        as_html: Write the site's HTML in the place of what Markdown cannot express, such as a
            widget that was changed.

    Raises:
        ContentError: The file cannot be read.
    """
    blocks = render(lines)
    notes: list[PatchNote] = []
    edits = [*_edits(blocks, base, there, notes)]
    done = _Patch([*lines], [*blocks], render, as_html=as_html)
    # From the end, so that what is before stays where it is; and first what goes, since a block
    # that was moved would be there twice.
    gone: list[int] = []
    for edit in reversed(edits):
        if edit.piece is None:
            found = done.make(edit)
            gone += [] if any(note.left for note in found) else [edit.at]
            notes += found
    for edit in reversed(edits):
        if edit.piece is not None:
            notes += done.make(replace(edit, at=edit.at - sum(at < edit.at for at in gone)))
    return PatchedBody(tuple(done.lines), tuple(sorted(notes, key=lambda note: note.line)))


def _edits(
    blocks: Sequence[RenderedBlock],
    base: Sequence[BodyPiece],
    there: Sequence[BodyPiece],
    notes: list[PatchNote],
) -> Iterator[_Edit]:
    """Yield what the site changed, in the order of the file."""
    owners = [number for number, block in enumerate(blocks) for _ in block.pieces]
    ours = [piece.key for block in blocks for piece in block.pieces]
    old, new = [piece.key for piece in base], [piece.key for piece in there]
    for chunk in (part for whole in chunks(old, ours, new) for part in _split(whole)):
        if chunk.stable or new[chunk.theirs] in (old[chunk.base], ours[chunk.ours]):
            continue
        held = owners[chunk.ours]
        at = (
            held[0]
            if held
            else owners[chunk.ours.start]
            if chunk.ours.start < len(ours)
            else len(blocks)
        )
        if problem := _why_left(chunk, old, ours, owners):
            line = blocks[at].line if at < len(blocks) else 0
            notes.append(PatchNote(line, problem, left=True))
            continue
        yield from _paired(at, [blocks[number] for number in held], there[chunk.theirs])


def _split(chunk: Chunk) -> Iterator[Chunk]:
    """Yield a chunk block by block, if all versions have as many: neighbours change apart."""
    spans = [range(part.start, part.stop) for part in (chunk.base, chunk.ours, chunk.theirs)]
    if len({len(span) for span in spans}) > 1:
        yield chunk
        return
    for at in zip(*spans, strict=True):
        base, ours, theirs = (slice(place, place + 1) for place in at)
        yield Chunk(base, ours, theirs, stable=chunk.stable)


def _why_left(
    chunk: Chunk, old: Sequence[object], ours: Sequence[object], owners: Sequence[int]
) -> str:
    if old[chunk.base] != ours[chunk.ours]:
        return "this part was changed on both sides"
    held, before, after = owners[chunk.ours], owners[: chunk.ours.start], owners[chunk.ours.stop :]
    parted = held and (held[0] in before[-1:] or held[-1] in after[:1])
    return "one part of this block was changed on the site" if parted else ""


def _paired(at: int, held: Sequence[RenderedBlock], pieces: Sequence[BodyPiece]) -> Iterator[_Edit]:
    """Yield an edit for each block that was changed, removed or added, in order."""
    pairs = _alignment([_text(block.pieces) for block in held], [_text([p]) for p in pieces])
    for block, piece in pairs:
        found = () if block is None else (held[block],)
        yield _Edit(at, found, None if piece is None else pieces[piece])
        at += len(found)


def _text(pieces: Sequence[BodyPiece]) -> str:
    return " ".join(part.text for piece in pieces for part in piece.key)


def _alignment(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return which text became which: the pairs with the most in common, in order."""
    best: dict[tuple[int, int], tuple[float, list[tuple[int | None, int | None]]]] = {}
    for i in range(len(ours), -1, -1):
        for j in range(len(theirs), -1, -1):
            found: list[tuple[float, list[tuple[int | None, int | None]]]] = []
            if i < len(ours) and j < len(theirs):
                alike = SequenceMatcher(None, ours[i].split(), theirs[j].split()).ratio()
                if alike > _ALIKE:
                    rest = best[i + 1, j + 1]
                    found.append((alike + rest[0], [(i, j), *rest[1]]))
            if i < len(ours):
                found.append((best[i + 1, j][0], [(i, None), *best[i + 1, j][1]]))
            if j < len(theirs):
                found.append((best[i, j + 1][0], [(None, j), *best[i, j + 1][1]]))
            best[i, j] = max(found, key=lambda one: one[0], default=(0.0, []))
    return best[0, 0][1]


class _Patch:
    """A file while it is patched, from its end to its beginning."""

    def __init__(
        self,
        lines: list[str],
        blocks: list[RenderedBlock],
        render: Render,
        *,
        as_html: bool,
    ) -> None:
        self.lines, self._blocks, self._render, self._as_html = lines, blocks, render, as_html
        self._style = written_style("\n".join(lines))
        self._sources = {
            block.pieces[0].key: "\n".join(lines[block.line - 1 : block.last])
            for block in blocks
            if block.last and len(block.pieces) == 1
        }

    def make(self, edit: _Edit) -> list[PatchNote]:
        """Make one edit in the way that renders to what the site shows."""
        block = self._blocks[edit.at] if edit.blocks else None
        line = block.line if block else self._line_before(edit.at)
        if block and not block.last:
            return [PatchNote(line, f"the {block.kind} were changed on the site", left=True)]
        for text, note in self._ways(edit, block):
            lines = self._with(edit, block, text)
            if self._shows(lines, edit):
                self.lines = lines
                self._blocks = [*self._render(lines)]
                return [PatchNote(line, note)] if note else []
        what = f"the widget {{{block.name}}}" if block and block.name else "this part"
        how = "was changed on the site, and Markdown cannot express how"
        return [PatchNote(line, f"{what} {how}", left=True)]

    def _ways(self, edit: _Edit, block: RenderedBlock | None) -> Iterator[tuple[str, str]]:
        """Yield the texts that may be right, the closest to the author's first, with a note."""
        piece = edit.piece
        if piece is None:
            assert block is not None
            yield "", f"the widget {{{block.name}}} was removed on the site" if block.name else ""
            return
        anchor = _ID.search(piece.html)
        chosen = f" {{#{anchor[1]}}}" if anchor else ""
        source = "\n".join(self.lines[block.line - 1 : block.last]) if block else ""
        if not (block and block.kind in ("widget", "footnotes")):
            for text in self._written(source, block, piece):
                yield text, ""
                if chosen and "\n" not in text:
                    yield re.sub(r"\s*\{#[^{}]*\}\Z", "", text) + chosen, ""
        if self._as_html or not (block and (block.fixed or block.name)):
            yield _raw(piece.source), "written as HTML, because Markdown cannot express it"

    def _written(self, source: str, block: RenderedBlock | None, piece: BodyPiece) -> Iterator[str]:
        try:
            if block is None and piece.key in self._sources:
                yield self._sources[piece.key]  # it was moved
            if block and len(block.pieces) == 1:
                text = patched(source, block.pieces[0].html, piece.html, self._style)
                if text is not None:
                    yield text
            if not (block and block.fixed):
                yield to_markdown(piece.html, self._style)
        except CannotWrite:
            return

    def _line_before(self, at: int) -> int:
        """Return the line behind which a new block goes; 0 for the beginning of the body."""
        lasts = [block.last for block in self._blocks[:at] if block.last]
        return lasts[-1] if lasts else 0

    def _with(self, edit: _Edit, block: RenderedBlock | None, text: str) -> list[str]:
        new = text.split("\n") if text else []
        if block and new:
            return [*self.lines[: block.line - 1], *new, *self.lines[block.last :]]
        if block:
            start, end = block.line - 1, block.last
            while end < len(self.lines) and not self.lines[end].strip():
                end += 1
            if end == len(self.lines) and start:  # the last block: the blank lines before it go
                while start and not self.lines[start - 1].strip():
                    start -= 1
                return [*self.lines[:start], *([""] if not self.lines[-1] else [])]
            return [*self.lines[:start], *self.lines[end:]]
        if at := self._line_before(edit.at):
            return [*self.lines[:at], "", *new, *self.lines[at:]]
        first = next((one.line for one in self._blocks if one.line), len(self.lines) + 1)
        return [*self.lines[: first - 1], *new, "", *self.lines[first - 1 :]]

    def _shows(self, lines: Sequence[str], edit: _Edit) -> bool:
        """Return whether the file renders to the same blocks, and to the site's in this place."""
        try:
            found = self._render(lines)
        except ContentError:
            return False
        kept = self._blocks[edit.at + len(edit.blocks) :]
        new: list[RenderedBlock] = []
        if edit.piece and edit.at < len(found):
            # In a widget's place there may be plain HTML now.
            kind, name = found[edit.at].kind, found[edit.at].name
            new = [RenderedBlock(kind, 0, 0, (edit.piece,), name)]
        return _keys(found) == _keys([*self._blocks[: edit.at], *new, *kept])


def _keys(blocks: Sequence[RenderedBlock]) -> list[object]:
    # A widget may list the headings, and so change with them.
    return [
        ("widget", block.name)
        if block.kind == "widget"
        else tuple(piece.key for piece in block.pieces)
        for block in blocks
    ]


def _raw(source: str) -> str:
    """Return HTML on one line: a blank line would end it in Markdown."""
    if "<pre" in source.lower() or "<textarea" in source.lower():
        return source.strip()
    return re.sub(r"\s*\n\s*", " ", source.strip())
