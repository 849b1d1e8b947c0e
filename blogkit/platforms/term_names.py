"""Categories as files name them: by path, by id or by slug. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from blogkit.dataclass import dataclass

_ID = re.compile(r"id:\s*([0-9]{1,18})")
_SLUG = re.compile(r"slug:\s*(\S+)")
# Exports of WordPress shops write "A > B"
# (https://woocommerce.com/document/product-csv-importer-exporter/).
_SEPARATOR = re.compile("[/>]")
_SLASH = "\0"
"""Takes the place of a slash in a name while a path is split."""


@dataclass(frozen=True)
class TermName:
    """A category, or another term, as a file names it.

    Attributes:
        text: As written, with single spaces.
        path: Its name after those of its parents, the outermost first; () for an id or a slug.
        from_top: Whether the path begins at the top level; otherwise further parents may precede.
        id: The site's id of it; 0 if it is not named by its id.
        slug: Its slug; "" if it is not named by its slug.
    """

    text: str
    path: tuple[str, ...] = ()
    from_top: bool = False
    id: int = 0
    slug: str = ""


def read_term_name(text: str, *, flat: bool = False) -> TermName:
    """Return what a file names: `GS-III/Polity`, `/News`, `AC//DC`, `id:508` or `slug:polity-2`.

    Args:
        text: As written. "/" and ">" are between the parts of a path, "//" is a slash in a name,
            and "/" at the beginning means the top level.
        flat: There are no paths, so each of these is part of a name.
    """
    text = " ".join(text.split())
    if found := _ID.fullmatch(text):
        return TermName(text, id=int(found[1]))
    if found := _SLUG.fullmatch(text):
        return TermName(text, slug=found[1])
    if flat:
        return TermName(text, (text,))
    inner = text.replace("//", _SLASH)
    parts = (part.strip().replace(_SLASH, "/") for part in _SEPARATOR.split(inner))
    return TermName(text, tuple(filter(None, parts)) or (text,), from_top=inner.startswith("/"))


def write_path(path: Sequence[str], *, from_top: bool = False) -> str:
    """Return a path as a file names it.

    Args:
        path: The names, the outermost first.
        from_top: Whether it is to begin at the top level.
    """
    return "/" * from_top + "/".join(name.replace("/", "//") for name in path)


def as_labels(categories: Iterable[str]) -> tuple[str, ...]:
    """Return the labels for categories, for a site whose labels have no hierarchy.

    It is the last part of each path. Ids and slugs are those of other sites, so they are left out.

    Args:
        categories: As the file names them.
    """
    names = map(read_term_name, categories)
    return tuple(dict.fromkeys(name.path[-1] for name in names if name.path))
