"""What WordPress keeps of the posts of an account without `unfiltered_html`, by version.

`wordpress.json` is the output of `python -m tests.sanitizers.probe`, which saves a fragment for
each name that HTML, SVG, MathML and CSS know on running copies of WordPress 6.1 to 7.1, and looks
which come back. `tests/sanitizers/test_real_wordpress.py` compares them again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html.entities import name2codepoint
from pathlib import Path
from typing import Any

Version = tuple[int, int]
Table = Mapping[str, frozenset[str]]

_FOUND: dict[str, Any] = json.loads(Path(__file__).with_name("wordpress.json").read_bytes())
_DOCUMENTED = {"6.9": "white-space", "7.0": "display"}
"""Properties of versions that were not at hand:
https://developer.wordpress.org/reference/functions/safecss_filter_attr/#changelog"""

ADDRESSES = frozenset(_FOUND["addresses"].split())
"""Attributes that hold an address."""
SCHEMES = frozenset(_FOUND["schemes"].split())
"""Schemes that an address keeps."""
REFERENCES = frozenset({*name2codepoint, "apos"})
"""Names of character references: those of HTML 4, and `&apos;`."""


def _version(label: str) -> Version:
    major, minor = label.split(".")
    return int(major), int(minor)


_TABLES = (_FOUND["elements"], _FOUND["properties"], _FOUND["functions"], _DOCUMENTED)
VERSIONS = tuple(sorted({_version(label) for table in _TABLES for label in table}))
"""The versions that keep more than the one before."""


@cache
def elements(version: Version) -> Table:
    """Return the elements that a version keeps, each with its attributes."""
    kept = _until(version, "elements")
    everywhere = kept.pop("*")
    # the attributes of an object depend on where the file is that it shows
    return {name: own | everywhere for name, own in kept.items()} | {"object": frozenset()}


@cache
def properties(version: Version) -> frozenset[str]:
    """Return the style properties that a version keeps."""
    found = [*_FOUND["properties"].items(), *_DOCUMENTED.items()]
    kept = [names for label, names in found if _version(label) <= version]
    return frozenset(" ".join(kept).split())


@cache
def functions(version: Version) -> Table:
    """Return the functions that a version keeps in styles, each with its properties."""
    return _until(version, "functions")


def element_since(name: str) -> Version | None:
    """Return the version from which posts keep an element, or None if none does."""
    return next((version for version in VERSIONS if name in elements(version)), None)


def attribute_since(element: str, name: str) -> Version | None:
    """Return the version from which posts keep an attribute of an element, or None if none does."""
    kept = ((version, elements(version).get(element, frozenset())) for version in VERSIONS)
    return next((version for version, names in kept if name in names), None)


def property_since(name: str) -> Version | None:
    """Return the version from which posts keep a style property, or None if none does."""
    return next((version for version in VERSIONS if name in properties(version)), None)


def _until(version: Version, title: str) -> dict[str, frozenset[str]]:
    kept: dict[str, frozenset[str]] = {}
    for label, entries in _FOUND[title].items():
        if _version(label) <= version:
            for names, values in entries.items():
                for name in names.split():
                    kept[name] = kept.get(name, frozenset()) | frozenset(values.split())
    return kept
