"""Where a widget lands, in each form of post; what is refused, and what the refusal says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.edits import (
    BodyForm,
    PlaceError,
    body_form_of,
    insert_widget,
    parse_anchor,
    remove_widget,
    replace_widget,
)
from blogkit.errors import BlogkitError, Conflict, UsageError
from blogkit.regions import RegionMeta, find_regions, marked
from tests.cases import for_each
from tests.edits.corpus import SHAPES, Pen, Sample
from tests.edits.probe import anchors, check, inserted

W = '<div style="margin:0"><p>w</p></div>'
MARK = RegionMeta("w", "timeline", 1, "data")
WEB = '<p>one</p><h2 id="c">Con&amp; <i>x</i></h2>text line<br/>next line <b id=k>bold</b> end<br/>third<table><tr><td>cell</td></tr></table><ul><li>item</li></ul>'
CLASSIC = "Intro\n\nSecond <b>bold</b>\nand two\n\n<h2>Head</h2>\nAfter head\n\n<div>boxed</div>\n<blockquote>quote</blockquote>\n\n<!--more-->\n\nLast\n"
QUOTE = (
    "<!-- wp:list --><ul><!-- wp:list-item --><li>item</li><!-- /wp:list-item --></ul><!-- /wp:list -->\n\n"
    "<!-- wp:quote --><blockquote><!-- wp:paragraph --><p>words</p><!-- /wp:paragraph --></blockquote><!-- /wp:quote -->"
)
BLOCKS = """<!-- wp:paragraph -->
<p>one</p>
<!-- /wp:paragraph -->

<!-- wp:group --><div class="g"><!-- wp:heading -->
<h2>H</h2>
<!-- /wp:heading -->

<!-- wp:columns --><div><!-- wp:column --><div><!-- wp:paragraph --><p>col</p><!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns --></div><!-- /wp:group -->

<!-- wp:group {"templateLock":"all"} --><div><!-- wp:paragraph --><p>locked</p><!-- /wp:paragraph --></div><!-- /wp:group -->

<!-- wp:list --><ul><li>item</li></ul><!-- /wp:list -->

free <b>x</b>

