"""Blogger API v3 as data: requests to send and responses to read. No I/O.

Every request keeps three rules: PATCH, never PUT, which can wipe what it leaves out; never `null`;
and drafts are asked for with `view=AUTHOR`, without which they are a 404
(https://github.com/OpenLiveWriter/OpenLiveWriter/pull/367).

Reference: https://developers.google.com/blogger/docs/3.0/reference
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from blogkit.dataclass import dataclass
from blogkit.errors import Unreadable
from blogkit.http import Request, Response
from blogkit.platforms.base import PostKind, Ref, Remote, State
from blogkit.platforms.blogger.settings import blogger_settings
from blogkit.platforms.items import DamagedItem, id_of, unreadable

API = "https://blogger.googleapis.com"
# More is a 400 (https://github.com/OpenLiveWriter/OpenLiveWriter/issues/329).
MAX_RESULTS = 500
STATES = {
    State.LIVE: "LIVE",
    State.DRAFT: "DRAFT",
    State.SCHEDULED: "SCHEDULED",
    State.TRASHED: "SOFT_TRASHED",
}
_STATES = {value: key for key, value in STATES.items()}
_COUNTRY = re.compile(r"\.blogspot\.(?!com\Z)[a-z]{2,3}(\.[a-z]{2})?\Z")
_AS_AUTHOR = ("view", "AUTHOR")


@dataclass(frozen=True)
class Routes:
    """The requests to one blog.

    Attributes:
        api: Scheme and host of the API.
        blog: The blog's number.
    """

    api: str
    blog: str

    def _url(self, kind: PostKind, *parts: str) -> str:
        return "/".join(
            (
                self.api.rstrip("/"),
                "v3/blogs",
                quote(self.blog, safe=""),
                f"{kind}s",
                *(quote(p, safe="") for p in parts),
            )
        )

    def insert(self, kind: PostKind, fields: Mapping[str, object]) -> Request:
        """Return the request for a new draft.

        Args:
            kind: Post or page.
            fields: The resource under Blogger's names: title, content, labels.
        """
        return Request(
            "POST",
            self._url(kind),
            # Only insert has `isDraft`, and its default publishes at once.
            params=(("isDraft", "true"),),
            json={"kind": f"blogger#{kind}", **fields},
        )

    def get(self, ref: Ref) -> Request:
        """Return the request for a post as its author sees it."""
        return Request("GET", self._url(ref.kind, ref.id), params=(_AS_AUTHOR,))

    def patch(self, ref: Ref, fields: Mapping[str, object]) -> Request:
        """Return the request for a patch; it may be repeated.

        Args:
            ref: The post to change.
            fields: New values under Blogger's names. Omitted fields and the state stay; arrays are
                replaced as a whole.
        """
        # The same patch twice has the effect of one, so it may be sent again.
        return Request("PATCH", self._url(ref.kind, ref.id), json=dict(fields), repeatable=True)

    def publish(self, ref: Ref, at: datetime | None) -> Request:
        """Return the request that publishes or schedules a post.

        Args:
            ref: The post or page.
            at: The date of publication; a future one schedules. None takes the date saved with the
                post if there is one, else the present.
        """
        params = (("publishDate", at.isoformat(timespec="seconds")),) if at else ()
        return Request("POST", self._url(ref.kind, ref.id, "publish"), params=params)

    def revert(self, ref: Ref) -> Request:
        """Return the request that makes a live or scheduled post a draft."""
        return Request("POST", self._url(ref.kind, ref.id, "revert"))

    def trash(self, ref: Ref) -> Request:
        """Return the request that moves a post to the trash."""
        # Without `useTrash` the post is gone for good.
        return Request(
            "DELETE", self._url(ref.kind, ref.id), params=(("useTrash", "true"),), repeatable=True
        )

    def page_of(
        self, kind: PostKind, state: State, size: int, token: str, *, bodies: bool = True
    ) -> Request:
        """Return the request for one page of a listing, in one state.

        Args:
            kind: Posts or pages.
            state: A single one: `status=LIVE,DRAFT` is a 400.
            size: Posts per page, at most `MAX_RESULTS`.
            token: "" for the first page, then the previous page's token.
            bodies: Ask for the posts' texts.
        """
        params = (
            # One state a request: Blogger leaves `status` out for accounts that are not admins
            # (https://developers.google.com/blogger/docs/3.0/reference/posts), and then only the
            # question tells which state it is. Live posts have been seen without it whatever the
            # `view`.
            ("status", STATES[state]),
            ("fetchBodies", "true" if bodies else "false"),
            ("maxResults", str(size)),
            _AS_AUTHOR,
        )
        return Request(
            "GET", self._url(kind), params=(*params, *((("pageToken", token),) if token else ()))
        )

    def recent_of(self, kind: PostKind, size: int, token: str) -> Request:
        """Return the request for one page of all posts in any state, those written last first.

        Args:
            kind: Posts or pages; pages come in no order (the API has no `orderBy` for them).
            size: Posts per page, at most `MAX_RESULTS`.
            token: "" for the first page, then the previous page's token.
        """
        states = (State.DRAFT, *((State.SCHEDULED,) if kind == "post" else ()), State.LIVE)
        params = (
            # The parameter may be repeated
            # (https://developers.google.com/blogger/docs/3.0/reference/posts/list).
            *(("status", STATES[state]) for state in states),
            *((("orderBy", "UPDATED"),) if kind == "post" else ()),
            ("fetchBodies", "true"),
            ("maxResults", str(size)),
            _AS_AUTHOR,
            *((("pageToken", token),) if token else ()),
        )
        return Request("GET", self._url(kind), params=params)

    def role(self) -> Request:
        """Return the request for this account's role on the blog."""
        return Request(
            "GET", f"{self.api.rstrip('/')}/v3/users/self/blogs/{quote(self.blog, safe='')}"
        )


