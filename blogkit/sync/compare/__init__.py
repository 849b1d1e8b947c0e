"""Compare a post with an earlier state of itself, with the desired one, or with an interrupted one.

State and time stamps are not compared: a scheduled post that went live, or a stamp that the site
touched, is not an edit.

Most posts of a plan need their fingerprints only, so each part loads when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.lazy import exports

if TYPE_CHECKING:
    from blogkit.sync.compare.comparison import compare, differences, is_result_of
    from blogkit.sync.compare.expected import (
        Expected,
        as_shown,
        expected_from_draft,
        expected_from_remote,
        expected_on,
        expected_unchanged,
        marked_as,
        marked_with_id,
    )
    from blogkit.sync.compare.fields import CATEGORIES, COMPARED, EXCERPT, IMAGE, SLUG, Comparison
    from blogkit.sync.compare.fingerprints import (
        edited_fields,
        fingerprint,
        is_as_digested,
        is_as_listed,
        is_relevant,
        read_fingerprint,
        status_changed,
        title_digest,
        title_digests,
    )

__all__ = [
    "CATEGORIES",
    "COMPARED",
    "EXCERPT",
    "IMAGE",
    "SLUG",
    "Comparison",
    "Expected",
    "as_shown",
    "compare",
    "differences",
    "edited_fields",
    "expected_from_draft",
    "expected_from_remote",
    "expected_on",
    "expected_unchanged",
    "fingerprint",
    "is_as_digested",
    "is_as_listed",
    "is_relevant",
    "is_result_of",
    "marked_as",
    "marked_with_id",
    "read_fingerprint",
    "status_changed",
    "title_digest",
    "title_digests",
]

__getattr__ = exports(__name__, __all__, ("fields", "fingerprints", "expected", "comparison"))
