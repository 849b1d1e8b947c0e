"""Put a region back that a later save of the post wiped, where its neighbours still are."""

from __future__ import annotations

from blogkit.edits.edit import insert_widget, remove_widget
from blogkit.edits.matches import PlaceNotFound
from blogkit.edits.post import BodyForm
from blogkit.regions import find_regions

_WIDTHS = (400, 200, 100, 50, 30)
"""Characters of a region's surroundings that have to be there, each once in the post."""
_ONE_SIDE = 60
"""So many must be there if only one side is as it was."""


def reinsert(body: str, old: str, region_id: str, anchor: str, form: BodyForm) -> str:
    """Return a body with a region put back, with the bytes that it had.

    Args:
        body: The body without the region.
        old: An earlier body of the post, with it.
        region_id: The region's name.
        anchor: The place at which it was inserted; it counts if its surroundings changed. "" if it
            is not known.
        form: How the site reads the body.

    Raises:
        PlaceNotFound: Its surroundings are not in the post any more.
        PlaceError: They cannot hold a widget.
    """
    removed = remove_widget(old, region_id, every=True, force=True)
    places, gone = [], 0
    for change in removed.changes:
        place = _place(body, removed.body, change.start - gone)
        places.append((place, old[change.start : change.end]))
        gone += change.end - change.start - len(change.text)
    for place, text in reversed(places):
        if place is None:
            return _at_anchor(body, old, region_id, anchor, form)
        body = body[:place] + text + body[place:]
    return body


def _place(body: str, old: str, offset: int) -> int | None:
    """Return where an offset of an earlier body is now; None if that is not certain."""
    for width in _WIDTHS:
        start = max(0, offset - width)
        around = old[start : offset + width]
        if body.count(around) == 1:
            return body.index(around) + offset - start
    sides = set()
    for width in _WIDTHS:
        before, after = old[max(0, offset - width) : offset], old[offset : offset + width]
        if _is_sure(body, before):
            sides.add(body.index(before) + len(before))
        if _is_sure(body, after):
            sides.add(body.index(after))
    return sides.pop() if len(sides) == 1 else None


def _is_sure(body: str, text: str) -> bool:
    return len(text) >= _ONE_SIDE and body.count(text) == 1


def _at_anchor(body: str, old: str, region_id: str, anchor: str, form: BodyForm) -> str:
    region = find_regions(old).named(region_id)[0]
    if not anchor:
        raise PlaceNotFound(
            f'the text around the region "{region_id}" has changed, so its place is not certain',
            hint="insert it again: blogkit insert WIDGET --into POST --at PLACE",
        )
    piece = old[region.inner : region.inner_end]
    return insert_widget(body, piece, anchor, region.mark, form=form, style=region.style).body
