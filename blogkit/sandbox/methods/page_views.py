"""Answer how often the public blog was viewed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from blogkit.sandbox.methods.call import Answer, ApiCall

_RANGES: Final = {
    "7DAYS": ("SEVEN_DAYS", 7),
    "30DAYS": ("THIRTY_DAYS", 30),
    "all": ("ALL_TIME", None),
}
"""The names in a request, and in its answer: the API has two sets."""


def get_page_views(call: ApiCall) -> Answer:
    """Return the number of views in each requested range, today included.

    What the service counts without a range is documented nowhere; here it is every range.
    """
    blog = call.shapes.blog
    today = blog.local(blog.clock()).date()
    counts = []
    for asked in call.query["range"] or list(_RANGES):
        name, days = _RANGES[asked]
        since = today - timedelta(days=days - 1) if days else None
        # int64 is a string in Google's JSON
        counts.append({"timeRange": name, "count": str(blog.views(since))})
    return {"kind": "blogger#page_views", "blogId": blog.id, "counts": counts}