<!-- wp:more -->
<!--more-->
<!-- /wp:more -->"""


def shown(body: str, anchor: str, form: BodyForm, **choice: int) -> str:
    """The body with [W] where the region is."""
    new = insert_widget(body, W, anchor, MARK, form=form, **choice).body  # type: ignore[arg-type]
    for style in ("comments", "attribute"):
        new = new.replace(f"<!-- wp:html -->\n{marked(MARK, W)}\n<!-- /wp:html -->", "[W]").replace(
            marked(MARK, W, style), "[W]"
        )
    return new


@for_each(
    ("body", "form", "anchor", "around"),
    [
        (WEB, "blogger", "start", "[W]<p>one"),
        (WEB, "blogger", "end", "</ul>[W]"),
        (WEB, "blogger", "after:h2:Con& x", "</h2>[W]text"),
        (WEB, "blogger", "before:h2~^Con", "</p>[W]<h2"),
        (WEB, "blogger", "before:#c", "</p>[W]<h2"),
        (WEB, "blogger", "after:p:1", "</p>[W]<h2"),
        (WEB, "blogger", "after:text:next line", "end<br/>[W]third"),
        (WEB, "blogger", "before:text:line bold", "line<br/>[W]next"),
        (WEB, "blogger", "after:#k", "end<br/>[W]third"),
        (WEB, "blogger", "after:text:cell", "</table>[W]<ul>"),
        (WEB, "blogger", "before:text:item", "</table>[W]<ul>"),
        (WEB, "blogger", "replace:text:third", "<br/>[W]<table>"),
        (WEB, "blogger", "replace:text:one", "[W]<h2"),
        (WEB, "blogger", "replace:text:bold", "line [W] end"),
        ("<p>a<p>b", "plain", "after:p:1", "<p>a[W]<p>b"),
        ("<ul><p>a</p>b", "plain", "after:text:a", "<ul><p>a</p>[W]b"),
        ("<p>x</p><a name='k'></a>y<br>z", "plain", "after:#k", "y<br>[W]z"),
        ("<div><p>a</p><p>b</p></div>", "classic", "before:text:b", "</p>[W]<p>b"),
        ("\ufeffx", "plain", "start", "\ufeff[W]x"),
        ("<p>x</p><a name='more'></a>y", "blogger", "more", "</a>[W]y"),
        ("<p>x</p><!-- more -->y", "blogger", "before:more", "</p>[W]<!-- more -->"),
        ("<p>a <b>b<p>c</p></b>d", "plain", "after:text:c", "</p>[W]</b>"),
        (
            '<b id="docs-internal-guid"><h2>A</h2><p>b</p></b>',
            "blogger",
            "after:h2:A",
            "</h2>[W]<p>",
        ),
        (CLASSIC, "classic", "start", "[W]Intro"),
        (CLASSIC, "classic", "end", "Last\n[W]"),
        (CLASSIC, "classic", "after:p:1", "Intro[W]\n\nSecond"),
        (CLASSIC, "classic", "before:p:3", "</h2>\n[W]After"),
        (CLASSIC, "classic", "after:p:4", "Last[W]\n"),
        (CLASSIC, "classic", "after:text:bold", "and two[W]\n\n<h2>"),
        (CLASSIC, "classic", "before:text:and two", "\n\n[W]Second"),
        (CLASSIC, "classic", "after:text:boxed", "</div>[W]\n<block"),
        (CLASSIC, "classic", "before:text:quote", "</div>\n[W]<block"),
        (CLASSIC, "classic", "more", "<!--more-->[W]\n\nLast"),
        (CLASSIC, "classic", "replace:text:Last", "\n\n[W]\n"),
        (BLOCKS, "blocks", "start", "[W]\n\n<!-- wp:paragraph -->\n<p>one"),
        (BLOCKS, "blocks", "end", "<!-- /wp:more -->\n\n[W]"),
        (BLOCKS, "blocks", "after:p:1", "<!-- /wp:paragraph -->\n\n[W]\n\n<!-- wp:group -->"),
        (BLOCKS, "blocks", "after:h2:H", "<!-- /wp:heading -->\n\n[W]\n\n<!-- wp:columns -->"),
        (
            BLOCKS,
            "blocks",
            "before:text:col",
            "<!-- wp:column --><div>[W]\n\n<!-- wp:paragraph -->",
        ),
        (BLOCKS, "blocks", "after:text:locked", "<!-- /wp:group -->\n\n[W]\n\n<!-- wp:list -->"),
        (BLOCKS, "blocks", "before:text:item", "<!-- /wp:group -->\n\n[W]\n\n<!-- wp:list -->"),
        (BLOCKS, "blocks", "after:text:free", "<b>x</b>\n\n[W]\n\n<!-- wp:more -->"),
        (BLOCKS, "blocks", "more", "<!-- /wp:more -->\n\n[W]"),
        (BLOCKS, "blocks", "replace:text:one", "[W]\n\n<!-- wp:group -->"),
        ("", "blocks", "end", "[W]"),
        (QUOTE, "blocks", "after:text:words", "<!-- /wp:quote -->\n\n[W]"),
        (QUOTE, "blocks", "before:text:item", "[W]\n\n<!-- wp:list -->"),
    ],
)
def test_where_it_lands(body: str, form: BodyForm, anchor: str, around: str) -> None:
    assert around in shown(body, anchor, form)


@for_each(
    ("body", "form", "anchor", "says"),
    [
        (
            WEB,
            "blogger",
            "after:h2:Conc",
            "does not exist in this post; similar places:\n  1. line 1: Con& x",
        ),
        (WEB, "blogger", "after:h3:Con& x", "Con& x (an h2)"),
        (WEB, "blogger", "after:#d", "does not exist"),
        (WEB, "blogger", "after:p:2", "(paragraph 1, the last)"),
        (WEB, "blogger", "after:region:x", "does not exist"),
        (WEB, "blogger", "after:text:THIRD", "1. line 1: third"),
        (WEB, "blogger", "more", "does not exist"),
        (WEB, "blogger", "after:text:line", "matches 2 places:\n  1. line 1: "),
        (WEB, "blogger", "replace:text:cell", "it is in a table"),
        (WEB, "blogger", "replace:text:Con&", "it shares <h2> with other text"),
        ("<a title='LINK'>x</a>", "blogger", "after:text:LINK", "no visible text is similar"),
        ("<!--LINK-->x", "blogger", "after:text:<!--LINK", "no visible text is similar"),
        ("<h2>a<h3>b</h3>", "plain", "after:h2:a", "it is in <h2> (line 1), which is never closed"),
        (
            "<p>a</p><!-- b",
            "plain",
            "end",
            "the post ends inside a tag or comment that begins on line 1",
        ),
        ("<p>a</", "plain", "end", "would become a comment"),
        ("<table><tr><td>a", "plain", "end", "never closed"),
        (CLASSIC, "classic", "replace:text:bold", "it shares"),
        (CLASSIC, "classic", "replace:text:boxed", ""),
        (BLOCKS, "blocks", "replace:text:free", "it shares this passage"),
        (
            BLOCKS.replace("<!-- /wp:list -->", ""),
            "blocks",
            "end",
            "delimiters of this post do not match on line",
        ),
        (marked(MARK, "<h2>In</h2>"), "blogger", "after:h2:In", 'is only inside the region "w"'),
    ],
)
def test_what_is_refused_says_why(body: str, form: BodyForm, anchor: str, says: str) -> None:
    if not says:
        assert "[W]" in shown(body, anchor, form)
        return
    with pytest.raises(PlaceError) as caught:
        insert_widget(body, W, anchor, RegionMeta("new"), form=form)
    assert says in caught.value.message
    assert caught.value.hint


def test_a_place_may_be_parsed_already() -> None:
    edits = [
        insert_widget(WEB, W, anchor, MARK, form="plain")
        for anchor in ("after:p:1", parse_anchor("after:p:1"))
    ]
    assert edits[0] == edits[1]


def test_several_matches_are_chosen_by_number_or_all() -> None:
    body = "<p>x</p><p>x</p>"
    with pytest.raises(PlaceError, match="matches 2 places") as caught:
        insert_widget(body, W, "after:text:x", MARK, form="plain")
    assert [candidate.line for candidate in caught.value.candidates] == [1, 1]
    assert shown(body, "after:text:x", "plain", nth=2) == "<p>x</p><p>x</p>[W]"
    assert shown(body, "after:text:x", "plain", every=True) == "<p>x</p>[W]<p>x</p>[W]"
    both = insert_widget(body, W, "after:text:x", MARK, form="plain", every=True).body
    with pytest.raises(PlaceError, match='region "w" matches 2 places'):
        remove_widget(both, "w")
    assert remove_widget(both, "w", every=True).body == body
    assert remove_widget(both, "w", nth=1).body == f"<p>x</p><p>x</p>{marked(MARK, W)}"
    with pytest.raises(UsageError, match="match 3 of"):
        insert_widget(body, W, "after:text:x", MARK, form="plain", nth=3)
    with pytest.raises(UsageError, match="one place and all places"):
        insert_widget(body, W, "after:text:x", MARK, form="plain", nth=1, every=True)


@for_each("form", ["blogger", "blocks", "classic", "plain"])
def test_the_second_time(form: BodyForm) -> None:
    body = BLOCKS if form == "blocks" else "one\n\ntwo" if form == "classic" else WEB
    once = insert_widget(body, W, "end", MARK, form=form).body
    assert not insert_widget(once, W, "start", MARK, form=form).changed
    newer = RegionMeta("w", "timeline", 2, "other data")
    twice = insert_widget(once, W.replace("w", "v"), "start", newer, form=form)
    assert twice.body == insert_widget(body, W.replace("w", "v"), "end", newer, form=form).body
    assert not insert_widget(
        once, W.replace("w", "v"), "start", newer, form=form, again="keep"
    ).changed
    with pytest.raises(PlaceError, match="this post already has"):
        insert_widget(once, W, "start", MARK, form=form, again="refuse")
    assert replace_widget(once, W.replace("w", "v"), newer, form=form).body == twice.body
    assert remove_widget(twice.body, "w").body == body


def test_a_hand_edit_is_not_lost() -> None:
    body = insert_widget(WEB, W, "end", MARK, form="blogger").body.replace(
        "<p>w</p>", "<p>my own</p>"
    )
    for change in (
        lambda force: remove_widget(body, "w", force=force),
        lambda force: replace_widget(body, W, MARK, form="blogger", force=force),
        lambda force: insert_widget(body, W, "end", MARK, form="blogger", force=force),
    ):
        with pytest.raises(Conflict, match="was edited after"):
            change(False)
        assert change(True).changed


def test_an_unknown_region_names_those_that_are_there() -> None:
    body = insert_widget(WEB, W, "end", RegionMeta("quiz-1"), form="blogger").body
    for change in (
        lambda: remove_widget(body, "quiz-2"),
        lambda: replace_widget(body, W, RegionMeta("quiz-2"), form="blogger"),
    ):
        with pytest.raises(PlaceError) as caught:
            change()
        assert caught.value.message == 'this post has no region "quiz-2"'
        assert caught.value.hint == "its regions: quiz-1"


def test_a_damaged_region_stops_everything_with_its_name_and_nothing_else() -> None:
    body = f"<p>x</p>{marked(MARK, W)}".replace("<!-- blogkit:end w -->", "")
    for change in (
        lambda: insert_widget(body, W, "end", MARK, form="plain"),
        lambda: remove_widget(body, "w"),
        lambda: replace_widget(body, W, MARK, form="plain"),
    ):
        with pytest.raises(BlogkitError, match="is damaged, line 1"):
            change()
    assert insert_widget(body, W, "start", RegionMeta("other"), form="plain").changed


@for_each(
    ("piece", "form", "says"),
    [
        ("<div>", "plain", "leaves <div> open"),
        ("</div>", "plain", "closes <div>, which it does not open"),
        ("<p>x</p><!-- y", "plain", "ends inside"),
        ("<script>x", "plain", "ends inside"),
        ("<p>x</p>\n<p>y</p>", "blogger", "line breaks"),
        ("<p>x</p>\n<p>y</p>", "classic", "line breaks"),
        ("<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->", "blocks", "block delimiters"),
    ],
)
def test_a_piece_that_would_change_its_surroundings_is_refused(
    piece: str, form: BodyForm, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        insert_widget("", piece, "end", MARK, form=form)


def test_what_moved_far_is_told() -> None:
    assert insert_widget(WEB, W, "after:p:1", MARK, form="blogger").notes == ()
    (note,) = insert_widget(
        "<table><tr><td>a</td><td>b</td></tr></table>", W, "after:text:a", MARK, form="plain"
    ).notes
    assert (
        note == "inserted after the whole <table>, on line 1, past “b”: widgets cannot go inside it"
    )
    (note,) = insert_widget(
        BLOCKS.replace("item</li>", "item</li><li>two</li>"),
        W,
        "after:text:item",
        MARK,
        form="blocks",
    ).notes
    assert "the whole block core/list" in note


def test_nested_regions_go_with_the_outer_one() -> None:
    body = marked(RegionMeta("out"), f"<div>{marked(RegionMeta('in'), '<p>x</p>')}</div>")
    edit = remove_widget(f"a{body}b", "out")
    assert (edit.body, edit.notes) == ("ab", ('the region "in" was inside it and is also removed',))
    assert [region.edited for region in find_regions(remove_widget(body, "in").body).regions] == [
        False
    ]


def test_forms() -> None:
    assert body_form_of(BLOCKS, "wordpress") == "blocks"
    assert body_form_of("text", "wordpress") == "classic"
    assert body_form_of(" ", "wordpress") == "blocks"
    assert body_form_of(BLOCKS, "blogger") == "blogger"
    assert body_form_of("x", "folder") == "plain"
    with pytest.raises(UsageError, match="empty paragraphs"):
        insert_widget("x", W, "end", MARK, form="classic", style="comments")
    assert (
        'data-blogkit-region="w"'
        in insert_widget(BLOCKS, W, "end", MARK, form="blocks", style="attribute").body
    )


@given(
    shape=st.sampled_from(sorted(SHAPES)),
    seed=st.integers(0, 10**9),
    cut=st.floats(0, 1) | st.none(),
    junk=st.text("<>/!-=\"' \n&p", max_size=6),
)
def test_any_post_at_any_anchor(shape: str, seed: int, cut: float | None, junk: str) -> None:
    """Posts of every shape, torn at any place: nothing but the region ever changes."""
    form, write, _ = SHAPES[shape]
    body = write(Pen(str(seed)))
    if cut is not None:
        at = int(cut * len(body))
        body = body[:at] + junk + (body[at + 1 :] if seed % 2 else "")
    sample = Sample(shape, form, body)
    for asked in [*anchors(sample)][:8]:
        edit = inserted(sample, asked)
        if not isinstance(edit, PlaceError):
            check(sample, asked, edit)
