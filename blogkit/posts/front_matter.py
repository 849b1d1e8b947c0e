"""Find the YAML at the top of a post, between two lines `---`, and the title in it."""

from __future__ import annotations

import re
from pathlib import Path

from blogkit.errors import ContentError, Problem
from blogkit.patterns import lazy_pattern

_LOOKS_LIKE_DASHES = lazy_pattern(r"[-‐-―−]{1,}\Z")  # word processors turn --- into one long dash
_WEB_PAGE = lazy_pattern(r"\s*<(!doctype|html)\b", re.IGNORECASE)
_MOST_BYTES = 4_000
_FRONT_MATTER = lazy_pattern(
    r"\A\ufeff?(?:<!--\s*)?---\s*\n(.*?)(?:^---|\Z)", re.DOTALL | re.MULTILINE
)
_TITLE = lazy_pattern(r"""^title:[ \t]*(["']?)(\S.*?)\1[ \t]*$""", re.MULTILINE)
_IMPORT = "move the file out of posts/, and make a post of it: blogkit import FILE"
_EXAMPLE = 'begin the file with three lines: ---, "title: …", ---'


def split_front_matter(text: str, path: str) -> tuple[str, int, str, int]:
    """Return the two halves of a post, each with its place in the file.

    Args:
        text: The whole file, with LF line endings.
        path: The file's name for messages.

    Returns:
        The YAML, the line on which it begins, the body, the line on which that begins. Lines count
        from 1.

    Raises:
        ContentError: The file is empty, has no front matter, or never closes it.
    """
    if not text.strip():
        raise ContentError([Problem(path, 0, "the file is empty", _EXAMPLE, "empty-file")])
    # Line by line: the body is much longer.
    at, start = 0, 0
    while not (line := _line(text, at)).strip():
        at, start = at + len(line) + 1, start + 1
    if (first := line.rstrip()) != "---":
        raise ContentError([Problem(path, start + 1, *_missing(first), "no-front-matter")])
    begin = at = at + len(line) + 1
    end = start + 1
    while at <= len(text):
        line = _line(text, at)
        # `...` ends a document of YAML: https://yaml.org/spec/1.2.2/#912-document-markers
        if line.rstrip() in ("---", "..."):
            return text[begin : max(at - 1, begin)], start + 2, text[at + len(line) + 1 :], end + 2
        at, end = at + len(line) + 1, end + 1
    message = "the front matter that begins here is never closed"
    raise ContentError(
        [
            Problem(
                path, start + 1, message, "add a line --- before the text", "unclosed-front-matter"
            )
        ]
    )


def _line(text: str, at: int) -> str:
    """Return the line that begins at an offset."""
    end = text.find("\n", at)
    return text[at : end if end >= 0 else len(text)]


def shown_title(path: Path) -> str:
    """Return the title in a file's front matter, even if the rest of the file is wrong.

    Args:
        path: The file.

    Returns:
        Plain text; "" if the file has none, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode(errors="replace")
    except OSError:
        return ""
    front = _FRONT_MATTER.match(text.replace("\r\n", "\n"))
    title = _TITLE.search(front[1]) if front else None
    return title[2] if title else ""


def _missing(first: str) -> tuple[str, str]:
    if first == "+++":
        return "this front matter is TOML", _IMPORT
    if _WEB_PAGE.match(first):
        return "this is a whole web page, not a post", _IMPORT
    if _LOOKS_LIKE_DASHES.match(first.strip()):
        return "the first line is not exactly three hyphens", _EXAMPLE
    return "there is no front matter, so the post has no title", _EXAMPLE
