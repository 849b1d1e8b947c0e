"""Patch the smallest span of a block's Markdown, and keep its author's words around it. Pure."""

from __future__ import annotations

import re

from blogkit.html import decode
from blogkit.importers.patch.three_way import chunks
from blogkit.importers.patch.to_markdown import MarkdownStyle, to_markdown, written_style

_TOKEN = re.compile(r"\s+|&#?\w+;|\w+|[^\w\s]")


def patched(source: str, old: str, new: str, style: MarkdownStyle) -> str | None:
    """Return a block's Markdown with the change from one version of its HTML to another.

    Both versions are written as Markdown; what differs between these two is changed in the source,
    which differs from them only in style.

    Args:
        source: The block's Markdown.
        old: The HTML that it renders to.
        new: The HTML that it should render to.
        style: The author's style where the block does not show it.

    Returns:
        The Markdown; None if the change touches what the author wrote in another way.

    Raises:
        CannotWrite: Markdown has no way to write one of the versions.
    """
    style = written_style(source, style)
    texts = to_markdown(old, style), source, to_markdown(new, style)
    base, ours, theirs = (_TOKEN.findall(text) for text in texts)
    keys = [[_key(token) for token in tokens] for tokens in (base, ours, theirs)]
    found: list[str] = []
    for chunk in chunks(*keys):
        mine, other = ours[chunk.ours], theirs[chunk.theirs]
        if chunk.stable or keys[0][chunk.base] == keys[2][chunk.theirs]:
            found += mine
        elif keys[0][chunk.base] == keys[1][chunk.ours]:
            found += other
        elif (around := _around(keys[1][chunk.ours], keys[0][chunk.base])) is not None:
            found += [*mine[: around[0]], *other, *mine[around[1] :]]
        elif (around := _around(keys[2][chunk.theirs], keys[0][chunk.base])) is not None:
            found += [*other[: around[0]], *mine, *other[around[1] :]]
        else:
            return None
    return "".join(found)


def _around(version: list[str], base: list[str]) -> tuple[int, int] | None:
    """Return where a version has the base's words, if it only adds some before or after them."""
    for start in (0, len(version) - len(base)):
        if base and start >= 0 and version[start : start + len(base)] == base:
            return start, start + len(base)
    return None


def _key(token: str) -> str:
    """Return what a token is compared by: a line may be wrapped anywhere."""
    if token.isspace():
        return "\n\n" if token.count("\n") > 1 else " "
    return decode(token)
