"""The report that an unexpected error leaves behind: versions, command, traceback; no values, so no secrets."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence

from blogkit import __version__


def write_report(error: BaseException, arguments: Sequence[str]) -> str:
    """Write the report into the temporary folder (0600). Returns its path, "" when nothing can be written.

    A traceback's last line may quote a value, and a value may be a secret: only types and places are kept.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"blogkit {__version__}, Python {sys.version.split()[0]}, {platform.platform()}",
        "command: blogkit " + " ".join(word for word in arguments if word.startswith("-") or word.isidentifier()),
        "",
        *(f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames),
        type(error).__name__,
    ]
    try:
        handle, path = tempfile.mkstemp(prefix="blogkit-bug-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return ""
    return path
