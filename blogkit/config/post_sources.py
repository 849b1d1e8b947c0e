"""Know which files of a folder are posts and pages."""

from __future__ import annotations

import os
from pathlib import Path

from blogkit.errors import ConfigError

SOURCES = (".md", ".html")
"""The endings of posts and pages."""
_ALIKE = {".md": ".md", ".markdown": ".md", ".mdown": ".md", ".mkd": ".md", ".html": ".html"}
_ALIKE |= {".htm": ".html", ".xhtml": ".html"}


def right_ending(name: str) -> str:
    """Return the ending that a file's name should have to be a post; "" for other files.

    Args:
        name: The name of a file that is not read, such as rain.MD or rain.markdown.
    """
    ending = os.path.splitext(name)[1]  # noqa: PTH122
    return "" if ending in SOURCES else _ALIKE.get(ending.lower(), "")


def post_sources(folder: Path, others: list[Path] | None = None) -> list[Path]:
    """Return the post files in a folder and below, sorted by folder and name.

    Names that begin with "." or "_" are left out. A folder that does not exist has none.

    Args:
        folder: The folder.
        others: Gets the files that are like posts, and are not read because of their ending.

    Raises:
        ConfigError: A folder cannot be looked into; it must not count as an empty one.
    """

    # without `onerror`, `os.walk` passes over such a folder
    def refuse(error: OSError) -> None:
        raise ConfigError(
            f"cannot read {error.filename}: {error.strerror}", hint="check its permissions"
        )

    if not folder.is_dir():
        return []
    # As texts as long as possible: an archive may have ten thousand posts.
    found = []
    for where, _, names in os.walk(folder, onerror=refuse):
        for name in names:
            if name.startswith((".", "_")):
                continue
            if name.endswith(SOURCES):
                found.append(f"{where}{os.sep}{name}")
            elif others is not None and right_ending(name):
                others.append(Path(where, name))
    return [
        Path(name)
        # by folder, as paths compare: "a/b.md" is before "a-b.md"
        for name in sorted(found, key=lambda name: name.split(os.sep))  # noqa: PTH206
        if os.path.isfile(name)  # noqa: PTH113
    ]
