"""Tell whether two bodies differ in nothing but the look of their widgets. Pure."""

from __future__ import annotations

import re
from itertools import zip_longest

from blogkit.html import pieces, words
from blogkit.html.elements import VOID
from blogkit.html.spelling import respell
from blogkit.patterns import lazy_pattern

_WIDGET = re.compile(r"\bbk-")
_SHEET = re.compile(r"<style\b[^>]*>[^<]*\.bk-[^<]*</style>")
_HIDDEN = re.compile(r'<span\b[^>]*aria-hidden="true"[^>]*>[^<]*</span>')
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_LETTERS = lazy_pattern(r"[\w₹$€£%+-]+")


def differ_in_looks_alone(one: str, other: str) -> bool:
    """Return whether two bodies have the same words and links in widgets, and are equal elsewhere.

    Args:
        one: A body.
        other: Another one.
    """
    return one != other and all(
        mine is not None and theirs is not None and _same(mine, theirs)
        for mine, theirs in zip_longest(*(_parts(_SHEET.sub("", html)) for html in (one, other)))
    )


def _same(mine: tuple[bool, str], theirs: tuple[bool, str]) -> bool:
    if mine[0] != theirs[0]:
        return False
    if not mine[0]:
        return respell(mine[1]) == respell(theirs[1])
    return _substance(mine[1]) == _substance(theirs[1])


def _substance(html: str) -> tuple[list[str], list[str]]:
    """Return the words and addresses of a widget; its look may change all the rest."""
    return _LETTERS.findall(words(_HIDDEN.sub("", html))), sorted(_ADDRESS.findall(html))


def _parts(html: str) -> list[tuple[bool, str]]:
    """Return the widgets of a body and what is between them, each with whether it is a widget."""
    parts: list[tuple[bool, str]] = []
    run, depth = "", 0
    for piece in pieces(html):
        opens = piece.kind == "start" and piece.name not in VOID
        if not depth and opens and _WIDGET.search(piece.attribute("class") or ""):
            parts.append((False, run))
            run, depth = "", 0
            depth = 1
            run = piece.text
            continue
        run += piece.text
        if depth:
            depth += opens - (piece.kind == "end")
            if not depth:
                parts.append((True, run))
                run = ""
    return [*parts, (False, run)]
