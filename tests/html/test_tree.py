"""Where elements begin and end, as browsers see them; a browser's own parser is asked in
tests/e2e.
"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import given
from hypothesis import strategies as st

from blogkit.html import Token, Tree
from tests.cases import for_each
from tests.sampling import sample


def elements(html: str) -> list[tuple[str, str]]:
    return [(element.name, html[element.start : element.end]) for element in Tree(html).elements]


@for_each(
    ("html", "expected"),
    [
        ("<p>a<p>b<h2>c</h2>", [("p", "<p>a"), ("p", "<p>b"), ("h2", "<h2>c</h2>")]),
        ("<ul><li>a<li>b</ul>", [("ul", "<ul><li>a<li>b</ul>"), ("li", "<li>a"), ("li", "<li>b")]),
        ("<b><p>x</b>y</p>z", [("b", "<b><p>x</b>"), ("p", "<p>x</b>y</p>")]),
        ("<h2>a<h3>b</h3>", [("h2", "<h2>a"), ("h3", "<h3>b</h3>")]),
        ("<h2>a</h3>b", [("h2", "<h2>a</h3>")]),
        ("<a href=/x/>k</a>", [("a", "<a href=/x/>k</a>")]),
        ("<a>1<a>2</a>", [("a", "<a>1"), ("a", "<a>2</a>")]),
        ("<div></span><p>x</div>", [("div", "<div></span><p>x</div>"), ("p", "<p>x")]),
        ("<table><tr><td>a<td>b<tr></table>", [("table", "<table><tr><td>a<td>b<tr></table>"), ("tr", "<tr><td>a<td>b"), ("td", "<td>a"), ("td", "<td>b"), ("tr", "<tr>")]),
        ("<textarea><h2>x</h2></textarea>", [("textarea", "<textarea><h2>x</h2></textarea>")]),
        ("<svg><title>a</title></svg><p>b", [("svg", "<svg><title>a</title></svg>"), ("title", "<title>a</title>"), ("p", "<p>b")]),
        ("<svg><g><p>b", [("svg", "<svg><g>"), ("g", "<g>"), ("p", "<p>b")]),
        ('<i title="<h2>">x</i>', [("i", '<i title="<h2>">x</i>')]),
        ("<!-- a --!><p>x", [("p", "<p>x")]),
        ("<!--><p>x", [("p", "<p>x")]),
        ("<!-- a <p>x", []),
        ("a < b </ p> <3 <p>x", [("p", "<p>x")]),
        ("<script><!-- <script></script> <h2> --></script><p>x", [("script", "<script><!-- <script></script> <h2> --></script>"), ("p", "<p>x")]),
        ("\ufeff<p>\r\n\u2028\u0085\f</p>", [("p", "<p>\r\n\u2028\u0085\f</p>")]),
    ],
)  # fmt: skip
def test_ends_that_nobody_wrote(html: str, expected: list[tuple[str, str]]) -> None:
    assert elements(html) == expected


@for_each("html", ["<!-- a", "<a href='x>y", "<script>x", "<p", "<style>", "<textarea>a</textare"])
def test_a_source_that_ends_in_the_middle_says_so(html: str) -> None:
    cut = Tree(f"<p>before</p>{html}").cut
    assert (cut is not None) == (html != "<style>")


_TREE = st.recursive(
    st.sampled_from(["text ", "a &amp; b", "<br>", "<!-- c -->", "<img src=x>"]),
    lambda inner: st.tuples(
        st.sampled_from(["div", "section", "em", "span", "ul"]), st.lists(inner, max_size=3)
    ).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
)


@given(st.lists(_TREE, max_size=4).map("".join))
def test_on_sound_markup_every_parser_agrees(html: str) -> None:
    theirs = [
        tag for tag in BeautifulSoup(f"\n{html}", "html.parser").find_all() if isinstance(tag, Tag)
    ]
    ours = Tree(f"\n{html}").elements
    assert [element.name for element in ours] == [tag.name for tag in theirs]
    for element, tag in zip(ours, theirs, strict=True):
        assert element.start == sum(
            len(line) + 1 for line in f"\n{html}".split("\n")[: (tag.sourceline or 1) - 1]
        ) + (tag.sourcepos or 0)
        assert (
            BeautifulSoup(f"\n{html}"[element.start : element.end], "html.parser").find(True) == tag
        )


def test_a_place_where_an_end_is_implied_is_still_inside() -> None:
    html = "<h2>a<h3>b</h3><p>c</p>"
    assert [element.name for element in Tree(html).path(html.index("<h3>"))] == ["h2"]
    assert Tree(html).path(html.index("<p>")) == []


LONG = [
    *("<span>", "<div>", "</b>", "<p>", "<a>", "<li>", "<!--", "<", "<svg>", "<svg><g>", "<![CDATA[", "<table>", "&", "<script>", "<b>"),
    *("<span><li>", "<table><tr><td>", "<button>", "<ruby><rt>", "<h1>", "<dd>", "</span>", "</div>", "</i>", "<math><mi>", "<table></table>"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "around", ["", "<span><div>" + "<i>" * 10_000, "<b>" * 5_000 + "<div>" * 5_000]
)
def test_every_source_is_read_whole(around: str) -> None:
    """Whatever is repeated, and whatever it is in: work that grew with the square of the source
    would take minutes here.
    """
    for piece in sample(LONG, local=3):
        tree = Tree(around + piece * 5_000)
        assert len(tree.path(len(tree.html) // 2)) <= len(tree.elements)
        assert len(tree.tables) <= 5_000


def test_what_is_in_an_element() -> None:
    html = '<div class="a &amp; b">x<!-- c --><p>y<br>z</p><script>s</script></div>'
    (div, p, br, script) = Tree(html).elements
    assert div.attributes == {"class": "a & b"}
    assert [html[item.start : item.end] for item in div.items] == [
        "x",
        "<!-- c -->",
        "<p>y<br>z</p>",
        "<script>s</script>",
    ]
    assert (div.children, list(div.descendants())) == ([p, script], [p, br, script])
    assert (div.text(), p.inner_html) == ("x y z", "y<br>z")
    assert Tree(html).root.text() == "x y z"
    text, comment, _, _ = div.items
    assert isinstance(p.items[0], Token)
    assert list(div.walk()) == [
        *(text, comment, p, p.items[0], br, "br", p.items[2], "p"),
        *(script, script.items[0], "script"),
    ]


@for_each(
    ("html", "tidy", "strictly"),
    [
        ("<p>a<br></p>", True, True),
        ("<ul><li>a<li>b</ul>", True, False),
        ("<p>a</b></p>", False, False),
        ("<div><span>a</div>", False, False),
        ("<b><p>x</b>y</p>", False, False),
        ("a</p>", False, False),
        ("<div>", False, False),
    ],
)
def test_whether_every_tag_has_its_counterpart(html: str, tidy: bool, strictly: bool) -> None:
    root = Tree(html).root
    assert (root.is_tidy(), root.is_tidy(frozenset())) == (tidy, strictly)


def test_a_page_has_a_head_and_a_body() -> None:
    html = "<html><head><title>a</title></head><body><p>b</body></html>"
    assert [element.name for element in Tree(html).elements] == ["title", "p"]
    whole = {
        element.name: html[element.start : element.end]
        for element in Tree(html, page=True).elements
    }
    assert (whole["body"], whole["p"]) == ("<body><p>b</body>", "<p>b")
