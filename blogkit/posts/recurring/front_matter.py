"""Read from front matter when a post comes again."""

from __future__ import annotations

from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from blogkit.posts.dates import BadDate, read_day
from blogkit.posts.fields import FrontMatterFields
from blogkit.posts.post import Publish, Recurrence

_KEYS = ("from", "until", "items")


def recurrence_in_file(
    fields: FrontMatterFields,
    publish: Publish,
    kind: str,
    form: Literal["md", "html"],
    zone: ZoneInfo,
) -> Recurrence | None:
    """Return when a post comes again; None if it does not.

    Args:
        fields: The front matter; wrong values are added to its problems.
        publish: What `publish:` asks for.
        kind: "post" or "page".
        form: How the body is written.
        zone: The blog's time zone.
    """
    if not fields.has("every"):
        for name in _KEYS:
            if fields.has(name):
                fields.report(name, "only works with every:", "add every: mon 06:00", "no-every")
        return None
    if publish not in (Publish.KEEP, Publish.DRAFT):
        hint = "remove the line publish:, or write publish: draft to pause"
        fields.report("publish", "every: sets the time already", hint, "two-times")
    if kind == "page" or form == "html":
        what = "a page" if kind == "page" else "an .html file"
        fields.report("every", f"{what} cannot come again", "use a .md file in posts/", "bad-every")
    since = _day(fields, "from", zone)
    if fields.has("items") and since is None:
        hint = "add from: with the day of the first row, such as from: 2026-12-01"
        fields.report("items", "needs from:, so that each row has its day", hint, "items-from")
    return Recurrence(
        every=fields.text("every"),
        since=since,
        until=_day(fields, "until", zone),
        items=fields.text("items"),
        paused=publish is Publish.DRAFT,
    )


def _day(fields: FrontMatterFields, name: str, zone: ZoneInfo) -> date | None:
    if not fields.text(name):
        return None
    try:
        return read_day(fields.text(name), zone, name).date()
    except BadDate as error:
        fields.report(name, error.message, error.hint, error.code, prefix=False)
        return None
