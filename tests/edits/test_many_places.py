"""A text in many places and regions: what is found and written is what a plain look finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blogkit.edits import PlaceError, replace_text
from blogkit.edits.replace_text import _scattered
from blogkit.edits.text_contexts import find_text
from blogkit.html import LineIndex, Tree, VisibleText
from blogkit.regions import RegionMeta, find_regions, marked
from blogkit.regions.scan_result import Region

WORDS = st.lists(
    st.sampled_from(
        (
            *(
                "court",
                "<p>",
                "</p>",
                "<b>co</b>urt",
                "c<i>our</i>t",
                " ",
                "\n",
                "cou",
                "rt",
                "&amp;",
            ),
            *("<a href=court>", "</a>", "<p title='court court'>", "<!-- court -->", "<br>", "x"),
        )
    ),
    max_size=12,
).map("".join)


@given(WORDS)
@example("<b>co</b>urt<a href=court title=court>court</a>c<i>our</i>t")
def test_scattered_places_are_those_that_touch_no_other(body: str) -> None:
    found = list(find_text(body, "court", "bench"))
    plainly = [
        tuple(match)
        for match in VisibleText(Tree(body)).find("court")
        if "<" in body[match.start : match.end]
        and not any(one.start < match.end and match.start < one.end for one in found)
    ]
    assert [(one.start, one.end) for one in _scattered(body, "court", found)] == plainly


@given(WORDS)
def test_places_have_the_lines_of_the_old_body(body: str) -> None:
    try:
        edit = replace_text(body, "court", "bench")
    except PlaceError:
        return
    starts = sorted(one.start for one in find_text(body, "court", "bench") if not one.reason)
    assert sorted(place.line for place in edit.places) == [
        body.count("\n", 0, start) + 1 for start in starts
    ]
    lines = LineIndex(body)
    assert [lines.before(start) for start in starts] == [
        body.count("\n", 0, start) for start in starts
    ]


@st.composite
def nested(draw: st.DrawFn) -> str:
    """Regions beside and in each other, in both styles."""
    numbers = iter(range(100))

    def region(depth: int) -> str:
        parts = draw(st.lists(st.sampled_from(("text", "region")), min_size=1, max_size=3))
        inside = "".join(
            region(depth - 1) if part == "region" and depth else "<p>the court</p>"
            for part in parts
        )
        data = draw(st.sampled_from(('{"title": "court"}', '{"title": "x"}')))
        style = draw(st.sampled_from(("comments", "attribute")))
        return marked(RegionMeta(f"m{next(numbers)}", "box", data=data), inside, style)  # type: ignore[arg-type]

    return "".join(region(2) for _ in range(draw(st.integers(1, 3))))


def _parent(regions: tuple[Region, ...], index: int) -> int | None:
    around = (at for at in range(index - 1, -1, -1) if regions[index].start < regions[at].end)
    return next(around, None)


@given(nested(), st.sampled_from(("bench", "a much longer word", "x")))
def test_regions_in_regions_stay_unedited_and_keep_their_data(body: str, value: str) -> None:
    before = find_regions(body)
    assert [one.parent for one in before.regions] == [
        _parent(before.regions, index) for index in range(len(before.regions))
    ]
    after = find_regions(replace_text(body, "court", value).body)
    assert after.damages == before.damages == ()
    assert [(one.id, one.edited, one.parent) for one in after.regions] == [
        (one.id, False, one.parent) for one in before.regions
    ]
    assert [one.mark.data for one in after.regions] == [
        one.mark.data.replace("court", value) for one in before.regions
    ]


def test_an_edit_in_a_region_is_still_one_after_a_replacement() -> None:
    inner = marked(RegionMeta("inner", "box", data='{"a": "court"}'), "<p>court</p>")
    body = marked(RegionMeta("outer", "box"), f"<p>court</p>{inner}<p>z</p>")
    edited = body.replace("<p>z</p>", "<p>y</p>")
    assert [one.edited for one in find_regions(edited).regions] == [True, False]
    new = replace_text(edited, "court", "the bench of the high court").body
    assert [one.edited for one in find_regions(new).regions] == [True, False]


@pytest.mark.slow
def test_many_places_take_linear_time() -> None:
    from tests.growth import assert_linear

    region = marked(RegionMeta("a", "box", data='{"title": "court"}'), "<p>the court</p>")
    units = ("<p>the court\n</p>", "<p>c<b>o</b>urt</p>\n", "<script type=x>court</script>\n")
    for unit in (*units, region):

        def make(size: int, unit: str = unit) -> str:
            return "court" + "".join(
                unit.replace("begin a ", f"begin a{number} ").replace("end a ", f"end a{number} ")
                for number in range(size // len(unit))
            )

        assert_linear(lambda body: replace_text(body, "court", "bench"), make, 400_000)
