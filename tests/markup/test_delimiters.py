"""Block delimiters are found as WordPress finds them, whatever surrounds them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.markup.delimiters import Delimiter, delimiter, delimiters

# WordPress' own pattern (WP_Block_Parser::next_token), with a lazy run in the place of its possessive group.
_REFERENCE = re.compile(
    r"<!--\s+(/)?wp:((?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+(\{.*?\}\s+)?(/)?-->",
    re.DOTALL | re.ASCII,
)
_PIECES = [
    "<!--",
    " ",
    "\n",
    "/",
    "wp:",
    "wp:a",
    "b-1",
    "/c",
    "{",
    "}",
    '{"a":1}',
    "-->",
    "--",
    ">",
    "x",
    "é",
    "<!-- wp:a ",
    "} -->",
    "} /-->",
]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<!-- wp:heading {"level":3} -->', Delimiter(0, 31, "heading", '{"level":3} ', close=False, void=False)),
        ("<!-- /wp:heading -->", Delimiter(0, 20, "heading", "", close=True, void=False)),
        ("<!--\nwp:a/b\n/-->", Delimiter(0, 16, "a/b", "", close=False, void=True)),
        ('<!-- wp:a {"b":{"c":"} "}} /-->', Delimiter(0, 31, "a", '{"b":{"c":"} "}} ', close=False, void=True)),
    ],
)
def test_what_a_delimiter_says(html: str, found: Delimiter) -> None:
    assert delimiter(html) == found
    assert list(delimiters(f"<p>{html}{html}")) == [
        found._replace(start=3, end=3 + found.end),
        found._replace(start=3 + found.end, end=3 + 2 * found.end),
    ]


@pytest.mark.parametrize(
    "html", ["<!-- wp:a-->", "<!-- wp:A -->", "<!-- wp:a {} x -->", "<!--wp:a -->", "<!-- wp:a {}-->", " <!-- wp:a -->", ""]
)
def test_what_is_not_one_delimiter(html: str) -> None:
    assert delimiter(html) is None


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_they_are_those_of_the_pattern(html: str) -> None:
    expected = [
        Delimiter(*match.span(), match[2], match[3] or "", close=bool(match[1]), void=bool(match[4])) for match in _REFERENCE.finditer(html)
    ]
    assert list(delimiters(html)) == expected
