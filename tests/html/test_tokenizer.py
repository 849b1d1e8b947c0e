"""Tags, comments and texts as the HTML standard divides them, each with its exact place in the
source.
"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.html import attributes, comment_text, declarations, tokenize
from blogkit.html.blocks import whole_blocks
from tests.cases import for_each
from tests.html import oracles

TAG = '<img src="../images/a.png" alt="A map"" width="10">'

CASES: list[tuple[str, list[str]]] = [
    # a source, and the kind and source of each token in it
    (TAG, [f"start {TAG}"]),
    ("<a b='\">'>x", ["start <a b='\">'>", "text x"]),
    ('<a ="x">y">', ['start <a ="x">', 'text y">']),
    ('<a b=c="d>e">', ['start <a b=c="d>', 'text e">']),
    ("<a b = 'c>d' >", ["start <a b = 'c>d' >"]),
    ("<a b='1'c='>'>", ["start <a b='1'c='>'>"]),
    ("<a / b>", ["start <a / b>"]),
    ("<a\x0bb>", ["start <a\x0bb>"]),
    ("<A\u212a>", ["start <A\u212a>"]),
    ("<a<b>", ["start <a<b>"]),
    ("</p x='>'>", ["end </p x='>'>"]),
    ("a < b <3 </", ["text a < b <3 </"]),
    ("</>x", ["comment </>", "text x"]),
    ("</ p>x", ["comment </ p>", "text x"]),
    ("<?php a > b ?>", ["comment <?php a >", "text  b ?>"]),
    ("<!doctype html>", ["comment <!doctype html>"]),
    ("<![CDATA[a]]>", ["comment <![CDATA[a]]>"]),
    ("<!-->x", ["comment <!-->", "text x"]),
    ("<!--->x", ["comment <!--->", "text x"]),
    ("<!-- a --!>x", ["comment <!-- a --!>", "text x"]),
    ("<!-- > <b> -- > --->x", ["comment <!-- > <b> -- > --->", "text x"]),
    ("<!--!> -->x", ["comment <!--!> -->", "text x"]),
    ("<!-- <!-- -->x-->", ["comment <!-- <!-- -->", "text x-->"]),
    ("x<!-- a <p>", ["text x", "cut <!-- a <p>"]),
    ("x<p a='>", ["text x", "cut <p a='>"]),
    ("x<p", ["text x", "cut <p"]),
    ("<textarea><p></textarea >", ["start <textarea>", "raw <p>", "end </textarea >"]),
    ("<title></titles></TITLE>", ["start <title>", "raw </titles>", "end </TITLE>"]),
    ("<style></\u017ftyle>", ["start <style>", "cut </\u017ftyle>"]),
    ("<style><!--</style>-->", ["start <style>", "raw <!--", "end </style>", "text -->"]),
    ("<script>a</script/b>", ["start <script>", "raw a", "end </script/b>"]),
    (
        "<script><!--<script></script>--></script>",
        ["start <script>", "raw <!--<script></script>-->", "end </script>"],
    ),
    (
        "<script><!--><script></script>x",
        ["start <script>", "raw <!--><script>", "end </script>", "text x"],
    ),
    (
        "<script><!--<script>--!></script>x</script>",
        ["start <script>", "raw <!--<script>--!></script>x", "end </script>"],
    ),
    ("<plaintext></plaintext>", ["start <plaintext>", "cut </plaintext>"]),
    ("<svg/><title><b></title>", ["start <svg/>", "start <title>", "raw <b>", "end </title>"]),
    ("<svg><title><b>", ["start <svg>", "start <title>", "start <b>"]),
    ("<svg><style><b>", ["start <svg>", "start <style>", "start <b>"]),
    (
        "<svg><desc><style><b></style>",
        ["start <svg>", "start <desc>", "start <style>", "raw <b>", "end </style>"],
    ),
    ("<svg><![CDATA[<p>]]>", ["start <svg>", "raw <![CDATA[<p>]]>"]),
    ("<svg><p><![CDATA[<p>]]>", ["start <svg>", "start <p>", "comment <![CDATA[<p>", "text ]]>"]),
    ("\ufeff<p>\u2028\x85", ["text \ufeff", "start <p>", "text \u2028\x85"]),
]


@for_each(("html", "expected"), CASES, ids=[html for html, _ in CASES])
def test_a_source_is_divided_as_the_standard_says(html: str, expected: list[str]) -> None:
    assert [f"{token.kind} {html[token.start : token.end]}" for token in tokenize(html)] == expected


def test_names_are_in_lower_case_of_ascii() -> None:
    html = "<A\u212a></TITLE ><svg><foreignObject><TextArea>\n</textAREA>"
    names = ["a\u212a", "title", "svg", "foreignobject", "textarea", "textarea", "textarea"]
    assert [token.name for token in tokenize(html)] == names


@for_each(
    ("tag", "expected"),
    [
        (TAG, [("src", "../images/a.png"), ("alt", "A map"), ('"', ""), ("width", "10")]),
        ("<a B=1 b=2 c>", [("b", "1"), ("c", "")]),
        ("<a href=/x/>", [("href", "/x/")]),
        ("<a b='1'c=\"2\"/d>", [("b", "1"), ("c", "2"), ("d", "")]),
        ("<a ==b>", [("=", "b")]),
        ("<a b = = c>", [("b", "="), ("c", "")]),
        ("<a href='?a=1&copy=2&lt;&copy;&amp'>", [("href", "?a=1&copy=2<©&")]),
        ("<a b='&notit; &notin; &#x41 &#" + "9" * 5000 + ";'>", [("b", "&notit; ∉ A \ufffd")]),
        ("<a b=\n'c\nd'\n>", [("b", "c\nd")]),
    ],
)
def test_attributes_are_read_as_the_standard_says(
    tag: str, expected: list[tuple[str, str]]
) -> None:
    (token,) = tokenize(tag)
    assert [(found.name, found.value) for found in attributes(tag, token)] == expected


@for_each(
    ("style", "expected"),
    [
        (" color : red ;; margin:0\n auto;", [("color", "red"), ("margin", "0 auto")]),
        ("color", [("color", "")]),
        ("a:url(b:c)", [("a", "url(b:c)")]),
        (" ; ", []),
    ],
)
def test_a_style_is_divided_into_declarations(style: str, expected: list[tuple[str, str]]) -> None:
    assert declarations(style) == expected


def test_an_attribute_knows_where_it_is() -> None:
    tag = "<img ALT='a &amp; b' hidden src = x.png>"
    (token,) = tokenize(tag)
    found = list(attributes(tag, token))
    assert [tag[each.start : each.end] for each in found] == ["a &amp; b", "", "x.png"]
    assert [tag[each.outer : each.outer_end] for each in found] == [
        "ALT='a &amp; b'",
        "hidden",
        "src = x.png",
    ]
    assert [each.quote for each in found] == ["'", "", ""]


@for_each(
    ("html", "text"),
    [
        ("<!-- a -->", " a "),
        ("<!-->", ""),
        ("<!--->", ""),
        ("<!-- a --!>", " a "),
        ("<!-- a -", " a "),
        ("<!doctype html>", "doctype html"),
        ("<!a", "a"),
    ],
)
def test_what_a_comment_holds(html: str, text: str) -> None:
    (token,) = tokenize(html)
    assert comment_text(html, token) == text


def test_noscript_is_markup_where_no_script_runs() -> None:
    html = "<noscript><img></noscript>"
    assert [token.kind for token in tokenize(html)] == ["start", "raw", "end"]
    assert [token.name for token in tokenize(html, scripting=False)] == [
        "noscript",
        "img",
        "noscript",
    ]


PIECES = [
    *("<p>", "</p>", "<img src=a ", 'alt="A"', '"', "'", "=", "/", ">", "<", "</", "</>", "</ ", "<a b=c>", "<A B='C'd", "<!doctype html>"),
    *("<!--", "-->", "--!>", "-", "!", "<!", "<script>", "</script>", "<title>", "</title >", "<style>", "</style/", "<plaintext>"),
    *("&amp;", "&lt", "&copy=", "x", " ", "\n", "\f"),
]  # fmt: skip


@given(st.lists(st.sampled_from([*PIECES, "<?x"]), max_size=10).map("".join))
def test_html5lib_sees_the_same_tokens(html: str) -> None:
    assert oracles.ours(html) == oracles.of_html5lib(html)


@given(st.text("<>/!-=\"' \nabps&;", max_size=40))
def test_html5lib_sees_the_same_in_any_letters(html: str) -> None:
    assert oracles.ours(html) == oracles.of_html5lib(html)


@pytest.mark.slow
def test_turbohtml_sees_the_same_tokens_in_every_short_source() -> None:
    sources = [
        "".join(parts) for size in (1, 2, 3) for parts in itertools.product(PIECES, repeat=size)
    ]
    assert [html for html in sources if oracles.ours(html) != oracles.of_turbohtml(html)] == []


@given(st.text("<>/!-=\"' \nabpsé&;\r", max_size=60))
def test_tokens_have_no_gaps(html: str) -> None:
    position = 0
    for token in tokenize(html):
        assert token.start == position < token.end
        position = token.end
    assert position == len(html)


LONG = [
    *("<!--", "<", "</", "<a ", "<a '", '<a b="', "<a b='x'c ", "<svg>", "<svg><g>", "<![CDATA[", "&", "&#", "=", "<x =", "\t", "<!-->"),
    *("<script>", "<script><!--", "<script><!--<script>", "</script>", "<title>", "<math><mi>", "<!-- wp:a {", "}  ", "<!-- "),
]  # fmt: skip


@pytest.mark.slow
@for_each("piece", LONG)
def test_long_sources_are_read(piece: str) -> None:
    """Work that grew with the square of the source would take minutes here."""
    html = piece * (300_000 // len(piece))
    assert tokenize(html)[-1].end == len(html)
    assert whole_blocks(html)


@for_each(
    ("html", "kinds"),
    [
        ("<div><svg><path></div><style><b>", "start start start end start cut"),
        ("<div></div><svg></div><style><b>", "start end start end start start"),
        ("<svg><g></g></g><style><b>", "start start end end start start"),
        ("<svg></p><style><b>", "start end start cut"),
        ("<svg><font><style><b>", "start start start start"),
        ("<svg><font color=red><style><b>", "start start start cut"),
        ("<svg><desc><div></div></desc><style><b>", "start start start end end start start"),
        ("<math><title></title><style><b>", "start start end start start"),
    ],
)
def test_where_a_drawing_ends(html: str, kinds: str) -> None:
    """There `<style>` holds markup; behind it, text."""
    assert " ".join(token.kind for token in tokenize(html)) == kinds


@pytest.mark.slow
@for_each("piece", ["</x>", "</math>", "<title></title>", "</svg>"])
def test_long_drawings_are_read(piece: str) -> None:
    html = "<svg>" * 20_000 + "<math>" * 20_000 + piece * 20_000
    assert tokenize(html)[-1].end == len(html)
