"""List what only the author of an imported post can decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from blogkit.importers.repairs import LineNumbers
from blogkit.importers.report import NO_HEADLINE, Imported, Needed
from blogkit.lint.mojibake import find_mojibake

_SHOWN = 40
_SCRIPTS = {
    "Devanagari": ("\u0900-\u097f", "hi", "mr", "ne"),
    "Bengali": ("\u0980-\u09ff", "bn", "as"),
    "Gurmukhi": ("\u0a00-\u0a7f", "pa"),
    "Gujarati": ("\u0a80-\u0aff", "gu"),
    "Odia": ("\u0b00-\u0b7f", "or"),
    "Tamil": ("\u0b80-\u0bff", "ta"),
    "Telugu": ("\u0c00-\u0c7f", "te"),
    "Kannada": ("\u0c80-\u0cff", "kn"),
    "Malayalam": ("\u0d00-\u0d7f", "ml"),
    "Arabic": ("\u0620-\u064a\u066e-\u06d3", "ur", "ar", "fa"),
    "Hebrew": ("\u05d0-\u05ea", "he"),
}
"""The letters of each script (https://www.unicode.org/charts/), and languages that use it."""


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
    if imported.titled_by in ("", "the file's name", NO_HEADLINE):
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


def asking_for_language(imported: Imported, blog: str) -> Imported:
    """Return an import that asks for the post's language, if its script is not the blog's.

    Widgets write words of their own, and pages are laid out, by the language.

    Args:
        imported: The import.
        blog: The blog's language tag.
    """
    head, _, body = imported.text.partition("\n---\n")
    letters = sum(letter.isalpha() for letter in body)
    for script, (signs, *languages) in _SCRIPTS.items():
        if len(re.findall(f"[{signs}]", body)) * 2 < letters or not letters:
            continue
        if re.search("(?m)^language:", head) or blog.partition("-")[0].lower() in languages:
            break
        first, *others = languages
        what = f"the text is in {script} letters, and the blog's language is {blog}"
        hint = f"write language: {first}" + (f" (or {', '.join(others)})" if others else "")
        return replace(imported, needed=tuple(sorted([*imported.needed, Needed(0, what, hint)])))
    return imported
