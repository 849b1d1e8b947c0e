"""Tell whether a file was touched, without reading it."""

from __future__ import annotations

import os
from pathlib import Path

_SETTLED = 2_000_000_000
"""Nanoseconds. A file that was written just now may be written again without its times showing it
(git has the same problem: https://git-scm.com/docs/racy-git)."""


def signature(path: Path | str, *, settled: int = 0) -> str:
    """Return a text that changes when a file is touched; "" if the file does not exist.

    Args:
        path: The file.
        settled: A moment in nanoseconds. A file that was written shortly before it or since is
            "unsettled": it may not be what was read.
    """
    try:
        # `Path.stat` costs one more call, and a plan of 1,000 posts makes thousands of these.
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):  # no file has such a name
        return ""
    if settled and max(found.st_mtime_ns, found.st_ctime_ns) > settled - _SETTLED:
        return "unsettled"
    return f"{found.st_mtime_ns}.{found.st_ctime_ns}.{found.st_size}.{found.st_ino}"
