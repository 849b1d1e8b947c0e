"""`links.toml`: one line changes, every other byte stays."""

from __future__ import annotations

import pytest

from blogkit.config.links import parse_links, with_link
from blogkit.errors import ConfigError
from tests.cases import for_each

URL = 'https://example.com/q?a=1&b="2"\\'
FILES = {
    "empty": b"",
    "comment": b"# ours\n",
    "no last line end": b'one = "https://a.example/"',
    "windows": b'# ours\r\none = "https://a.example/"\r\n\r\n"two three" = "https://b.example/"\r\n',
    "byte order mark": '\ufeffone = "https://a.example/"\n'.encode(),
    "literal": b"one = 'https://a.example/'\n'two three' = 'https://b.example/'\n",
}


@for_each("name", FILES)
def test_a_new_link_is_a_new_last_line(name: str) -> None:
    before = FILES[name]
    after = with_link(before, "पोल 1", URL, "links.toml")
    assert after.startswith(before)
    assert parse_links(after, "") == {**parse_links(before, ""), "पोल 1": URL}


@for_each("name", FILES)
def test_another_address_changes_one_line(name: str) -> None:
    before = with_link(FILES[name], "one", "https://c.example/", "links.toml")
    after = with_link(before, "one", URL, "links.toml")
    assert parse_links(after, "") == {**parse_links(before, ""), "one": URL}
    old, new = before.split(b"\n"), after.split(b"\n")
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 1
    assert with_link(after, "one", URL, "links.toml") == after


def test_a_value_of_several_lines_is_left_to_its_author() -> None:
    with pytest.raises(ConfigError, match='the line of "one" was not found'):
        with_link(b'one = """\nhttps://a.example/"""\n', "one", URL, "links.toml")
