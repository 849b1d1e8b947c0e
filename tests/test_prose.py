"""Texts are plain English: phrases that a reader stumbles over are banned, in messages, help,
docstrings and docs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from scripts.docs import PAGES, ROOT
from tests.cases import for_each
from tests.source import nodes

BANNED = {
    "anew": r"\banew\b",
    "whoever": r"\bwho(?:m)?ever\b",
    "nobody": r"\bnobody\b",
    "somebody": r"\bsomebody\b",
    # "there is no file" is plain English
    "is no …": r"(?<!\bthere )\b(?:is|are) no\b(?! longer\b| more than\b)",
    "stands": r"\bstands?\b(?! for\b)",
    "becomes of it": r"\b(?:becomes?|became|comes?|came|ma[dk]es?) of (?:it|that|them|each|a)\b",
    "says": r"\bsays?\b",
}
"""A name for each phrase, and the pattern that finds it."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|`[^`\n]*`")
_ARGUMENT = re.compile(r"^ +\*{0,2}\w+(?=: )", re.MULTILINE)
"""A parameter in a docstring's sections: its name is code."""
_FENCE = re.compile(r"^(`{3,}).*?^\1$", re.DOTALL | re.MULTILINE)
_MADE = re.compile(r"<!-- made: .*?<!-- /made -->", re.DOTALL)
_PROSE = re.compile(r"[A-Za-z’']{2,}[,;:]? [A-Za-z]")
"""Two words in a row: not a name or a path. Patterns are told by their \\b."""


def banned(text: str) -> list[str]:
    """Return the banned phrases of a text. What it quotes is the words of others."""
    plain = _QUOTED.sub('""', _ARGUMENT.sub("", text))
    return [
        name for name, pattern in BANNED.items() for _ in re.finditer(pattern, plain, re.IGNORECASE)
    ]


def strings(module: Sequence[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the line and text of every string of a module: docstrings, and literals that are
    prose.
    """
    parts = {id(part) for node in module if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in module:
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
        ):
            text = node.value
        else:
            continue
        if _PROSE.search(text) and "\\b" not in text:
            yield node.lineno, text


def found_in(path: Path) -> list[str]:
    """Return each banned phrase of a file, with its line."""
    name = path.relative_to(ROOT).as_posix()
    if path.suffix == ".py":
        found = strings(nodes(path))
        return [f"{name}:{line}: {phrase}" for line, words in found for phrase in banned(words)]
    text = path.read_text(encoding="utf-8")
    plain = _MADE.sub("", _FENCE.sub("", text))
    return [f"{name}: {phrase}" for phrase in banned(plain)]


FILES = [
    path for folder in ("blogkit", "widgets") for path in sorted((ROOT / folder).rglob("*.py"))
] + PAGES


@pytest.mark.xdist_group("source")
def test_no_text_has_a_banned_phrase() -> None:
    assert [hit for path in FILES for hit in found_in(path)] == []


@for_each(
    ("text", "phrases"),
    [
        ("publish it anew", ["anew"]),
        ("this is no date", ["is no …"]),
        ("it is no longer here, they are no longer here, and there is no file", []),
        ("the word “nobody” and the name `somebody` are quoted", []),
        ("it says which", ["says"]),
        ("what becomes of it", ["becomes of it"]),
        ("Args:\n    say: Prints.", []),
        ("it stands in a table; stand in line", ["stands", "stands"]),
    ],
)
def test_the_phrases_are_found(text: str, phrases: list[str]) -> None:
    assert banned(text) == phrases


def test_strings_are_read_as_a_reader_sees_them() -> None:
    source = '"""Nobody knows."""\nx = f"{a} is no {b}"\ny = re.compile(r"anew")\n'
    assert [banned(text) for _, text in strings([*ast.walk(ast.parse(source))])] == [
        ["nobody"],
        ["is no …"],
    ]
