"""Two test blogs: one with every uncertain behaviour as it is expected, one with the other."""

from __future__ import annotations

from blogkit.sandbox.quirks import OPTIONS, Quirks

ADVERSE = Quirks(daily_insert_limit="none", insert_throttle="none")
MILD = {
    name: positions[-1]
    for name, positions in OPTIONS.items()
    if name not in {"update_draft", "daily_insert_limit", "insert_throttle"}
}
