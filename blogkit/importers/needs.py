"""List what only the author of an imported post can decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from blogkit.importers.repairs import LineNumbers
from blogkit.importers.report import Imported, Needed
from blogkit.lint.mojibake import find_mojibake

_SHOWN = 40


def with_needs(imported: Imported, numbers: Sequence[int] = ()) -> Imported:
    """Return an import with the list of what its author has to decide.

    Args:
        imported: The import.
        numbers: The number of each line of its source, if they are not 1, 2, 3.
    """
    lines = LineNumbers(imported.source, numbers)
    found = {*imported.needed, *_needs(imported), *_broken(imported, lines)}
    return replace(imported, needed=tuple(sorted(found)))


def _needs(imported: Imported) -> Iterator[Needed]:
    if imported.titled_by in ("", "the file's name"):
        yield Needed(0, "no headline was found, so the title is a guess", "write title:")
    if imported.date:
        hint = "to publish it then, uncomment the line publish:"
        yield Needed(0, f"the text is dated {imported.date}, and the post is a draft", hint)
    for made in imported.recognised:
        if made.widget == "quiz-button" and not imported.quiz and _is_pending(imported):
            hint = "set quiz: to the mock test's address"
            yield Needed(made.line, "the quiz button has no address", hint)


def _broken(imported: Imported, lines: LineNumbers) -> Iterator[Needed]:
    told: set[str] = set()
    for hit in find_mojibake(imported.source):
        text = imported.source[hit.start : hit.end]
        is_out = any(start <= hit.start < end for start, end in imported.left_out)
        if hit.certain or (is_out and (text in told or text not in imported.title)):
            continue
        told |= {text} if is_out else set()
        broken = text[:_SHOWN]
        offers = " or ".join(choice[:_SHOWN] for choice in hit.choices[:5])
        yield Needed(
            lines.at(hit.start),
            f'"{broken}" was decoded with the wrong encoding, and part of the text is lost',
            f"it may have been {offers}; write the right text",
        )


def _is_pending(imported: Imported) -> bool:
    return "{quiz-button}" in imported.text and "url:" not in imported.text
