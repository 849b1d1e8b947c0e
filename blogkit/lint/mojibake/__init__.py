"""Find text that was UTF-8 and was read as another encoding: `cafÃ©`, `πŸ‡ΊπŸ‡Έ`. Restore it.

Each character is traced to the byte it stood for: 80–9F as Windows-1252 shows them, the rest by the
encoding in question (https://encoding.spec.whatwg.org/#legacy-single-byte-encodings). The five
bytes that Windows-1252 leaves undefined are often lost on the way. A reading counts when UTF-8
agrees and the result is a plausible character; one reading is a repair, several are suggestions.
Letters next to a quotation mark or an ellipsis (`É…`, `café”…`) are not mojibake: single letters
must be part of a word, and scripts must come in runs.
"""

from __future__ import annotations

from blogkit.lint.mojibake.code_pages import ENCODINGS
from blogkit.lint.mojibake.evidence import Mojibake
from blogkit.lint.mojibake.find import find_mojibake, may_be_mojibake, repair

__all__ = [
    "ENCODINGS",
    "Mojibake",
    "find_mojibake",
    "may_be_mojibake",
    "repair",
]
