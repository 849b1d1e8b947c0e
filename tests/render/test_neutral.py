from __future__ import annotations

import pytest

from blogkit.render.encode import escape_stable
from blogkit.widget_tools.neutral import violations
from tests.cases import for_each


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>a</p>",
        "<div><p>a <b> b</b></p> <ul><li>c</li> <li>d <ul><li>e</li></ul></li></ul></div>",
        "<figure><p>a</p> <figcaption>b</figcaption></figure> <hr> <pre>x<br>y</pre>",
        "<table><tbody><tr><td>a</td> <th><p>b</p></th></tr></tbody></table>",
        "<details open><summary>a</summary> <p>it&#039;s &quot;b&quot;</p></details>",
        '<p title="[\u2060gallery]">a</p>',
    ],
)
def test_html_that_no_filter_changes(html: str) -> None:
    assert violations(html) == []


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>a\nb</p>", "the output contains a line break or a tab"),
        ("a", '"a" is directly in no block: put it in <p>'),
        ("<div>a</div>", '"a" is directly in <div>: put it in <p>'),
        ("<td>a <p>b</p></td>", '"a" is next to blocks in <td>: put it in <p>'),
        ("<div><p>a</p> b</div>", '"b</div>": one space belongs between two blocks'),
        ("<div><p>a</p><p>b</p></div>", '"<p>b</p></div>": one space belongs between two blocks'),
        ("<div> <p>a</p></div>", '"<div> <p>a</p></div>": whitespace at the edge of a block'),
        ("<div><p>a</p> </div>", '"<div><p>a</p> </div>": whitespace at the edge of a block'),
        ("<p>a </p>", '"<p>a </p>": whitespace at the edge of a block'),
        ("<p>a<br></p>", "a <br> is at the edge of <p>"),
        ("<p>a<br><br/>b</p>", "two line breaks follow each other: use two <p>"),
        ("<p>a<!-- b --></p>", "a comment is in <p>"),
        ("<p><b>a</p>", "a tag has no counterpart"),
        ("<p>a</p></div>", "a tag has no counterpart"),
        ("<p>a<video></video></p>", "<video> is not an element for text"),
        ("<b><p>a</p></b>", '"<b><p>a</p></b>": a block is inside <b>'),
        ("<figcaption>a</figcaption>", "<figcaption> is not directly in <figure>"),
        ('<p data-x="[gallery]">a</p>', '"[g" in data-x of <p> may be changed'),
        ('<p id="Wordpress">a</p>', '"Wordpress" in id of <p> may be changed'),
        ("<p>it's</p>", "its text is not encoded as sites store it"),
    ],
)
def test_a_violation_says_what_and_where(html: str, sentence: str) -> None:
    assert sentence in violations(html)


@pytest.mark.parametrize(
    "text", ['"a" -- it\'s...', "6' 2\"", "10x20", ":) 8-)", "my Wordpress (tm)", "[gallery]"]
)
def test_text_that_is_encoded_is_neutral(text: str) -> None:
    assert violations(f"<p>{text}</p>")
    assert violations(escape_stable(f"<p>{text}</p>")) == []


BREAK = "the output contains a line break or a tab"
TWICE = "two line breaks follow each other: use two <p>"
ALONE = "<figcaption> is not directly in <figure>"
LONG = "word " * 30
CUT = LONG[:99] + "…"


@for_each(
    ("html", "expected"),
    [
        *((f"<p>a{sign}b</p>", [BREAK]) for sign in "\t\r\f\n"),
        ("<p>a<br> <br>b</p>", [TWICE]),
        ("<p>a<BR><br>b</p>", [TWICE]),
        ("<p>a<br class='x'><br>b</p>", [TWICE]),
        ("<p>a<br>  <br>b</p>", []),
        ("<p><br>a</p>", ["a <br> is at the edge of <p>"]),
        ("<p>a<br></p>", ["a <br> is at the edge of <p>"]),
        ("<li>a <p>b</p></li>", []),
        ("<li>a<p>b</p></li>", []),
        ("<li> a<p>b</p></li>", ['"<li> a<p>b</p></li>": whitespace at the edge of a block']),
        ("<li>a  <p>b</p></li>", ['"<li>a <p>b</p></li>": whitespace at the edge of a block']),
        ("<li>a <p>b</p> c</li>", ['"c</li>": one space belongs between two blocks']),
        (
            "<div><p>a</p> <b>x</b> <p>b</p></div>",
            ['"<b>x</b>" is next to blocks: put it in <p>'],
        ),
        (
            "<div><p>a</p>  <p>b</p></div>",
            ['"<p>b</p></div>": one space belongs between two blocks'],
        ),
        ("<div> </div>", ['"<div> </div>": whitespace at the edge of a block']),
        ("<p> </p>", ['"<p> </p>": whitespace at the edge of a block']),
        ("<pre>a </pre>", ['"<pre>a </pre>": whitespace at the edge of a block']),
        (" <p>a</p>", ['"<p>a</p>": whitespace at the edge of a block']),
        ("<div></div>", []),
        (
            "<!-- x -->",
            ["a comment is in no block", '"<!-- x -->" is directly in no block: put it in <p>'],
        ),
        ("<figure><div><figcaption>a</figcaption></div></figure>", [ALONE]),
        ("<div><figcaption>a</figcaption></div>", [ALONE]),
        (
            "<div>a <p>b</p></div>",
            [
                '"a" is directly in <div>: put it in <p>',
                '"a" is next to blocks in <div>: put it in <p>',
            ],
        ),
        ("<p>a</p> <p>b</p>", []),
        ("<p>a", ["a tag has no counterpart"]),
        ("<p>a</i></p>", ["a tag has no counterpart"]),
        (
            "<p>a</p><p",
            [
                "a tag has no counterpart",
                "a comment is in no block",
                '"<p": one space belongs between two blocks',
            ],
        ),
        ("<p title='[/x]'>a</p>", ['"[/x" in title of <p> may be changed']),
        ("<p>x <b>y</b></p>", []),
        ("<p>a</p><p>b</p>", ['"<p>b</p>": one space belongs between two blocks']),
        (f"<div><p>a</p>{LONG}</div>", [f'"{CUT}": one space belongs between two blocks']),
        (f"<p>{'x' * 93}</p>", []),
        (
            f"<p>{'x' * 92} </p>",
            [f'"<p>{"x" * 92} </p>": whitespace at the edge of a block'],
        ),
        (
            f"<p>{'x' * 93} </p>",
            [f'"<p>{"x" * 93} </…": whitespace at the edge of a block'],
        ),
    ],
)
def test_all_that_a_site_may_change_and_no_more(html: str, expected: list[str]) -> None:
    assert violations(html) == expected


def test_a_violation_is_told_once() -> None:
    assert violations("<p>a<!-- b --></p> <p>a<!-- b --></p>") == ["a comment is in <p>"]
