"""Handle file names as text: which are valid on every system, and how to show them.

Nothing here touches the file system.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from pathlib import PurePath

from blogkit.patterns import lazy_pattern

_UNUSABLE = lazy_pattern(r"[\x00-\x1f\ud800-\udfff]")
_BYTES = re.compile("[\udc80-\udcff]+")
_DEVICE = lazy_pattern(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\Z", re.IGNORECASE)
"""Windows opens these instead of a file, in every folder and with every ending
(https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions)."""

_LONGEST_NAME = 225
"""Bytes. Linux takes 255, and a number and an ending follow."""


def flaw(name: str) -> str:
    r"""Return why a relative path (with "/") is not valid on every system, or "" if it is.

    Check every name from a text with this function before the file system sees it: on Windows, a
    look at `\\server\share\x.png` signs in to that server, with the user's name and a hash of the
    password (https://cwe.mitre.org/data/definitions/40.html).
    """
    if "\\" in name:
        return 'it contains "\\"; use "/" between folders'
    # https://learn.microsoft.com/en-us/windows/win32/fileio/file-streams
    if ":" in name:
        return 'it contains ":", which means a drive or a stream on Windows'
    if name.startswith("/"):
        return 'it starts with "/"'
    if _UNUSABLE.search(name):
        return "it contains a control character, or a character that is not Unicode text"
    for part in name.split("/"):
        if part.strip(".") and part.rstrip(". ") != part:
            return f'"{part}" ends with a dot or a space, which Windows removes'
        if is_device(part):
            return f'"{part}" is a device name on Windows'
    return ""


def is_device(part: str) -> bool:
    """Return whether Windows takes a file's name for a device's, whatever its ending."""
    # "CON .txt" is one, too: Windows drops spaces before it compares
    return bool(_DEVICE.match(part.partition(".")[0].rstrip(" ")))


def unlike_a_device(stem: str) -> str:
    """Return a file's name without ending that every system can have: "con" becomes "con-post".

    Args:
        stem: The name without its ending.
    """
    if not is_device(stem):
        return stem
    first, dot, rest = stem.partition(".")
    return f"{first.rstrip()}-post{dot}{rest}"


def file_words(text: str, longest: int) -> str:
    """Return a text as a file's name, with "-" for what a name should not hold.

    Letters and digits of every script, "_", "." and "-" stay. So do marks, such as the vowel signs
    of Hindi: they are part of their letter (https://www.unicode.org/reports/tr29/).

    Args:
        text: The text.
        longest: So many characters the name may have.

    Returns:
        The name; empty if nothing is left of the text.
    """
    from blogkit.letters import without_stray_joiners  # `--help` needs none of its patterns

    kept = "".join(map(_in_a_name, without_stray_joiners(text)))
    words = re.sub("\0+", "-", kept).strip("-.")[:longest]
    # Cutting bytes may cut a letter in half, which `ignore` drops.
    return words.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip("-.")


def _in_a_name(char: str) -> str:
    if char.isalnum() or char in "_.-\u200c\u200d":
        return char
    kind = unicodedata.category(char)
    if kind in ("Mn", "Mc") and not "\ufe00" <= char <= "\ufe0f":
        return char
    # A variation selector is not seen, and not typed. Neither is a joiner that spells no word.
    return "" if kind in ("Cf", "Mn") else "\0"


def leads_out(folder: str, name: str) -> bool:
    """Return whether a relative path ends outside of the root that its folder is relative to.

    Args:
        folder: The folder in which the path was written, relative to the root, with "/".
        name: The relative path, with "/".
    """
    return posixpath.normpath(posixpath.join(folder, name)).split("/")[0] == ".."


def is_text(name: str) -> bool:
    """Return whether a file's name can be read as text.

    Python shows other bytes as lone surrogates (https://peps.python.org/pep-0383/).
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(path: PurePath | str) -> str:
    r"""Return a path for people and reports.

    Its parts are joined with "/" on every system, and bytes that are not UTF-8 are written as \xe9.
    """
    return readable(path.as_posix() if isinstance(path, PurePath) else path)


def readable(text: str) -> str:
    r"""Return a text that may quote a file's name, without lone surrogates.

    Bytes become the characters that they are in UTF-8, or else \xe9.
    """
    return _BYTES.sub(lambda found: _bytes(found[0]).decode("utf-8", "backslashreplace"), text)


def why_left_out(name: str) -> tuple[str, str]:
    """Return why a file whose name is not text is left out, and the next step."""
    try:
        _bytes("".join(_BYTES.findall(name))).decode()
    except UnicodeDecodeError:
        return "its name is not UTF-8", "rename it"
    return "your terminal's language settings do not support its name", "run: export LC_ALL=C.UTF-8"


def _bytes(text: str) -> bytes:
    return text.encode("ascii", "surrogateescape")
