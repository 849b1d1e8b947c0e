"""Judge comments, and those that delimit the blocks of WordPress's editor."""

from __future__ import annotations

import json
import re

from blogkit.html.blocks import delimiter
from blogkit.sanitizers.verdict import Loss, unsure

_PLAIN = re.compile(r"<!--(?!-)(?:[^-<>&\x00-\x08\x0b\x0c\x0e-\x1f]|-(?!-))+(?<!-)-->")
_REWRITTEN = re.compile(r"[<>&\x7f]|\\u00|\d{16}|\de\+")
"""In JSON: what WordPress encodes or rounds."""


def judge_comment(source: str) -> tuple[Loss, ...]:
    """Return what WordPress may change in a comment.

    Args:
        source: The comment with its delimiters.
    """
    if block := delimiter(source):
        is_read = bool(block.attributes) == bool(block.json) and not (block.close and block.json)
        if is_read and not _REWRITTEN.search(json.dumps(block.attributes, ensure_ascii=False)):
            return ()
        fix = "write its attributes as one JSON object without &, <, > and large numbers"
        return (unsure(f"the comment of the block {block.name} may be changed", fix),)
    if _PLAIN.fullmatch(source):
        return ()
    return (unsure("the comment would be changed", "remove &, <, > and double hyphens from it"),)
