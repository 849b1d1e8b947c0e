"""Judge inline styles: which declarations WordPress keeps, and why it removes the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import whitespace
from typing import NamedTuple

from blogkit.sanitizers import facts
from blogkit.sanitizers.facts import Version
from blogkit.sanitizers.urls import stored_address

_MALFORMED = "WordPress may rewrite this declaration"
_ADVICE = "; inside a var(--name, …) it is kept"
_LENIENT = (7, 1)
"""The version from which gradients may have neighbours, and hold any function."""
_CUSTOM = re.compile(r"--[A-Za-z0-9_-]+")
_CALL = re.compile(r"([A-Za-z0-9_-]*)\(|\)")
_CALLED = re.compile(r"([A-Za-z0-9_-]+)\(")
_BRACKET_IN_QUOTES = re.compile(r"\"[^\"]*[()][^\"]*\"|'[^']*[()][^']*'")
_FORBIDDEN = re.compile(r"[&=\\}]|/\*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\\(?:[0\"'\\]|\s*\Z)")
_LOST_GAP = re.compile(r"\S[\t\n\r\f\v]+\S")
_WHITE = re.compile(r"\s+")


class Declaration(NamedTuple):
    """One declaration of a style.

    Attributes:
        text: Its source, with single spaces.
        name: The property.
        reason: Why WordPress does not keep it as it is; "" if it does.
        malformed: Whether the result is not known.
    """

    text: str
    name: str
    reason: str = ""
    malformed: bool = False


@lru_cache(maxsize=4096)
def judge_style(style: str, version: Version) -> tuple[Declaration, ...]:
    """Judge the declarations of a style attribute in order.

    Args:
        style: The value of the attribute, with character references replaced.
        version: The version of WordPress.
    """
    return tuple(_judge(part, version) for part in style.split(";") if part.strip(whitespace))


def _judge(part: str, version: Version) -> Declaration:
    name, colon, value = (piece.strip(whitespace) for piece in part.partition(":"))
    found = Declaration(f"{name}{colon}{_WHITE.sub(' ', value)}", name)
    if not (colon and name and value):
        return found._replace(reason=f"{_MALFORMED}: it is not name:value", malformed=True)
    if problem := _unreadable(part, value, version):
        return found._replace(reason=f"{_MALFORMED}: {problem}", malformed=True)
    is_custom = bool(_CUSTOM.fullmatch(name))
    if not is_custom and name not in facts.properties(version):
        return found._replace(reason=_unknown(name))
    return found._replace(reason=next(_refusals("" if is_custom else name, value, version), ""))


def _unreadable(part: str, value: str, version: Version) -> str:
    """Return what makes a value ambiguous, or "" if every reader divides it alike."""
    if value.count('"') % 2 or value.count("'") % 2 or value.count("(") != value.count(")"):
        return "a quote or a bracket is not closed before the next ;"
    if _CONTROL.search(part):
        return "it has a control character or a backslash"
    if "(" in value and part.partition(":")[0].endswith(tuple(whitespace)):
        return "a space is before the colon"
    if _BRACKET_IN_QUOTES.search(value):
        return "a bracket is inside quotes"
    if _LOST_GAP.search(value):
        return "only a line break or a tab separates two words"
    allowed = facts.functions(version)
    for name in _CALLED.findall(value):
        if name not in allowed and name.endswith(tuple(allowed)):
            return f"the function {name}() is unusual"
    return ""


def _unknown(name: str) -> str:
    if name != name.lower() and facts.property_since(name.lower()):
        return "WordPress reads property names in lower case only"
    if since := facts.property_since(name):
        return f"inline {name} is kept only from WordPress {since[0]}.{since[1]}"
    return f"WordPress does not keep inline {name}"


def _refusals(name: str, value: str, version: Version) -> Iterator[str]:
    """Yield why a value is not kept. Inside a function that is, almost anything may be."""
    functions = facts.functions(version)
    opened: list[str] = []
    at = start = 0
    for found in _CALL.finditer(value):
        if found[0] == ")":
            if not opened:
                yield 'WordPress does not allow ")" here'
                return
            function = opened.pop()
            at = found.end()
            is_part = start > 0 or at < len(value)
            if not opened and function.endswith("gradient") and is_part and version < _LENIENT:
                yield "WordPress before 7.1 keeps a gradient only if it is the whole value"
            continue
        if not opened:
            start = found.start()
            yield from _forbidden(value[at : found.start()])
            where = functions.get(found[1], frozenset())
            if not where or not (name in where or "*" in where or not name):
                thing = f"{found[1]}()" if found[1] else "a bracket"
                yield f"WordPress does not allow {thing} here{_ADVICE if name else ''}"
        elif opened[0].endswith("gradient"):
            yield from _in_gradient(found[1], len(opened), version)
        if found[1] == "url" and (name in functions["url"] if opened or name else True):
            yield from _address(value[found.end() :].partition(")")[0], bool(opened))
        opened.append(found[1])
    yield from _forbidden(value[at:])


def _in_gradient(function: str, depth: int, version: Version) -> Iterator[str]:
    if depth > 1 or (version < _LENIENT and function not in {"rgb", "rgba"}):
        yield f"WordPress does not allow {function}() inside a gradient"


def _address(written: str, is_inside: bool) -> Iterator[str]:
    address = written.strip(" \"'")
    if (address in {"", "0"} and not is_inside) or stored_address(address) != address:
        yield "its url() has an address that WordPress does not allow"


def _forbidden(outside: str) -> Iterator[str]:
    if found := _FORBIDDEN.search(outside):
        yield f'WordPress does not allow "{found[0]}" in a style'
