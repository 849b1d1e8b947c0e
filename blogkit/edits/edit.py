"""Insert, re-render and remove a widget in a live body. No other byte changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.edits.anchors import Anchor, parse_anchor
from blogkit.edits.insertion_point import InsertionPoint, insertion_point
from blogkit.edits.locate import locate
from blogkit.edits.matches import Candidate, PlaceError, PlaceNotFound, candidate, choose
from blogkit.edits.post import BodyForm, LiveBody, style_of
from blogkit.edits.replacement_span import replacement_span
from blogkit.edits.validate import validate_fragment
from blogkit.errors import Conflict, UsageError
from blogkit.html.blocks import block_around
from blogkit.regions import Region, RegionMeta, Style, digest_of, marked

_GLUE = "\n\n"
_OPEN, _CLOSE = "<!-- wp:html -->\n", "\n<!-- /wp:html -->"

IfPresent = Literal["replace", "keep", "refuse"]
"""What to do if the post already has a region with this id."""


@dataclass(frozen=True)
class Splice:
    """One change of a body.

    Attributes:
        kind: What was done.
        start: Where the replaced span of the old body begins.
        end: The offset behind it; equal to `start` for an insertion.
        text: The replacement.
        line: The line of the old body, from 1.
    """

    kind: Literal["inserted", "replaced", "removed"]
    start: int
    end: int
    text: str
    line: int


@dataclass(frozen=True)
class Edit:
    """A body after an edit.

    Attributes:
        before: The old body.
        body: The new body.
        changes: The splices in the order of the old body; () if nothing changed.
        notes: What the user should know about the places, in words.
    """

    before: str
    body: str
    changes: tuple[Splice, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to send."""
        return self.body != self.before


def insert_widget(
    body: str,
    piece: str,
    anchor: str | Anchor,
    mark: RegionMeta,
    *,
    form: BodyForm,
    nth: int | None = None,
    every: bool = False,
    again: IfPresent = "replace",
    force: bool = False,
    style: Style | None = None,
) -> Edit:
    """Return the body with HTML inserted at a place, as a region.

    Args:
        body: The body as the site stores it.
        piece: The HTML; it must be complete.
        anchor: The place.
        mark: The region's id, widget, version and data.
        form: How the site reads the body; see `body_form_of`.
        nth: Which of several matches of the place, from 1.
        every: Insert at all matches.
        again: What to do if the post already has the region.
        force: Replace a region even if it was edited by hand.
        style: How to mark the region; absent = as suits the form.

    Raises:
        PlaceError: The place does not exist, is not unique, or cannot hold a widget.
        Conflict: The region was edited by hand.
        UsageError: The HTML is not complete, or the place or the style is not valid.
    """
    post = LiveBody(body, form)
    style = _fit(style, form)
    validate_fragment(piece, form)
    post.found.refuse_damage(mark.id)
    existing = post.found.named(mark.id)
    if existing and again == "refuse":
        raise PlaceError(
            f'this post already has the region "{mark.id}":',
            [_listed(post, region) for region in existing],
            hint="re-render it with `blogkit upgrade`, or insert it with another name",
        )
    if existing:
        return _rewrite(post, piece, mark, existing if again == "replace" else [], force=force)
    anchor = parse_anchor(anchor) if isinstance(anchor, str) else anchor
    points = _points(post, anchor, nth, every=every)
    text = marked(mark, piece, style)
    # a region is in its own HTML block already
    replaced = anchor.kind == "region" and anchor.side == "replace"
    changes = [
        _change(post, point, text if replaced else _wrapped(post, point, text))
        for point in _apart(points)
    ]
    return _spliced(post, changes, [note for point in points for note in point.notes])


def _points(
    post: LiveBody, anchor: Anchor, nth: int | None, *, every: bool
) -> list[InsertionPoint]:
    found = locate(post, anchor, nth, every=every)
    if anchor.side == "replace":
        return [replacement_span(post, target) for target in found]
    return [insertion_point(post, target, anchor.side) for target in found]


def replace_widget(
    body: str,
    piece: str,
    mark: RegionMeta,
    *,
    form: BodyForm,
    nth: int | None = None,
    every: bool = False,
    force: bool = False,
) -> Edit:
    """Return the body with a region's content and markers replaced, if they differ.

    Args:
        body: The body as the site stores it.
        piece: The new HTML; it must be complete.
        mark: The region's id, and its new widget, version and data.
        form: How the site reads the body; see `body_form_of`.
        nth: Which of several regions with this id, from 1.
        every: Replace all of them.
        force: Replace the region even if it was edited by hand.

    Raises:
        PlaceError: The region does not exist, or there are several and none was chosen.
        Conflict: The region was edited by hand.
        UsageError: The HTML is not complete.
    """
    post = LiveBody(body, form)
    validate_fragment(piece, form)
    return _rewrite(post, piece, mark, _named(post, mark.id, nth, every=every), force=force)