def blog_by_url(api: str, url: str) -> Request:
    """Return the request for the blog at an address.

    Args:
        api: Scheme and host of the API.
        url: The blog's address.
    """
    params = (("url", home_address(url)),)
    return Request("GET", f"{api.rstrip('/')}/v3/blogs/byurl", params=params)


def home_address(url: str) -> str:
    """Return the address by which Blogger knows a blog.

    Readers are led to a domain of their country, such as .blogspot.in, and copy that
    (https://blogging.nitecruzr.net/2012/01/blogspot-published-blogs-being-accessed.html); the
    blog's own is .blogspot.com.

    Args:
        url: As a person copied it.
    """
    try:
        host = home_host(urlsplit(url).netloc.lower().removeprefix("www."))
    except ValueError:
        return url
    return f"https://{host}/" if host.endswith(".blogspot.com") else url


def home_host(host: str) -> str:
    """Return the blog's own domain for that of a country; other hosts as they are.

    Args:
        host: In lower case.
    """
    return _COUNTRY.sub(".blogspot.com", host)


def read_object(answer: Response, site: str) -> Mapping[str, Any]:
    """Return the object in a response that is not a list.

    Args:
        answer: A successful response.
        site: The site's name, for the message.

    Raises:
        ServerError: The response is something else.
    """
    data = answer.json(site)
    if not isinstance(data, dict):
        raise answer.unusable(site, "something other than a Blogger object")
    return data


def read_blog_id(answer: Response, site: str) -> str:
    """Return the id of the blog that a response describes.

    Args:
        answer: A successful response.
        site: The site's name, for the message.

    Raises:
        ServerError: The response is not a blog.
    """
    if number := id_of(answer.json(site)):
        return number
    raise answer.unusable(site, "something other than a blog")


def read_page(answer: Response, site: str) -> tuple[Sequence[object], str]:
    """Return the items of one page of a listing, and the next page's token.

    Args:
        answer: A successful response.
        site: The site's name, for the message.

    Returns:
        The items (an empty listing has no `items`) and the token, "" on the last page.

    Raises:
        ServerError: The response is not a Blogger listing.
    """
    data = answer.json(site)
    # An empty list has no `items` at all.
    items = data.get("items", []) if isinstance(data, dict) else None
    token = data.get("nextPageToken", "") if isinstance(data, dict) else None
    if not isinstance(items, list) or not isinstance(token, str):
        raise answer.unusable(site, "something other than a Blogger list")
    return items, token


def remote_from_blogger(
    data: object,
    kind: PostKind,
    unnamed: State = State.LIVE,
    *,
    asked: str = "",
) -> Remote:
    """Return a post from Blogger's resource.

    Args:
        data: The decoded resource.
        kind: Post or page; the resource does not name it reliably.
        unnamed: The state if `status` is missing, as for live posts read with `view=AUTHOR`.
        asked: The id that was asked for; empty for any.

    Raises:
        DamagedItem: A field is not what Blogger documents, or it is another post.
    """
    from blogkit.platforms.blogger.models import BloggerPost
    from blogkit.platforms.models import parse

    post = parse(BloggerPost, data)
    if asked not in ("", post.id):
        raise DamagedItem(f"the answer is about {kind} {post.id}")
    state = _STATES[post.status] if post.status else unnamed
    url = _permalink(post.url)
    return Remote(
        ref=Ref(post.id, kind),
        title=post.title,
        body=post.content,
        state=state,
        url=url,
        at=post.published if state in {State.LIVE, State.SCHEDULED} else None,
        updated=post.updated,
        labels=tuple(post.labels),
        created=post.published if state is State.DRAFT else None,
        slug=urlsplit(url).path.rpartition("/")[2].removesuffix(".html"),
        settings=blogger_settings(post, kind),
    )


def unreadable_post(
    site: str,
    kind: PostKind,
    item: object,
    damage: DamagedItem,
    answer: Response,
    asked: str = "",
) -> Unreadable:
    """Return the error for a post that cannot be read.

    Args:
        site: The site's name in blogkit.toml.
        kind: Post or page.
        item: The resource as it came.
        damage: What is wrong with it.
        answer: Where it was, to keep credentials out of the message.
        asked: The post's id, if one post was asked for.
    """
    body = item.get("content", "") if isinstance(item, dict) else None
    return unreadable(
        site, kind, answer.quote(str(damage)), post_id=asked or id_of(item), body=body
    )


def published(data: Mapping[str, Any]) -> datetime | None:
    """Return the date that Blogger keeps with a post, drafts included.

    Args:
        data: A resource that `remote_from_blogger` could read.

    Returns:
        A time in UTC; None if it is absent.
    """
    from blogkit.platforms.blogger.models import BloggerPost
    from blogkit.platforms.models import parse

    return parse(BloggerPost, data).published


def _permalink(url: str) -> str:
    """Return a post's address; "" for the blog's own address.

    Blogger returns the blog's address for posts that never were live.
    """
    parts = urlsplit(url)
    if parts.path in {"", "/"}:
        return ""
    # Blogger reports http addresses for blogs that it redirects to https.
    insecure = parts.scheme == "http" and (parts.hostname or "").endswith(".blogspot.com")
    return "https" + url.removeprefix("http") if insecure else url
