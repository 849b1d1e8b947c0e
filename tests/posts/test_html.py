"""Posts written as HTML: calls in comments, and every other byte as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import ContentError
from blogkit.posts.html_posts import parse_html
from blogkit.posts.post import Block, WidgetCall
from tests.cases import for_each


def read(source: str, line: int = 1) -> tuple[Block, ...]:
    return parse_html(source, line=line, path="a.html")


def test_calls_and_what_lies_between() -> None:
    source = (
        "<p>a</p>\n\n<!-- {timeline} My title\n  order: asc\n\n  events:\n    - x\n-->\n\n<P"
        " class=b>c<br></P>\n"
    )
    assert read(source, 10) == (
        Block("html", ("<p>a</p>",), 10),
        Block(
            "widget",
            (WidgetCall("timeline", "My title", "order: asc\n\nevents:\n  - x\n", 12, 13, 2),),
            12,
        ),
        Block("html", ("<P class=b>c<br></P>",), 19),
    )


@for_each(
    ("comment", "call"),
    [
        ("<!-- {x} -->", WidgetCall("x", "", "", 1, 2)),
        ("<!--{x}-->", WidgetCall("x", "", "", 1, 2)),
        ("<!-- {x} A title -->", WidgetCall("x", "A title", "", 1, 2)),
        ("<!-- {x} Note: a title -->", WidgetCall("x", "Note: a title", "", 1, 2)),
        ("<!-- {x} label: Start -->", WidgetCall("x", "", "label: Start\n", 1, 1)),
        ("<!-- {x} {label: Start} -->", WidgetCall("x", "", "{label: Start}\n", 1, 1)),
        ("<!-- {x}\nlabel: Start -->", WidgetCall("x", "", "label: Start\n", 1, 2)),
        ("<!-- {x} T\n\n\n  a:\n   b\n\n-->", WidgetCall("x", "T", "\n\na:\n b\n", 1, 2, 2)),
        ("<!--\n\n{x} T\na: 1\n-->", WidgetCall("x", "T", "a: 1\n", 1, 4)),
        ("<!--\n\n{x} a: 1\n-->", WidgetCall("x", "", "a: 1\n", 1, 3)),
        ("<!-- {Meta_Box}\n-->", WidgetCall("Meta_Box", "", "", 1, 2)),
        ("<!-- {x}\r\n a: 1\r\n b: 2\r\n-->", WidgetCall("x", "", "a: 1\nb: 2\n", 1, 2, 1)),
    ],
)
def test_one_call(comment: str, call: WidgetCall) -> None:
    assert read(comment) == (Block("widget", (call,), 1),)


@for_each(
    "source",
    [
        "<p>a</p>",
        "<!-- plain -->",
        "<!-- a {x} -->",
        "<!----><!-->",
        "<!-- {{ x }} --> <!-- {% x %} --> <!-- {# x #} -->",
        "<script>var a = '<!-- {x} -->';</script>",
        "<STYLE>/* <!-- {x} --> */</Style >",
        "<textarea><!-- {x} --></textarea>",
        "<title><!-- {x} --></title>",
        "<script><!-- {x} --></scriptx><!-- {x} --></script>",
        "<a title='<!-- {x} -->' data-b=\"<!-- {x} -->\">b</a>",
        "&lt;!-- {x} --&gt;",
        "<! {x} >",
        "a < b <!-- c --> d",
    ],
)
def test_no_calls(source: str) -> None:
    assert read(source) == (Block("html", (source,), 1),)


def test_empty() -> None:
    assert read("") == read(" \n\n") == ()


def test_a_call_inside_an_element_stays_there() -> None:
    blocks = read("\n<div>\n  <!-- {x} -->\n</div>\n<!-- {y} --><ul><li>a<li><!-- {z} --></ul>b")
    assert blocks == (
        Block("html", ("<div>\n  ", WidgetCall("x", "", "", 3, 4), "\n</div>"), 2),
        Block("widget", (WidgetCall("y", "", "", 5, 6),), 5),
        Block("html", ("<ul><li>a<li>", WidgetCall("z", "", "", 5, 6), "</ul>b"), 5),
    )


@for_each(
    "before",
    [
        "<div>",
        "<p>a",
        "<p><b>c</b>",
        "<ul><li>",
        "<table><tr><td>",
        "<DIV\n>",
        "<div><p>a</p>",
        "<div></span>",
    ],
)
def test_where_a_call_stands_inside(before: str) -> None:
    (block,) = read(f"{before}<!-- {{x}} -->")
    assert block == Block(
        "html", (before, WidgetCall("x", "", "", 1 + before.count("\n"), 2 + before.count("\n"))), 1
    )


@for_each(
    "before",
    [
        "<p>a<p>b",
        "<br>",
        "<img src=x>",
        "<p>a</p></div>",
        "<hr/><input>",
        "<ul><li>a</ul>",
        "<p>a<ul></ul>",
    ],
)
def test_where_a_call_stands_alone(before: str) -> None:
    kinds = [block.kind for block in read(f"{before}<h2>c</h2><!-- {{x}} -->")]
    assert kinds == (["html", "widget"])


@for_each(
    ("source", "expected"),
    [
        ("a\n\n<!-- {x}\nb: 1\n", [(3, "unclosed-widget")]),
        ("a\n<!-- b", [(2, "unclosed-comment")]),
        ("a\n<!-- <p>b</p>", [(2, "unclosed-comment")]),
        ("<!-- {x}\na: 1\n\n<!-- {y} -->\n", [(1, "unclosed-widget")]),
        ("a\n<b\n<!-- {x} -->", [(2, "unclosed-tag")]),
        ("</b <!--{x}-->", [(1, "unclosed-tag")]),
        ("<!-- {x}\na: b --> c\n-->", [(3, "stray-comment-end")]),
        (
            "<!-- {x} -->\n<!-- {y}\n<!-- -->\n<!-- z",
            [(2, "unclosed-widget"), (4, "unclosed-comment")],
        ),
    ],
)
def test_broken(source: str, expected: list[tuple[int, str]]) -> None:
    with pytest.raises(ContentError) as caught:
        read(source)
    assert [(p.line, p.code) for p in caught.value.problems] == expected
    assert all(p.path == "a.html" and p.hint for p in caught.value.problems)


PIECES = [
    "<p>",
    "</p>",
    "<div>\n",
    "</div>",
    "text ",
    "\n",
    "<br>",
    "<ul><li>",
    "</ul>",
    "<!-- c -->",
    "<script>'<!-- {x} -->'</script>",
    "é",
    "a < b",
    "&amp;",
]
CALLS = ["<!-- {x} -->", "<!-- {y} T\n a: 1\n-->", "<!--{z}\n\nb: 2\n-->"]


@given(st.lists(st.sampled_from([*PIECES, *CALLS]), max_size=15))
def test_every_byte_between_calls_stays(pieces: list[str]) -> None:
    blocks = read("".join(pieces), 3)
    parts = [part for block in blocks for part in block.parts]
    made = [part for part in parts if isinstance(part, WidgetCall)]
    assert [call.name for call in made] == [
        piece[piece.index("{") + 1] for piece in pieces if piece in CALLS
    ]
    lines = "".join(pieces).split("\n")
    assert all(f"{{{call.name}}}" in lines[call.line - 3] for call in made)
    assert all(block.line - 3 < len(lines) for block in blocks)
    expected = "".join("\0" if piece in CALLS else piece for piece in pieces)
    found = "".join("\0" if isinstance(part, WidgetCall) else part for part in parts)
    assert found.replace("\n", "").replace(" ", "") == expected.replace("\n", "").replace(" ", "")


@given(st.text(max_size=60) | st.text("<!->{x}\n \"'=/abscript", max_size=60))
def test_random_text_never_fails_otherwise(source: str) -> None:
    try:
        blocks = read(source)
    except ContentError as error:
        assert error.problems  # noqa: PT017
    else:
        if not any(isinstance(part, WidgetCall) for block in blocks for part in block.parts):
            assert "".join(
                str(part) for block in blocks for part in block.parts
            ).strip() in source.replace("\r\n", "\n").replace("\r", "\n")
