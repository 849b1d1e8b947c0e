"""Words of a title as one readable word, for ids, addresses, keys and file names.

Letters and digits of every script stay, with their marks, as on GitHub: "भारत की नीति" is
`भारत-की-नीति`. Browsers find such ids from a percent-encoded `#…`, sites keep them, and no
transliteration is right in every language. The spelling is NFC on every system: macOS may hand out
names decomposed (https://www.unicode.org/reports/tr15/).
"""

from __future__ import annotations

import re
import unicodedata

from blogkit.letters import clusters, without_stray_joiners

_ASCII_WORD = re.compile("[a-z0-9]+")
LONGEST_SLUG = 200
"""Bytes: https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/"""


def is_slug(text: str) -> bool:
    """Return whether a text can be the last part of an address.

    Args:
        text: The text; "" is none.
    """
    return bool(text) and slugify(text) == text and len(text.encode()) <= LONGEST_SLUG


def slugify(text: str, *, max_bytes: int = 0, max_chars: int = 0) -> str:
    """Return the letters and digits of a text as lower-case words joined by `-`.

    Args:
        text: The text. A slug stays as it is.
        max_bytes: The most bytes of UTF-8; 0 means that it may have any length.
        max_chars: The most characters; 0 means any length. A slug is cut between words, and within
            the first one only between letters.

    Returns:
        The slug; empty if the text has no letters and digits.
    """
    slug = _ascii_slug(text) if text.isascii() else _slug(text)
    return _cut(slug, max_bytes or len(slug) * 4, max_chars or len(slug))


def _ascii_slug(text: str) -> str:
    """Return the same as `_slug` for ASCII, in a tenth of the time."""
    return "-".join(_ASCII_WORD.findall(text.lower().replace("'", "")))


def _slug(text: str) -> str:
    kept: list[str] = []
    plain = without_stray_joiners(unicodedata.normalize("NFC", text).lower())
    for char in unicodedata.normalize("NFC", plain):
        category = unicodedata.category(char)
        follows_letter = bool(kept) and kept[-1] != "-"
        if category[0] in "LN" or (
            (category in ("Mn", "Mc") or char in "\u200c\u200d")
            and follows_letter
            and not "\ufe00" <= char <= "\ufe0f"
        ):
            kept.append(char)
        # An apostrophe leaves no hyphen ("india's" is "indias"), as in WordPress:
        # https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/
        elif follows_letter and category not in ("Cf", "Me") and char not in "'’":
            kept.append("-")
    return "".join(kept).strip("-")


def _cut(slug: str, max_bytes: int, max_chars: int) -> str:
    def fits(text: str) -> bool:
        return len(text) <= max_chars and len(text.encode()) <= max_bytes

    if fits(slug):
        return slug
    first, *words = slug.split("-")
    kept = ""
    for letter in clusters(first):
        if not fits(kept + letter):
            return kept
        kept += letter
    for word in words:
        if not fits(f"{kept}-{word}"):
            break
        kept = f"{kept}-{word}"
    return kept
