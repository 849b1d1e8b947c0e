"""Find out which platform a blog is on, by asking its address as a reader does."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from blogkit.dataclass import dataclass
from blogkit.errors import SiteError, UsageError
from blogkit.html import decode
from blogkit.http import HttpClient, Request, Response
from blogkit.origins import is_loopback, origin_of

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_GENERATOR = re.compile(r"<meta\b[^>]*\bgenerator\b[^>]*>", re.IGNORECASE)
_API = "https://api.w.org/"
"""https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/"""
_BLOGSPOT = re.compile(r"(?:.+\.)?blogspot\.[a-z.]+", re.IGNORECASE)
_HEAD = 100_000
"""Characters of a page that may hold its head."""


@dataclass(frozen=True)
class FoundBlog:
    """A blog at an address.

    Attributes:
        platform: What it runs on.
        url: Its address, after redirects.
        title: Its title; "" if the page has none.
        sandbox: Whether it is the local test blog of `blogkit sandbox`.
        at_wordpress_com: Whether WordPress.com hosts it.
    """

    platform: Literal["blogger", "wordpress"]
    url: str
    title: str = ""
    sandbox: bool = False
    at_wordpress_com: bool = False


def identify(address: str) -> FoundBlog:
    """Return what a blog runs on. Sends one or two requests, without signing in.

    Args:
        address: The address of its front page; `https://` may be left out.

    Raises:
        UsageError: It is not an address, no server answers there, or it is neither a Blogger blog
            nor a WordPress site.
    """
    url = _complete(address)
    http = HttpClient("blog", retries=1)
    try:
        answer = http.send(Request("GET", url, signed=False, roams=True, page=True))
        sandbox = is_loopback(urlsplit(url).hostname or "") and _is_sandbox(http, url)
    except SiteError as error:
        reason = error.message.removeprefix("site blog: ")
        raise UsageError(f"{url}: {reason}", hint="check the address in a browser") from error
    if answer.status >= 400:
        hint = "check the address in a browser; it has to be the blog's front page"
        raise UsageError(f"{url} answers {answer.status}", hint=hint)
    return _known(answer, sandbox=sandbox)


def _complete(address: str) -> str:
    text = address.strip()
    local = is_loopback(text.partition(":")[0].partition("/")[0])
    url = text if "://" in text else f"{'http' if local else 'https'}://{text}"
    try:
        origin_of(url)
    except ValueError:
        raise UsageError(
            f"“{address}” is not the address of a blog",
            hint="write it as in a browser: https://example.blogspot.com",
        ) from None
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))


def _known(answer: Response, *, sandbox: bool) -> FoundBlog:
    head = answer.text[:_HEAD]
    found = _TITLE.search(head)
    title = " ".join(decode(found[1]).split()) if found else ""
    parts = urlsplit(answer.url)
    url = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
    host = (parts.hostname or "").lower()
    generators = " ".join(_GENERATOR.findall(head)).lower()
    if sandbox or _BLOGSPOT.fullmatch(host) or "blogger" in generators:
        return FoundBlog("blogger", f"{origin_of(url)}/", title, sandbox=sandbox)
    if _API in answer.headers.get("Link", "") or _API in head or "wordpress" in generators:
        hosted = host.endswith(".wordpress.com")
        return FoundBlog("wordpress", url, title, at_wordpress_com=hosted)
    raise UsageError(
        f"{url} is neither a Blogger blog nor a WordPress site, as far as its page shows",
        hint="check the address; or name the platform: --platform blogger or --platform wordpress",
    )


def _is_sandbox(http: HttpClient, url: str) -> bool:
    """Return whether the server on this machine is that of `blogkit sandbox`."""
    switches = f"{origin_of(url)}/_sandbox/switches"
    answer = http.send(Request("GET", switches, signed=False))
    return answer.status == 200 and "insert_throttle" in answer.text
