"""Exact places, what is told about them, and what a refusal offers instead."""

from __future__ import annotations

import pytest

from blogkit.edits import BodyForm, PlaceError, insert_widget, remove_widget, replace_widget
from blogkit.edits.locate import paragraphs
from blogkit.edits.post import LiveBody
from blogkit.errors import BlogkitError, Conflict
from blogkit.regions import RegionMeta, marked
from tests.cases import for_each
from tests.edits.test_insert import MARK, W, shown


@for_each(
    ("body", "form", "anchor", "expected"),
    [
        ("a<br/>b", "plain", "before:text:b", "a<br/>[W]b"),
        ("a<br/>b", "plain", "after:text:a", "a<br/>[W]b"),
        ("a<br/>b", "plain", "before:text:a", "[W]a<br/>b"),
        ("a<br id='x'>b<br>c", "plain", "after:#x", "a<br id='x'>[W]b<br>c"),
        ("<p>x</p>a b<p>y</p>", "plain", "before:text:b", "<p>x</p>[W]a b<p>y</p>"),
        ("one\n\ntwo", "classic", "before:text:two", "one\n\n[W]two"),
        (
            "x <a href='#'>y<div>z</div></a> w",
            "plain",
            "after:text:z",
            "x <a href='#'>y<div>z</div></a>[W] w",
        ),
        (
            "x <a href='#'><div>z</div></a> w",
            "plain",
            "before:text:z",
            "x [W]<a href='#'><div>z</div></a> w",
        ),
    ],
)
def test_the_edge_of_a_line(body: str, form: BodyForm, anchor: str, expected: str) -> None:
    assert shown(body, anchor, form) == expected


@for_each(
    "name",
    [
        "div",
        "section",
        "article",
        "main",
        "center",
        "header",
        "footer",
        "form",
        "b",
        "span",
        "em",
        "font",
    ],
)
def test_a_paragraph_counts_inside_what_holds_running_text(name: str) -> None:
    assert len(paragraphs(LiveBody(f"<p>one</p><{name}><p>two</p></{name}>", "plain"))) == 2


@for_each("name", ["blockquote", "aside", "figure", "details", "nav", "dd", "li", "td"])
def test_a_paragraph_does_not_count_inside_what_stands_apart(name: str) -> None:
    outer = {"li": "<ul>{}</ul>", "td": "<table><tr>{}</tr></table>", "dd": "<dl>{}</dl>"}.get(
        name, "{}"
    )
    assert (
        len(
            paragraphs(
                LiveBody("<p>one</p>" + outer.format(f"<{name}><p>two</p></{name}>"), "plain")
            )
        )
        == 1
    )


def notes(body: str, anchor: str, form: BodyForm = "plain") -> tuple[str, ...]:
    return insert_widget(body, W, anchor, MARK, form=form).notes


@for_each("name", ["paragraph", "heading", "preformatted", "code", "verse"])
def test_the_whole_of_one_text_needs_no_note(name: str) -> None:
    tag = {"paragraph": "p", "heading": "h2"}.get(name, "pre")
    assert (
        notes(
            f"<!-- wp:{name} --><{tag}>one two</{tag}><!-- /wp:{name} -->",
            "after:text:one",
            "blocks",
        )
        == ()
    )
    assert notes(f"<{tag}>one two</{tag}>", "after:text:one") == ()


LIST = "<!-- wp:list --><ul><li>a</li><li>b</li></ul><!-- /wp:list -->"


@for_each(
    ("body", "anchor", "form", "told"),
    [
        (
            "<ul><li>a</li><li>b</li></ul>",
            "after:text:a",
            "plain",
            "inserted after the whole <ul>, on line 1, past “b”",
        ),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "before:text:b",
            "plain",
            "inserted before the whole <ul>, on line 1, past “a”",
        ),
        (
            "<figure><img id='i'>words</figure>",
            "after:#i",
            "plain",
            "inserted after the whole <figure>, on line 1, past “words”",
        ),
        (
            LIST,
            "after:text:a",
            "blocks",
            "inserted after the whole block core/list, on line 1, past “b”",
        ),
        (
            LIST,
            "before:text:b",
            "blocks",
            "inserted before the whole block core/list, on line 1, past “a”",
        ),
    ],
)
def test_a_frame_that_was_left_is_told_with_what_was_passed(
    body: str, anchor: str, form: BodyForm, told: str
) -> None:
    assert notes(body, anchor, form) == (f"{told}: widgets cannot go inside it",)


