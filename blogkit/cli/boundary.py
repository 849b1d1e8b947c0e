"""What the last boundary makes of an exception: an error that the user can act on, or a bug report."""

from __future__ import annotations

import errno
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence

import click

from blogkit import __version__
from blogkit.errors import BlogkitError, UsageError
from blogkit.paths import is_text, readable

_SPACE = "free some space, then run the same command again: what is done stays done"
_RIGHTS = "make it readable and writable for you, then run the same command again"
_WORDS = "write it in UTF-8, or run: export LC_ALL=C.UTF-8"
_SYSTEM = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "work in a folder that can be written: blogkit -C DIR …",
    errno.ENOTDIR: "a part of that path is a file, not a folder: name another path",
    errno.EEXIST: "something of that name is there already: move it aside, or name another path",
    errno.EISDIR: "that is a folder, and a file was meant: name another path",
    errno.ENOENT: "it was there a moment ago: run the same command again",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "a link there leads to itself: remove it",
    errno.EIO: "check the disk, then run the same command again: what is done stays done",
    errno.EMFILE: "close other programs, or raise the limit: ulimit -n 1024",
}
"""What the machine may refuse, and the next step. Anything else that the system reports is a bug of ours."""


def explained(error: Exception) -> BlogkitError | None:
    """The error as one that the user can act on; None for a bug."""
    if isinstance(error, BlogkitError):
        return error
    if isinstance(error, click.ClickException):
        return _misused(error)
    if isinstance(error, OSError) and error.errno in _SYSTEM:
        where = f"{error.filename}: " if error.filename else ""
        return BlogkitError(f"{where}{error.strerror}", hint=_SYSTEM[error.errno])
    if isinstance(error, UnicodeEncodeError) and isinstance(error.object, str) and not is_text(error.object[error.start : error.end]):
        name = readable(error.object) if len(error.object) < 200 else "a text"
        return UsageError(f"{name} is not UTF-8, or this terminal's language settings cannot express it", hint=_WORDS)
    if isinstance(error, UnicodeEncodeError) and error.encoding == sys.getfilesystemencoding():
        return UsageError("this terminal's language settings cannot express a file's name", hint=_WORDS)
    return None


def _misused(error: click.ClickException) -> BlogkitError:
    context = getattr(error, "ctx", None)
    lines = error.format_message().split("\n")
    text = " ".join([lines[0], *(line.strip() for line in lines[1:])]).rstrip(".")
    command = context.command_path if context else "blogkit"
    return UsageError(text[:1].lower() + text[1:], hint=f"see {command} --help")


def write_report(error: BaseException, arguments: Sequence[str]) -> str:
    """Write versions, command and places into the temporary folder (0600). Returns its path, "" when nothing can be written.

    A traceback's last line may quote a value, and a value may be a secret: only types and places are kept, and of the
    command its own words and the options' names.
    """
    from blogkit.cli import main

    frames = traceback.extract_tb(error.__traceback__)
    words = [word.partition("=")[0] for word in arguments if word.startswith("--") or word in main.list_commands(click.Context(main))]
    lines = [
        f"blogkit {__version__}, Python {sys.version.split()[0]}, {platform.platform()}",
        "command: blogkit " + " ".join(words),
        "",
        *(f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames),
        type(error).__name__,
    ]
    try:
        handle, path = tempfile.mkstemp(prefix="blogkit-bug-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return ""
    return path
