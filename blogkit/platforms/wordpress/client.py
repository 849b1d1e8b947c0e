"""One WordPress site's REST API: requests, decoded responses, typed errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from blogkit.errors import AuthenticationError, OutcomeUnknown, Rejected, ServerError, SiteError
from blogkit.http import HttpClient, Request, Response, parse_http_date
from blogkit.platforms.items import DamagedItem, bounded, id_of
from blogkit.platforms.wordpress import errors

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.models import AnswerModel

_Model = TypeVar("_Model", bound="AnswerModel")
Params = tuple[tuple[str, str], ...]

# https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
MAX_PER_PAGE = 100
"""The most that one request may list."""


@dataclass(frozen=True)
class Reply:
    """A response that is not a refusal.

    Attributes:
        data: The decoded body.
        site: The site's name.
        answer: The response as received.
    """

    data: Any
    site: str
    answer: Response

    def read(self, model: type[_Model], what: str) -> _Model:
        """Return the body as a model.

        Args:
            model: What is expected.
            what: What that is, for the message.

        Raises:
            OutcomeUnknown: The answer to a write is damaged.
            ServerError: The answer to a read is.
        """
        from blogkit.platforms.models import parse

        try:
            return parse(model, self.data)
        except DamagedItem as damage:
            raise self.damaged(what, damage) from None

    def damaged(self, what: str, damage: DamagedItem) -> SiteError:
        """Return the error for a damaged answer."""
        return self.answer.unusable(self.site, f"a damaged {what} ({self.quote(damage)})")

    def quote(self, damage: DamagedItem) -> str:
        """Return what is damaged, without credentials."""
        return self.answer.quote(str(damage))

    @property
    def pages(self) -> int | None:
        """Return the number of pages of a listing; None if a proxy dropped the header."""
        value = self.answer.headers.get("X-WP-TotalPages", "")
        return int(value) if re.fullmatch(r"[0-9]{1,18}", value) else None

    @property
    def date(self) -> datetime | None:
        """Return the site's clock, to the second."""
        return parse_http_date(self.answer.headers.get("Date", ""))


class Client:
    """Sends requests to one site.

    It uses `url/?rest_route=…`, which works with pretty and plain permalinks and needs no
    discovery. `doing` completes "refuses to …" in the message of a refusal, such as "list its
    posts".

    Args:
        site: The site's name in blogkit.toml, for messages.
        url: The address of the blog's front page.
        http: The client that signs and sends requests.
    """

    def __init__(self, site: str, url: str, http: HttpClient) -> None:
        self.site = site
        self.address = f"{url.rstrip('/')}/"
        self._http = http

    @property
    def skew(self) -> timedelta:
        """Return how far the site's clock is ahead of ours."""
        return self._http.clock_offset

    def get(self, route: str, params: Params = (), *, doing: str = "") -> Reply:
        """Return the response to reading a route, such as "/wp/v2/posts".

        Raises:
            SiteError: Every method raises the refusal, as `errors.raise_for_wordpress` maps it.
        """
        return self._send(Request("GET", self.address, (("rest_route", route), *params)), doing)

    def post(
        self,
        route: str,
        fields: Mapping[str, Any],
        params: Params = (),
        *,
        repeatable: bool = False,
        doing: str = "",
    ) -> Reply:
        """Create or change a resource.

        Args:
            route: The resource, or the collection to add to.
            fields: The body, as JSON.
            params: Of the query, such as `api.READ`.
            repeatable: Whether sending it twice has the effect of sending it once.
            doing: What is asked for, for messages.

        Returns:
            The resource in the response.
        """
        request = Request(
            "POST",
            self.address,
            (("rest_route", route), *params),
            json=dict(fields),
            repeatable=repeatable,
        )
        return self._send(request, doing)

    def put_file(
        self, content: bytes, headers: Mapping[str, str], params: Params = (), *, doing: str = ""
    ) -> Reply:
        """Upload a file to the media library.

        Args:
            content: The file's bytes.
            headers: At least `Content-Type` and `Content-Disposition`.
            params: Further fields of the media item: beside a raw body they go into the query.
            doing: What is asked for, for messages.

        Returns:
            The media item in the response.
        """
        return self._send(
            Request(
                "POST",
                self.address,
                (("rest_route", "/wp/v2/media"), *params),
                headers=headers,
                data=content,
            ),
            doing,
        )

    def delete(self, route: str, *, doing: str = "") -> Reply:
        """Move a resource to the trash. Never sends `force`.

        Returns:
            The trashed resource in the response.
        """
        return self._send(
            Request("DELETE", self.address, (("rest_route", route),), repeatable=True), doing
        )

    def all(self, route: str, params: Params = (), *, doing: str = "") -> Iterator[Any]:
        """Yield every item of a listing, in an order that new items do not change.

        Args:
            route: The collection.
            params: Of the query; paging and order are added.
            doing: What is asked for, for messages.

        Raises:
            ServerError: The response is not a list, or the listing never ends.
        """
        return (item for item, _ in self.all_with_answers(route, params, doing=doing))

    def all_with_answers(
        self, route: str, params: Params = (), *, doing: str = ""
    ) -> Iterator[tuple[Any, Response]]:
        """Yield every item of a listing with the answer that it was in."""
        return bounded(self.site, self._pages(route, params, doing), lambda item: id_of(item[0]))

    def _pages(
        self, route: str, params: Params, doing: str
    ) -> Iterator[list[tuple[Any, Response]]]:
        page = 1
        while True:
            walk = (
                ("per_page", str(MAX_PER_PAGE)),
                ("page", str(page)),
                ("orderby", "id"),
                ("order", "asc"),
            )
            try:
                reply = self.get(route, (*params, *walk), doing=doing)
            except Rejected as error:
                if page > 1 and "_invalid_page_number)" in error.reason:
                    return  # the list became shorter meanwhile
                raise
            if not isinstance(reply.data, list):
                raise ServerError(
                    f"site {self.site} answered a request for a list with something else",
                    site=self.site,
                    status=200,
                )
            yield [(item, reply.answer) for item in reply.data]
            # Some caches and proxies drop unknown headers; a short page is then the last.
            if len(reply.data) < MAX_PER_PAGE if reply.pages is None else page >= reply.pages:
                return
            page += 1

    def _send(self, request: Request, doing: str) -> Reply:
        try:
            answer = self._http.send(request)
        except AuthenticationError as error:
            raise errors.unrecognised_user(error, self.site) from None
        except (OutcomeUnknown, ServerError) as error:
            raise errors.understood(error, self.site, doing) from None
        errors.raise_for_wordpress(answer, self.site, doing)
        return Reply(errors.data(answer, self.site), self.site, answer)
