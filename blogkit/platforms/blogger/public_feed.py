"""Read a blog's public feeds: its live posts and pages as readers see them, without signing in.

Form: https://developers.google.com/gdata/docs/json. A page of posts has at most 100 entries, and
fewer if they are long
(https://too-clever-by-half.blogspot.com/2019/03/the-incredible-shrinking-feeds.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Any

from blogkit.errors import NotFound, PermissionDenied, ServerError, SiteError, Unreadable
from blogkit.http import HttpClient, Request, Response
from blogkit.platforms.base import PostKind, Ref, Remote
from blogkit.platforms.blogger.api import home_address, read_object, remote_from_blogger
from blogkit.platforms.blogger.listing import ListedItem, id_of_listed
from blogkit.platforms.items import DamagedItem, bounded, unreadable

ENTRIES_PER_PAGE = 100
"""Entries in one request."""

_ID = re.compile(r"tag:blogger\.com,1999:blog-\d+\.(?P<kind>post|page)-(?P<id>\d+)")
_CUT = re.compile(r"#more[\"'][^>]*>[^<]*</a>\s*\Z")
"""The link at the end of an entry if the blog shows posts up to their jump break in its feed."""
_END = 300


class PublicFeed:
    """The feeds of one blog.

    Args:
        site: The site's name in blogkit.toml, for messages.
        url: The blog's address.
        http: The client that sends the requests; it must not sign them.
    """

    def __init__(self, site: str, url: str, http: HttpClient) -> None:
        self._site = site
        self._root = home_address(url).rstrip("/")
        self._http = http

    def every(self, kind: PostKind) -> Iterator[ListedItem]:
        """Yield all live posts or pages, newest first, and an error for each damaged one.

        Args:
            kind: Posts and pages have separate feeds.

        Raises:
            SiteError: The feed cannot be read.
        """
        return bounded(self._site, self._pages(kind), id_of_listed)

    def get(self, ref: Ref) -> Remote:
        """Return a post as readers see it now, past caches.

        Args:
            ref: The post.

        Raises:
            NotFound: The feed does not have it.
            Unreadable: Its data is damaged.
            SiteError: The feed cannot be read.
        """
        answer = self._ask(f"{_path(ref.kind)}/{ref.id}")
        if answer.status == 404:
            self._page(ref.kind, 1, 1)  # raises if the feed itself is missing
            raise NotFound(
                f"{ref.kind} {ref.id} is not in the public feed of site {self._site}",
                site=self._site,
                status=404,
            )
        found = self._read(answer, self._object(answer).get("entry"), ref.kind)
        if isinstance(found, Unreadable):
            raise found
        if found.ref != ref:
            raise answer.unusable(self._site, f"{found.ref.kind} {found.ref.id}")
        return found

    def shows(self, ref: Ref) -> bool | None:
        """Return whether the feed has a post now; None if the feed is closed or has a fault.

        Args:
            ref: The post.

        Raises:
            SiteError: The site cannot be reached.
        """
        try:
            self.get(ref)
        except NotFound:
            return False
        except Unreadable:
            return True
        except SiteError as error:
            if error.status:  # such as a private blog, or one whose feed is off
                return None
            raise
        return True

    def _pages(self, kind: PostKind) -> Iterator[Sequence[ListedItem]]:
        # Only an empty page is the end: how many entries come is not known before, and the number
        # of all of them may change meanwhile.
        start, before = 1, [""]
        while page := self._page(kind, start, ENTRIES_PER_PAGE):
            names = [id_of_listed(item) for item in page]
            if names == before and any(names):
                raise ServerError(
                    f"site {self._site}: the public feed repeats the same page",
                    site=self._site,
                    hint="a cache or proxy ignores part of the address; try again later",
                )
            yield page
            start, before = start + len(page), names

    def _page(self, kind: PostKind, start: int, most: int) -> Sequence[ListedItem]:
        numbers = {"max-results": str(most), "start-index": str(start)}
        answer = self._ask(_path(kind), **numbers)
        if answer.status == 404:
            raise self._closed(answer, "there is none")
        feed = self._object(answer).get("feed")
        entries = feed.get("entry", []) if isinstance(feed, dict) else None
        if not isinstance(entries, list):
            raise answer.unusable(self._site, "something other than a feed")
        return [self._read(answer, entry, kind) for entry in entries]

    def _ask(self, path: str, **numbers: str) -> Response:
        # A blog may redirect its feed to another service
        # (https://blogging.nitecruzr.net/2012/08/custom-domain-publishing-does-not-use.html), which
        # programs avoid with `redirect=false`. The random value is for caches.
        params = {"alt": "json", "redirect": "false", **numbers, "_": token_hex(8)}
        url, query = self._root + path, tuple(params.items())
        # A blog with a domain of its own leads from its old address to that.
        request = Request("GET", url, params=query, signed=False, roams=True)
        answer = self._http.send(request)
        # A private blog leads to Google's sign-in page.
        if answer.status < 400 and "html" in answer.headers.get("Content-Type", ""):
            raise self._closed(answer, f"the blog answers with {answer.summary()}")
        if answer.status in (401, 403):
            raise self._closed(answer, answer.summary())
        if answer.status >= 400 and answer.status != 404:
            raise answer.unusable(self._site, answer.summary())
        return answer

    def _closed(self, answer: Response, why: str) -> SiteError:
        return PermissionDenied(
            f"site {self._site}: the public feed cannot be read: {why}",
            site=self._site,
            status=answer.status,
            hint=(
                "a private blog, or one whose feed is off (Settings, Site feed), shows nothing"
                f" without signing in: blogkit login {self._site}"
            ),
        )

    def _object(self, answer: Response) -> Mapping[str, Any]:
        return read_object(answer, self._site)

    def _read(self, answer: Response, entry: object, kind: PostKind) -> ListedItem:
        named = _ID.fullmatch(str(_text(entry, "id")))
        number = named["id"] if named and named["kind"] == kind else ""
        try:
            return self._remote(answer, entry, Ref(number, kind))
        except DamagedItem as damage:
            what = answer.quote(str(damage))
            body = _text(entry, "content")
            return unreadable(self._site, kind, what, post_id=number, body=body)

    def _remote(self, answer: Response, entry: object, ref: Ref) -> Remote:
        from blogkit.platforms.blogger.models import FeedEntry
        from blogkit.platforms.models import parse

        if not ref.id:
            raise DamagedItem("its id is not one of Blogger's")
        post = parse(FeedEntry, entry)
        if post.content is None:
            raise self._short(answer)
        if _CUT.search(post.content.text[-_END:]):
            raise DamagedItem("the public feed has it up to its jump break only")
        found = remote_from_blogger(post.resource(ref.id), ref.kind)
        # The API shows times to the second, and a feed does not tell settings.
        at = found.at and found.at.replace(microsecond=0)
        return replace(found, at=at, settings={})

    def _short(self, answer: Response) -> SiteError:
        return ServerError(
            f"site {self._site}: the public feed has only the beginnings of posts",
            site=self._site,
            status=answer.status,
            hint=(
                'choose "Full" in the blog\'s settings ("Site feed", "Allow blog feed"), or sign'
                f" in: blogkit login {self._site}"
            ),
        )


def _path(kind: PostKind) -> str:
    return f"/feeds/{kind}s/default"


def _text(entry: object, name: str) -> object:
    """Return a text of an entry that may be damaged; "" if it has none."""
    value = entry.get(name, "") if isinstance(entry, dict) else None
    return value.get("$t", "") if isinstance(value, dict) else value
