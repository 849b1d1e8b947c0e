"""Read the blocks of a text: recognise widgets, and write what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from blogkit.importers.html import boilerplate, write
from blogkit.importers.html.boilerplate import Drop
from blogkit.importers.html.elements import build
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.html.recognise import Search, find_widgets
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.html.verify import Prover
from blogkit.importers.report import ImportedPart, Repaired
from blogkit.importers.text import details, lines, plain, questions, tables, timelines
from blogkit.importers.text.blocks import TextBlock, is_delimiter
from blogkit.importers.text.deviations import checked_call
from blogkit.importers.text.reading import Reading, SourceSpan, TextWidget, UncertainPart
from blogkit.importers.text.words import shown_words
from blogkit.lint.active_content import find_active

TextRecogniser = Callable[[Reading, int], TextWidget | None]
_RECOGNISERS: tuple[tuple[str, TextRecogniser], ...] = (
    ("mcq", questions.text_mcq),
    ("mcq", tables.mcq_table),
    ("meta-box", details.text_meta_box),
    ("questions", questions.exam_questions),
    ("timeline", timelines.text_timeline),
    ("faq", questions.text_faq),
    ("table", tables.text_table),
    ("quiz-button", lines.text_quiz_button),
    ("byline", lines.text_byline),
)
_BULLETS = re.compile(r"(?m)^([ \t]*)[•◦▪‣●○■·►▶➤]([ \t]+)(?=\S)")


@dataclass
class Body:
    """The body while it is read.

    `parts` are the pieces of the post in order: what the source's span is, and its Markdown.
    """

    source: str
    reading: Reading
    prover: Prover
    allow: Collection[str]
    parts: list[ImportedPart] = field(default_factory=list)
    calls: list[tuple[SourceSpan, WidgetMatch]] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    own: list[SourceSpan] = field(default_factory=list)
    left: list[tuple[int, str, str]] = field(default_factory=list)
    asked: list[tuple[int, str, str]] = field(default_factory=list)
    fixes: list[Repaired] = field(default_factory=list)
    headings: plain.Headings = field(default_factory=plain.Headings)
    known: int = 0
    """The index of the block behind the last part that is known to be uncertain."""

    def read(self) -> None:
        """Read all blocks."""
        at = 0
        while at < len(self.reading.blocks):
            found = self._recognised(at)
            if found:
                self._call(at, found)
                at = found.end
                continue
            block = self.reading.blocks[at]
            if block.kind == "html" and not self.reading.plain:
                self._html(block)
            else:
                self._kept(at, block)
            at += 1

    def _recognised(self, at: int) -> TextWidget | None:
        reasons: list[tuple[int, str, str]] = []
        if at < self.known:
            return None
        for name, recogniser in _RECOGNISERS:
            start = self.reading.blocks[at].start
            try:
                found = recogniser(self.reading, at)
            except UncertainPart as error:
                self._uncertain(start, name, error)
                return None
            except Uncertain as error:
                reasons.append((start, name, str(error)))
                continue
            if found is None:
                continue
            if why := self._objection(at, found):
                if recogniser is questions.text_mcq:
                    return self._first_questions(at, found, why)
                reasons.append((start, name, why))
                continue
            return found
        self.left += reasons
        return None

    def _first_questions(self, at: int, run: TextWidget, why: str) -> TextWidget | None:
        """Return as many of the first questions of a run as the widget keeps, if it keeps one."""
        most, end = len(run.match.fields["items"]), run.end
        while most > 1:
            most //= 2
            try:
                found = questions.text_mcq(self.reading, at, most)
            except UncertainPart:
                break
            if found and not self._objection(at, found):
                return found
            end = found.end if found else end
        self._uncertain(
            self.reading.blocks[at].start, "mcq", UncertainPart(why, end, is_open=False)
        )
        return None

    def _uncertain(self, start: int, name: str, part: UncertainPart) -> None:
        """Note why a part stays as it is, once for all its blocks."""
        self.known = part.end
        if part.is_open:
            self.asked.append((start, str(part), "correct the text, and import it again"))
        else:
            self.left.append((start, name, str(part)))

    def _objection(self, at: int, found: TextWidget) -> str:
        blocks = self.reading.blocks[at : found.end]
        return self.prover.objection_to_words(found.match, self._words(blocks, found.own))

    def _words(self, blocks: Sequence[TextBlock], own: Sequence[SourceSpan]) -> list[str]:
        """Return the words of blocks, without those that the widget writes itself."""
        texts = []
        for block in blocks:
            for row in block.rows:
                text = row.text
                for start, end in sorted(own, reverse=True):
                    low, high = max(start, row.start), min(end, row.end)
                    if low < high:
                        text = text[: low - row.start] + " " + text[high - row.start :]
                texts.append(text)
        return shown_words("\n".join(texts), plain=self.reading.plain)

    def _call(self, at: int, found: TextWidget) -> None:
        start, end = self.reading.blocks[at].start, self.reading.blocks[found.end - 1].end
        self.calls.append(((start, end), found.match))
        self.own += found.own
        self.parts.append(ImportedPart(start, end, "call"))
        if found.asks:
            self.asked.append((start, found.asks, "write your own"))

    def _kept(self, at: int, block: TextBlock) -> None:
        if block.kind == "rule" and (self._is_top() or at == len(self.reading.blocks) - 1):
            return
        if block.kind == "fence" and not self.reading.plain:
            text, fixes, problems = checked_call(block, self.prover)
            self.fixes += fixes
            self.asked += [(start, one.message, one.hint or "fix it") for start, one in problems]
        elif not self.reading.plain:
            text = "\n".join(row.text for row in block.rows).rstrip()
            if block.kind in ("list", "paragraph"):
                text = _BULLETS.sub(r"\1-\2", text)
            if block.kind == "table" and not any(is_delimiter(r.text) for r in block.rows):
                text = tables.markdown_table(self.reading, block) or text
        elif level := self.headings.level(self.reading, at):
            text = f"{'#' * level} {plain.heading(block)}"
        else:
            text = plain.as_markdown(self.reading, block)
        self._find_lost(block)
        self.parts.append(ImportedPart(block.start, block.end, "kept", text))

    def _is_top(self) -> bool:
        """Return whether nothing but a byline is in the post yet, which a rule set apart."""
        names = {found.name for _, found in self.calls}
        return names <= {"byline"} and all(part.kind == "call" for part in self.parts)

    def _find_lost(self, block: TextBlock) -> None:
        """Note what looks like a table, and why it is none."""
        for part in [block, *_inner_lines(block)]:
            if why := tables.flaw_of_table(self.reading, part):
                self.left.append((part.start, "table", why))

    def _html(self, block: TextBlock) -> None:
        """Read a piece of HTML in Markdown as HTML is read elsewhere."""
        html = "\n".join(row.text for row in block.rows)
        root = build(html)
        active = [
            Drop(part.start, part.end, f"active content ({part.kind}): {part.what}")
            for part in find_active(html)
            if part.kind not in self.allow
        ]
        drops = boilerplate.outermost([*boilerplate.drops(root), *active])
        search = Search(root, html, self.prover, drops, [], False)
        find_widgets(search, root)
        marks: list[tuple[int, int, WidgetMatch | None]] = [(d.start, d.end, None) for d in drops]
        marks += [(call.start, call.end, call.found) for call in search.calls]
        at, first, text = 0, 0, ""
        ends: tuple[int, int, WidgetMatch | None] = (len(html), len(html), None)
        for start, end, found in [*sorted(marks, key=lambda one: (one[0], -one[1])), ends]:
            if start < at:
                continue
            text = write.joined(text, html[at:start])
            if found or start == len(html):
                if text.strip():
                    span = (block.start + first, block.start + start)
                    self.parts.append(ImportedPart(*span, "kept", text.strip("\n")))
                first, text = end, ""
            if found:
                span = (block.start + start, block.start + end)
                self.calls.append((span, found))
                self.parts.append(ImportedPart(*span, "call"))
            at = end
        self.drops += [Drop(block.start + d.start, block.start + d.end, d.why) for d in drops]
        self.own += [(block.start + a, block.start + b) for a, b in search.own]
        self.left += [(block.start + one.start, one.widget, one.why) for one in search.left]


def _inner_lines(block: TextBlock) -> Iterator[TextBlock]:
    """Yield the lines of each item of a list, below its first one."""
    for item in block.items:
        if rows := [row for row in item.rows[1:] if row.words]:
            yield TextBlock("paragraph", rows)
