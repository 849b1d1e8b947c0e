"""Ways to damage the answers about a post, for each site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tests.hostile import ways, wire_ways, wordpress_ways
from tests.hostile.sick_proxy import Way

Sickness = Callable[[str], Way]
"""The way, given the id of the post."""


def _of_fields(damage: Iterable[Mapping[str, Any]]) -> Sequence[Sickness]:
    return [lambda post, fields=dict(one): ways.one_post(post, fields) for one in damage]


def _of_all(damage: Iterable[Way]) -> Sequence[Sickness]:
    return [lambda _, way=way: way for way in damage]


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