@for_each(
    "body",
    ["<table><tr><td>a</td></tr></table>", "<ul><li>a</li> \n </ul>", "<ul><li>a<br></li></ul>"],
)
def test_tags_and_blanks_that_were_passed_need_no_note(body: str) -> None:
    assert notes(body, "after:text:a") == ()


@for_each(
    ("body", "told"),
    [
        ("<p>a", ()),
        ("<p>a<p>b", ()),
        ("<div>a", ("this place is inside <div> from line 1, which is never closed",)),
        ("<div>\n<section>a</div>", ()),
        (
            "<section>\n<div>a",
            ("this place is inside <section> from line 1, which is never closed",),
        ),
    ],
)
def test_an_element_that_is_never_closed_is_told_unless_its_end_tag_may_be_left_out(
    body: str, told: tuple[str, ...]
) -> None:
    assert notes(body, "end") == told


@for_each("side", ["before", "after"])
def test_a_refusal_names_the_side_and_shows_the_place(side: str) -> None:
    cell = "<!-- wp:paragraph --><p>words</p><!-- /wp:paragraph -->"
    body = f"<!-- wp:group --><div><table><tr><td>{cell}</td></tr></table></div><!-- /wp:group -->"
    with pytest.raises(PlaceError) as caught:
        insert_widget(body, W, f"{side}:text:words", MARK, form="blocks")
    assert caught.value.message.startswith(
        f"cannot insert {side} this place: it is in <table>, which cannot contain a widget"
    )
    assert [("words" in candidate.context) for candidate in caught.value.candidates] == [True]


# what is offered in place of what is not there

NOTHING_NEAR = "choose something from the post's HTML"


@for_each(
    ("body", "anchor", "listed", "hint"),
    [
        ("<p id='intro'>x</p><p id='end'>y</p>", "after:#intr", ["#intro", "#end"], 'did you mean "intro"?'),
        ("<p>x</p>", "after:#intro", [], "no element of this post has an id"),
        ("<p id='zzz'>x</p>", "after:#intro", ["#zzz"], NOTHING_NEAR),
        (marked(RegionMeta("quiz"), "<p>x</p>"), "after:region:quizz", ["blogkit:begin quiz"], 'did you mean "quiz"?'),
        ("<p>x</p>", "after:region:quiz", [], "this post has no regions"),
        (marked(RegionMeta("zzz"), "<p>x</p>"), "after:region:quiz", ["blogkit:begin zzz"], NOTHING_NEAR),
        ("<p>x</p>", "after:h2:End", [], "this post has no headings"),
        ("x", "after:p:1", [], 'this post has no <p>; use a text such as after:text:"the last words of a paragraph"'),
        ("<p>x</p><p>y</p>", "after:p:3", ["paragraph 2, the last"], "choose a number from 1 to 2"),
        ("<p>The Talks</p>", "after:text:the talks", ["The Talks"], NOTHING_NEAR),
        (
            "<a href='/quiz'>x</a>",
            "after:text:/quiz",
            ["no visible text is similar"],
            "to change an address or a script, use `blogkit replace`, which searches the whole HTML",
        ),
        ("<p>x</p>", "after:text:elsewhere", [], NOTHING_NEAR),
        ("<p>Talks opened</p><p>Elsewhere</p>", "after:text:talks open now", ["Talks opened"], NOTHING_NEAR),
        ("<p>TALKS</p>", 'after:text:" talks "', ["TALKS"], NOTHING_NEAR),
        ("<p>TALKS</p><a href='/talks'>x</a>", "after:text:talks", ["TALKS"], NOTHING_NEAR),
    ],
)  # fmt: skip
def test_what_comes_near_is_listed_with_a_hint(
    body: str, anchor: str, listed: list[str], hint: str
) -> None:
    with pytest.raises(PlaceError) as caught:
        insert_widget(body, W, anchor, MARK, form="plain")
    assert len(caught.value.candidates) == len(listed)
    for candidate, words in zip(caught.value.candidates, listed, strict=True):
        assert words in str(candidate)
    assert caught.value.hint == hint


