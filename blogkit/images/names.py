"""Name an uploaded file after its content, so that the same file is found again."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

_DIGITS = 12
"""Digits of the content's hash in a name."""


def content_name(file: PurePath, sha256: str, suffix: str = "") -> str:
    """Return `<stem>-<first 12 of the hash>.<ext>` in ASCII, which no host renames.

    Args:
        file: The file.
        sha256: The digest of its bytes, in hexadecimal digits.
        suffix: The ending with the dot; "" for the file's own.
    """
    plain = unicodedata.normalize("NFKD", file.stem).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "image"
    return f"{stem}-{sha256[:_DIGITS]}{suffix or file.suffix.lower()}"
