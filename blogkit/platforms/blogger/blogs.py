"""List the blogs of a Google account, and find one by an address as people write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from blogkit.dataclass import dataclass
from blogkit.http import Request
from blogkit.platforms.blogger.api import home_host
from blogkit.platforms.items import id_of


@dataclass(frozen=True)
class AccountBlog:
    """A blog that an account may write for.

    Attributes:
        id: Its number.
        name: Its title.
        url: Its address.
    """

    id: str
    name: str
    url: str


def blogs_of_account(api: str) -> Request:
    """Return the request for the blogs of the account that is signed in.

    Source: https://developers.google.com/blogger/docs/3.0/reference/blogs/listByUser

    Args:
        api: Scheme and host of the API.
    """
    return Request("GET", f"{api.rstrip('/')}/v3/users/self/blogs")


def read_blogs(data: Mapping[str, Any]) -> list[AccountBlog]:
    """Return the blogs in an answer; an item without a number or an address is left out.

    Args:
        data: The answer's JSON. An account without a blog has no `items`.
    """
    items = data.get("items")
    return [
        AccountBlog(number, str(item.get("name") or ""), item["url"])
        for item in (items if isinstance(items, list) else [])
        if isinstance(item, dict) and isinstance(item.get("url"), str) and (number := id_of(item))
    ]


def blog_at(blogs: Sequence[AccountBlog], url: str) -> AccountBlog | None:
    """Return the blog at an address; None if it is none of these.

    Args:
        blogs: The account's blogs.
        url: With http or https, with or without `www.`, of any country's domain.
    """
    wanted = _host(url)
    return next((blog for blog in blogs if _host(blog.url) == wanted), None)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        # The port tells test blogs on this machine apart.
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    return home_host((parts.hostname or "").removeprefix("www.")) + port
