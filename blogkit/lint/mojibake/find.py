"""Find and repair the broken parts of a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from blogkit.lint.mojibake.character import BrokenCharacter, read_broken
from blogkit.lint.mojibake.code_pages import ENCODINGS, first_pattern, suspicious_runs
from blogkit.lint.mojibake.evidence import Mojibake, judged_run
from blogkit.patterns import lazy_pattern

_MOST = 8
"""Choices for neighbouring characters together."""
_NOT_ASCII = lazy_pattern(r"[^\x00-\x7f][^\x00-\x7f]")  # with {2}, Python finds it slowly
_ENOUGH = 200_000
"""So many broken characters of a line are read; what follows them is read once they are fixed."""


def may_be_mojibake(text: str) -> bool:
    """Return whether a text may hold mojibake; False is certain."""
    return not text.isascii() and bool(_NOT_ASCII.search(text) and first_pattern().search(text))


def find_mojibake(text: str) -> list[Mojibake]:
    """Return all broken text in order. Neighbouring characters are one hit."""
    return list(_found(text)) if may_be_mojibake(text) else []


@lru_cache(maxsize=256)
def _found(text: str) -> tuple[Mojibake, ...]:
    """Return the hits. A check asks twice for each line: for its errors, and for everything."""
    found: list[Mojibake] = []
    for encoding in ENCODINGS:
        left = _ENOUGH
        for match in suspicious_runs(encoding).finditer(text):
            stop = min(match.end(), match.start() + left)
            found += _hits(text, match.start(), stop, encoding)
            left -= stop - match.start()
            if not left:
                break
    return tuple(_merged(sorted(found, key=lambda hit: (hit.start, hit.partial, -hit.end))))


def repair(text: str, *, guess: bool = False) -> str:
    """Return the text with certain fixes.

    Args:
        text: The text.
        guess: Whether to use the most likely choice elsewhere.
    """
    parts: list[str] = []
    at = 0
    for hit in find_mojibake(text):
        if hit.certain or guess:
            parts += [text[at : hit.start], hit.choices[0]]
            at = hit.end
    return "".join([*parts, text[at:]])


def _hits(text: str, start: int, stop: int, encoding: str) -> Iterator[Mojibake]:
    """Return the hits in one run of suspicious characters."""
    run: list[BrokenCharacter] = []
    at = start
    while at < stop:
        piece = read_broken(text, at, encoding)
        if piece is None:
            yield from judged_run(text, run, encoding)
            run, at = [], at + 1
            continue
        run.append(piece)
        at = piece.end
    yield from judged_run(text, run, encoding)


def _merged(hits: list[Mojibake]) -> list[Mojibake]:
    """Merge neighbouring hits. If encodings disagree about a place, every reading is a choice."""
    apart: list[Mojibake] = []
    for hit in hits:
        last = apart[-1] if apart else None
        if last and hit.start < last.end:
            if (hit.start, hit.end) == (last.start, last.end) and hit.partial == last.partial:
                choices = tuple(dict.fromkeys([*last.choices, *hit.choices]))
                apart[-1] = Mojibake(hit.start, hit.end, choices, last.partial or hit.partial)
            continue
        apart.append(hit)
    groups: list[list[Mojibake]] = []
    count = end = 0
    for hit in apart:
        count *= len(hit.choices)
        if groups and end == hit.start and count <= _MOST:
            groups[-1].append(hit)
        else:
            groups.append([hit])
            count = len(hit.choices)
        end = hit.end
    return [_joined(group) for group in groups]


def _joined(hits: list[Mojibake]) -> Mojibake:
    """Return neighbouring hits as one, with every combination of their choices."""
    choices = tuple("".join(chosen) for chosen in product(*(hit.choices for hit in hits)))
    return Mojibake(hits[0].start, hits[-1].end, choices, any(hit.partial for hit in hits))
