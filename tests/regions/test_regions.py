"""Regions are found whatever else a body holds; damaged marks are reported and never guessed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import BlogkitError
from blogkit.regions import RegionMeta, digest_of, find_regions, marked, missing_markers
from blogkit.regions.marker import pack_data, region_digest, unpack_data
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from tests.cases import for_each
from tests.sanitizers.oracle import filters

A, B = marked(RegionMeta("a"), "<p>one</p>"), marked(RegionMeta("b"), "<p>two</p>")
BEGIN_A, END_A = A.split("<p>one</p>")
BEGIN_B, END_B = B.split("<p>two</p>")
STYLES = pytest.mark.parametrize("style", ["comments", "attribute"])


@STYLES
@given(
    region=st.text(min_size=1, max_size=12).filter(str.strip),
    widget=st.sampled_from(["timeline", "my own", "my--own", "ülk"]),
    version=st.integers(0, 999),
    data=st.text(max_size=40) | st.text(min_size=600, max_size=800),
)
def test_what_is_written_is_found(
    style: str, region: str, widget: str, version: int, data: str
) -> None:
    mark = RegionMeta(region, widget, version, data)
    body = f"<p>x</p>{marked(mark, '<div>w</div>', style)}<p>y</p>"  # type: ignore[arg-type]
    (found,) = find_regions(body).regions
    assert (found.mark, found.edited, found.style) == (mark, False, style)
    assert body[found.inner : found.inner_end] == "<div>w</div>"
    assert find_regions(body).damages == ()


def as_blogger_stores(html: str, *, line_breaks: bool = False) -> str:
    """What Blogger's API answers after a write, also where a blog turns line ends into breaks."""
    html = "".join(sign if sign.isascii() else f"&#{ord(sign)};" for sign in html)
    return html.replace("\n", "<br />\n") if line_breaks else html


@given(data=st.text(max_size=60), region=st.text(min_size=1, max_size=20).filter(str.strip))
def test_no_site_rewrites_a_mark(data: str, region: str) -> None:
    for style in ("comments", "attribute"):
        text = marked(RegionMeta(region, "timeline", 1, data * 9), "<p>w</p>", style)
        marks = text.split("<p>w</p>")
        assert (
            not any(piece in mark.strip("<!->") for mark in marks for piece in ("&", "--"))
            or style == "attribute"
        )
        assert judge(text, STRICT).clean
        assert as_blogger_stores(text, line_breaks=True) == text


def test_large_data_is_compressed_and_damaged_data_is_not_believed() -> None:
    text = "a long timeline " * 200
    assert len(pack_data(text)) < 200
    assert unpack_data(pack_data(text)) == text
    for wrong in ("z:AAAA", pack_data(text)[:-8], "!", "z:" + pack_data("x")):
        with pytest.raises(ValueError):
            unpack_data(wrong)


@for_each(("size", "compressed"), [(512, False), (513, True)])
def test_small_data_is_not_compressed(size: int, compressed: bool) -> None:
    assert pack_data("x" * size).startswith("z:") is compressed


@for_each(
    ("body", "ids", "troubles"),
    [
        (A + B, ["a", "b"], []),
        (BEGIN_A + "x" + B + END_A, ["a", "b"], []),
        (A + "<p>x</p>" + A, ["a", "a"], ["repeated"]),
        (BEGIN_A + "x", [], ["unclosed"]),
        ("x" + END_A, [], ["unopened"]),
        (BEGIN_A + "x" + BEGIN_B + "y" + END_A + "z" + END_B, [], ["crossed", "crossed"]),
        (BEGIN_A + BEGIN_A + "x" + END_A, ["a"], ["unclosed"]),
        (f"<div>{BEGIN_A}x</div>{END_A}", [], ["torn"]),
        (f"<!-- wp:html -->{BEGIN_A}x<!-- /wp:html --><!-- wp:html -->{END_A}<!-- /wp:html -->", [], ["torn"]),
        ("<!-- blogkit:begin a data=%%% -->x<!-- blogkit:end a -->", [], ["unreadable"]),
        ("<!-- blogkit:begin a v=two -->x<!-- blogkit:end a -->", [], ["unreadable"]),
        ("<!-- blogkit:begin -->x<!-- blogkit:end -->", [], ["unreadable", "unreadable"]),
        ("<!--blogkit:begin a-->x<!--  blogkit:end   a  -->", ["a"], []),
        ("<!-- blogkit:begn a -->x" + END_A, [], ["unknown", "unopened"]),
        ("&lt;!-- blogkit:begin a --&gt;x", [], ["escaped"]),
        ('<div data-blogkit-region="a"><p>x</p>', [], ["unclosed"]),
        ('<section class="z" data-blogkit-region=a><p>x</p></section>', ["a"], []),
        (f"<script>{A}</script><textarea>{B}</textarea><i title='{A}'>", [], []),
        ("<!-- blogkit:post key=a --><!-- blogkit:address slug=a title=b -->", [], []),
        (f"<p>text{A}<p>more", ["a"], []),
        (f"<div>{BEGIN_A}x<p>{END_A}", [], ["torn"]),
    ],
)  # fmt: skip
def test_what_people_leave_behind(body: str, ids: list[str], troubles: list[str]) -> None:
    found = find_regions(f"<p>before</p>\n{body}")
    assert [region.id for region in found.regions] == ids
    assert [damage.kind for damage in found.damages] == troubles
    assert all(damage.line == 2 and damage.message for damage in found.damages)


