"""Words of a title as one readable word, for ids, addresses, keys and file names.

Letters and digits of every script stay, as on GitHub: "भारत की नीति" is `भारत-की-नीति`. Browsers
find such ids from a percent-encoded `#…`, sites keep them, and no transliteration is right in every
language.
"""

from __future__ import annotations

import unicodedata


def slugify(text: str, *, max_bytes: int = 0) -> str:
    """Return the letters and digits of a text as lower-case words joined by `-`.

    Args:
        text: The text. A slug stays as it is.
        max_bytes: Cut the slug to so many bytes of UTF-8; 0 means that it may have any length.

    Returns:
        The slug; empty if the text has no letters and digits.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text).lower():
        category = unicodedata.category(char)
        follows_letter = bool(kept) and kept[-1] != "-"
        if category[0] in "LN" or (
            category in ("Mn", "Mc") and follows_letter and not "\ufe00" <= char <= "\ufe0f"
        ):
            kept.append(char)
        # An apostrophe leaves no hyphen ("india's" is "indias"), as in WordPress:
        # https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/
        elif follows_letter and category not in ("Cf", "Me") and char not in "'’":
            kept.append("-")
    slug = "".join(kept).strip("-")
    if not max_bytes:
        return slug
    # Cutting bytes may cut a letter in half, which `ignore` drops.
    return slug.encode()[:max_bytes].decode(errors="ignore").strip("-")
