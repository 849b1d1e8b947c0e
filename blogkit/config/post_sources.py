"""Know which files of a folder are posts and pages."""

from __future__ import annotations

import os
from pathlib import Path

from blogkit.errors import ConfigError

SOURCES = (".md", ".html")
"""The endings of posts and pages."""


def post_sources(folder: Path) -> list[Path]:
    """Return the post files in a folder and below, sorted by folder and name.

    Names that begin with "." or "_" are left out. A folder that does not exist has none.

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
    found = [
        f"{where}{os.sep}{name}"
        for where, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if name.endswith(SOURCES) and not name.startswith((".", "_"))
    ]
    return [
        Path(name)
        # by folder, as paths compare: "a/b.md" is before "a-b.md"
        for name in sorted(found, key=lambda name: name.split(os.sep))  # noqa: PTH206
        if os.path.isfile(name)  # noqa: PTH113
    ]
