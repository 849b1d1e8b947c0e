"""What can be wrong with the disk: as errors of the site, and as checks of its health."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from blogkit.errors import PermissionDenied, ServerError
from blogkit.platforms.base import Health


@contextmanager
def disk_errors(site: str, folder: Path) -> Iterator[None]:
    """Turn the disk's errors into ours.

    Args:
        site: The site's name, for messages.
        folder: The site's folder.

    Raises:
        PermissionDenied: A file may not be used.
        ServerError: The disk is full, not there or damaged.
    """
    try:
        yield
    except PermissionError as error:
        hint = "check its permissions"
        raise PermissionDenied(
            f"site {site}: cannot use {error.filename}: {error.strerror}", site=site, hint=hint
        ) from error
    except OSError as error:
        sentence = f"site {site}: {error.filename or folder}: {error.strerror or error}"
        raise ServerError(sentence, site=site, hint=_hint(error)) from error


def _hint(error: OSError) -> str:
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return "a file has the name of a folder: move it away, or choose another `folder`"
    return "check that the disk is mounted and not full"


def folder_health(folder: Path, *, foreign_index: bool, behind: bool) -> Health:
    """Return whether the folder is writable, the index is ours and the pages are complete.

    Args:
        folder: The site's folder.
        foreign_index: Whether another program wrote the index in it.
        behind: Whether a run ended before it had written all pages and lists.
    """
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    fix = "choose another `folder` for this site in blogkit.toml"
    # `os.access` is always true for root, so look at the mode, too.
    usable = (
        nearest.is_dir() and (nearest.stat().st_mode & 0o200) != 0 and os.access(nearest, os.W_OK)
    )
    index = "belongs to another program" if foreign_index else "is free for blogkit"
    sentence, fix_pages = "a run ended before it had written all pages", "run: blogkit publish"
    return Health(
        (
            ("folder", usable, f"{folder} is {'' if usable else 'not '}writable", fix),
            ("index", not foreign_index, f"index.html {index}", fix),
            *([("pages", False, sentence, fix_pages)] if behind else []),
        )
    )
