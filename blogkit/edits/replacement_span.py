"""Find the span that a widget replaces.

It is the text, with its paragraph, block or line if that contains nothing else.
"""

from __future__ import annotations

from blogkit.edits.insertion_point import InsertionPoint, refuse_broken_blocks
from blogkit.edits.locate import LocatedPlace, trimmed
from blogkit.edits.matches import PlaceError, candidate
from blogkit.edits.post import LiveBody
from blogkit.html import Element
from blogkit.html.elements import BLOCK, FLOW


def replacement_span(post: LiveBody, target: LocatedPlace) -> InsertionPoint:
    """Return the span that a widget replaces.

    Args:
        post: The live body.
        target: The located text or region.

    Raises:
        PlaceError: The text shares its paragraph with other text, or is in a table or region.
    """
    refuse_broken_blocks(post, target)
    if target.block:  # a region: exactly itself
        return InsertionPoint(target.start, target.end)
    if any(element.name == "table" for element in post.spans.path(target.start)):
        raise _refused(
            post,
            target,
            "it is in a table",
            "insert the widget next to the table with after:text:…",
        )
    start, end = _block(post, target) if post.form == "blocks" else _element(post, target)
    if post.found.around(start) or post.found.around(end):
        raise _refused(
            post,
            target,
            "it is inside a region, which blogkit re-renders as a whole",
            "choose another place",
        )
    return InsertionPoint(start, end)


def _block(post: LiveBody, target: LocatedPlace) -> tuple[int, int]:
    path = post.blocks.path(target.start, target.end)
    if not path:
        gap = post.blocks.free_gap(post.body, target.start)
        if _is_alone(post, target, *gap):
            return gap
        raise _shared(post, target, "this passage outside blocks")
    block = path[0]
    for parent in path[1:]:
        if parent.takes_any:
            break
        block = parent
    if not _is_alone(post, target, block.inner, block.inner_end):
        raise _shared(post, target, f"the block {block.name}")
    return block.start, block.end


def _element(post: LiveBody, target: LocatedPlace) -> tuple[int, int]:
    """Return the outermost element with only this text; else the text, if directly among blocks."""
    whole: Element | None = None
    holder: Element | None = None
    for element in post.spans.path(target.start):
        if element.name in FLOW or element.holds_block:
            holder = element
            break
        if element.end < target.end or not _is_alone(
            post, target, element.inner, element.inner_end
        ):
            raise _shared(post, target, f"<{element.name}>")
        whole = element
    if whole and whole.name in BLOCK:
        return whole.start, whole.end
    start, end = (whole.start, whole.end) if whole else (target.start, target.end)
    # the text may end in another element than it begins in
    if holder != next(
        (
            element
            for element in post.spans.path(end - 1)
            if element.name in FLOW or element.holds_block
        ),
        None,
    ):
        raise _shared(post, target, "its surroundings")
    return _whole_run(post, target, holder, start, end)


def _whole_run(
    post: LiveBody, target: LocatedPlace, holder: Element | None, start: int, end: int
) -> tuple[int, int]:
    """Return the whole paragraph of a classic post; elsewhere, a widget may split a line."""
    inline = [
        element
        for element in post.spans.path(end - 1)
        if element.start >= start and element.end > end
    ]
    if inline:
        raise _shared(post, target, f"<{inline[-1].name}>")
    if post.form != "classic":
        return start, end
    for run in post.runs(holder):
        first, last = trimmed(post, *run)
        if first <= start < last:
            whole = not holder or trimmed(post, holder.inner, holder.inner_end) == (first, last)
            if (first, last) == (start, end) and whole:
                return start, end
            break
    raise _shared(post, target, "its paragraph")


def _is_alone(post: LiveBody, target: LocatedPlace, start: int, end: int) -> bool:
    # a picture has no words, and must not go with the text beside it
    return post.between(start, end) == post.between(target.start, target.end) and not any(
        word in post.body[start:end].lower()
        for word in ("<img", "<iframe", "<video", "<audio", "<svg")
    )


def _shared(post: LiveBody, target: LocatedPlace, holder: str) -> PlaceError:
    return _refused(
        post,
        target,
        f"it shares {holder} with other text, which the widget would split",
        "insert the widget next to it with after:text:…",
    )


def _refused(post: LiveBody, target: LocatedPlace, reason: str, hint: str) -> PlaceError:
    return PlaceError(
        f"cannot replace this text with a widget: {reason}",
        [candidate(post.body, *target[:2])],
        hint=hint,
    )
