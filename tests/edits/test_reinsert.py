"""A region goes back to where it was, with its bytes; or to its place, or nowhere."""

from __future__ import annotations

import pytest

from blogkit.edits import Edit, PlaceNotFound, insert_widget, remove_widget
from blogkit.edits.reinsert import reinsert
from blogkit.regions import find_regions
from tests.cases import for_each
from tests.edits import corpus
from tests.edits.probe import MARK, PIECE, anchors, inserted

SAMPLES = [sample for sample in corpus.samples() if sample.sound and len(sample.body) < 20_000]


@for_each("sample", SAMPLES[::6], ids=lambda sample: sample.name)
def test_every_byte_is_as_before_it_was_wiped(sample: corpus.Sample) -> None:
    for asked in list(anchors(sample))[:12]:
        edit = inserted(sample, asked)
        if isinstance(edit, Edit):
            assert reinsert(sample.body, edit.body, MARK.id, "", sample.form) == edit.body


OLD = "<p>The first paragraph.</p>\n<h2>Conclusion</h2>\n<p>The last paragraph of all.</p>"


def with_region(body: str = OLD, at: str = "before:h2:Conclusion") -> str:
    return insert_widget(body, PIECE, at, MARK, form="plain").body


@for_each(
    "now",
    [
        OLD.replace("The first", "Another first"),
        OLD.replace("of all", "of them"),
        OLD.replace("<p>The last", "<p>More.</p>\n<p>The last"),
        f"<p>New.</p>{OLD}<p>New.</p>",
    ],
)
def test_edits_near_it_stay(now: str) -> None:
    body = reinsert(now, with_region(), MARK.id, "before:h2:Conclusion", "plain")
    (region,) = find_regions(body).regions
    assert body[region.end :].lstrip().startswith("<h2>Conclusion")
    assert remove_widget(body, MARK.id).body == now


def test_several_go_back_together() -> None:
    old = "<p>one one one one</p><p>two two two two</p><p>three three three</p>"
    edit = insert_widget(old, PIECE, "after:p:1", MARK, form="plain")
    twice = edit.body.replace("<p>three", f"{edit.changes[0].text}<p>three")
    assert len(find_regions(twice).regions) == 2
    assert reinsert(old, twice, MARK.id, "", "plain") == twice


def test_without_its_surroundings_its_place_counts() -> None:
    body = reinsert("<h2>Conclusion</h2>", with_region(), MARK.id, "before:h2:Conclusion", "plain")
    assert body.endswith("<h2>Conclusion</h2>")
    with pytest.raises(PlaceNotFound, match="does not exist"):
        reinsert("<p>x</p>", with_region(), MARK.id, "before:h2:Conclusion", "plain")
    with pytest.raises(PlaceNotFound, match="the text around the region"):
        reinsert("<p>x</p>", with_region(), MARK.id, "", "plain")


def test_a_text_that_is_there_twice_is_no_certain_place() -> None:
    with pytest.raises(PlaceNotFound):
        reinsert(f"{OLD}\n{OLD}", with_region(), MARK.id, "", "plain")
