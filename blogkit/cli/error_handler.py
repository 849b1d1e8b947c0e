"""Turn an exception into an error that the user can act on, or into a bug report."""

from __future__ import annotations

import errno
import os
import platform
import secrets
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from blogkit import __version__
from blogkit.cli.suggestions import usage_message
from blogkit.errors import BlogkitError, UsageError
from blogkit.files import create_file
from blogkit.paths import is_text, readable

_SPACE = "free some disk space, then run the same command again; completed work is kept"
_RIGHTS = "give yourself read and write access to it, then run the same command again"
_WORDS = "use UTF-8 text, or run: export LC_ALL=C.UTF-8"
_SYSTEM = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "use a folder that you can write to: blogkit -C DIR …",
    errno.ENOTDIR: "part of this path is a file, not a folder; use another path",
    errno.EEXIST: "something with this name already exists; rename it, or use another path",
    errno.EISDIR: "this is a folder; name a file",
    errno.ENOENT: "it was removed while blogkit was running; run the same command again",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "a symbolic link in this path points to itself; remove the link",
    errno.EIO: "check the disk, then run the same command again; completed work is kept",
    errno.EMFILE: "close other programs, or raise the limit: ulimit -n 1024",
}
"""Errors of the operating system that the user can fix, and how. Any other one is a bug in
blogkit.
"""


_LONGEST_ON_WINDOWS = 260
"""Windows finds no path of this length
(https://learn.microsoft.com/en-us/windows/win32/fileio/maximum-file-path-limitation)."""


def explained(error: Exception) -> BlogkitError | None:
    """Return an error that the user can act on, or None for a bug."""
    if isinstance(error, BlogkitError):
        return error
    if isinstance(error, click.ClickException):
        return _misused(error)
    if isinstance(error, OSError) and error.errno in _SYSTEM:
        where = f"{error.filename}: " if error.filename else ""
        hint = hint_of(error.errno, str(error.filename or ""), os.name)
        return BlogkitError(f"{where}{error.strerror}", hint=hint)
    if (
        isinstance(error, UnicodeEncodeError)
        and isinstance(error.object, str)
        # Half of a surrogate pair: a file name that is not UTF-8, as Python reads it
        # (https://peps.python.org/pep-0383/).
        and not is_text(error.object[error.start : error.end])
    ):
        name = readable(error.object) if len(error.object) < 200 else "a text"
        return UsageError(
            f"{name} is not UTF-8 text, or your terminal's language settings do not support it",
            hint=_WORDS,
        )
    if isinstance(error, UnicodeEncodeError) and error.encoding == sys.getfilesystemencoding():
        return UsageError(
            "your terminal's language settings do not support a file's name", hint=_WORDS
        )
    return None


def hint_of(number: int, path: str, system: str) -> str:
    """Return what to do about an error of the operating system.

    Args:
        number: The error's number.
        path: The path that it is about; "" if there is none.
        system: As `os.name` has it.
    """
    if system == "nt" and number == errno.ENOENT and len(path) >= _LONGEST_ON_WINDOWS:
        return "the path is too long for Windows: move your blog's folder to a shorter one"
    return _SYSTEM[number]


def _misused(error: click.ClickException) -> BlogkitError:
    context = getattr(error, "ctx", None)
    lines = usage_message(error).split("\n")
    text = " ".join([lines[0], *(line.strip() for line in lines[1:])]).rstrip(".")
    command = context.command_path if context else "blogkit"
    return UsageError(text[:1].lower() + text[1:], hint=f"run: {command} --help")


def write_report(error: BaseException, arguments: Sequence[str]) -> str:
    """Write versions, command and code locations to a temporary file (0600).

    A traceback's last line may quote a value, and a value may be a secret. So the report has only
    types, code locations, command names and option names.

    Args:
        error: The bug.
        arguments: Of the command line; values are left out.

    Returns:
        The file's path, or "" if it cannot be written.
    """
    from blogkit.cli import main

    frames = traceback.extract_tb(error.__traceback__)
    words = [
        word.partition("=")[0]
        for word in arguments
        if word.startswith("--") or word in main.list_commands(click.Context(main))
    ]
    lines = [
        f"blogkit {__version__}, Python {sys.version.split()[0]}, {platform.platform()}",
        "command: blogkit " + " ".join(words),
        "",
        *(f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames),
        type(error).__name__,
    ]
    text = "\n".join(lines) + "\n"
    path = Path(tempfile.gettempdir()) / f"blogkit-bug-{secrets.token_hex(8)}.txt"
    try:
        # The folder is shared by all users: never through a file or link that somebody else put
        # there.
        create_file(path, text.encode("utf-8", "backslashreplace"), mode=0o600)
    except OSError:
        return ""
    return str(path)
