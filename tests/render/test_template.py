from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import ContentError
from blogkit.html import pieces, without_links, words
from blogkit.render.widgets.templates import link, one_line, plain_text, sign
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, own_widget, said


@for_each(
    ("written", "left"),
    [
        ("<div>\n  <p>\n a </p>\n  <p>b</p>\n</div>\n", "<div><p>a</p> <p>b</p></div>"),
        ("<p>a</p><ul><li>b</li><li>c</li></ul>", "<p>a</p> <ul><li>b</li> <li>c</li></ul>"),
        ("<p><b>a</b>\n<i>b</i></p>", "<p><b>a</b> <i>b</i></p>"),
        ("<p>a\nb  c</p>", "<p>a b  c</p>"),
        (
            "<li>a<ul><li><b>c</b> <ul><li>d</li></ul></li></ul></li>",
            "<li>a <ul><li><b>c</b> <ul><li>d</li></ul></li></ul></li>",
        ),
        ("<div>\n<hr />\n<p>a</p>\n</div>", "<div><hr /> <p>a</p></div>"),
        ('<td title="a > b"> x </td>\n<td>y</td>', '<td title="a > b">x</td> <td>y</td>'),
        ("<div>\n<pre>a\n  b</pre>\n</div>", "<div><pre>a<br>  b</pre></div>"),
        ("<p>a</p>\n<pre>b</pre>\n<p>c</p>", "<p>a</p> <pre>b</pre> <p>c</p>"),
        ("<pre>a\n<b\nclass='x'>b</b> </pre>", "<pre>a<br><b class='x'>b</b> </pre>"),
        (
            "<p title='a\"<p>'>b</p><p title='\"'>c</p>",
            "<p title='a\"<p>'>b</p> <p title='\"'>c</p>",
        ),
        ("<P>a</P><P>b</P>", "<P>a</P> <P>b</P>"),
        ("<script>a() // <p>\nb()</script><p>c</p>", "<script>a() // <p>\nb()</script> <p>c</p>"),
        ("<textarea>a\n <p>b</textarea>", "<textarea>a&#10; <p>b</textarea>"),
        ("<p>a</p><!-- <p> -->\n<p>b</p>", "<p>a</p><!-- <p> --> <p>b</p>"),
    ],
)
def test_output_is_one_line_in_the_form_that_wpautop_leaves_alone(written: str, left: str) -> None:
    assert one_line(written) == left
    assert one_line(left) == left


@given(
    st.lists(
        st.sampled_from(
            [
                '<p class="x">',
                "</p>",
                "a",
                "<b>",
                "<",
                '"',
                "'",
                ">",
                "<!-- x -->",
                "<script>",
                "</script>",
                "<a href='",
                " ",
            ]
        )
    )
)
def test_cutting_into_pieces_loses_nothing(parts: list[str]) -> None:
    html = "".join(parts)
    assert "".join(piece.text for piece in pieces(html)) == html


def test_helpers() -> None:
    assert sign("") == ""
    assert sign("<") == '<span aria-hidden="true">&lt;</span> '
    assert link("a", "") == "a"
    assert (
        link("a & b", 'https://x.example/?a="&b')
        == '<a href="https://x.example/?a=&#34;&amp;b">a &amp; b</a>'
    )
    assert 'target="_blank" rel="noopener"' in link("a", "https://x.example", new_tab=True)
    assert plain_text("a < b") == "a < b"
    assert without_links('x <a href="y">z</a>') == "x z"
    assert words("<p>a &amp; <b>b</b></p>") == "a & b"


def test_bodies_hold_markdown_and_further_calls(tmp_path: Path) -> None:
    body = "````{box} Outer\n---\ntitle: Outer\n---\nSome *words*.\n\n- item\n\n"
    body += "```{timeline} Inner\nevents: [{label: x, title: y}]\n```\n\n    code\n    more\n````\n"
    registry = own_widget(tmp_path)
    assert said(body, registry=registry)[0][:2] == (BODY_LINE, "title-twice")
    html = draw_html(body.replace("title: Outer\n", ""), registry=registry)
    assert "\n" not in html
    assert "<p>Outer</p> <p>Some <em>words</em>.</p> <ul><li>item</li></ul> <div" in html
    assert "<strong>Inner</strong>" in html
    assert "<pre><code>code<br>more" in html


def test_problems_in_a_body_have_the_files_line(tmp_path: Path) -> None:
    registry = own_widget(tmp_path)
    body = "Text\n\n````{box}\n---\ntitle: a\n---\nWords\n\n"
    body += (
        "```{timeline}\norder: up\nevents: [{label: x, title: y}]\n```\n\n{{ quiz_url }}\n````\n"
    )
    assert [(line, code) for line, code, _ in said(body, registry=registry)] == [
        (BODY_LINE + 9, "bad-value"),
        (BODY_LINE + 13, "open-placeholder"),
    ]
    no_yaml = "````{box}\nWords\n\n```{tabel}\n```\n````\n"
    assert [(line, code) for line, code, _ in said(no_yaml, registry=registry)] == [
        (BODY_LINE + 3, "unknown-widget")
    ]


def test_calls_inside_prose_make_it_mixed() -> None:
    document = draw(
        "- item\n\n  ```{timeline}\n  events: [{label: x, title: y}]\n  ```\n\nText\n\n"
        + call("timeline", "events: [{label: x, title: y}]")
    )
    assert [(f.kind, f.mixed, f.widget) for f in document.fragments] == [
        ("list", True, ""),
        ("paragraph", False, ""),
        ("widget", False, "timeline"),
    ]


def test_text_of_a_post_in_a_language_from_right_to_left() -> None:
    yaml = "events: [{label: x, title: y}]"
    for front in ({"language": "ar"}, {"title": "محادثات ميامي"}):
        html = draw_html(call("timeline", yaml), front=front)
        assert 'dir="rtl"' in html
        assert "border-right" in html
    assert 'dir="rtl"' not in draw_html(
        call("timeline", yaml), front={"language": "en", "title": "محادثات"}
    )


def test_ids_differ_between_posts_and_widgets() -> None:
    body = call("table", "rows: [[a]]") + "\n" + call("table", "rows: [[b]]")
    one, other = draw_html(body, front={"key": "one"}), draw_html(body, front={"key": "other"})
    assert 'id="bk-7692-1"' in one
    assert 'id="bk-7692-2"' in one
    assert "bk-7692" not in other
    assert one == draw_html(body, front={"key": "one"})


def test_a_widget_that_nests_itself_without_end_is_stopped(tmp_path: Path) -> None:
    depth = 24
    body = (
        "\n".join("`" * (n + 3) + "{box}" for n in range(depth, 0, -1))
        + "\nx\n"
        + "\n".join("`" * (n + 3) for n in range(1, depth + 1))
        + "\n"
    )
    with pytest.raises(ContentError, match="nested deeper"):
        draw(body, registry=own_widget(tmp_path))
