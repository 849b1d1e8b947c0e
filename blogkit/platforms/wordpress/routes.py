"""The ways to ask a WordPress site for a route of its REST API. Pure.

A host may block one of the two addresses of a route, and may keep answers that it should not keep.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.http import Request
from blogkit.platforms.wordpress.wordpress_com.addresses import (
    is_at_wordpress_com,
    place_at_wordpress_com,
)

Params = tuple[tuple[str, str], ...]

QUERY = "?rest_route="
PATH = "/wp-json/"
"""The two addresses. The first needs no rewrite rules, so it also works with plain permalinks.

https://developer.wordpress.org/rest-api/extending-the-rest-api/routes-and-endpoints/#routes-vs-endpoints
"""


@dataclass(frozen=True)
class Way:
    """One way to read a route.

    Attributes:
        address: `QUERY`, `PATH`, the path of a site that renamed it, or the whole address at
            WordPress.com.
        method: "POST" for a read that no cache keeps, or "GET".
    """

    address: str
    method: Literal["GET", "POST"]


def ways(address: str, *, decides: bool, posts_pass: bool | None) -> Sequence[Way]:
    """Return the ways to read a route, the best first; one, if it is known that it works.

    At WordPress.com, a read is a GET: nothing public tells that its servers take a POST for one,
    and a POST that they do not would change the post.

    Args:
        address: The address that the site is known to answer; "" if it is not known.
        decides: Whether a write depends on the answer, so that it must not come from a cache.
        posts_pass: Whether the site answers reads by POST; None if it is not known.
    """
    methods: tuple[Literal["GET", "POST"], ...] = ("GET",)
    if decides and posts_pass is not False and not is_at_wordpress_com(address):
        methods = ("POST",) if posts_pass else ("POST", "GET")
    return [
        Way(each, method)
        for each in ([address] if address else [QUERY, PATH])
        for method in methods
    ]


def read(front: str, way: Way, route: str, params: Params) -> Request:
    """Return a request for a resource.

    Some hosts keep the answers to signed requests by their address for minutes and ignore the
    headers (https://github.com/WordOps/WordOps/pull/548,
    https://github.com/litespeedtech/lscache_wp/issues/413). So no address is asked for twice, and
    what decides a write is a POST, which no cache keeps, that WordPress takes for a GET. It is
    marked by a parameter and not by a header, which a proxy may drop: the POST would then change
    the post (https://developer.wordpress.org/rest-api/using-the-rest-api/global-parameters/).

    Args:
        front: The address of the blog's front page, with a slash at its end.
        way: How to ask.
        route: Such as "/wp/v2/posts".
        params: Of the query.
    """
    once = ("nocache", secrets.token_hex(8))
    method = (("_method", "GET"),) if way.method == "POST" else ()
    url, query = _place(front, way.address, route)
    return Request(
        way.method, url, (*query, *params, once, *method), only_reads=way.method == "POST"
    )


def write(
    front: str,
    address: str,
    route: str,
    params: Params = (),
    *,
    method: Literal["POST", "DELETE"] = "POST",
    json: object = None,
) -> Request:
    """Return a request that changes something.

    A DELETE goes as a POST, as the editor of WordPress sends it: many hosts block other methods
    (https://github.com/WordPress/gutenberg/blob/trunk/packages/api-fetch/src/middlewares/http-v1.ts).
    WordPress.com blocks none.

    Args:
        front: The address of the blog's front page, with a slash at its end.
        address: As in `Way`; "" for the usual one.
        route: The resource, or the collection to add to.
        params: Of the query.
        method: What WordPress should take it for.
        json: The body.
    """
    url, query = _place(front, address or QUERY, route)
    if is_at_wordpress_com(address):
        return Request(method, url, (*query, *params), json=json)
    override = () if method == "POST" else (("_method", method),)
    return Request("POST", url, (*query, *params, *override), json=json)


def _place(front: str, address: str, route: str) -> tuple[str, Params]:
    if is_at_wordpress_com(address):
        return place_at_wordpress_com(address, route)
    if address == QUERY:
        return front, (("rest_route", route),)
    return f"{front.rstrip('/')}/{address.strip('/')}{route}", ()
