"""A text is replaced wherever it stands, in the spelling of each place, and what is left alone
is told.
"""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from blogkit.edits import PlaceError, replace_text
from blogkit.errors import UsageError
from blogkit.html.blocks import delimiter
from blogkit.regions import RegionMeta, find_regions, marked
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from tests.cases import for_each

NEEDLE = "YOUR_LINK"
URL = "https://example.com/quiz?paper=1&set=b"
WILD = "a\"b'c`d</script><!-- x --> ${y} \\ & < > é –"


@for_each(
    ("body", "value", "expected", "kind"),
    [
        ("<p>YOUR_LINK</p>", URL, "<p>https://example.com/quiz?paper=1&amp;set=b</p>", "text"),
        ("<p>x YOUR_LINK y</p>", "1 < 2", "<p>x 1 &lt; 2 y</p>", "text"),
        (
            '<a href="YOUR_LINK">x</a>',
            URL,
            '<a href="https://example.com/quiz?paper=1&amp;set=b">x</a>',
            "attribute",
        ),
        ("<a href='YOUR_LINK'>x</a>", "it's", "<a href='it&#39;s'>x</a>", "attribute"),
        ('<a title="YOUR_LINK">x</a>', 'a "b"', '<a title="a &quot;b&quot;">x</a>', "attribute"),
        (
            "<a href=YOUR_LINK>x</a>",
            URL,
            '<a href="https://example.com/quiz?paper=1&amp;set=b">x</a>',
            "attribute",
        ),
        ("<a href=/YOUR_LINK/>x</a>", "plain", "<a href=/plain/>x</a>", "attribute"),
        (
            "<i onclick=\"go('YOUR_LINK')\">",
            'it\'s "x"',
            "<i onclick=\"go('it\\'s &quot;x&quot;')\">",
            "script",
        ),
        (
            '<i style="background:url(YOUR_LINK)">',
            "a (1).png",
            '<i style="background:url(a\\20 \\28 1\\29 .png)">',
            "style",
        ),
        (
            '<i data-x=\'{"url": "YOUR_LINK"}\'>',
            URL,
            '<i data-x=\'{"url": "https://example.com/quiz?paper=1\\u0026set=b"}\'>',
            "json",
        ),
        (
            "<script>var a = 'YOUR_LINK';</script>",
            "it's </script>",
            "<script>var a = 'it\\'s <\\/script>';</script>",
            "script",
        ),
        (
            '<script>var a = "YOUR_LINK";</script>',
            'é"',
            '<script>var a = "\\u00e9\\"";</script>',
            "script",
        ),
        (
            "<script>var a = `x ${1} YOUR_LINK`;</script>",
            "`${z}",
            "<script>var a = `x ${1} \\`\\${z}`;</script>",
            "script",
        ),
        (
            "<script>x = /[\"]/; var a = 'YOUR_LINK';</script>",
            URL,
            f"<script>x = /[\"]/; var a = '{URL}';</script>",
            "script",
        ),
        (
            '<script type="application/ld+json">{"url": "YOUR_LINK"}</script>',
            "a</script>",
            '<script type="application/ld+json">{"url": "a\\u003c/script\\u003e"}</script>',
            "json",
        ),
        (
            "<style>a { background: url('YOUR_LINK') }</style>",
            "it's",
            "<style>a { background: url('it\\27 s') }</style>",
            "style",
        ),
        (
            '<!-- wp:button {"url":"YOUR_LINK"} -->',
            "a--b&c>",
            '<!-- wp:button {"url":"a\\u002d\\u002db\\u0026c\\u003e"} -->',
            "block data",
        ),
        ('<!-- wp:x {"a":"YOUR_LINK"} /-->', 'q"', '<!-- wp:x {"a":"q\\u0022"} /-->', "block data"),
        ("<!-- link: YOUR_LINK -->", "plain", "<!-- link: plain -->", "comment"),
        (
            '<!-- {timeline} {"u": "YOUR_LINK"} -->',
            "a--b",
            '<!-- {timeline} {"u": "a\\u002d\\u002db"} -->',
            "comment",
        ),
        ("<textarea>YOUR_LINK</textarea>", "<b>", "<textarea>&lt;b&gt;</textarea>", "text"),
        (
            "<noscript><a href='YOUR_LINK'></a></noscript>",
            URL,
            "<noscript><a href='https://example.com/quiz?paper=1&amp;set=b'></a></noscript>",
            "attribute",
        ),
        ("<p>YOUR&#95;LINK</p>", "x", "<p>x</p>", "text"),
    ],
)
def test_each_place_has_its_spelling(body: str, value: str, expected: str, kind: str) -> None:
    edit = replace_text(body, NEEDLE, value)
    assert edit.body == expected
    assert [place.kind for place in edit.places] == [kind]
    assert edit.left == ()


