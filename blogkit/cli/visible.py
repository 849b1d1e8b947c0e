"""Text that comes from posts, files and sites, made safe for a terminal.

A title or a site's answer may hold codes that move the cursor, begin a line of their own
("done: …"), or reverse what follows. They are shown as escapes instead. Hindi, emoji and the
joiners inside them (ZWJ, ZWNJ) stay as they are.

The bidi controls are those of https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters;
why they are dangerous: CVE-2021-42574.
"""

from __future__ import annotations

import re
import unicodedata

from blogkit.patterns import lazy_pattern

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
_LINE_ENDS = (0x2028, 0x2029)
_ANNOTATIONS = range(0xFFF9, 0xFFFC)
_ESCAPES = {
    **{code: f"\\x{code:02x}" for code in (*range(9), *range(11, 32), *range(127, 160))},
    **{code: f"\\u{code:04x}" for code in (*_BIDI, *_LINE_ENDS, *_ANNOTATIONS)},
    ord("\n"): "\\n",
}
_GAP = lazy_pattern(r"(?<=\S)[^\S\n]{9,}(?=\S)")
"""So many spaces can fill a terminal's line, and what follows them looks like a line of its own."""
_ENCODED = lazy_pattern(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    r"""Return one line of text with control and bidi characters as escapes: `\u202e`, `\n`."""
    return _GAP.sub(" … ", text.translate(_ESCAPES))


def visible_lines(text: str) -> str:
    """Return several lines of text, each as `visible` shows it; only its long gaps stay."""
    return "\n".join(line.translate(_ESCAPES) for line in text.replace("\r\n", "\n").split("\n"))


def readable_address(url: str) -> str:
    """Return an address with its words in their script, as browsers show it.

    Args:
        url: The address, such as one whose Hindi words are percent-encoded.
    """
    return _ENCODED.sub(_words_of, url)


def _words_of(found: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(found[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return found[0]
    words = all(unicodedata.category(sign)[0] in "LMN" or sign in _JOINERS for sign in text)
    return text if words else found[0]
