"""Character references, read as browsers read them."""

from __future__ import annotations

import html as standard_library

from hypothesis import given
from hypothesis import strategies as st

from blogkit.html import decode, decode_attribute, escape_attribute, escape_text, tokenize
from blogkit.html.references import decode_with_offsets
from blogkit.html.tags import attribute
from tests.cases import for_each

PIECES = [
    "&amp;",
    "&lt",
    "&notit;",
    "&#65;",
    "&#x41",
    "&#0;",
    "&#128;",
    "&#xD800;",
    "&#1114112;",
    "&",
    "&#",
    "&x",
    ";",
    "=",
    "a",
    "é",
    "&copy",
]


@for_each(
    ("source", "text", "value"),
    [
        ("?a=1&copy=2", "?a=1©=2", "?a=1&copy=2"),
        ("&copyx &copy; &copy.", "©x © ©.", "&copyx © ©."),
        ("&notit; &notin;", "¬it; ∉", "&notit; ∉"),
        ("&#65&#x41;&#X41", "AAA", "AAA"),
        ("&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"),
        ("&#128;&#x9f;", "€Ÿ", "€Ÿ"),
        ("&#1;&#xFFFE;", "\x01\ufffe", "\x01\ufffe"),
        ("&#" + "9" * 5_000 + ";", "\ufffd", "\ufffd"),
        ("&; &# &#x &nosuch;", "&; &# &#x &nosuch;", "&; &# &#x &nosuch;"),
    ],
)
def test_references_are_read(source: str, text: str, value: str) -> None:
    assert (decode(source), decode_attribute(source)) == (text, value)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_in_text_the_standard_library_agrees(source: str) -> None:
    assert decode(source) == standard_library.unescape(source)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.booleans())
def test_offsets_lead_back_to_the_source(source: str, in_attribute: bool) -> None:
    html = f"<{source}>"
    text, offsets = decode_with_offsets(html, 1, len(html) - 1, attribute=in_attribute)
    assert text == (decode_attribute if in_attribute else decode)(source)
    assert len(offsets) == len(text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(html) - 1
    for character, offset in zip(text, offsets, strict=False):
        assert html[offset] in {character, "&"}


@given(st.text("<>&;\"'= aé#x1"))
def test_what_is_written_reads_back(text: str) -> None:
    assert decode(escape_text(text)) == text
    for quote in "\"'":
        tag = f"<a b={quote}{escape_attribute(text, quote)}{quote}>"
        (token,) = tokenize(tag)
        assert attribute(tag, token, "b") == text
