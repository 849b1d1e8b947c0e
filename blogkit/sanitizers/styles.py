"""Judge inline styles: which declarations WordPress keeps, and why it removes the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import whitespace
from typing import NamedTuple

from blogkit.patterns import lazy_pattern
from blogkit.sanitizers.facts import Version, kept, since
from blogkit.sanitizers.urls import stored_address

_MALFORMED = "WordPress may rewrite this declaration"
_ADVICE = "; inside a var(--name, …) it is kept"
_LENIENT = (7, 1)
"""The version from which gradients may have neighbours, and hold any function."""
_CUSTOM = re.compile(r"--[A-Za-z0-9_-]+")
_INSIDE = "[^()]*"  # brackets in it are paired, up to five deep
for _ in range(5):
    _INSIDE = rf"[^()]*(?:\({_INSIDE}\)[^()]*)*"
_CALL = lazy_pattern(rf"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]*)\(({_INSIDE})\)")
"""A function that is not inside another, with what is in it."""
_PAIRED = re.compile(r"[^\"']*(?:(?:\"[^\"()]*\"|'[^'()]*')[^\"']*)*")
_ODD = lazy_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\\]|\S[\t\n\r\f\v]+\S|\A[^:]*\s:[^(]*\(")
_FORBIDDEN = re.compile(r"[&=}]|/\*")
_IN_GRADIENT = (
    re.compile(r"[^()]*(?:\brgba?\([^()]*\)[^()]*)*"),
    re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*"),  # from that version
)


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
    """Return the declarations of a style attribute in order, each judged.

    Args:
        style: The value of the attribute, with character references replaced.
        version: The version of WordPress.
    """
    return tuple(_judge(part, version) for part in style.split(";") if part.strip(whitespace))


def _judge(part: str, version: Version) -> Declaration:
    name, colon, value = (piece.strip(whitespace) for piece in part.partition(":"))
    found = Declaration(f"{name}{colon}{' '.join(value.split())}", name)
    if problem := next(_ambiguities(part, version), ""):
        return found._replace(reason=f"{_MALFORMED}: {problem}", malformed=True)
    return found._replace(reason=next(_refusals(name, value, version), ""))


def _ambiguities(part: str, version: Version) -> Iterator[str]:
    """Yield why programs divide or read a declaration in different ways."""
    name, _, value = part.partition(":")
    if not (name.strip() and value.strip()):
        yield "it is not name:value"
    is_custom, outside = name.strip().startswith("--"), _CALL.sub("", value)
    if not _PAIRED.fullmatch(value) or "(" in outside or ")" in outside:
        yield "a quote or bracket is not closed before the next ;, or a bracket is in quotes"
    if _ODD.search(f"{name}:{value.strip(whitespace)}"):
        yield "it has a backslash, a tab or line break between words, or a space before the colon"
    functions = tuple(name for name in kept(version) if name.endswith("()"))
    for function, arguments in _CALL.findall(value):
        if f"{function}()".endswith(functions) and f"{function}()" not in functions:
            yield f"the function {function}() is unusual"
        is_beside = function == "url" and is_custom and not _CALL.fullmatch(value.strip())
        if is_beside or "url(" in arguments:
            yield "an address is inside a function, or a part of a custom property"


def _refusals(name: str, value: str, version: Version) -> Iterator[str]:
    """Yield why a value is not kept. Inside a function that is, almost anything may be."""
    is_custom = bool(_CUSTOM.fullmatch(name))
    if not is_custom and name not in kept(version)["style="]:
        yield _unknown(name)
    if found := _FORBIDDEN.search(_CALL.sub(" ", value)):
        yield f'WordPress does not allow "{found[0]}" in a style'
    is_lenient = version >= _LENIENT
    for function, arguments in _CALL.findall(value):
        where = kept(version).get(f"{function}()", frozenset())
        if not (where if is_custom else where & {name, "*"}):
            thing = f"{function}()" if function else "a bracket"
            yield f"WordPress does not allow {thing} here{'' if is_custom else _ADVICE}"
        address = arguments.strip(" \"'")
        if function == "url" and (address in {"", "0"} or stored_address(address) != address):
            yield "its url() has an address that WordPress does not allow"
        if function.endswith("gradient"):
            if not _IN_GRADIENT[is_lenient].fullmatch(arguments):
                yield "WordPress does not allow the functions inside this gradient"
            if not is_lenient and not _CALL.fullmatch(value):
                yield "WordPress before 7.1 keeps a gradient only if it is the whole value"


def _unknown(name: str) -> str:
    if name != name.lower() and since("style=", name.lower()):
        return "WordPress reads property names in lower case only"
    if version := since("style=", name):
        return f"inline {name} is kept only from WordPress {version[0]}.{version[1]}"
    return f"WordPress does not keep inline {name}"
