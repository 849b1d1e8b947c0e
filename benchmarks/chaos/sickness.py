"""Ways to damage the answers about a post, for each site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from tests.hostile import ways, wire_ways, wordpress_ways
from tests.hostile.sick_proxy import Way

Sickness = Callable[[str], Way]
"""The way, given the id of the post."""


def _of_fields(damage: Iterable[dict[str, Any]]) -> Sequence[Sickness]:
    return [partial(_damaged, fields) for fields in damage]


def _damaged(fields: dict[str, Any], post: str) -> Way:
    return ways.one_post(post, fields)


def _of_all(damage: Iterable[Way]) -> Sequence[Sickness]:
    return [partial(_whichever, way) for way in damage]


def _whichever(way: Way, _post: str) -> Way:
    return way


_EITHER: Sequence[Sickness] = (
    *_of_fields(ways.WITHOUT_ID.values()),
    *ways.INSTEAD.values(),
    *_of_all(way for way, _ in ways.WHOLE.values()),
    *_of_all(wire_ways.WIRE.values()),
)
ON_BLOGGER: Sequence[Sickness] = (*_of_fields(ways.ONE_POST.values()), *_EITHER)
ON_WORDPRESS: Sequence[Sickness] = (
    *_of_fields(wordpress_ways.ONE_POST.values()),
    *_of_all(wordpress_ways.WHOLE.values()),
    *_EITHER,
)
SLOW: Sequence[Sickness] = _of_all([wire_ways.DRIP])
"""Answers that take all the time they may."""
