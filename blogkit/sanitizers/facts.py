"""What WordPress keeps of the posts of an account without `unfiltered_html`, by version.

`wordpress.json` is the output of `python -m tests.sanitizers.probe`, which saves a fragment for
each name that HTML, SVG, MathML and CSS know on running copies of WordPress 6.1 to 7.1, and looks
which come back. `tests/sanitizers/test_real_wordpress.py` compares them again. For each version,
it lists what the one before does not keep: elements with their attributes (`*`: those of all
elements), the properties of a style (`style=`), and functions (`url()`) with the properties in
which they are kept (`*`: in all).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html.entities import name2codepoint
from pathlib import Path
from typing import Any

Version = tuple[int, int]

_FOUND: dict[str, Any] = json.loads(Path(__file__).with_name("wordpress.json").read_bytes())

ADDRESSES = frozenset(_FOUND["addresses"].split())
"""Attributes that hold an address."""
SCHEMES = frozenset(_FOUND["schemes"].split())
"""Schemes that an address keeps."""
REFERENCES = frozenset({*name2codepoint, "apos"})
"""Names of character references: those of HTML 4, and `&apos;`."""


def _version(label: str) -> Version:
    major, minor = label.split(".")
    return int(major), int(minor)


VERSIONS = tuple(map(_version, _FOUND["kept"]))
"""The versions that keep more than the one before, the oldest first."""


@cache
def kept(version: Version) -> Mapping[str, frozenset[str]]:
    """Return what a version keeps: elements, `style=` and functions, each with its names."""
    table: dict[str, frozenset[str]] = {}
    for label, entries in _FOUND["kept"].items():
        for holders, names in entries.items() if _version(label) <= version else ():
            for holder in holders.split():
                table[holder] = table.get(holder, frozenset()) | frozenset(names.split())
    everywhere = table.pop("*")
    return {
        holder: names if holder.endswith(("=", ")")) else names | everywhere
        for holder, names in table.items()
    }


def since(holder: str, name: str | None = None) -> Version | None:
    """Return the version from which posts keep something, or None if none does.

    Args:
        holder: An element, or `style=`.
        name: An attribute of the element, or a property of the style; None for the element itself.
    """
    found = ((version, kept(version).get(holder)) for version in VERSIONS)
    return next((v for v, names in found if names is not None and name in {None, *names}), None)