def test_a_marker_that_cannot_be_read_is_named_by_its_side_and_reason() -> None:
    nameless = find_regions("<!-- blogkit:begin -->x<!-- blogkit:end -->")
    assert [damage.message for damage in nameless.damages] == [
        "cannot read the begin marker: it has no region id",
        "cannot read the end marker: it has no region id",
    ]
    (damage,) = find_regions("<!-- blogkit:begin a data=%%% -->x<!-- blogkit:end a -->").damages
    assert damage.message == "cannot read the begin marker: its data is damaged"


def test_regions_know_what_they_stand_in() -> None:
    found = find_regions(BEGIN_A + B + END_A + B)
    assert [region.parent for region in found.regions] == [None, 0, None]
    inner = "".join(f"<!-- blogkit:begin {n} -->x<!-- blogkit:end {n} -->" for n in ("c", "d", "e"))
    found = find_regions(BEGIN_A + inner + END_A)
    assert [region.parent for region in found.regions] == [None, 0, 0, 0]


def test_a_region_is_on_the_line_where_its_begin_marker_starts() -> None:
    body = '<p>x</p>\n<div\ndata-blogkit-region="a">\ny</div>'
    assert [region.line for region in find_regions(body).regions] == [2]


def test_regions_are_found_by_name_and_by_place() -> None:
    found = find_regions(BEGIN_A + B + END_A + B)
    assert [region.start for region in found.named("b")] == [len(BEGIN_A), len(BEGIN_A + B + END_A)]
    assert found.named("c") == []
    assert [found.around(at) for at in (0, len(BEGIN_A) + 1)] == [None, found.regions[0]]


def test_a_damaged_region_is_refused_by_name() -> None:
    with pytest.raises(BlogkitError, match='"a" is damaged, line 1'):
        find_regions(BEGIN_A).refuse_damage("a")
    find_regions(BEGIN_A).refuse_damage("b")


CONTENT = '<div style="margin:24px 0;color:#222222"><p>Caf\u00e9 &amp; “x” — <a href="https://e.com/?a=1&amp;b=2" target="_blank">go</a><br>now</p></div>'


@STYLES
def test_a_hand_edit_is_noticed_and_the_spelling_of_sites_is_none(style: str) -> None:
    body = marked(RegionMeta("a", "x"), CONTENT, style)  # type: ignore[arg-type]
    for spelled in (
        as_blogger_stores(body),
        body.replace("<br>", "<br />").replace('_blank"', '_blank" rel="noopener"'),
        body.replace("<br>", "<br />").replace(
            '"margin:24px 0;color:#222222"', "'margin: 24px 0; color: #222222;'"
        ),
    ):
        assert [region.edited for region in find_regions(spelled).regions] == [False], spelled
    for edited in (
        body.replace("now", "later"),
        body.replace("a=1", "a=2"),
        body.replace("<br>", ""),
        body.replace("24px", "25px"),
    ):
        assert [region.edited for region in find_regions(edited).regions] == [True], edited


def test_a_region_inside_may_change_without_its_outer_one_being_edited() -> None:
    outer = marked(RegionMeta("out"), f"<p>x</p>{A}")
    changed = outer.replace(A, marked(RegionMeta("a", "x", 2), "<p>other</p>"))
    assert [region.edited for region in find_regions(changed).regions] == [False, False]
    assert digest_of(f"<p>x</p>{A}") == digest_of("<p>x</p>" + BEGIN_A + END_A)


