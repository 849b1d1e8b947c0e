"""Read CSS declarations in the form that every site keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from blogkit.errors import nearest
from blogkit.render.looks.tokens import TOKENS

Declarations = Mapping[str, str]
Objection = Callable[[Any, str], None]
"""Takes a node of tinycss2, which knows its line, and what is wrong with it."""

REMOVED = "-"
"""The value that takes a declaration of the widget's own style away."""

_TOKEN = re.compile(r"var\(--bk-([a-z-]+)\)")


def read_declarations(content: str | list[Any], complain: Objection) -> dict[str, str]:
    """Return declarations by property, in canonical form.

    Args:
        content: The text, or tinycss2's nodes.
        complain: Told everything that is wrong.
    """
    import tinycss2  # what it reads is cached, so that most commands do without it

    found: dict[str, str] = {}
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration":
            complain(item, "this is not a declaration (name: value;)")
            continue
        value = minified(item.value) + ("!important" if item.important else "")
        # WordPress up to 6.8 cuts a declaration at an entity's semicolon, and a quote must be one.
        if re.search(r"[\"'\\]", value):
            complain(
                item,
                f'the value of "{item.name}" contains a quote, where sites cut the declaration off',
            )
        for token in _TOKEN.findall(value):
            if token not in TOKENS:
                hint = nearest(token, TOKENS) or f"tokens: {', '.join(sorted(TOKENS))}"
                complain(item, f"--bk-{token} is not a theme token and has no fallback; {hint}")
        found[item.lower_name if not item.name.startswith("--") else item.name] = value
    return found


def override(base: dict[str, str], over: Declarations) -> None:
    """Write declarations over others, property by property.

    One that is replaced moves to the end: a shorthand such as `border` must not be overridden by
    what was there before it (https://www.w3.org/TR/css-cascade-4/#cascade-order).

    Args:
        base: Changed in place.
        over: Its values win; `-` removes a property.
    """
    for name, value in over.items():
        base.pop(name, None)
        if value != REMOVED:
            base[name] = value


def minified(nodes: list[Any]) -> str:
    """Return CSS in canonical form: no comments, and only significant white space."""
    import tinycss2

    css = re.sub(r"/\*.*?\*/", "", tinycss2.serialize(nodes), flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r"([{;][\w-]+):\s+", r"\1:", css)
    return css.replace(";}", "}").strip()