def test_an_address_is_found_as_editors_encode_it() -> None:
    body = (
        '<a href="%7B%7B%20quiz_url%20%7D%7D">{{&nbsp;quiz_url }}</a><a href="{{ quiz_url }}">x</a>'
    )
    edit = replace_text(body, "{{ quiz_url }}", URL)
    safe = URL.replace("&", "&amp;")
    assert edit.body == f'<a href="{safe}">{safe}</a><a href="{safe}">x</a>'
    assert [(place.kind, place.where, place.line) for place in edit.places] == [
        ("attribute", "href of <a>", 1),
        ("text", "text", 1),
        ("attribute", "href of <a>", 1),
    ]


@for_each(
    ("body", "reason"),
    [
        ("<p>YOUR_LINK_2</p>", "part of a longer word"),
        ("<script>go(YOUR_LINK)</script>", "in the code of a script"),
        ("<script>// YOUR_LINK\n</script>", "in a comment of a script"),
        ("<script>a = /YOUR_LINK/</script>", "in a regular expression"),
        ("<script>a = `${YOUR_LINK}`</script>", "in the code of a script"),
        ("<script>a = '\\YOUR_LINK'</script>", "first letter is escaped"),
        ("<script type='text/template'>YOUR_LINK</script>", "language is unknown"),
        ("<style>/* YOUR_LINK */</style>", "comment of a style sheet"),
        ("<style>.YOUR_LINK {}</style>", "outside strings and addresses"),
        ("<iframe srcdoc='YOUR_LINK'>", "a document inside an attribute"),
        ("<a href=\"javascript:go('YOUR_LINK')\">", "a script inside an address"),
        ("<!-- YOUR_LINK -->", "cannot contain"),
        ("<!--[if IE]>YOUR_LINK<![endif]-->", "conditional comment"),
        ('<!-- wp:x {"YOUR_LINK":1} -->', "name of a JSON field"),
        ("<p>YOUR<b>_LINK</b></p>", "spread over several tags"),
        ("<!-- never closed YOUR_LINK", "never closed"),
        ('<a href=x"YOUR_LINK>y</a>', "next to a quote"),
    ],
)
def test_what_is_left_alone_is_told(body: str, reason: str) -> None:
    with pytest.raises(PlaceError, match="cannot be replaced where it occurs") as caught:
        replace_text(body, NEEDLE, URL)
    assert reason in caught.value.message
    edit = replace_text(f"<p>YOUR_LINK</p>{body}", NEEDLE, URL)
    assert edit.body.endswith(body)
    assert [reason in place.reason for place in edit.left] == [True]


def test_what_is_not_there_and_what_makes_no_sense() -> None:
    with pytest.raises(
        PlaceError,
        match=r"does not occur in this post; similar texts:\n  1. line 1: your_link here",
    ):
        replace_text("<p>your_link here</p>", NEEDLE, URL)
    with pytest.raises(UsageError, match="empty"):
        replace_text("<p>x</p>", " ", URL)
    with pytest.raises(UsageError, match="match 2 of"):
        replace_text("<p>YOUR_LINK</p>", NEEDLE, URL, nth=2)


def test_one_of_several() -> None:
    body = "<p>YOUR_LINK</p><p>YOUR_LINK</p>"
    assert replace_text(body, NEEDLE, "x", nth=2).body == "<p>YOUR_LINK</p><p>x</p>"
    assert replace_text(body, NEEDLE, "x").body == "<p>x</p><p>x</p>"


def test_places_are_reported_with_line_and_context() -> None:
    (place,) = replace_text('<p>\n\n<a href="YOUR_LINK">Start</a></p>', NEEDLE, URL).places
    assert (place.kind, place.where, place.line) == ("attribute", "href of <a>", 3)
    assert place.before == '<p> <a href="YOUR_LINK">Start</a></p>'
    assert place.after == '<p> <a href="https://example.com/quiz?paper=1&amp;set=b">Start</a></p>'


