"""Listings end, and what is damaged is said in a few words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from blogkit.errors import ServerError
from blogkit.platforms import items
from blogkit.platforms.items import DamagedItem, bounded, id_of, unreadable
from blogkit.platforms.models import Address, AnswerModel, Identifier, Moment, parse
from tests.cases import for_each


def test_repeated_ids_are_listed_once() -> None:
    pages = [[{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 3}], [{"no": "id"}, None], []]
    listed = list(bounded("main", pages))
    assert listed == [{"id": 1}, {"id": 2}, {"id": 3}, {"no": "id"}, None]


def endless(*page: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    return itertools.repeat(list(page))


@for_each("page", [[], [{"id": 1}], [{"no": "id"}]], ids=str)
def test_a_listing_that_repeats_itself_ends(page: list[dict[str, Any]]) -> None:
    pages = endless(*page)
    with pytest.raises(ServerError, match=r"^site main: its listing does not end: it had nothing"):
        list(bounded("main", pages))


def test_a_listing_of_more_posts_than_any_blog_has_ends() -> None:
    numbers = itertools.count()
    pages = ([{"id": next(numbers)} for _ in range(500)] for _ in itertools.count())
    with pytest.raises(ServerError, match="more than 100,000 entries"):
        list(bounded("main", pages))
    assert next(numbers) <= items.MAX_ITEMS + 500


def test_a_few_empty_pages_are_not_the_end() -> None:
    pages = [[{"id": 1}], *[[]] * 90, [{"id": 2}], *[[]] * 9, [{"id": 3}]]
    assert len(list(bounded("main", pages))) == 3


@for_each(
    ("item", "found"),
    [
        ({"id": "7"}, "7"),
        ({"id": 7}, "7"),
        ({"id": True}, ""),
        ({"id": 7.5}, ""),
        ({"id": "a/../b"}, ""),
        ({"id": "7" * 65}, ""),
        ({"id": 10**400}, ""),
        ({}, ""),
        (None, ""),
        (["id"], ""),
    ],
    ids=repr,
)
def test_an_id_is_a_short_word(item: object, found: str) -> None:
    assert id_of(item) == found


class Sample(AnswerModel):
    id: Identifier
    at: Moment | None = None
    url: Address = ""


@for_each(
    ("data", "said"),
    [
        (None, "the data is null"),
        ([1], "the data is a list"),
        ({}, "its id is missing"),
        ({"id": None}, "its id is null"),
        ({"id": 5}, "its id is 5"),
        ({"id": {}}, "its id is an object"),
        ({"id": "1", "at": "x" * 99}, f'its at is "{"x" * 39}…'),
        ({"id": "1", "at": "2026-12-01T07:00:00"}, 'its at is "2026-12-01T07:00:00"'),
        ({"id": "1", "url": "https://a\nerror: b"}, 'its url is "https://a\\nerror: b"'),
        ({"id": "1", "url": "https://a\u202eb"}, 'its url is "https://a\\u202eb"'),
    ],
)
def test_damage_is_named_on_one_line(data: object, said: str) -> None:
    with pytest.raises(DamagedItem) as caught:
        parse(Sample, data)
    assert str(caught.value) == said


def test_a_key_is_known_as_far_as_the_text_is() -> None:
    text = "<p>x</p><!-- blogkit:post key=rain -->"
    keys = [unreadable("main", "post", "", body=body).key for body in (text, "<p>x</p>", "", None)]
    assert keys == ["rain", "", "", None]
    error = unreadable("main", "post", "its title is null")
    assert error.message == "site main: cannot read a post without a usable id: its title is null"
    assert [
        error.may_have("rain") for error in (unreadable("m", "post", "", body=text), error)
    ] == [
        True,
        True,
    ]
    assert not unreadable("m", "post", "", body=text).may_have("tea")