def remove_widget(
    body: str, region_id: str, *, nth: int | None = None, every: bool = False, force: bool = False
) -> Edit:
    """Return the body without a region, and without an HTML block that contains nothing else.

    Args:
        body: The body as the site stores it.
        region_id: The region's id.
        nth: Which of several regions with this id, from 1.
        every: Remove all of them.
        force: Remove the region even if it was edited by hand.

    Raises:
        PlaceError: The region does not exist, or there are several and none was chosen.
        Conflict: The region was edited by hand.
    """
    post = LiveBody(
        body, "plain"
    )  # the form does not matter: regions and blocks are found by marks
    regions = _named(post, region_id, nth, every=every)
    _refuse_edited(regions, force=force)
    changes = [Splice("removed", *_whole(body, region), "", region.line) for region in regions]
    inner = [
        inside.id
        for inside in post.found.regions
        for region in regions
        if region.start < inside.start < region.end
    ]
    notes = [
        f'the region "{inside}" was inside it and is also removed'
        for inside in inner
        if inside != region_id
    ]
    return _spliced(post, changes, notes)


def _fit(style: Style | None, form: BodyForm) -> Style:
    if style == "comments" and form == "classic":
        raise UsageError(
            "in a WordPress post without blocks, marker comments become empty paragraphs",
            hint="omit the style to mark the region with attributes",
        )
    return style or style_of(form)


def _named(post: LiveBody, region_id: str, nth: int | None, *, every: bool) -> list[Region]:
    post.found.refuse_damage(region_id)
    existing = post.found.named(region_id)
    if not existing:
        others = ", ".join(dict.fromkeys(region.id for region in post.found.regions))
        raise PlaceNotFound(
            f'this post has no region "{region_id}"',
            hint=f"its regions: {others}" if others else "it has no blogkit regions",
        )
    listed = [_listed(post, region) for region in existing]
    return choose(f'the region "{region_id}"', existing, listed, nth, every=every)


def _listed(post: LiveBody, region: Region) -> Candidate:
    return candidate(
        post.body,
        region.start,
        region.inner,
        f"widget {region.mark.widget}" if region.mark.widget else "",
    )


def _rewrite(
    post: LiveBody, piece: str, mark: RegionMeta, regions: Sequence[Region], *, force: bool
) -> Edit:
    stale = [region for region in regions if not _is_current(post, region, piece, mark)]
    _refuse_edited(stale, force=force)
    changes = [
        Splice("replaced", region.start, region.end, marked(mark, piece, region.style), region.line)
        for region in _outermost(stale)
    ]
    return _spliced(post, changes, [])


def _is_current(post: LiveBody, region: Region, piece: str, mark: RegionMeta) -> bool:
    """Return whether nothing would change. The digest ignores a site's spelling."""
    live = post.body[region.inner : region.inner_end]
    return region.mark == mark and not region.edited and digest_of(live) == digest_of(piece)


def _outermost(regions: Sequence[Region]) -> list[Region]:
    return [
        region
        for region in regions
        if not any(other.start < region.start < other.end for other in regions)
    ]


def _refuse_edited(regions: Sequence[Region], *, force: bool) -> None:
    edited = [region for region in regions if region.edited]
    if edited and not force:
        lines = ", ".join(str(region.line) for region in edited)
        raise Conflict(
            f'the region "{edited[0].id}" (line {lines}) was edited after blogkit wrote it, and the'
            " edit would be lost",
            hint="use --force to overwrite the edit",
        )


def _whole(body: str, region: Region) -> tuple[int, int]:
    """Return the region with its HTML block and the blank line that came with the block."""
    start, end = region.start, region.end
    around = block_around(body, start, end, "html")
    if not around:
        return start, end
    start, end = around
    # one blank line came with the block, so one goes; at the start of the body it is after it
    if body[:start].endswith(_GLUE):
        return start - len(_GLUE), end
    return start, end + len(_GLUE) if body.startswith(_GLUE, end) else end


def _wrapped(post: LiveBody, point: InsertionPoint, text: str) -> str:
    """Return a region in the body's form: in the block editor, one HTML block with a blank line."""
    if post.form != "blocks":
        return text
    block = f"{_OPEN}{text}{_CLOSE}"
    if point.end > point.start or not post.body:  # a block that is replaced has its blank lines
        return block
    return f"{block}{_GLUE}" if point.before else f"{_GLUE}{block}"


def _apart(points: Sequence[InsertionPoint]) -> list[InsertionPoint]:
    """Drop duplicate insertion points of several matches."""
    return [*{(point.start, point.end): point for point in points}.values()]


def _change(post: LiveBody, point: InsertionPoint, text: str) -> Splice:
    return Splice(
        "replaced" if point.end > point.start else "inserted",
        point.start,
        point.end,
        text,
        post.spans.line(point.start),
    )


def _spliced(post: LiveBody, changes: Sequence[Splice], notes: Sequence[str]) -> Edit:
    old, done, pieces = post.body, 0, list[str]()
    ordered = sorted(changes, key=lambda change: (change.start, change.end))
    for change in ordered:
        assert done <= change.start  # the one promise of this package: all else stays as it is
        pieces += [old[done : change.start], change.text]
        done = change.end
    new = "".join([*pieces, old[done:]])
    return Edit(old, new, tuple(ordered), tuple(dict.fromkeys(notes)))
