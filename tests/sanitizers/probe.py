"""Ask a running WordPress what its filter keeps, and print the answers as our tables.

`python -m tests.sanitizers.probe DOCROOT…` takes the folders of unpacked WordPress versions, the
oldest first. It saves one small fragment for each element, attribute, style property, function and
address scheme that HTML, SVG, MathML and CSS know, and sees which come back. Its output is
`blogkit/sanitizers/wordpress.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from html.entities import html5
from pathlib import Path

from tests.sanitizers.oracle import Filters
from tests.sanitizers.vocabulary import ATTRIBUTES, ELEMENTS, FUNCTIONS, PROPERTIES, SCHEMES

Table = dict[str, frozenset[str]]
"""Names, and what is kept on or in each of them."""
DOCUMENTED = {(6, 7): "opacity", (6, 9): "white-space", (7, 0): "display"}
"""Properties that versions first keep which are not at hand:
https://developer.wordpress.org/reference/functions/safecss_filter_attr/#changelog"""


def elements(real: Filters) -> Table:
    """Return the elements that are kept, each with the attributes that are kept on it."""
    answers = real("saved", [f"<{name}>x" for name in ELEMENTS])
    kept = [
        name
        for name, stored in zip(ELEMENTS, answers, strict=True)
        if stored.startswith(f"<{name}")
    ]
    asked = [(name, attribute) for name in kept for attribute in ATTRIBUTES]
    found: dict[str, set[str]] = {name: set() for name in kept}
    # a bare attribute, for some are kept in that form only; a style needs a declaration
    for sent in ("{}", '{}="1"', '{}="color:red"'):
        fragments = [f"<{name} {sent.format(attribute)}>x" for name, attribute in asked]
        for (name, attribute), stored in zip(asked, real("saved", fragments), strict=True):
            if f" {attribute}" in stored:
                found[name].add(attribute)
    return {name: frozenset(attributes) for name, attributes in found.items()}


def addresses(real: Filters, kept: Table) -> frozenset[str]:
    """Return the attributes from whose value a bad scheme is cut."""
    holders = {name: element for element, names in kept.items() for name in names}
    sent = [f'<{element} {name}="javascript:lost">x' for name, element in holders.items()]
    answers = zip(holders, real("saved", sent), strict=True)
    return frozenset(name for name, stored in answers if f'{name}="lost"' in stored)


def schemes(real: Filters) -> frozenset[str]:
    """Return the address schemes that links may have."""
    sent = [f'<a href="{scheme}:x">y</a>' for scheme in SCHEMES]
    answers = real("saved", sent)
    return frozenset(
        name for name, text, stored in zip(SCHEMES, sent, answers, strict=True) if text == stored
    )


def references(real: Filters) -> frozenset[str]:
    """Return the names of character references that are kept."""
    names = sorted({name.removesuffix(";") for name in html5})
    answers = real("saved", [f"&{name};" for name in names])
    kept = zip(names, answers, strict=True)
    return frozenset(name for name, stored in kept if stored == f"&{name};")


def properties(real: Filters) -> frozenset[str]:
    """Return the style properties that are kept."""
    sent = [f"{name}:1px" for name in PROPERTIES]
    answers = real("css", sent)
    return frozenset(
        name for name, text, stored in zip(PROPERTIES, sent, answers, strict=True) if text == stored
    )


def functions(real: Filters, kept: Iterable[str]) -> Table:
    """Return the functions that are kept in styles, each with its properties; `*` is all."""
    names = sorted(kept)
    found: Table = {}
    for function in FUNCTIONS:
        sent = [f"{name}:{function}(1)" for name in names]
        answers = zip(names, sent, real("css", sent), strict=True)
        if where := frozenset(name for name, text, stored in answers if text == stored):
            found[function] = where if len(where) < len(names) else frozenset("*")
    return found


def everywhere(kept: Table) -> Table:
    """Return the elements with the attributes that all of them keep under `*` alone."""
    common = frozenset.intersection(*(names for names in kept.values() if names))
    return {"*": common} | {name: names - common for name, names in kept.items()}


def added(before: Table, after: Table) -> Table:
    """Return what a version keeps that the one before did not."""
    return {
        name: names - before.get(name, frozenset())
        for name, names in after.items()
        if names - before.get(name, frozenset()) or name not in before
    }


def written(table: Table) -> dict[str, str]:
    """Return a table as it is in the file; names that keep the same share an entry."""
    shared: dict[frozenset[str], list[str]] = {}
    for name, kept in sorted(table.items()):
        shared.setdefault(kept, []).append(name)
    entries = sorted(shared.items(), key=lambda item: item[1])
    return {" ".join(names): " ".join(sorted(kept)) for kept, names in entries}


def table_of(real: Filters, kept: Table) -> Table:
    """Return all that a version keeps, by the keys of the file."""
    names = properties(real)
    called = {f"{name}()": where for name, where in functions(real, names).items()}
    bare = {name: attributes - {"data-foo"} for name, attributes in kept.items()}
    return {**everywhere(bare), **called, "style=": names}


def facts_of(docroots: list[str]) -> dict[str, object]:
    """Return the tables of the versions in order, each with what the one before does not keep."""
    found = {version: {"style=": name} for version, name in DOCUMENTED.items()}
    before: Table = {"style=": frozenset()}
    for docroot in docroots:
        real = Filters(Path(docroot))
        kept = elements(real)
        table = table_of(real, kept)
        earlier = {name for version, name in DOCUMENTED.items() if version < real.version}
        if new := written(added({**before, "style=": before["style="] | earlier}, table)):
            found[real.version] = new
        before = table
    addressed, allowed = addresses(real, kept), schemes(real)
    return {
        "kept": {".".join(map(str, version)): found[version] for version in sorted(found)},
        "addresses": " ".join(sorted(addressed)),
        "schemes": " ".join(sorted(allowed)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(facts_of(sys.argv[1:]), indent=1) + "\n")
