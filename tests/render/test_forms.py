from __future__ import annotations

import re
from dataclasses import replace
from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given

from blogkit.posts.markdown import parse_markdown
from blogkit.render.outputs import email, render_output
from blogkit.render.outputs.markdown import MarkdownWriter
from blogkit.render.outputs.text import TextWriter
from blogkit.sanitizers.profiles import (
    EMAIL,
    FEED,
    MARKDOWN,
    OUTPUT_PROFILES,
    STRICT,
    TEXT,
    Profile,
)
from tests.cases import for_each
from tests.render.drawing import call, draw
from tests.widgets.samples import SAMPLES
from tests.widgets.test_hostile import WORDS, seen

INLINE = ["a", "strong", "em", "small", "span", "time", "code", "del", "sup", "cite"]
EVERY_BODY = for_each(
    "body", [body for _, body in SAMPLES], ids=[name for name, _ in SAMPLES], quick=20
)


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(f"\n{html}", "html.parser")


def words(html: str) -> list[str]:
    """The words of a fragment in their order, those of two blocks apart."""
    page = soup(html)
    for tag in page.find_all(INLINE):
        tag.unwrap()
    return re.findall(r"\w+", BeautifulSoup(str(page), "html.parser").get_text(" "))


def missing(wanted: list[str], text: str) -> list[str]:
    """What of the words is not in the text, in this order and unglued."""
    there = iter(re.findall(r"\w+", text))
    return [word for word in wanted if word not in there]


def form(body: str, profile: Profile) -> str:
    return render_output(draw(body, profile, allow_open=True), profile)


def read_back(source: str) -> str:
    """Markdown as HTML."""
    return " ".join(
        str(part) for block in parse_markdown(source, line=1, path="x.md") for part in block.parts
    )


@EVERY_BODY
def test_plain_text_holds_every_word_in_order(body: str) -> None:
    plain = FEED if "{toc}" in body else replace(STRICT, inline_style=False)
    strict = draw(body, plain, allow_open=True).html
    text = form(body, TEXT)
    assert missing(words(strict), text) == []
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert "\n\n\n" not in text


@pytest.mark.slow
@EVERY_BODY
def test_markdown_reads_back_as_the_same_words_and_links(body: str) -> None:
    wanted, found = draw(body, MARKDOWN, allow_open=True).html, read_back(form(body, MARKDOWN))
    assert missing(words(wanted), " ".join(words(found))) == []
    assert len(words(found)) - len(words(wanted)) <= len(soup(wanted).select("ol[type] > li")), (
        "letters of options alone are added"
    )
    links = [
        [tag["href"] for tag in soup(html).find_all("a") if not str(tag["href"]).startswith("#")]
        for html in (wanted, found)
    ]
    assert links[0] == links[1]
    assert len(soup(wanted).find_all("table")) == len(soup(found).find_all("table"))


@EVERY_BODY
def test_mail_has_the_words_of_feeds_and_nothing_mail_programs_drop(body: str) -> None:
    html = form(body, EMAIL)
    assert words(html) == words(draw(body, FEED, allow_open=True).html)
    assert not re.search(
        r"var\(|calc\(|light-dark\(|display:|<dl|<d[td]\b|<details|<style|class=|<!--", html
    )
    styles = [str(tag["style"]) for tag in soup(html).find_all(style=True)]
    assert not [style for style in styles if re.search(r"#(?:[0-9a-f]{4}|[0-9a-f]{8})\b", style)]


@EVERY_BODY
def test_feeds_have_no_style_and_nothing_that_folds(body: str) -> None:
    assert not re.search(r"style=|class=\"(?!language-)|<details|<style|<!--", form(body, FEED))


def text_of(html: str) -> str:
    return TextWriter().written(html)


def markdown_of(html: str) -> str:
    return MarkdownWriter({"promise:1": "images/a.jpg"}).written(html)


