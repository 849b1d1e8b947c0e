"""Find the pictures of a generator's post that are files of the old site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from blogkit.importers.generators.edits import TagEdit
from blogkit.importers.repairs import LineNumbers
from blogkit.importers.report import Needed
from blogkit.posts.links import scheme

_PICTURE = re.compile(
    r"!\[(?:[^\]\\\n]|\\.){0,500}\]\(\s*<?(?P<mark>[^)>\n]{1,500})|"
    r"<img\b[^>]{0,1000}?\bsrc\s*=\s*[\"'](?P<html>[^\"'>]{1,500})",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\{[{%][<%]?\s*\w[^}]{0,1000}?\b(?:src|image_path)\s*=\s*[\"'](?P<tag>[^\"']{1,500})",
    re.IGNORECASE,
)
_TITLE_BEHIND = re.compile(r"\s+[\"'(].*$")


def old_pictures(
    body: str, edits: Sequence[TagEdit], lines: LineNumbers, base: int
) -> Iterator[Needed]:
    """Yield the pictures that are files of the old site.

    Args:
        body: The body, as the generator has it.
        edits: What becomes of its tags, in order and apart.
        lines: The lines of the file.
        base: Where the body begins in it.
    """
    for at, path in sorted(_addresses(body, edits)):
        yield Needed(
            lines.at(base + at),
            f'the picture "{path}" is a file of the old site',
            "put the file into your blog's folder, and write its path from the post",
        )


def _addresses(body: str, edits: Sequence[TagEdit]) -> Iterator[tuple[int, str]]:
    """Yield where each picture is in the body, and its path."""
    for edit in edits:
        if edit.kind in ("call", "needed"):
            for found in _TAG.finditer(body, edit.start, edit.end):
                if path := _path(found["tag"]):
                    yield found.start(), path
    text, starts = _translated(body, edits)
    for found in _PICTURE.finditer(text):
        if path := _path(found["mark"] or found["html"]):
            at, origin = starts[bisect_right(starts, (found.start(), len(body))) - 1]
            yield origin + found.start() - at, path


def _path(address: str) -> str:
    """Return the path on the old site; "" if the picture is elsewhere, or a tag has it."""
    path = re.sub(r"\{\{[^}]*\}\}|\{(?:static|attach)\}", "", address)
    path = _TITLE_BEHIND.sub("", path).strip()
    # a tag that stays in an address is listed by itself
    is_elsewhere = scheme(path) or path.startswith("//") or "{%" in path or "{{" in path
    return "" if is_elsewhere else path


def _translated(body: str, edits: Sequence[TagEdit]) -> tuple[str, list[tuple[int, int]]]:
    """Return the body with the addresses that its tags give, and where its pieces come from.

    A tag in an address has quotes and spaces, so the address is read from its translation. Tags
    that become a widget stay: their picture is read from the tag.
    """
    pieces: list[str] = []
    starts, at, length = [(0, 0)], 0, 0
    for edit in edits:
        if edit.kind == "call":
            continue
        for piece, origin in ((body[at : edit.start], at), (edit.new, edit.start)):
            starts.append((length, origin))
            pieces.append(piece)
            length += len(piece)
        at = edit.end
    starts.append((length, at))
    return "".join([*pieces, body[at:]]), starts
