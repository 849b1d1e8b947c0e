"""Report mojibake, and fix it in the file without changing any other byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.lint.mojibake import Mojibake, find_mojibake

_SHOWN = 200
_LINES = re.compile("([^\r\n]*)(\r\n|\r|\n|$)")


@dataclass(frozen=True, order=True)
class Repair:
    """A replacement in a line of a file. column: in characters, from 0."""

    line: int
    column: int
    old: str
    new: str


def mojibake(reading: LintContext) -> Iterator[Problem]:
    """Report text decoded with the wrong encoding. Certain cases are errors, which `--fix` can
    fix.
    """
    for line, _, text, hit in _hits(reading):
        broken = _short(text[hit.start : hit.end])
        if hit.certain:
            words = f'"{broken}" is "{_short(hit.choices[0])}" decoded with the wrong encoding'
            yield reading.problem(line, "mojibake", words, "run: blogkit check --fix")
            continue
        words = f'"{broken}" was decoded with the wrong encoding, and part of the text is lost'
        hint = (
            "it may have been "
            + " or ".join(map(_short, hit.choices[:5]))
            + "; write the right text"
        )
        yield replace(reading.problem(line, "mojibake", words, hint), severity="warning")


def repairs(reading: LintContext) -> list[Repair]:
    """Return the fixes that are certain."""
    return sorted(
        Repair(line, column, text[hit.start : hit.end], hit.choices[0])
        for line, column, text, hit in _hits(reading)
        if hit.certain
    )


def apply_repairs(data: bytes, changes: list[Repair]) -> bytes:
    """Return a file's bytes with the changes made.

    Line endings, byte order mark and all other bytes stay the same.

    Raises `ValueError` when the file does not hold what a change replaces.
    """
    lines = [list(match.groups()) for match in _LINES.finditer(data.decode("utf-8"))]
    for change in sorted(changes, reverse=True):
        text = lines[change.line - 1][0]
        column = change.column + (change.line == 1 and text.startswith("\ufeff"))
        if not text.startswith(change.old, column):
            raise ValueError(f'line {change.line} does not contain "{change.old}"')
        lines[change.line - 1][0] = text[:column] + change.new + text[column + len(change.old) :]
    return "".join(text + ending for text, ending in lines).encode("utf-8")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _hits(reading: LintContext) -> Iterator[tuple[int, int, str, Mojibake]]:
    """Yield the hits with their line, their column and the text they are in."""
    for number, text in reading.head:
        yield from ((number, hit.start, text, hit) for hit in find_mojibake(text))
    if not reading.post.body.isascii():
        for number, text in enumerate(reading.prose.split("\n"), reading.post.body_line):
            if not text.isascii():
                yield from ((number, hit.start, text, hit) for hit in find_mojibake(text))
