"""The exact point of an insertion in small bodies, and what is found of a place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blogkit.edits import (
    BodyForm,
    PlaceError,
    insert_widget,
    parse_anchor,
    remove_widget,
    replace_widget,
)
from blogkit.edits.locate import locate
from blogkit.edits.post import LiveBody
from blogkit.errors import Conflict, UsageError
from blogkit.regions import RegionMeta, marked
from tests.cases import for_each
from tests.edits.test_insert import MARK, W, shown
from tests.edits.test_places import notes

NESTED = marked(RegionMeta("out"), f"<div>{marked(RegionMeta('in'), '<p>x</p>')}</div>")


@for_each(
    ("body", "anchor", "expected"),
    [
        ("x <button><div>z</div></button> w", "after:text:z", "x <button><div>z</div></button>[W] w"),
        ("x <label><div>z</div> q</label> w", "after:text:z", "x <label><div>z</div> q</label>[W] w"),
        ("x <label>z</label> w<br>q", "after:text:z", "x <label>z</label> w<br>[W]q"),
        ("x <b>bold</b> y<br>z", "after:text:bold", "x <b>bold</b> y<br>[W]z"),
        ("x <b>bold</b> y<br>z", "before:text:bold", "[W]x <b>bold</b> y<br>z"),
        ("<b>one<br>two", "after:text:one", "<b>one<br>[W]two"),
        ("<b>one<p>x</p><br>two</b>", "after:text:one", "<b>one[W]<p>x</p><br>two</b>"),
        ("<!-- wp:paragraph --><p>x</p>", "after:text:x", "<!-- wp:paragraph --><p>x</p>[W]"),
        (
            "<blockquote><ul><li>a</li></ul>c</blockquote>",
            "after:text:a",
            "<blockquote><ul><li>a</li></ul>[W]c</blockquote>",
        ),
        ("<svg><text>a</text><p>b</p>", "after:text:b", "<svg><text>a</text><p>b</p>[W]"),
        ("<svg><text>a</text>", "after:text:a", "<svg><text>a</text>[W]"),
        ("<p>a<ul><li>b</ul>", "after:text:b", "<p>a<ul><li>b</ul>[W]"),
        ("<h2>a<p>b</p>", "before:text:b", "[W]<h2>a<p>b</p>"),
        ("<p>a<p>b", "before:text:b", "<p>a[W]<p>b"),
        ("<p>a<h2>b</h2>", "before:h2:b", "<p>a[W]<h2>b</h2>"),
        ("<svg>a<p>b</p>", "before:text:b", "<svg>a[W]<p>b</p>"),
        ("<ul><li>a", "after:text:a", "<ul><li>a[W]"),
        ("<ol><li>a", "before:text:a", "<ol><li>[W]a"),
        ("<li>a<li>b", "after:text:a", "<li>a[W]<li>b"),
        ("<ul>", "end", "<ul>[W]"),
        (
            "<div><table><tr><td><div>a</div></td></tr></table></div>",
            "after:text:a",
            "<div><table><tr><td><div>a</div></td></tr></table>[W]</div>",
        ),
        ("<p>a</p><script>x", "after:text:a", "<p>a</p>[W]<script>x"),
        ("<p>a</p><!--", "after:p:1", "<p>a</p>[W]<!--"),
        ('<p>a</p><b x="', "after:p:1", '<p>a</p>[W]<b x="'),
        ("a</", "start", "[W]a</"),
        ("", "start", "[W]"),
        (" x", "start", "[W] x"),
        ("x<br>y", "after:text:y", "x<br>y[W]"),
        (NESTED, "before:region:in", f"[W]{NESTED}"),
        (NESTED, "after:region:in", f"{NESTED}[W]"),
        ("<a id='k'></a>y<br>z", "after:#k", "<a id='k'></a>y<br>[W]z"),
        ("<a NAME='k'></a>y<br>z", "after:#k", "<a NAME='k'></a>y<br>[W]z"),
        ("x <b id=k><div>d</div></b> y", "after:#k", "x <b id=k><div>d</div></b>[W] y"),
        ("<A NAME='more'></A>y", "more", "<A NAME='more'></A>[W]y"),
        ("<!--more read on-->y", "more", "<!--more read on-->[W]y"),
        ("<h2>Café</h2>x", "after:h2:Cafe\u0301", "<h2>Café</h2>[W]x"),
        ("<h2>It’s  so</h2>x", "after:h2: It's so ", "<h2>It’s  so</h2>[W]x"),
    ],
)  # fmt: skip
def test_in_plain_html(body: str, anchor: str, expected: str) -> None:
    assert shown(body, anchor, "plain") == expected


ROW = '[vc_row][vc_column width="1/2"][vc_column_text el_class=""]'
END = "[/vc_column_text][/vc_column][/vc_row]"
UNCHANGED = "WordPress would change the paragraphs around it"


@for_each(
    ("body", "anchor", "expected"),
    [
        ("<div>a</div><div>b</div>", "after:text:a", "<div>a</div>[W]<div>b</div>"),
        ("<div>a</div><div>b</div>", "before:text:b", "<div>a</div>[W]<div>b</div>"),
        ("<DIV>a</DIV><DIV>b</DIV>", "before:text:a", "[W]<DIV>a</DIV><DIV>b</DIV>"),
        ("<DIV>a</DIV><DIV>b</DIV>", "after:text:b", "<DIV>a</DIV><DIV>b</DIV>[W]"),
        ("<DIV>a</DIV><DIV>b</DIV>", "after:text:a", UNCHANGED),
        ("<DIV>a</DIV><div>b</div>", "after:text:a", "<DIV>a</DIV>[W]<div>b</div>"),
        ("<div>a</div >x", "after:text:a", UNCHANGED),
        ("<div>a</div >\n\nx", "after:text:a", "<div>a</div >[W]\n\nx"),
        ("<p>a</P>b<br>c", "before:text:b", UNCHANGED),
        ("<p>a</P>b<br>c", "after:text:b", "<p>a</P>b<br>c[W]"),
        ("one<div>a</div>two", "after:text:one", "one[W]<div>a</div>two"),
        ("one<div>a</div>two", "before:text:two", "one<div>a</div>[W]two"),
        ("<div>one<p>x</p>two</div>", "after:text:x", "<div>one<p>x</p>two</div>[W]"),
        ("<div><p>x</p></div>", "after:text:x", "<div><p>x</p>[W]</div>"),
        ("<section><div>a</div></section>", "before:text:a", "<section>[W]<div>a</div></section>"),
        ("<article><p>a</p>b</article>", "before:text:a", "<article>[W]<p>a</p>b</article>"),
        ("<article><p>a</p>b</article>", "after:text:a", "<article><p>a</p>b</article>[W]"),
        ("<div>a</div><!-- c -->b", "before:text:b", "<div>a</div>[W]<!-- c -->b"),
        ("one <i>two</i> three\nfour", "after:text:two", "one <i>two</i> three\nfour[W]"),
        ("<p>one</p>\n\n\n<p>two</p>", "before:text:two", "<p>one</p>\n\n\n[W]<p>two</p>"),
        ("<!-- wp:paragraph --><p>x</p>", "after:text:x", "<!-- wp:paragraph --><p>x</p>[W]"),
        ("\n\n[gallery]\n\ntext\n\n", "after:p:1", "\n\n[gallery]\n\ntext[W]\n\n"),
        (f"{ROW}\n\none\n\ntwo{END}", "after:p:1", f"{ROW}\n\none[W]\n\ntwo{END}"),
        (f"{ROW}\n\none\n\ntwo{END}", "before:p:1", f"{ROW}\n\n[W]one\n\ntwo{END}"),
        (f"{ROW}one\n\ntwo{END}", "before:p:1", f"{ROW}[W]one\n\ntwo{END}"),
        (f"{ROW}one\n\ntwo{END}", "after:p:2", f"{ROW}one\n\ntwo[W]{END}"),
        ("[a][b x=1]\n[/b]\n\none", "after:p:1", "[a][b x=1]\n[/b]\n\none[W]"),
        ("", "end", "[W]"),
    ],
)
def test_where_wordpress_makes_the_paragraphs(body: str, anchor: str, expected: str) -> None:
    """It knows blocks by their exact letters: `<DIV>` and `</div >` are none."""
    if expected is UNCHANGED:
        with pytest.raises(PlaceError, match=UNCHANGED):
            shown(body, anchor, "classic")
        return
    assert shown(body, anchor, "classic") == expected


@for_each(
    ("body", "form", "anchor", "reason"),
    [
        ("<h2>a<p>b</p>", "plain", "after:text:b", "it is in <h2> (line 1), which is never closed"),
        (
            "<div>\n<ul><li>a</div><p>b</p>",
            "plain",
            "after:text:a",
            "it is in <ul> (line 2), which is never closed",
        ),
        ("\n<h2>a<p>b</p>x", "plain", "end", "it is in <h2> (line 2), which is never closed"),
        ("<p>a</p>\n<table>", "classic", "end", "it is in <table> (line 2), which is never closed"),
        ("<select>", "plain", "end", "it is in <select> (line 1), which is never closed"),
        ("<p>a</p><textarea>q", "plain", "end", "it is in <textarea> (line 1), which is never"),
        (
            "<p>a</p>\n<b",
            "plain",
            "end",
            "the post ends inside a tag or comment that begins on line 2 and is never closed",
        ),
        ("</", "plain", "end", "the post ends with “</”"),
    ],
)
def test_where_nothing_can_be_inserted(body: str, form: BodyForm, anchor: str, reason: str) -> None:
    with pytest.raises(PlaceError) as caught:
        shown(body, anchor, form)
    assert caught.value.message.startswith(f"cannot insert after this place: {reason}")


def test_an_inline_element_that_was_left_needs_no_note() -> None:
    assert notes("x <b>bold</b> y<br>z", "after:text:bold") == ()


def test_the_break_is_one_text_too() -> None:
    body = "<!-- wp:more --><!--more--><p>rest</p><!-- /wp:more -->"
    assert notes(body, "more", "blocks") == ()


@for_each(
    ("body", "anchor", "told"),
    [
        ("<div>a<p>b</p></div>", "after:text:b", 0),
        ("<section><div>a<p>b</p></section>c", "after:text:b", 0),
        ("<div>a<p>b</p>", "after:text:b", 1),
        ("<li>a", "after:text:a", 0),
        ("<p>a", "after:text:a", 0),
        ("<section><div>a<p>b</p>", "after:text:b", 1),
    ],
)
def test_only_what_is_open_to_the_end_is_told(body: str, anchor: str, told: int) -> None:
    found = notes(body, anchor)
    assert len(found) == told
    assert all("which is never closed" in note for note in found)


@for_each(("length", "words"), [(99_999, "x" * 59 + "…"), (100_000, "…")])
def test_of_a_long_passage_no_words_are_told(length: int, words: str) -> None:
    """Reading them would take longer than the edit."""
    passed = "</li><li>{}</li></ul>"
    text = "x" * (length - len(passed) + 2)
    (note,) = notes(f"<ul><li>a{passed.format(text)}", "after:text:a")
    assert f"past “{words}”" in note


@for_each(
    ("body", "count"),
    [
        ("<p name='k'>x</p>", 0),
        ("<p id='k'>x</p><p data-id='k'>y</p>", 1),
        ("<p ID = k>x</p>", 1),
        ("<a name='k'>x</a><a id='k'>y</a>", 2),
    ],
)
def test_what_an_id_names(body: str, count: int) -> None:
    post = LiveBody(body, "plain")
    if count:
        assert len(locate(post, parse_anchor("after:#k"), every=True)) == count
    else:
        with pytest.raises(PlaceError, match="does not exist"):
            locate(post, parse_anchor("after:#k"))


@for_each(
    "body",
    [
        "<div name='more'></div>x",
        "<script><!--more--></script>x",
        "<a name='more'>x</a>y",
        "<a name='other'></a>y",
        "<a></a>y",
        "<!-- other -->y",
        "<!--moreover-->y",
    ],
)
def test_what_is_no_break(body: str) -> None:
    with pytest.raises(PlaceError) as caught:
        shown(body, "more", "plain")
    assert caught.value.message == 'the place "more" does not exist in this post'
    assert caught.value.hint == "choose something from the post's HTML"


@for_each(
    ("body", "form", "number"),
    [
        ("<p>x</p>", "plain", 1),
        ("<p>x</p>\n\n \n\n", "classic", 1),
        ("<p> </p><p>x</p>", "plain", 1),
        ("[gallery]\n\nx", "classic", 1),
        ("x\n\n<p>y</p>\n\nz", "classic", 3),
        (marked(MARK, "<p>x</p>") + "<p>y</p>", "plain", 1),
    ],
)
def test_paragraphs_with_words_are_counted(body: str, form: BodyForm, number: int) -> None:
    post = LiveBody(body, form)
    starts = [locate(post, parse_anchor(f"after:p:{n + 1}"))[0].start for n in range(number)]
    assert starts == sorted(starts)
    with pytest.raises(PlaceError, match="similar places") as caught:
        locate(post, parse_anchor(f"after:p:{number + 1}"))
    assert caught.value.hint == f"choose a number from 1 to {number}"
    assert caught.value.candidates[0].what == f"paragraph {number}, the last"
    assert caught.value.candidates[0].line == body.count("\n", 0, starts[-1]) + 1


def test_a_place_inside_and_outside_a_region_is_the_one_outside() -> None:
    body = marked(MARK, "<p>QUIZ</p>") + "<p>QUIZ</p>"
    (place,) = locate(LiveBody(body, "plain"), parse_anchor("after:text:QUIZ"))
    assert body[: place.start] == marked(MARK, "<p>QUIZ</p>") + "<p>"


def test_blanks_around_the_text_of_a_heading_do_not_count() -> None:
    anchor = replace(parse_anchor("after:h2:so"), value=" so ")
    assert len(locate(LiveBody("<h2>so</h2>", "plain"), anchor)) == 1


@for_each("side", ["before", "after"])
def test_a_place_inside_a_region_is_refused_with_the_way_out(side: str) -> None:
    body = marked(MARK, "<p>QUIZ</p><p>QUIZ</p>")
    with pytest.raises(PlaceError) as caught:
        locate(LiveBody(body, "plain"), parse_anchor(f"{side}:text:QUIZ"))
    assert caught.value.message.startswith(
        f'the place "{side}:text:QUIZ" is only inside the region "w", which blogkit re-renders'
    )
    assert caught.value.hint == f"insert it next to the region: {side}:region:w"
    assert len(caught.value.candidates) == 2


# what comes near

LONG = "word " * 40
CUT = LONG[:79] + "…"


@for_each(
    ("body", "anchor", "context"),
    [
        (f"<h2>{LONG}</h2>", "after:h2:words", CUT),
        (f"<p>{LONG.upper()}</p>", "after:text:word word", LONG.upper()[:80].strip()),
        (f"<p>{LONG}</p>", f"after:text:{LONG[:-5]}wort", CUT),
        (
            marked(RegionMeta("quiz", "w" * 90), "<p>x</p>"),
            "after:region:quizz",
            ("<!-- blogkit:begin quiz widget=" + "w" * 90)[:79] + "…",
        ),
    ],
)
def test_what_comes_near_is_cut_to_a_line(body: str, anchor: str, context: str) -> None:
    with pytest.raises(PlaceError) as caught:
        locate(LiveBody(body, "plain"), parse_anchor(anchor))
    assert caught.value.candidates[0].context == context


@for_each(
    ("piece", "anchor"),
    [
        ("<h2>Talk {}</h2>", "after:h2:Talks"),
        ("<p id='talk{}'>x</p>", "after:#talks"),
        ("<p>Talk {}</p>", "after:text:Talks now"),
        ("<p>TALKS {}</p>", "after:text:talks"),
    ],
)
def test_of_many_that_come_near_five_are_listed(piece: str, anchor: str) -> None:
    body = "".join(piece.format(number) for number in range(7))
    with pytest.raises(PlaceError, match="; similar places:") as caught:
        locate(LiveBody(body, "plain"), parse_anchor(anchor))
    assert len(caught.value.candidates) == 5


def test_of_many_regions_five_are_listed() -> None:
    body = "".join(marked(RegionMeta(f"quiz-{number}"), "<p>x</p>") for number in range(7))
    with pytest.raises(PlaceError) as caught:
        locate(LiveBody(body, "plain"), parse_anchor("after:region:quiz"))
    assert len(caught.value.candidates) == 5


@for_each(
    ("piece", "anchor"),
    [
        ("<h2>{}</h2>", "after:h2:Talks open"),
        ("<p>{}</p>", "after:text:Talks open now"),
    ],
)
def test_what_comes_nearest_is_first(piece: str, anchor: str) -> None:
    body = "".join(piece.format(text) for text in ("Walk over", "Talks opem", "Talk op"))
    with pytest.raises(PlaceError) as caught:
        locate(LiveBody(body, "plain"), parse_anchor(anchor))
    assert caught.value.candidates[0].context == "Talks opem"


def test_a_text_of_which_just_enough_is_alike_is_listed() -> None:
    same = "abcdefghijk"
    for missing, listed in ((9, 1), (10, 0)):
        body = f"<p>{same}{'y' * missing}</p>"
        with pytest.raises(PlaceError) as caught:
            locate(LiveBody(body, "plain"), parse_anchor(f"after:text:{same}{'x' * missing}"))
        assert len(caught.value.candidates) == listed


def test_a_heading_of_another_level_says_its_own() -> None:
    with pytest.raises(PlaceError) as caught:
        locate(LiveBody("<h2>Talks</h2><h3>Talk</h3>", "plain"), parse_anchor("after:h3:Talks"))
    assert [(one.context, one.what) for one in caught.value.candidates] == [
        ("Talks", "an h2"),
        ("Talk", ""),
    ]


# edits


def test_an_empty_post_gets_a_block_and_no_blank_line() -> None:
    edit = insert_widget("", W, "end", MARK, form="blocks")
    assert edit.body == f"<!-- wp:html -->\n{marked(MARK, W)}\n<!-- /wp:html -->"


def test_a_block_that_is_replaced_keeps_the_blank_lines_around_it() -> None:
    body = "{}\n\n<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->"
    edit = insert_widget(
        body.format("<!-- wp:paragraph --><p>QUIZ</p><!-- /wp:paragraph -->"),
        W,
        "replace:text:QUIZ",
        MARK,
        form="blocks",
    )
    assert edit.body == body.format(f"<!-- wp:html -->\n{marked(MARK, W)}\n<!-- /wp:html -->")


@for_each(
    ("side", "expected"),
    [("before", "{}[W]\n\nfree text\n{}"), ("after", "{}free text\n\n[W]\n{}")],
)
def test_a_text_between_blocks_is_kept_as_one(side: str, expected: str) -> None:
    block = "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->"
    found = shown(f"{block}free text\n{block}", f"{side}:text:free", "blocks")
    assert found == expected.format(block, block)


def test_an_edit_by_hand_and_a_place_of_several_need_a_word_from_the_user() -> None:
    stale = marked(MARK, W, stated="0123456789abcdef")
    for change in (
        lambda body: insert_widget(body, W, "end", MARK, form="plain"),
        lambda body: replace_widget(body, W, MARK, form="plain"),
        lambda body: remove_widget(body, "w"),
    ):
        with pytest.raises(Conflict, match="was edited after"):
            change(stale)
    for change in (
        lambda body: replace_widget(body, W, MARK, form="plain"),
        lambda body: remove_widget(body, "w"),
    ):
        with pytest.raises(PlaceError, match="matches 2 places"):
            change(marked(MARK, W) * 2)


def test_a_region_that_must_be_new_is_inserted_where_it_is() -> None:
    edit = insert_widget("<p>x</p>", W, "end", MARK, form="plain", again="refuse")
    assert edit.body == "<p>x</p>" + marked(MARK, W)


def test_several_matches_at_one_point_are_one_insertion() -> None:
    body = "<table><tr><td>a</td><td>a</td></tr></table>"
    edit = insert_widget(body, W, "after:text:a", MARK, form="plain", every=True)
    assert edit.body == body + marked(MARK, W)
    assert len(edit.changes) == 1
    assert hash(edit) == hash(
        insert_widget(body, W, "after:text:a", MARK, form="plain", every=True)
    )


@for_each(
    ("anchor", "wrapped"),
    [("replace:text:QUIZ", True), ("after:region:old", True), ("replace:region:old", False)],
)
def test_in_the_block_editor_a_region_has_an_html_block_of_its_own(
    anchor: str, wrapped: bool
) -> None:
    block = "<!-- wp:html -->\n{}\n<!-- /wp:html -->"
    old = block.format(marked(RegionMeta("old"), "<p>old</p>"))
    body = f"<!-- wp:paragraph --><p>QUIZ</p><!-- /wp:paragraph -->\n\n{old}"
    edit = insert_widget(body, W, anchor, MARK, form="blocks")
    (change,) = edit.changes
    assert (change.text.strip() == block.format(marked(MARK, W))) is wrapped
    assert edit.body.count("<!-- wp:html -->") == edit.body.count("blogkit:begin")


@for_each("region", ["w", "absent"])
def test_incomplete_html_replaces_nothing(region: str) -> None:
    with pytest.raises(UsageError, match="leaves <div> open"):
        replace_widget(marked(MARK, W), "<div>", RegionMeta(region), form="plain")


def test_a_region_is_rewritten_if_its_mark_or_its_words_differ() -> None:
    piece = '<p style="color:red">x</p>'
    respelled = '<p style="color: red;">x</p>'
    live = marked(MARK, piece).replace(piece, respelled)
    assert not replace_widget(live, piece, MARK, form="plain").changed
    newer = RegionMeta("w", "timeline", 2, "data")
    assert replace_widget(live, piece, newer, form="plain").body == marked(newer, piece)
    other = piece.replace(">x<", ">y<")
    assert replace_widget(live, other, MARK, form="plain").body == marked(MARK, other)


def test_regions_beside_each_other_are_each_replaced_and_neither_goes_with_the_other() -> None:
    old = RegionMeta("w", "timeline", 0)
    body = marked(old, "<p>1</p>") + marked(old, "<p>2</p>")
    assert replace_widget(body, W, MARK, form="plain", every=True).body == marked(MARK, W) * 2
    beside = marked(RegionMeta("a"), "<p>1</p>") + marked(MARK, W) + marked(RegionMeta("b"), "<p>")
    assert remove_widget(beside, "w").notes == ()


def test_a_nested_region_of_the_same_name_needs_no_note() -> None:
    body = marked(MARK, f"<div>{marked(MARK, '<p>x</p>')}</div>")
    edit = remove_widget(body, "w", nth=1)
    assert (edit.body, edit.notes) == ("", ())


@for_each(
    ("before", "after", "left"),
    [
        ("", "\n\n<p>y</p>", "<p>y</p>"),
        ("", "\n<p>y</p>", "\n<p>y</p>"),
        ("<p>x</p>\n\n", "\n\n<p>y</p>", "<p>x</p>\n\n<p>y</p>"),
        ("<p>x</p>\n", "\n\n<p>y</p>", "<p>x</p>\n<p>y</p>"),
        ("<p>x</p>\n\n", "", "<p>x</p>"),
    ],
)
def test_one_blank_line_goes_with_an_html_block(before: str, after: str, left: str) -> None:
    block = f"<!-- wp:html -->\n{marked(MARK, W)}\n<!-- /wp:html -->"
    assert remove_widget(before + block + after, "w").body == left
