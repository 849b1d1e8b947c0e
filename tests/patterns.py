"""Read the regular expressions in the source, to find those that CPython 3.11.0 to 3.11.4 match
wrongly.

These versions lose matches of a possessive group whose body can match in more than one way
(https://github.com/python/cpython/issues/106052). Debian 12 has 3.11.2. Possessive single
characters (`[^"]*+`) are sound. Atomic groups and look-aheads that a back-reference repeats express
the same; one rule for the three is simpler to keep.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from re import _constants as op
from re import _parser
from types import ModuleType
from typing import Any

UNKNOWN = "(?:x|xy)"
"""Stands for a part of a pattern that only a run of the program knows: it can match in more than
one way.
"""

_SUSPECT = re.compile(r"[*+?}]\s*\+|\(\?[>=]")


def unsound(pattern: str) -> bool:
    """Return True if the pattern has a possessive part longer than a character, or an atomic
    group that can match in more than one way.
    """
    return bool(_SUSPECT.search(pattern)) and any(
        map(_discards_choices, _sequences(_parsed(pattern)))
    )


def readable(text: str) -> bool:
    """Return True if the text is a regular expression by itself."""
    return bool(_parsed(text))


def _parsed(text: str) -> list[_parser.SubPattern]:
    """Return what the text means as a pattern, as it is and with white space ignored; nothing if
    it is none.
    """
    trees = []
    for flags in (0, re.VERBOSE):
        with warnings.catch_warnings(), suppress(re.error):
            warnings.simplefilter("ignore")
            trees.append(_parser.parse(text, flags))
    return trees


def literals(path: Path, root: Path) -> Iterator[tuple[int, str, bool]]:
    """Yield the strings in a file: line, text, and whether a function of `re`, or `lazy_pattern`,
    takes it as its pattern.
    """
    known = vars(loaded(path, root))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    patterns = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and _of_re(node.func)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            text = _text(node, known)
            if text is not None:
                yield node.lineno, text, id(node) in patterns


def _of_re(function: ast.expr) -> bool:
    if isinstance(function, ast.Name) and function.id == "lazy_pattern":
        return True
    named = (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )
    return named and function.attr != "escape"


def loaded(path: Path, root: Path) -> ModuleType:
    """Return the module in a file."""
    if path.is_relative_to(root / "blogkit"):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        return importlib.import_module(name.removesuffix(".__init__"))
    spec = importlib.util.spec_from_file_location(f"patterns_of_{path.parent.name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # annotations are looked up there
    spec.loader.exec_module(module)
    return module


def _text(node: ast.expr, known: dict[str, Any]) -> str | None:
    """Return the string that an expression makes, with UNKNOWN for what is not a name of the
    module.
    """
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, known) or "" for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)) if isinstance(known.get(name), str):
            return known[name]
        case ast.FormattedValue():
            return UNKNOWN
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            texts = (_text(left, known), _text(right, known))
            return None if None in texts else "".join(text or "" for text in texts)
        case _:
            return None


def _sequences(tree: object) -> Iterator[list[tuple[Any, Any]]]:
    """Yield every sequence of items in a parsed pattern, at any depth."""
    if isinstance(tree, _parser.SubPattern):
        yield list(tree)
    if isinstance(tree, _parser.SubPattern | tuple | list):
        for part in tree:
            yield from _sequences(part)


def _discards_choices(items: list[tuple[Any, Any]]) -> bool:
    for index, (kind, value) in enumerate(items):
        if kind is op.POSSESSIVE_REPEAT and value[2].getwidth()[1] > 1:
            return True
        if kind is op.ATOMIC_GROUP and _has_choices(value):
            return True
        following = items[index + 1 : index + 2]
        if (
            kind is op.ASSERT
            and following
            and following[0][0] is op.GROUPREF
            and _has_choices(value)
        ):
            return True
    return False


def _has_choices(body: object) -> bool:
    """Return True if a part can match in more than one way from the same start."""
    return any(
        kind is op.BRANCH
        or kind is op.GROUPREF_EXISTS
        or (kind in {op.MAX_REPEAT, op.MIN_REPEAT} and value[0] != value[1])
        for sequence in _sequences(body)
        for kind, value in sequence
    )