@for_each(
    ("html", "text", "markdown"),
    [
        ("<h2>A</h2> <h3>B</h3>", "A\n=\n\nB\n-\n", "## A\n\n### B\n"),
        ("<p>a<br>b</p>", "a\nb\n", "a\\\nb\n"),
        ("<p><strong>a </strong>b <em>c</em> <del>d</del></p>", "a b c d\n", "**a** b *c* ~~d~~\n"),
        (
            '<p><a href="https://x.example/">a</a></p>',
            "a (https://x.example/)\n",
            "[a](https://x.example/)\n",
        ),
        (
            '<p><a href="https://x.example">x.example</a></p>',
            "x.example (https://x.example)\n",
            "[x.example](https://x.example)\n",
        ),
        (
            '<p><a href="mailto:a@x.example">a@x.example</a></p>',
            "a@x.example\n",
            "[a@x.example](mailto:a@x.example)\n",
        ),
        ('<p><a href="#there">a</a></p>', "a\n", "a\n"),
        ('<p><a href="/a(b)">a</a></p>', "a (/a(b))\n", "[a](</a(b)>)\n"),
        (
            '<p><img src="promise:1" alt="A [map]"></p>',
            "A [map]\n",
            "![A \\[map\\]](images/a.jpg)\n",
        ),
        (
            "<ul><li>a<ul><li>b</li></ul></li> <li>c</li></ul>",
            "- a\n  - b\n- c\n",
            "- a\n\n  - b\n- c\n",
        ),
        ('<ol start="9"><li>a</li> <li>b</li></ol>', "9. a\n10. b\n", "9. a\n10. b\n"),
        ('<ol reversed><li>a</li> <li value="5">b</li></ol>', "2. a\n5. b\n", "2. a\n5. b\n"),
        ('<ol type="a"><li>x</li></ol>', "a. x\n", "- a. x\n"),
        (
            "<dl><dt>a</dt> <dd>b</dd> <dt>c?</dt> <dd><p>d</p> <p>e</p></dd></dl>",
            "a: b\nc?\n  d\n\n  e\n",
            "- **a:** b\n- **c?**\n\n  d\n\n  e\n",
        ),
        ("<blockquote><p>a</p> <p>b</p></blockquote>", "> a\n>\n> b\n", "> a\n>\n> b\n"),
        (
            '<pre><code class="language-py">a\n  b</code></pre>',
            "    a\n      b\n",
            "```py\na\n  b\n```\n",
        ),
        ("<p>x</p><hr><p>y</p>", "x\n\n---\n\ny\n", "x\n\n---\n\ny\n"),
        (
            "<table><caption>C</caption><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>x<br>y</td></tr></table>",
            "C\n\na    b\n--------\n1|2  x y\n",
            "C\n\n| a | b |\n| --- | --- |\n| 1\\|2 | x y |\n",
        ),
        ("<table><tr><td>1</td></tr></table>", "1\n", "|  |\n| --- |\n| 1 |\n"),
        (
            "<table><tr><td><code>a|b</code></td></tr></table>",
            "a|b\n",
            "|  |\n| --- |\n| `a\\|b` |\n",
        ),
        ("<p><code>a`b</code></p>", "a`b\n", "``a`b``\n"),
        ("<script>x</script><style>y</style><!-- z --><p>a</p>", "a\n", "a\n"),
    ],
)
def test_each_structure(html: str, text: str, markdown: str) -> None:
    assert text_of(html) == text
    assert markdown_of(html) == markdown


def test_a_wide_table_is_one_line_a_row() -> None:
    cells = "".join(f"<td>{'word ' * 5}</td>" for _ in range(4))
    assert (
        text_of(f"<table><tr>{cells}</tr></table>")
        == " | ".join(["word word word word word"] * 4) + "\n"
    )


def test_columns_stand_below_each_other_in_every_script() -> None:
    text = text_of(
        "<table><tr><td>日本</td><td>x</td></tr><tr><td>abcde\u0301</td><td>x</td></tr><tr><td>🇮🇳</td><td>x</td></tr></table>"
    )
    assert text == "日本   x\nabcde\u0301  x\n🇮🇳     x\n"


@given(words=WORDS)
@example(words="\xa0")
@example(words="1. x")
@example(words="# x")
@example(words="Question #")
@example(words="## ##")
@example(words="C#")
@example(words="---")
@example(words="[<] $$x$$ (a)")
@example(words="_a_ a_b __c__ *d*")
@example(words="+ x")
@example(words="| a |")
@example(words="&amp; &copy; &#60;")
@example(words="![a](b) [c][d] <https://x.example/>")
def test_any_words_survive_markdown(words: str) -> None:
    if not seen(words):
        return
    for html in (
        f"<p>{escape(words)}</p>",
        f"<ul><li>{escape(words)}</li></ul>",
        f"<h2>{escape(words)}</h2>",
        f"<table><tr><td>{escape(words)}</td></tr></table>",
    ):
        assert seen(soup(read_back(markdown_of(html))).get_text()) == seen(words)


@for_each(
    ("style", "plain"),
    [
        ("color:inherit", "color:inherit"),
        (
            "background:var(--bk-accent,#0b57d0);color:var(--bk-on-accent,#fff)!important",
            "background:#0b57d0;color:#fff!important",
        ),
        ("background:var(--bk-tint,#8881)", "background:#f7f7f7;color:#222222"),
        (
            "background:var(--bk-badge,light-dark(#000000,#fff));color:#fff",
            "background:#000000;color:#fff",
        ),
        ("float:left;width:calc((30em - 100%)*999);margin:0", "margin:0"),
        ("border:1px solid #8886", "border:1px solid #cfcfcf"),
        ("float:left;margin:0", "float:left;margin:0"),
    ],
)
def test_styles_in_mail(style: str, plain: str) -> None:
    assert email.plain_style(style) == plain


@for_each(
    ("html", "expected"),
    [
        ("<dl><dt>a</dt> <dd>b</dd></dl>", "<div><p>a: b</p></div>"),
        ("<dl><dt>a?</dt> <dd>b</dd> <dd>c</dd></dl>", "<div><p>a? b</p> <p>c</p></div>"),
        (
            "<dl><dt>a</dt> <dt>b</dt> <dd><p>c</p> <p>d</p></dd></dl>",
            "<div><p>a</p> <p>b</p> <div><p>c</p> <p>d</p></div></div>",
        ),
        (
            '<dl class="x" style="margin:0"><dt><strong>a</strong></dt><dd>b</dd></dl>',
            '<div style="margin:0"><p><strong>a</strong>: b</p></div>',
        ),
    ],
)
def test_labels_and_values_in_mail(html: str, expected: str) -> None:
    assert email.converted(html) == expected


def test_the_profile_says_the_form() -> None:
    assert {name: profile.form for name, profile in OUTPUT_PROFILES.items()} == {
        "feed": "html",
        "email": "email",
        "text": "text",
        "markdown": "markdown",
    }
    document = draw(call("table", "rows: [[a]]"), STRICT)
    assert render_output(document, STRICT) == document.html
