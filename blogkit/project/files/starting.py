"""Start a blog's folder, or a post or page in it: files to write in."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.config import CONFIG
from blogkit.errors import UsageError
from blogkit.paths import is_text, readable
from blogkit.platforms.base import PostKind
from blogkit.project.context import ProjectContext
from blogkit.project.files import scaffold
from blogkit.project.files.alone import write_alone
from blogkit.project.files.changes import FileChange

_TEXTS = {"post": scaffold.POST_TEXT, "page": scaffold.PAGE_TEXT}


def init(folder: str | os.PathLike[str] = ".") -> list[Path]:
    """Start a blog: its settings, a file for secrets, and a first post.

    Files that are there already stay as they are.

    Args:
        folder: The blog's folder; it is created if it does not exist.

    Returns:
        The files that were written, all or none.

    Raises:
        UsageError: The folder is a blog's already.
        OSError: A file cannot be written.
    """
    root = Path(folder).resolve()
    if (root / CONFIG).exists():
        raise UsageError(
            f"{root} already has a {CONFIG}", hint="create a post there: blogkit new post TITLE"
        )
    title = scaffold.quote(readable(root.name))
    files = {
        ".env": (scaffold.ENV_TEXT, 0o600),
        "posts/hello.md": (scaffold.POST_TEXT.format(title='"Hello"'), 0o644),
        # Last, because only this file makes the folder a blog's: a run that was killed can be
        # repeated.
        CONFIG: (scaffold.CONFIG_TEXT.format(title=title, zone=_local_zone()), 0o644),
    }
    ignored = root / ".gitignore"
    with scaffold.Together() as together:
        made = [ignored] if together.ignore(ignored) else []
        made += [
            root / name
            for name, (text, mode) in files.items()
            if together.write(root / name, text, mode=mode)
        ]
    return made


def _local_zone() -> str:
    """Return the name of this machine's time zone, or UTC if it is unknown."""
    from babel.localtime import get_localzone  # it knows Windows's registry, too

    try:
        name = str(getattr(get_localzone(), "key", None) or "UTC")
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return "UTC"
    return name if name not in ("Etc/UTC", "UCT") else "UTC"


def start(context: ProjectContext, title: str, kind: PostKind) -> Path:
    """Write a file for a new post or page.

    Args:
        context: The call's context.
        title: The title; white space in it is tidied up.
        kind: Whether it is a post or a page.

    Returns:
        The file.

    Raises:
        UsageError: There is a file of this name, or the title is empty or not UTF-8.
        ConfigError: The file cannot be written.
        JournalError: The journal cannot be written.
    """
    title = " ".join(title.split())
    if not is_text(title):
        raise UsageError(
            f'the title "{title}" is not UTF-8 text',
            hint="type it again in a terminal that uses UTF-8",
        )
    if not title:
        raise UsageError("a post needs a title", hint='blogkit new post "What happened today"')
    config = context.config
    path = config.root / f"{kind}s" / f"{scaffold.file_stem(title)}.md"
    place = config.relative(path)
    if os.path.lexists(path):
        hint = "edit that file, or choose another title"
        raise UsageError(f"{place} already exists", hint=hint)
    text = _TEXTS[kind].format(title=scaffold.quote(title))
    change = FileChange(path, None, text.encode(), f"create {place}", key=path.stem)
    write_alone(context, f"new {kind}", change)
    return path
