"""What Blogger does to a body."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.storage_rewrites import stored
from tests.cases import for_each


def host(content_type: str, picture: bytes) -> str:
    return f"/img/{content_type}/{len(picture)}"


@for_each(
    ("sent", "kept"),
    [
        ("<p>a</p><!--more--><p>b</p>", '<p>a</p><a name="more"></a><p>b</p>'),
        ("<!-- more -->", '<a name="more"></a>'),
        ("<!-- blogkit:post key=x --><p>a</p><p> </p>", "<p>a</p>"),
        ("“a” – b — c · d…", "&#8220;a&#8221; &#8211; b &#8212; c &#183; d&#8230;"),
        ("<style>b::before{content:'→'}</style>", "<style>b::before{content:'&#8594;'}</style>"),
        ("📍 ₹5", "&#128205; &#8377;5"),
        ("é भारत", "é भारत"),
        ("a\u00a0b", "a&#160;b"),
        ("&amp; &mdash;", "&amp; &mdash;"),
    ],
)
def test_known_rewrites(sent: str, kept: str) -> None:
    assert stored(sent, Quirks(), host) == kept


def test_only_images_are_rehosted_and_only_good_ones() -> None:
    switches = Quirks(data_uri_images="rehosted")
    assert (
        stored('<img alt="" src="data:image/gif;base64,AAAA">', switches, host)
        == '<img alt="" src="/img/image/gif/3">'
    )
    for untouched in (
        '<a href="data:image/gif;base64,AAAA">',
        '<img src="data:image/gif;base64,A">',
        '<img src="https://e.x/a.png">',
    ):
        assert stored(untouched, switches, host) == untouched


@given(st.text(alphabet="ab <>!-–—é\n&;'\"", max_size=60))
def test_rewriting_twice_changes_nothing(content: str) -> None:
    for switches in (Quirks(), Quirks(newlines_to_br="on"), Quirks(data_uri_images="stripped")):
        once = stored(content, switches, host)
        assert stored(once, switches, host) == once