@for_each("style", ["comments", "attribute"])
def test_a_region_stays_of_one_piece(style: str) -> None:
    data = json.dumps({"label": "Start", "href": NEEDLE, "more": [f"see {NEEDLE}", 1]})
    body = f"<p>x</p>{marked(RegionMeta('a', 'quiz', 1, data), f'<p><a href={chr(34)}{NEEDLE}{chr(34)}>x</a></p>', style)}"  # type: ignore[arg-type]
    edit = replace_text(body, NEEDLE, URL)
    (region,) = find_regions(edit.body).regions
    assert json.loads(region.mark.data) == {
        "label": "Start",
        "href": URL,
        "more": [f"see {URL}", 1],
    }
    assert not region.edited
    assert [place.kind for place in edit.places] == ["attribute", "region data"]
    edited = replace_text(body.replace(">x</a>", ">mine</a>"), NEEDLE, URL)
    assert find_regions(edited.body).regions[0].edited, "a hand edit stays noticeable"
    assert edited.body.replace(">mine</a>", ">x</a>").count(URL.replace("&", "&amp;")) == 1


def test_data_that_cannot_be_read_is_reported_and_no_base64_is_ever_touched() -> None:
    region = marked(RegionMeta("a", "quiz", 1, f"href: {NEEDLE}"), "<p>x</p>")
    edit = replace_text(f"{region}<p>{NEEDLE}</p>", NEEDLE, URL)
    assert edit.body.startswith(region)
    assert "not JSON" in edit.left[0].reason
    (letters,) = re.findall(r"data=(\S{4})", region)
    assert replace_text(f"{region}<p>{letters}</p>", letters, URL).body.startswith(region)


@pytest.mark.slow
@given(value=st.text(max_size=30) | st.just(WILD), quote=st.sampled_from("\"'"))
def test_html_means_the_value_and_wordpress_keeps_it(value: str, quote: str) -> None:
    value = value.replace("\r", "").replace("\0", "")
    body = f"<p title={quote}{NEEDLE}{quote}>x {NEEDLE} y</p>"
    new = replace_text(body, NEEDLE, value).body
    tag = BeautifulSoup(new, "html.parser").p
    assert tag is not None
    assert tag["title"] == value
    assert tag.text == f"x {value} y"


@given(value=st.text(max_size=30) | st.just(WILD))
def test_json_means_the_value_and_stays_one_comment(value: str) -> None:
    body = f'<!-- wp:x {{"a":"-{NEEDLE}-"}} -->'
    new = replace_text(body, NEEDLE, value).body
    match = delimiter(new)
    assert match is not None
    assert json.loads(match.json) == {"a": f"-{value}-"}
    inside = new[4:-3]
    assert not any(piece in inside for piece in ("--", "<", ">", "&"))


def test_wordpress_keeps_what_a_replacement_wrote() -> None:
    body = f'<p><a href="{NEEDLE}">{NEEDLE}</a></p>'
    new = replace_text(body, NEEDLE, URL).body
    assert judge(new, STRICT).clean


@pytest.mark.slow
@given(value=st.text(max_size=20) | st.just(WILD), quote=st.sampled_from("\"'`"))
def test_a_script_stays_one_script(value: str, quote: str) -> None:
    new = replace_text(
        f"<script>var a = {quote}{NEEDLE}{quote}; go()</script><p>x</p>", NEEDLE, value
    ).body
    soup = BeautifulSoup(new, "html.parser")
    assert [tag.name for tag in soup.find_all()] == ["script", "p"]
    source = str(soup.script.string)  # type: ignore[union-attr]
    assert source.isascii()
    inner = source.removeprefix(f"var a = {quote}").removesuffix(f"{quote}; go()")
    plain = (
        inner.replace("\\/", "/")
        .replace("\\!", "!")
        .replace("\\$", "$")
        .replace("\\'", "'")
        .replace("\\`", "`")
    )
    plain = plain if quote == '"' else re.sub(r'(?<!\\)((?:\\\\)*)"', r'\1\\"', plain)
    assert json.loads(f'"{plain}"', strict=False) == value
