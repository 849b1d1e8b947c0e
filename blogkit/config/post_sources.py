"""Know which files of a folder are posts and pages."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from blogkit.errors import ConfigError

SOURCES = (".md", ".html")
"""The endings of posts and pages."""
_ALIKE = {".md": ".md", ".markdown": ".md", ".mdown": ".md", ".mkd": ".md", ".html": ".html"}
_ALIKE |= {".htm": ".html", ".xhtml": ".html"}
# Windows' other links to folders; before Python 3.12, nothing tells them from folders
_is_junction: Callable[[str], bool] = getattr(os.path, "isjunction", lambda _path: False)


def right_ending(name: str) -> str:
    """Return the ending that a file's name should have to be a post; "" for other files.

    Args:
        name: The name of a file that is not read, such as rain.MD or rain.markdown.
    """
    ending = os.path.splitext(name)[1]  # noqa: PTH122
    return "" if ending in SOURCES else _ALIKE.get(ending.lower(), "")


class PostSources(NamedTuple):
    """The post files of folders.

    Attributes:
        files: The files, sorted by folder and name.
        links: Those among them that are symbolic links.
        others: Files that are like posts, and are not read because of their ending.
    """

    files: list[Path]
    links: list[Path]
    others: list[Path]


def post_sources(*folders: Path) -> PostSources:
    """Return the post files in folders and below.

    Names that begin with "." or "_" are left out. A folder that does not exist has none.

    Args:
        *folders: The folders.

    Raises:
        ConfigError: A folder cannot be looked into; it must not count as an empty one.
    """
    found = PostSources([], [], [])
    for folder in folders:
        if folder.is_dir():
            _search(str(folder), found)
    return found


def _search(folder: str, found: PostSources) -> None:
    # An archive may have ten thousand posts: the entries of a folder know what they are, so that no
    # file is asked.
    try:
        with os.scandir(folder) as opened:
            # by folder, as paths compare: "a/b.md" is before "a-b.md"
            entries = sorted(opened, key=lambda entry: entry.name)
    except OSError as error:
        raise ConfigError(
            f"cannot read {error.filename}: {error.strerror}", hint="check its permissions"
        ) from None
    here = Path(folder)  # a name below it is joined in half the time of a whole path
    for entry in entries:
        name, link = entry.name, entry.is_symlink()
        # a link may lead nowhere, or to itself
        if os.path.isdir(entry.path) if link else entry.is_dir():  # noqa: PTH112
            if not link and not _is_junction(entry.path):
                _search(entry.path, found)
        elif name.startswith((".", "_")):
            continue
        elif name.endswith(SOURCES):
            if os.path.isfile(entry.path) if link else entry.is_file():  # noqa: PTH113
                _add(here / name, found, link=link)
        elif right_ending(name):
            found.others.append(Path(entry.path))


def _add(path: Path, found: PostSources, *, link: bool) -> None:
    found.files.append(path)
    if link:
        found.links.append(path)
