"""Every anchor that a post has, found without the code under test where that is possible, and
the checks that each insertion must pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from blogkit.edits import Edit, PlaceError, insert_widget, remove_widget
from blogkit.edits.locate import paragraphs
from blogkit.edits.post import LiveBody, style_of
from blogkit.regions import RegionMeta, find_regions, marked
from tests.edits.corpus import Sample

PIECE = '<div style="margin:24px 0"><p><strong>Test yourself</strong></p> <p><a href="https://example.com/quiz?paper=1&amp;set=b">Start</a></p></div>'
MARK = RegionMeta("probe", "quiz-button", 2, '{"label": "Start -- now > then & there"}')


@dataclass(frozen=True)
class Asked:
    """An anchor that the post has; nth when it has several."""

    anchor: str
    nth: int | None = None


def anchors(sample: Sample) -> Iterator[Asked]:
    """Start, end, the jump break, every heading, id and paragraph, and texts."""
    yield from (Asked("start"), Asked("end"))
    post = LiveBody(sample.body, sample.form)
    wanted: list[str] = []
    for element in post.spans.elements:
        if element.name in {"h1", "h2", "h3", "h4"} and post.words(element):
            wanted.append(f"{element.name}:{post.words(element)}")
        name = post.spans.attribute(element, "id")
        if name:
            wanted.append(f"#{name}")
        if (
            element.name in {"li", "td", "b", "blockquote", "div"}
            and not element.holds_block
            and (words := post.words(element))
        ):
            wanted.append("text:" + " ".join(words.split()[:5]))
    wanted += [f"p:{number}" for number in range(1, len(paragraphs(post)) + 1)]
    for number, what in enumerate(dict.fromkeys(wanted[:400])):
        yield Asked(f"{'before' if number % 2 else 'after'}:{what}", 1)
        yield Asked(f"{'after' if number % 2 else 'before'}:{what}", 1)


def inserted(sample: Sample, asked: Asked) -> Edit | PlaceError:
    """The edit, or the refusal; a refusal must have a reason."""
    try:
        return insert_widget(
            sample.body, PIECE, asked.anchor, MARK, form=sample.form, nth=asked.nth
        )
    except PlaceError as refusal:
        return refusal


def check(sample: Sample, asked: Asked, edit: Edit) -> None:
    """Everything outside the region is as it was; out again is as before; twice is once."""
    where = f"{sample.name}, {asked.anchor}"
    (change,) = edit.changes
    assert change.start == change.end, where
    assert edit.body == sample.body[: change.start] + change.text + sample.body[change.start :], (
        where
    )
    assert edit.body.count(marked(MARK, PIECE, style_of(sample.form))) == 1, where
    found = find_regions(edit.body)
    assert Counter(region.id for region in found.regions) == {"probe": 1}, where
    assert not found.damages, (where, found.damages)
    (region,) = found.regions
    assert (region.mark, region.edited, edit.body[region.inner : region.inner_end]) == (
        MARK,
        False,
        PIECE,
    ), where
    assert remove_widget(edit.body, "probe").body == sample.body, where
    again = insert_widget(edit.body, PIECE, asked.anchor, MARK, form=sample.form, nth=asked.nth)
    assert not again.changed, where


def check_long(sample: Sample) -> None:
    """The checks for a few anchors at both ends of a long post."""
    every = [*anchors(sample)]
    for asked in [*every[:5], *[one for one in every if "p:" in one.anchor][-2:]]:
        edit = inserted(sample, asked)
        assert isinstance(edit, Edit), asked.anchor
        check(sample, asked, edit)
