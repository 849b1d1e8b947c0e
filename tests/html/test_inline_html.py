"""Titles and excerpts of files as HTML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blogkit.html.inline_html import inline_html, inline_text
from tests.cases import for_each


@for_each(
    ("text", "made"),
    [
        ("", ""),
        ('4 < 5, "AT&T" & more', '4 &lt; 5, "AT&amp;T" &amp; more'),
        ("a &amp; b", "a &amp;amp; b"),
        ("Foo <em>bar</em> & baz", "Foo <em>bar</em> &amp; baz"),
        ("<B>x</b>", "<B>x</b>"),
        ('See <a href="/x?a=1&amp;b">it</a>', 'See <a href="/x?a=1&amp;b">it</a>'),
        ("The <em> tag", "The &lt;em&gt; tag"),
        ("x</em>", "x&lt;/em&gt;"),
        ("<i><b>x</i>", "<i>&lt;b&gt;x</i>"),
        ("<i><b>x</b></i>", "<i><b>x</b></i>"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("<h2>x</h2> <em/>", "&lt;h2&gt;x&lt;/h2&gt; &lt;em/&gt;"),
        ("C < D and <em>E</em>", "C &lt; D and <em>E</em>"),
        ("<!-- <em>x</em> -->", "&lt;!-- &lt;em&gt;x&lt;/em&gt; --&gt;"),
    ],
)
def test_only_complete_inline_elements_are_html(text: str, made: str) -> None:
    assert inline_html(text) == made


@given(st.text("<>/&;aemb \"='"))
def test_the_html_gives_the_text_again(text: str) -> None:
    """So that what was sent compares equal to the file."""
    assert inline_text(inline_html(text)) == text


@for_each(
    "html",
    [
        'Foo <em>bar</em> &amp; "baz" &lt;b&gt;',
        'See <a href="/x?a=1&amp;b=2">it</a> &amp; that',
        "plain &amp; simple",
    ],
)
def test_html_of_a_site_comes_back_byte_for_byte(html: str) -> None:
    assert inline_html(inline_text(html)) == html
