"""The block comments of WordPress's editor, as WordPress finds them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from blogkit.html import blocks
from tests.cases import for_each


@for_each(
    ("html", "expected"),
    [
        ("<!-- wp:a -->x<!-- /wp:a -->", [("a", "", False, False), ("a", "", True, False)]),
        ("<!-- wp:my/b-1 /-->", [("my/b-1", "", False, True)]),
        ('<!--\n wp:a\t{"b":"}"}  /-->', [("a", '{"b":"}"}', False, True)]),
        ('<!-- wp:a {"b":"} --> c"} -->', [("a", '{"b":"}', False, False)]),
        ('<!-- wp:a {"b":{}} -->', [("a", '{"b":{}}', False, False)]),
        ("<!-- wp:a {} -->", [("a", "{}", False, False)]),
        ("<!-- wp:a {-->", []),
        ("<!-- wp:a { <!-- wp:b -->", [("b", "", False, False)]),
        ("<!--wp:a -->", []),
        ("<!-- wp:A -->", []),
        ("<!-- wp:a-->", []),
        ("<!-- wp:a -- >", []),
        ('<script>"<!-- wp:a -->"</script>', [("a", "", False, False)]),
    ],
)
def test_delimiters_are_found(html: str, expected: list[tuple[str, str, bool, bool]]) -> None:
    found = [(each.name, each.json, each.close, each.void) for each in blocks.delimiters(html)]
    assert found == expected


# WordPress's own pattern (WP_Block_Parser::next_token), with a lazy run in the place of its
# possessive group.
PATTERN = re.compile(
    r"<!--\s+/?wp:(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*\s+(\{.*?\}\s+)?/?-->", re.DOTALL | re.ASCII
)
PIECES = ["<!-- ", "wp:", "/wp:", "a", "a/b", " ", "{", "}", '"x"', "-->", "/-->", "\n", "--"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_pattern_of_wordpress_finds_the_same(html: str) -> None:
    theirs = [(*match.span(), (match[1] or "").rstrip()) for match in PATTERN.finditer(html)]
    assert [(each.start, each.end, each.json) for each in blocks.delimiters(html)] == theirs


@for_each(
    ("json", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ("{nonsense}", {}),
        ("[1]", {}),
        ("", {}),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", {}),
    ],
    ids=["an object", "no JSON", "a list", "nothing", "too deep"],
)
def test_attributes_that_cannot_be_read_are_none(json: str, expected: dict[str, object]) -> None:
    assert blocks.Delimiter("a", 0, 0, False, False, json).attributes == expected


@for_each(
    ("html", "whole", "only"),
    [
        ("<!-- wp:a --><!-- /wp:a -->", True, True),
        (" <!-- wp:a /-->\n<!-- wp:a /--> ", True, True),
        ("x<!-- wp:a /-->", True, False),
        ("<!-- wp:a -->", False, False),
        ("<!-- /wp:a -->", False, False),
        ("<!-- /wp:a --><!-- wp:a -->", False, False),
        ("x", True, False),
    ],
)
def test_whether_blocks_are_whole(html: str, whole: bool, only: bool) -> None:
    assert (blocks.whole_blocks(html), blocks.only_blocks(html)) == (whole, only)
    assert (blocks.unpaired(html) is None) is whole


@for_each(
    ("html", "place"),
    [
        ("<!-- wp:a --><!-- wp:b --><!-- /wp:a --><!-- /wp:b -->", "<!-- /wp:a -->"),
        ("<!-- wp:a --><!-- wp:b --><!-- /wp:b -->", "<!-- wp:a -->"),
        ("<!-- wp:a /--><!-- /wp:a -->", "<!-- /wp:a -->"),
    ],
)
def test_the_first_delimiter_without_a_counterpart(html: str, place: str) -> None:
    found = blocks.unpaired(html)
    assert found
    assert html[found.start : found.end] == place


@for_each("html", ["a<!-- wp:a -->b<!-- /wp:a -->c", "a<!-- wp:<!-- wp:x -->y -->bc", "abc"])
def test_no_delimiter_is_left_or_made_when_they_are_taken_out(html: str) -> None:
    assert blocks.without_delimiters(html) == "abc"


def test_the_block_that_holds_nothing_else() -> None:
    body = (
        "<p>a</p><!-- wp:html -->\n<b>x</b>\n<!-- /wp:html --><!-- wp:html -->y<b>z</b><!--"
        " /wp:html -->"
    )
    start, end = body.index("<b>x"), body.index("\n<!-- /")
    around = blocks.block_around(body, start, end, "html")
    assert around
    assert body[slice(*around)] == "<!-- wp:html -->\n<b>x</b>\n<!-- /wp:html -->"
    assert blocks.block_around(body, start, end, "group") is None
    assert blocks.block_around(body, body.index("<b>z"), body.rindex("<!--"), "html") is None
    assert blocks.block_around("<b>x</b>", 0, 8, "html") is None


def test_a_block_is_written_as_the_editor_writes_it() -> None:
    made = blocks.wrap("a", "x", {"b": '<&>--"é'})
    assert (
        made
        == '<!-- wp:a {"b":"\\u003c\\u0026\\u003e\\u002d\\u002d\\u0022é"} -->\nx\n<!-- /wp:a -->'
    )
    assert next(blocks.delimiters(made)).attributes == {"b": '<&>--"é'}
