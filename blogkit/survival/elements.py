"""Sets of HTML elements for several parts of the models."""

from __future__ import annotations

_BLOCK = """
    address article aside blockquote body br caption center col colgroup dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link main menu meta nav noscript ol optgroup option p pre script
    search section style summary table tbody td template tfoot th thead title tr ul
"""
BLOCK = frozenset(_BLOCK.split())
"""Elements beside whose edges white space is not seen."""

PREFORMATTED = frozenset({"pre", "textarea", "script", "style"})
"""Elements inside which white space is kept."""
