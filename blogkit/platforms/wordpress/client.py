"""One WordPress site's REST API: addresses for every permalink setting, decoded responses, typed
errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from blogkit.errors import AuthenticationError, OutcomeUnknown, Rejected, ServerError
from blogkit.http import HttpClient, Request
from blogkit.platforms.wordpress import errors

Params = tuple[tuple[str, str], ...]

MAX_PER_PAGE = 100
"""The most that one request may list."""


@dataclass(frozen=True)
class Reply:
    """data: the decoded response; headers: as received."""

    data: Any
    headers: Mapping[str, str]

    @property
    def pages(self) -> int | None:
        """Return the number of pages of a listing; None if a proxy dropped the header."""
        value = self.headers.get("X-WP-TotalPages", "")
        return int(value) if value.isdecimal() else None

    @property
    def date(self) -> datetime | None:
        """Return the site's clock, to the second."""
        try:
            return parsedate_to_datetime(self.headers.get("Date", ""))
        except ValueError:
            return None


class Client:
    """Uses `url/?rest_route=…`, which works with pretty and plain permalinks and needs no
    discovery.
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
        """Upload a file to the media library."""
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
        return self._send(
            Request("DELETE", self.address, (("rest_route", route),), repeatable=True), doing
        )

    def all(self, route: str, params: Params = (), *, doing: str = "") -> Iterator[Any]:
        """Yield every item of a listing, in an order that new items do not change."""
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
            yield from reply.data
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
        return Reply(errors.data(answer, self.site), answer.headers)