def test_a_place_beside_a_damaged_region_is_refused() -> None:
    begin = marked(RegionMeta("quiz"), "x").partition("x")[0]
    with pytest.raises(BlogkitError, match='"quiz" is damaged'):
        insert_widget(f"{begin}<p>x</p>", W, "after:region:quiz", MARK, form="plain")


# regions that are there already


@for_each(("widget", "what"), [("timeline", "widget timeline"), ("", "")])
def test_a_region_that_is_there_is_listed_with_its_widget(widget: str, what: str) -> None:
    with pytest.raises(PlaceError, match="this post already has the region") as caught:
        insert_widget(
            marked(RegionMeta("w", widget), W), W, "end", MARK, form="plain", again="refuse"
        )
    assert [candidate.what for candidate in caught.value.candidates] == [what]


def test_regions_of_one_name_are_replaced_each_and_nested_ones_with_the_outer() -> None:
    old = RegionMeta("w", "timeline", 0)
    beside = marked(old, "<p>1</p>") + "x" + marked(old, "<p>2</p>")
    assert replace_widget(beside, W, MARK, form="plain", every=True).body == marked(
        MARK, W
    ) + "x" + marked(MARK, W)
    nested = marked(old, f"<div>{marked(old, '<p>in</p>')}</div>")
    assert replace_widget(nested, W, MARK, form="plain", every=True).body == marked(MARK, W)


def test_another_region_takes_the_place_of_one_within_its_block() -> None:
    """The HTML block around it stays the only one."""
    block = "<p>x</p>\n\n<!-- wp:html -->\n{}\n<!-- /wp:html -->"
    edit = insert_widget(
        block.format(marked(RegionMeta("old"), "<p>old</p>")),
        W,
        "replace:region:old",
        MARK,
        form="blocks",
    )
    assert edit.body == block.format(marked(MARK, W))


def test_a_region_whose_marker_states_another_content_counts_as_edited_by_hand() -> None:
    stale = marked(MARK, W, stated="0123456789abcdef")
    with pytest.raises(Conflict, match="was edited after blogkit wrote it"):
        replace_widget(stale, W, MARK, form="plain")
    assert replace_widget(stale, W, MARK, form="plain", force=True).body == marked(MARK, W)


@for_each(
    ("before", "after"),
    [
        ("<!-- wp:html -->\n", "\n<p>own</p>\n<!-- /wp:html -->"),
        ("<!-- wp:html -->\n<p>own</p>\n", "\n<!-- /wp:html -->"),
        ("<!-- wp:html -->\n", ""),
        ("", "\n<!-- /wp:html -->"),
        ("<p>x</p>", "<p>y</p>"),
    ],
)
def test_only_a_block_that_holds_nothing_else_goes_with_its_region(before: str, after: str) -> None:
    assert remove_widget(before + marked(MARK, W) + after, "w").body == before + after


@for_each(
    ("edit", "kind", "line"),
    [
        (insert_widget("<p>a</p>\n<p>b</p>", W, "after:text:b", MARK, form="plain"), "inserted", 2),
        (
            insert_widget("<p>a</p>\n<p>QUIZ</p>", W, "replace:text:QUIZ", MARK, form="plain"),
            "replaced",
            2,
        ),
        (replace_widget(marked(MARK, "<p>old</p>"), W, MARK, form="plain"), "replaced", 1),
        (remove_widget("\n\n" + marked(MARK, W), "w"), "removed", 3),
    ],
    ids=["insert", "insert in place of a text", "replace", "remove"],
)
def test_a_change_says_what_it_is_and_where(edit: object, kind: str, line: int) -> None:
    (change,) = edit.changes  # type: ignore[attr-defined]
    assert (change.kind, change.line) == (kind, line)
