from __future__ import annotations

from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from blogkit.render.encode import escape_stable

PIECES = st.sampled_from(
    [
        *"abxX89 '\"-.,:;()[]`&<>é🙂₹\xa0/\\",
        "--",
        "...",
        "10x20",
        ":)",
        "(tm)",
        "Wordpress",
        "[gallery]",
        "&nbsp;",
        "&#39;",
        "https://e.com",
    ]
)
TEXT = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "sealed"),
    [
        ("a & b", "a &amp; b"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("[gallery]", "&#091;gallery]"),
        ('say "hi"', "say &quot;hi&quot;"),
        ("it's", "it&#039;s"),
        ("a -- b", "a &#045;&#045; b"),
        ("1 - 2, well-known", "1 &#045; 2, well-known"),
        ("wait...", "wait&#046;&#046;&#046;"),
        ("10x20", "10&#120;20"),
        ("Wordpress", "W&#111;rdpress"),
        ("fine :) 10:30", "fine &#058;) 10:30"),
        ("https://e.com/", "https&#058;//e.com/"),
        ("&amp;#39;", "&amp;&#035;39;"),
        ("a\x07b", "ab"),
        ("₹ 5 – नमस्ते 🙂", "₹ 5 – नमस्ते 🙂"),
        ("&nbsp;x\xa0", "&nbsp;x&nbsp;"),
    ],
)
def test_text_that_sites_rewrite_is_written_as_references(text: str, sealed: str) -> None:
    assert escape_stable(f"<p>{text}</p>") == f"<p>{sealed}</p>"


@pytest.mark.parametrize(
    ("html", "sealed"),
    [
        ("<P Class='a  b'>", '<p class="a  b">'),
        ('<a title="it&#39;s &#34;>&#34;">', '<a title="it&apos;s &quot;&gt;&quot;">'),
        ("<br/>", "<br>"),
        ('<p id="a" title="x" id="b">', '<p id="a" title="x">'),
        ('<img alt="A map"" width="10">', '<img alt="A map" width="10">'),
        ('<img alt="a"src=x/>', '<img alt="a" src="x/">'),
        ('<a href="?a=1&copy=2">', '<a href="?a=1&amp;copy=2">'),
        ("a<!-->b<!-- c --!>d<?php e ?>", "ab<!-- c -->d"),
        ("a<!-- b", "a&lt;!&#045;&#045; b"),
        ("a<p", "a&lt;p"),
        ('<img src="a.png" alt="" />', '<img src="a.png" alt="">'),
        ("<details open>", "<details open>"),
        ("<ol start=3>", '<ol start="3">'),
        ('<p style="color:red">', '<p style="color:red">'),
        ('<a href="https://e.com/?a=1&b=[x]">', '<a href="https://e.com/?a=1&amp;b=%5Bx]">'),
        ('<p data-x="[1,2]">', '<p data-x="[1,2]">'),
        ('<img alt="[gallery] of Wordpress">', '<img alt="[\u2060gallery] of W\u2060ordpress">'),
        (
            '<!-- wp:html {"a":1} -->\'<!-- /wp:html -->',
            '<!-- wp:html {"a":1} -->&#039;<!-- /wp:html -->',
        ),
        ("<style>a>b{content:'x'}</style>'", "<style>a>b{content:'x'}</style>&#039;"),
        ("<script>if(a&&b)x='...'</script>", "<script>if(a&&b)x='...'</script>"),
    ],
)
def test_tags_have_one_spelling(html: str, sealed: str) -> None:
    assert escape_stable(html) == sealed


@given(TEXT, TEXT)
def test_the_reader_sees_what_was_typed(text: str, title: str) -> None:
    html = (
        f'<div><p title="{escape(title)}">{escape(text, quote=False)}</p> <p'
        f' data-x="{escape(title)}">x</p></div>'
    )
    before, after = (BeautifulSoup(source, "html.parser") for source in (html, escape_stable(html)))
    assert after.get_text() == before.get_text()
    first, second = after.find_all("p")
    assert str(first["title"]).replace("\u2060", "") == title
    assert second["data-x"] == title


@given(TEXT)
def test_sealing_twice_is_sealing_once(text: str) -> None:
    once = escape_stable(
        f'<p title="{escape(text)}">{escape(text)} <b>{text.replace("<", "&lt;")}</b></p>'
    )
    assert escape_stable(once) == once
