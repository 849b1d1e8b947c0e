"""Finished HTML in pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blogkit.html import change, pieces, without_links, words
from tests.cases import for_each

IMAGE = '<img src="../images/a.png" alt="A map"" width="10">'


@given(st.text("<>/!-=\"' \nabpimgsrc&;\r", max_size=60))
def test_nothing_is_lost(html: str) -> None:
    assert change(html, lambda piece: piece.text) == html


@for_each(
    ("tag", "name", "value", "expected"),
    [
        (IMAGE, "src", "b.png", '<img src="b.png" alt="A map"" width="10">'),
        (IMAGE, "width", None, '<img src="../images/a.png" alt="A map"">'),
        (IMAGE, "height", "1", IMAGE),
        ("<img SRC = a.png/>", "src", 'b"<&', '<img src="b&quot;&lt;&amp;">'),
        ("<img alt=x src=a src=b>", "src", None, "<img alt=x>"),
        ("<img src='a'alt='x'>", "src", None, "<img alt='x'>"),
        ("<img src=a alt=x>", "src", None, "<img alt=x>"),
    ],
)
def test_an_attribute_is_changed_and_no_other_byte(
    tag: str, name: str, value: str | None, expected: str
) -> None:
    (piece,) = pieces(tag)
    assert piece.with_attribute(name, value) == expected


def test_what_noscript_holds_is_seen_since_feed_readers_show_it() -> None:
    assert [piece.name for piece in pieces("<noscript><img></noscript>")] == [
        "noscript",
        "img",
        "noscript",
    ]


def test_words_and_links() -> None:
    html = '<p>A <a href="x">b &amp; <em>c</em></a><!-- d --><script>e</script></p>'
    assert words(html) == "A b & c"
    assert without_links(html) == "<p>A b &amp; <em>c</em><!-- d --><script>e</script></p>"
