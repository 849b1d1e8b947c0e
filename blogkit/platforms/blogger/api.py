"""Blogger API v3 as data: requests to send and responses to read. No I/O.

Every request keeps three rules: PATCH, never PUT, which can wipe what it leaves out; never `null`;
and drafts are asked for with `view=AUTHOR`, without which they are a 404
(https://github.com/OpenLiveWriter/OpenLiveWriter/pull/367).

Reference: https://developers.google.com/blogger/docs/3.0/reference
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from blogkit.http import Request, Response
from blogkit.platforms.base import PostKind, Ref, Remote, State

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
        return Request(
            "DELETE", self._url(ref.kind, ref.id), params=(("useTrash", "true"),), repeatable=True
        )

    def page_of(self, kind: PostKind, state: State, size: int, token: str) -> Request:
        """Return the request for one page of a listing, in one state.

        Args:
            kind: Posts or pages.
            state: A single one: `status=LIVE,DRAFT` is a 400.
            size: Posts per page, at most `MAX_RESULTS`.
            token: "" for the first page, then the previous page's token.
        """
        params = (
            ("status", STATES[state]),
            ("fetchBodies", "true"),
            ("maxResults", str(size)),
            _AS_AUTHOR,
        )
        return Request(
            "GET", self._url(kind), params=(*params, *((("pageToken", token),) if token else ()))
        )

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
    return Request("GET", f"{api.rstrip('/')}/v3/blogs/byurl", params=(("url", url),))


def read_item(answer: Response, site: str) -> Mapping[str, Any]:
    """Return the resource in a response.

    Args:
        answer: A successful response.
        site: The site's name, for the message.

    Raises:
        ServerError: The response is not a Blogger resource.
    """
    data = answer.json(site)
    if not isinstance(data, dict) or "id" not in data:
        raise answer.unusable(site, "something other than a Blogger post")
    return data


def read_page(answer: Response, site: str) -> tuple[Sequence[Mapping[str, Any]], str]:
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
    if not isinstance(data, dict) or not isinstance(data.get("items", []), list):
        raise answer.unusable(site, "something other than a Blogger list")
    return data.get("items", []), str(data.get("nextPageToken") or "")


def remote_from_blogger(
    data: Mapping[str, Any], kind: PostKind, unnamed: State = State.LIVE
) -> Remote:
    """Return a post from Blogger's resource.

    Args:
        data: The resource, with at least an `id`.
        kind: Post or page; the resource does not name it reliably.
        unnamed: The state if `status` is missing, as for live posts read with `view=AUTHOR`.
    """
    state = _STATES.get(str(data.get("status", "")).upper(), unnamed)
    url = _permalink(str(data.get("url", "")))
    return Remote(
        ref=Ref(str(data["id"]), kind),
        title=str(data.get("title", "")),
        body=str(data.get("content", "")),
        state=state,
        url=url,
        at=published(data) if state in {State.LIVE, State.SCHEDULED} else None,
        updated=str(data.get("updated", "")),
        labels=tuple(str(label) for label in data.get("labels", ())),
        slug=urlsplit(url).path.rpartition("/")[2].removesuffix(".html"),
    )


def published(data: Mapping[str, Any]) -> datetime | None:
    """Return the date that Blogger keeps with a post, drafts included.

    Returns:
        A time with a zone; None if it is absent or invalid.
    """
    try:
        moment = datetime.fromisoformat(str(data.get("published", "")))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


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
