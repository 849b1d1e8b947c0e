"""Start a post or a page: a file to write in, named after its title."""

from __future__ import annotations

from pathlib import Path

from blogkit.config import Config
from blogkit.errors import UsageError
from blogkit.paths import is_text
from blogkit.platforms.base import PostKind
from blogkit.project.files import scaffold

_TEXTS = {"post": scaffold.POST_TEXT, "page": scaffold.PAGE_TEXT}


def start(config: Config, title: str, kind: PostKind) -> Path:
    """Write a file for a new post or page.

    Args:
        config: The blog's folder.
        title: The title; white space in it is tidied up.
        kind: Whether it is a post or a page.

    Returns:
        The file.

    Raises:
        UsageError: There is a file of this name, or the title is empty or not UTF-8.
        OSError: The file cannot be written.
    """
    title = " ".join(title.split())
    if not is_text(title):
        raise UsageError(
            f'the title "{title}" is not UTF-8 text',
            hint="type it again in a terminal that uses UTF-8",
        )
    if not title:
        raise UsageError("a post needs a title", hint='blogkit new post "What happened today"')
    path = config.root / f"{kind}s" / f"{scaffold.file_stem(title)}.md"
    if not scaffold.write_new(path, _TEXTS[kind].format(title=scaffold.quote(title))):
        raise UsageError(
            f"{config.relative(path)} already exists",
            hint="edit that file, or choose another title",
        )
    return path
