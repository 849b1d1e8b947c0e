"""File names that sync programs, file managers, editors and git give to copies. Pure."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_COPY_WORDS = "copy|kopie|copie|copia|cópia|kopia|कॉपी|प्रतिलिपि|प्रति"
_SURE = (
    # Dropbox, Nextcloud, Unison, Seafile, MEGA: rain (Asha's conflicted copy 2026-11-28)
    r"(?P<of>.+?) ?[(\[][^()\[\]]*(?:conflict|konflikt)[^()\[\]]*[)\]](?: ?\(\d+\))?",
    # browsers, Google Drive, Windows: rain (1)
    r"(?P<of>.+?) ?\(\d{1,3}\)",
    # Windows Explorer: rain - Copy, rain - Copy (2), and in Hindi
    rf"(?P<of>.+?) ?[-–] ?(?:{_COPY_WORDS})(?: ?\(?\d+\)?)?",
    # macOS Finder: rain copy, rain copy 2
    rf"(?P<of>.+?) (?:{_COPY_WORDS})(?: \d+)?",
    r"(?:copy (?:\(?\d+\)? )?of|kopie von|copie de|copia de) (?P<of>.+)",
    # Syncthing: rain.sync-conflict-20261128-120000-ABCDEFG
    r"(?P<of>.+?)\.sync-conflict-\d{8}-\d{6}(?:-\w+)?",
    # Resilio, ownCloud, Synology: rain.Conflict, rain_conflict-20261128, rain_NAS_Conflict
    r"(?P<of>.+?)[._](?:\w[\w-]*_)?conflict(?:[-_(]?[\w() -]*)?",
    # editors and people: rain~, rain.orig, rain.bak, rain.md.orig, rain.md
    r"(?P<of>.+?)(?:~|\.~?\d+~|\.(?:orig|bak|backup|old|save|tmp|mine|theirs|md|markdown|html?))+",
    # git mergetool: rain_BASE_1234, rain.LOCAL.1234
    r"(?P<of>.+?)[._](?:BASE|LOCAL|REMOTE|BACKUP)[._]\d+",
    # OneDrive: rain-LAPTOP, rain-DESKTOP-AB12CD
    r"(?P<of>.+?)-(?-i:LAPTOP|DESKTOP|MACBOOK|WIN|PC|SURFACE)(?:-[A-Z0-9]+)*",
)
_SIGN = re.compile(r"[^\w-]|_|-[A-Z]|(?i:copy)|[-–](?:कॉपी|प्रति)")
"""Most names are words and hyphens, and need not be looked at further."""
_NUMBERED = re.compile(r"(?P<of>.+) \d{1,2}")
"""iCloud: `rain 2`. It may just as well be the second part of a series."""
TEXT_ENDINGS = (".md.txt", ".markdown.txt", ".html.txt")
"""What Notepad makes of `rain.md`."""


class CopyNames:
    """The names of all post files, compared as file systems that ignore case compare them."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._files: dict[tuple[str, str], list[Path]] = {}
        for path in paths:
            folder, stem = _parts(path)
            self._files.setdefault((folder, _folded(stem)), []).append(path)

    def original(self, path: Path) -> Path | None:
        """Return the file that this one is a copy of, by its name; None if it is not a copy."""
        folder, stem = _parts(path)
        for pattern in _sure() if _SIGN.search(stem) else ():
            if (found := pattern.fullmatch(_plain(stem))) and (
                other := self._beside(path, folder, found["of"])
            ):
                return other
        namesakes = self._files.get((folder, _folded(stem)), [])
        if namesakes == [path]:
            return None
        return next(
            (other for other in namesakes if other != path and _parts(other)[1] != stem), None
        )

    def suspects(self, path: Path) -> Iterator[Path]:
        """Yield files that this one may be a copy of, if their titles or texts are alike.

        OneDrive adds the computer's name, which may be any word: `rain-asha` beside `rain`.
        """
        folder, stem = _parts(path)
        stem = _plain(stem)
        found = _NUMBERED.fullmatch(stem)
        if found and (other := self._beside(path, folder, found["of"])):
            yield other
        for hyphen in re.finditer("-", stem):
            if other := self._beside(path, folder, stem[: hyphen.start()]):
                yield other

    def _beside(self, path: Path, folder: str, stem: str) -> Path | None:
        found = self._files.get((folder, _folded(stem)))
        return next((other for other in found if other != path), None) if found else None


def _parts(path: Path) -> tuple[str, str]:
    """Return a file's folder and stem. There may be ten thousand, and `Path` takes its time."""
    folder, _, name = str(path).rpartition(os.sep)
    return folder, name.rpartition(".")[0] or name


@cache
def _sure() -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in _SURE]


def _plain(stem: str) -> str:
    return stem if stem.isascii() else unicodedata.normalize("NFC", stem)


def _folded(stem: str) -> str:
    return _plain(stem).strip().casefold()
