"""One WordPress site's REST API: requests, decoded responses, typed errors."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from blogkit.dataclass import dataclass
from blogkit.errors import AuthenticationError, OutcomeUnknown, Rejected, ServerError, SiteError
from blogkit.http import HttpClient, Request, Response, parse_http_date
from blogkit.platforms.items import DamagedItem, bounded, id_of
from blogkit.platforms.wordpress import errors, http_login, routes
from blogkit.platforms.wordpress.http_login import HttpLoginRequired
from blogkit.platforms.wordpress.routes import Params
from blogkit.platforms.wordpress.wordpress_com.addresses import is_at_wordpress_com

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.models import AnswerModel

_Model = TypeVar("_Model", bound="AnswerModel")
_log = logging.getLogger("blogkit.wordpress")

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
    def total(self) -> int | None:
        """Return the number of items of a listing; None if a proxy dropped the header."""
        value = self.answer.headers.get("X-WP-Total", "")
        return int(value) if re.fullmatch(r"[0-9]{1,18}", value) else None

    @property
    def date(self) -> datetime | None:
        """Return the site's clock, to the second."""
        return parse_http_date(self.answer.headers.get("Date", ""))


class Client:
    """Sends requests to one site.

    `doing` completes "refuses to …" in the message of a refusal, such as "list its posts".

    Args:
        site: The site's name in blogkit.toml, for messages.
        url: The address of the blog's front page.
        http: The client that signs and sends requests.
        rest: Where the REST API is: `routes.QUERY`, a path, or what `rest_at_wordpress_com`
            returned; "" to find out with the first read.
        languages: The languages to list on a multilingual site; () leaves it to the site.

    Attributes:
        languages: As given.
        more_fields: Returns more fields of posts to ask for.
    """

    def __init__(
        self,
        site: str,
        url: str,
        http: HttpClient,
        rest: str = "",
        languages: Sequence[str] = (),
    ) -> None:
        self.site = site
        self.address = f"{url.rstrip('/')}/"
        self._http = http
        self._rest = rest
        self._posts_pass: bool | None = None
        self.languages = tuple(languages)
        self.more_fields: Callable[[], Sequence[str]] = tuple

    @property
    def at_wordpress_com(self) -> bool:
        """Whether WordPress.com hosts the site."""
        return is_at_wordpress_com(self._rest)

    @property
    def skew(self) -> timedelta:
        """Return how far the site's clock is ahead of ours."""
        return self._http.clock_offset

    def get(
        self, route: str, params: Params = (), *, doing: str = "", decides: bool = False
    ) -> Reply:
        """Return the response to reading a route, such as "/wp/v2/posts".

        Args:
            route: The resource or collection.
            params: Of the query.
            doing: What is asked for, for messages.
            decides: Whether a write depends on the answer, so that it must be of this moment.

        Raises:
            SiteError: Every method raises the refusal, as `errors.raise_for_wordpress` maps it.
        """
        params = self._with_more_fields(params)
        first: SiteError | None = None
        for way in routes.ways(self._rest, decides=decides, posts_pass=self._posts_pass):
            try:
                answer = self._answer(routes.read(self.address, way, route, params), doing)
            except HttpLoginRequired as error:  # it may be in front of one of the addresses only
                first = first or error
                continue
            try:
                reply = self._understood(answer, doing)
            except SiteError as error:
                if errors.from_wordpress(answer):
                    self._remember(way, decides)
                    raise
                first = first or error
            else:
                self._remember(way, decides)
                return reply
        assert first is not None, "there is always a way to ask"
        raise first

    def shows_strangers(self, route: str, params: Params = ()) -> bool:
        """Return whether the answer to a signed request is kept, and shown to anybody.

        It is asked for twice at one address, the second time without signing in.

        Args:
            route: What only this account may read.
            params: Of the query.
        """
        way = routes.Way(self._rest or routes.QUERY, "GET")
        request = routes.read(self.address, way, route, params)
        if self._answer(request, "").status != 200:
            return False
        try:
            return self._http.send(replace(request, signed=False)).status == 200
        except SiteError:
            return False

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
        # WPML takes the language of a new post from the address, others from the body.
        lang = (("lang", str(fields["lang"])),) if "lang" in fields else ()
        params = (*self._with_more_fields(params), *lang)
        request = routes.write(self.address, self._rest, route, params, json=dict(fields))
        return self._send(replace(request, repeatable=repeatable), doing)

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
        request = routes.write(self.address, self._rest, "/wp/v2/media", params)
        return self._send(replace(request, headers=headers, data=content), doing)

    def delete(self, route: str, *, doing: str = "") -> Reply:
        """Move a resource to the trash. Never sends `force`.

        Returns:
            The trashed resource in the response.
        """
        request = routes.write(self.address, self._rest, route, method="DELETE")
        return self._send(replace(request, repeatable=True), doing)

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
        self, route: str, params: Params = (), *, doing: str = "", decides: bool = False
    ) -> Iterator[tuple[Any, Response]]:
        """Yield every item of a listing with the answer that it was in."""
        pages = (
            page
            for lang in self.language_params
            for page in self._pages(route, (*params, *lang), doing, decides)
        )
        return bounded(self.site, pages, lambda item: id_of(item[0]))

    def _pages(
        self, route: str, params: Params, doing: str, decides: bool
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
                reply = self.get(route, (*params, *walk), doing=doing, decides=decides)
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

    @property
    def language_params(self) -> Sequence[Params]:
        """Return the parameters of each request that a listing takes.

        Plugins for languages list only the default one if none is named
        (https://wpml.org/documentation/support/using-wpml-with-the-rest-api/).
        """
        return [(("lang", language),) for language in self.languages] or [()]

    def _with_more_fields(self, params: Params) -> Params:
        """Return parameters that also ask for the fields of posts that only this site has."""
        return tuple(
            (name, ",".join((value, *self.more_fields())) if _of_posts(name, value) else value)
            for name, value in params
        )

    def _remember(self, way: routes.Way, decides: bool) -> None:
        """Keep the way that worked, so that the others are tried once."""
        if not self._rest and way.address != routes.QUERY:
            _log.info(
                'site %s has its REST API at %s only; rest = "%s" in blogkit.toml saves a request'
                " each time",
                self.site,
                way.address,
                way.address,
            )
        self._rest = way.address
        if decides:
            self._posts_pass = way.method == "POST"

    def _send(self, request: Request, doing: str) -> Reply:
        return self._understood(self._answer(request, doing), doing)

    def _answer(self, request: Request, doing: str) -> Response:
        try:
            return self._http.send(request)
        except AuthenticationError as error:
            required = http_login.required(error, self.site)
            raise required or errors.unrecognised_user(
                error, self.site, token=self.at_wordpress_com
            ) from None
        except (OutcomeUnknown, ServerError) as error:
            raise errors.understood(error, self.site, doing) from None

    def _understood(self, answer: Response, doing: str) -> Reply:
        errors.raise_for_wordpress(answer, self.site, doing)
        return Reply(errors.data(answer, self.site), self.site, answer)


def _of_posts(name: str, value: str) -> bool:
    return name == "_fields" and "content.raw" in value
