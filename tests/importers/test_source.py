"""Bytes to text: what can be read, and why the rest cannot."""

from __future__ import annotations

import pytest

from blogkit.errors import ContentError
from blogkit.importers.convert import read_pasted
from blogkit.importers.source import LARGEST, read_source
from tests.archive.samples import entry, takeout
from tests.cases import for_each

READ = {
    "utf-8": ("<p>é</p>".encode(), "<p>é</p>"),
    "a byte order mark": (b"\xef\xbb\xbf<p>a</p>", "<p>a</p>"),
    "utf-16": ("\ufeff<p>é</p>".encode("utf-16-le"), "<p>é</p>"),
    "carriage returns": (b"<p>a</p>\r\n<p>b</p>\r<p>c</p>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
    "control characters": (b"<p>a\x0bb\x07</p>", "<p>a b </p>"),
    "windows-1252 that says so": (
        b'<meta charset="windows-1252"><p>caf\xe9 \x93x\x94</p>',
        '<meta charset="windows-1252"><p>café “x”</p>',
    ),
    "latin-1 that says so": (
        b"<meta charset=iso-8859-1><p>\x80</p>",
        "<meta charset=iso-8859-1><p>€</p>",
    ),
}

REFUSED = {
    "empty-file": (b"", 0, "paste"),
    "empty-file of spaces": (b" \n\t", 0, "paste"),
    "not-utf8": (
        b"<p>a</p>\n<p>caf\xe9</p>",
        2,
        "iconv -f WINDOWS-1252 -t UTF-8 page.html | blogkit import -",
    ),
    "not-utf8 whatever it says": (b'<meta charset="windows-1252"><p>\x81</p>', 1, "UTF-8"),
    "not-text": (b"text\0\0", 0, "HTML"),
    "not-text but a PNG": (b"\x89PNG\r\n\x1a\n\0\0", 0, "beside a post"),
    "not-text but a JPEG": (b"\xff\xd8\xff\xe0JFIF", 0, "beside a post"),
    "not-text but a GIF": (b"GIF89a\xff\x01", 0, "beside a post"),
    "too-large": (b"a" * (LARGEST + 1), 0, "images"),
    "not-text of another program": (b"%PDF-1.7\nstream", 0, ".docx"),
}


@for_each("name", READ)
def test_what_can_be_read(name: str) -> None:
    data, text = READ[name]
    assert read_source(data, "page.html") == text


@for_each("name", REFUSED)
def test_what_cannot_be_read(name: str) -> None:
    data, line, next_step = REFUSED[name]
    with pytest.raises(ContentError) as refused:
        read_source(data, "page.html")
    (problem,) = refused.value.problems
    assert (problem.path, problem.line, problem.code) == ("page.html", line, name.split()[0])
    assert next_step in problem.hint


@for_each(
    "data, reason",
    [
        (takeout(entry(1)), "the feed of a blog"),
        (b"<?xml version='1.0'?><html><b:skin/></html>", "the theme of a Blogger blog"),
        (b"<?xml version='1.0'?><urlset/>", "neither a page nor the backup"),
    ],
)
def test_what_is_of_a_whole_blog_is_not_pasted(data: bytes, reason: str) -> None:
    with pytest.raises(ContentError, match=reason) as caught:
        read_pasted(data, "clipboard")
    assert "feed.atom" in caught.value.problems[0].hint
