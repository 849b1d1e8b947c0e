"""Judge comments, and those that delimit the blocks of WordPress's editor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from blogkit.html.blocks import Delimiter, delimiter, delimiters
from blogkit.sanitizers.profiles import Profile
from blogkit.sanitizers.verdict import Loss, unsure

_PLAIN = re.compile(r"<!--(?!-)(?:[^-<>&\x00-\x08\x0b\x0c\x0e-\x1f]|-(?!-))+(?<!-)-->")
_SPECIAL = re.compile(r"[<>&\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LARGEST = 2**53
_REWRITE = "WordPress may rewrite the block comment"


def judge_comment(source: str, profile: Profile) -> tuple[str, list[Loss]]:
    """Judge a comment.

    Args:
        source: The comment with its delimiters.
        profile: What the site keeps.

    Returns:
        What the site stores, and the losses.
    """
    if not profile.comments:
        what, reason = "the comment would be removed", f"{profile.name} removes comments"
        return "", [Loss(what, reason, "", "warning")]
    if profile.filter != "kses":
        return source, []
    if block := delimiter(source):
        return source, list(_judge_block(block))
    if _PLAIN.fullmatch(source):
        return source, []
    what = "the comment would be changed"
    reason = "WordPress filters comments that contain &, >, tags or two hyphens"
    return source, [unsure(what, reason, "remove them from the comment")]


def unbalanced_blocks(html: str) -> Iterator[Loss]:
    """Yield the block comments without a counterpart: WordPress completes or removes blocks."""
    opened: list[Delimiter] = []
    for found in delimiters(html):
        if not found.close and not found.void:
            opened.append(found)
        elif found.close and (not opened or opened.pop().name != found.name):
            yield _unbalanced(found)
            return
    if opened:
        yield _unbalanced(opened[-1])


def _unbalanced(found: Delimiter) -> Loss:
    what = f"the block {found.name} is not complete"
    reason = "WordPress ends or removes blocks without a counterpart"
    fix = "write both <!-- wp:… --> and <!-- /wp:… -->"
    return unsure(what, reason, fix, found.start)


def _judge_block(block: Delimiter) -> Iterator[Loss]:
    """Yield what WordPress may change in the attributes of a block."""
    if not block.json:
        return
    try:
        found = json.loads(block.json)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or block.close:
        fix = "write the attributes as one JSON object"
        yield unsure(_REWRITE, "its JSON cannot be read", fix)
        return
    waiting: list[object] = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and _SPECIAL.search(value):
            yield unsure(_REWRITE, "its text holds &, < or >", "leave them out")
            return
        elif isinstance(value, int | float) and abs(value) > _LARGEST:
            yield unsure(_REWRITE, "a number is too large", "write it in quotes")
            return