def test_a_site_that_keeps_no_comments_is_told() -> None:
    stored = "<p>one</p>"
    assert missing_markers(
        A + marked(RegionMeta("b"), "<p>x</p>", "attribute"),
        stored + marked(RegionMeta("b"), "<p>x</p>", "attribute"),
    ) == ["a"]
    assert missing_markers(A, A) == []


def test_a_region_that_was_sent_twice_and_kept_once_is_missing() -> None:
    assert missing_markers(A + B + A, B + A) == ["a"]
    assert missing_markers(A + B, "") == ["a", "b"]


def test_a_region_that_is_there_twice_is_not_damaged() -> None:
    find_regions(A + A).refuse_damage("a")


def test_of_two_that_are_alike_the_second_is_named() -> None:
    (damage,) = find_regions(f"{A}\n{B}\n{A}").damages
    assert (damage.id, damage.line, damage.message) == (
        "a",
        3,
        "2 regions have this id, on lines 1, 3",
    )


def test_a_region_without_a_digest_counts_as_ours() -> None:
    (found,) = find_regions("<!-- blogkit:begin a -->x<!-- blogkit:end a -->").regions
    assert (found.mark, found.stated, found.edited) == (RegionMeta("a", "", 1, ""), "", False)
    assert find_regions(A).regions[0].mark == RegionMeta("a")


def test_what_was_found_can_be_kept() -> None:
    assert hash(find_regions(A + A)) == hash(find_regions(A + A))


@for_each(
    ("body", "ids", "troubles"),
    [
        ('<img data-blogkit-region="a">', [], ["unclosed"]),
        ('<DIV Data-blogkit-Region="a">x</DIV>', ["a"], []),
        ('<p title="data-blogkit-region">x</p>', [], []),
        ('<div data-blogkit-region="a" data-blogkit-v="x">x</div>', [], ["unreadable"]),
        ('<div data-blogkit-region="a"><div data-blogkit-region="b">x</div></div>', ["a", "b"], []),
        ("<i>blogkit:begin a</i>", [], []),
        ("<!-- no blogkit:begin a -->", [], []),
    ],
)
def test_roots_and_what_only_speaks_of_them(body: str, ids: list[str], troubles: list[str]) -> None:
    found = find_regions(body)
    assert [region.id for region in found.regions] == ids
    assert [damage.kind for damage in found.damages] == troubles


@for_each(("length", "cut"), [(60, False), (61, True)])
def test_a_comment_that_is_no_marker_is_quoted_in_part(length: int, cut: bool) -> None:
    comment = f"<!-- blogkit:begn {'x' * (length - 22)} -->"
    assert len(comment) == length
    (damage,) = find_regions(comment).damages
    shown = f"{comment[:59]}…" if cut else comment
    assert damage.message == f"the comment {shown} looks like a marker but is not valid"


def test_a_digest_of_halves_is_of_all_of_them() -> None:
    """Such content makes no region, so nothing in it can be told apart."""
    half = "<!-- wp:html -->"
    assert len({digest_of(f"{half}{word}{A}") for word in ("x", "y")}) == 2
    assert digest_of(f"{half}{A}") != digest_of(f"{half}{BEGIN_A}{END_A}")
    assert digest_of(f"{half}{A}") == region_digest(f"{half}{A}")


def test_a_digest_that_is_stated_is_written_as_it_is() -> None:
    (found,) = find_regions(marked(RegionMeta("a"), "<p>x</p>", stated="0a1b2c3d")).regions
    assert (found.stated, found.edited) == ("0a1b2c3d", True)


@pytest.mark.slow
def test_data_may_fill_its_limit_and_no_more() -> None:
    assert len(unpack_data(pack_data("x" * 16_000_000))) == 16_000_000
    with pytest.raises(ValueError, match="too large"):
        unpack_data(pack_data("x" * 16_000_001))


@pytest.mark.wordpress
@pytest.mark.parametrize("label", ["6.1", "7.1"])
def test_attributes_are_neutral_where_comments_make_paragraphs(label: str) -> None:
    body = marked(RegionMeta("a", "x", 1, "data"), "<div><p>one</p></div>", "attribute")
    with_comments, with_attributes = filters(label)(
        "autop", [f"one\n\n{region}\n\ntwo" for region in (A, body)]
    )
    assert "<p><!--" in with_comments
    assert with_attributes.replace("\n", "") == f"<p>one</p>{body}<p>two</p>"
