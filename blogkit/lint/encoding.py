"""Report mojibake, and fix it in the file without changing any other byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.lint.mojibake import Mojibake, find_mojibake, may_be_mojibake
from blogkit.lint.required_words import SearchedText
from blogkit.patterns import lazy_pattern

_SHOWN = 200
_LINES = lazy_pattern("([^\r\n]*)(\r\n|\r|\n|$)")


@dataclass(frozen=True, order=True)
class Repair:
    """A replacement in a line of a file.

    Attributes:
        line: The file's line, from 1.
        column: Where the old text begins, in characters, from 0.
        old: The text to replace.
        new: The text to put in its place.
    """

    line: int
    column: int
    old: str
    new: str


def mojibake(context: LintContext) -> Iterator[Problem]:
    """Yield text that was decoded with the wrong encoding.

    Certain cases are errors, which `--fix` can fix; others are warnings.
    """
    for line, _, text, hit in (*_hits(context), *_hits_in_escapes(context)):
        broken = _short(text[hit.start : hit.end])
        if hit.certain:
            words = f'"{broken}" is "{_short(hit.choices[0])}" decoded with the wrong encoding'
            yield context.problem(line, "mojibake", words, "run: blogkit check --fix")
            continue
        words = f'"{broken}" was decoded with the wrong encoding, and part of the text is lost'
        hint = (
            "it may have been "
            + " or ".join(map(_short, hit.choices[:5]))
            + "; write the right text"
        )
        # A warning: the fix is a guess, and an error would stop a post that may be right.
        yield replace(context.problem(line, "mojibake", words, hint), severity="warning")


def may_hold_mojibake(searched: SearchedText) -> bool:
    """Return whether a text may hold mojibake; False is certain."""
    # Neighbours in the text are neighbours among the few characters outside ASCII, too.
    return may_be_mojibake(searched.foreign) and may_be_mojibake(searched.text)


def repairs(context: LintContext) -> list[Repair]:
    """Return the fixes that are certain."""
    return sorted(
        Repair(line, column, text[hit.start : hit.end], hit.choices[0])
        for line, column, text, hit in _hits(context)
        if hit.certain
    )


def apart(changes: list[Repair]) -> list[Repair]:
    """Return changes in order, without those that begin inside an earlier one."""
    kept: list[Repair] = []
    for change in sorted(changes):
        last = kept[-1] if kept else None
        if not last or last.line != change.line or last.column + len(last.old) <= change.column:
            kept.append(change)
    return kept


def apply_repairs(data: bytes, changes: list[Repair]) -> bytes:
    """Return a file's bytes with the changes made.

    Line endings, byte order mark and all other bytes stay the same.

    Args:
        data: The file's bytes, in UTF-8.
        changes: Replacements, in any order.

    Raises:
        ValueError: The file does not hold what a change replaces; it changed since it was checked.
    """
    lines = [list(match.groups()) for match in _LINES.finditer(data.decode("utf-8"))]
    for change in sorted(changes, reverse=True):  # from the end, so that columns stay right
        text = lines[change.line - 1][0]
        # columns were counted without the byte order mark
        column = change.column + (change.line == 1 and text.startswith("\ufeff"))
        if not text.startswith(change.old, column):
            raise ValueError(f'line {change.line} does not contain "{change.old}"')
        lines[change.line - 1][0] = text[:column] + change.new + text[column + len(change.old) :]
    return "".join(text + ending for text, ending in lines).encode("utf-8")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _hits_in_escapes(context: LintContext) -> Iterator[tuple[int, int, str, Mojibake]]:
    r"""Yield what is certain in values of front matter, and is not in their lines as it is.

    `title: "caf\u00c3\u00a9"` is refused like `title: cafÃ©`, but cannot be fixed in the file.
    """
    for _, text, line in context.fields:
        for hit in find_mojibake(text):
            if hit.certain and text[hit.start : hit.end] not in _written(context, line):
                yield line, hit.start, text, hit


def _written(context: LintContext, line: int) -> str:
    """Return the lines of a value of front matter, whose key is on a line."""
    later = (other for other in context.post.lines.values() if other > line)
    end = min(later, default=context.post.body_line)
    return "\n".join(text for number, text in context.head if line <= number < end)


def _hits(context: LintContext) -> Iterator[tuple[int, int, str, Mojibake]]:
    """Yield the hits with their line, their column and the text they are in."""
    for number, text in context.head:
        yield from ((number, hit.start, text, hit) for hit in find_mojibake(text))
    # in text only: code and addresses may hold any characters
    if may_hold_mojibake(context.searched_body):
        for number, text in enumerate(context.prose.split("\n"), context.post.body_line):
            if not text.isascii():
                yield from ((number, hit.start, text, hit) for hit in find_mojibake(text))
