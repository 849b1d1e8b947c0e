"""Send requests for one blog on Blogger, and read its posts from the answers."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from blogkit.errors import NotFound
from blogkit.http import HttpClient, Request, Response
from blogkit.platforms.base import PostKind, Ref, Remote, State
from blogkit.platforms.blogger import api
from blogkit.platforms.blogger.answers import read_answer, read_listed
from blogkit.platforms.blogger.errors import raise_for_blogger
from blogkit.platforms.blogger.listing import ListedItem


class BloggerConnection:
    """One blog on Blogger.

    Args:
        site: The site's name in blogkit.toml.
        url: The blog's address.
        http: The client that signs and sends requests.
        api_base: The address of the API.
        blog_id: The blog's number; "" asks Blogger which blog has `url`.

    Attributes:
        http: The client that signs and sends requests.
        api_base: The address of the API.
    """

    def __init__(self, site: str, url: str, http: HttpClient, api_base: str, blog_id: str) -> None:
        self.http = http
        self.api_base = api_base
        self._site = site
        self._url = url
        self._blog_id = blog_id
        self._lock = threading.Lock()

    @property
    def routes(self) -> api.Routes:
        """The addresses of the blog's resources. May ask for its number, once."""
        return api.Routes(self.api_base, self.blog_number())

    def blog_number(self) -> str:
        """Return the blog's number, asked once if it is not known.

        Raises:
            NotFound: Blogger has no blog at the address.
        """
        with self._lock:
            if not self._blog_id:
                try:
                    answer = self.send(api.blog_by_url(self.api_base, self._url))
                except NotFound as error:
                    hint = (
                        "set `url` in blogkit.toml to the blog's address, or `blog_id` to the"
                        " number in the dashboard's address"
                    )
                    raise NotFound(
                        f"site {self._site}: Blogger has no blog at {self._url}",
                        site=self._site,
                        status=404,
                        hint=hint,
                    ) from error
                self._blog_id = api.read_blog_id(answer, self._site)
            return self._blog_id

    def send(self, request: Request) -> Response:
        """Return the answer to a request. Raise what a refusal means."""
        answer = self.http.send(request)
        raise_for_blogger(answer, self._site)
        return answer

    def get(self, ref: Ref) -> Remote:
        """Return the post as its author sees it; without `view=AUTHOR` a draft is a 404."""
        return read_answer(self._site, self.send(self.routes.get(ref)), ref)

    def list_page(
        self, kind: PostKind, state: State | None, size: int, token: str, *, bodies: bool = True
    ) -> tuple[Sequence[ListedItem], str]:
        """Return one page of the posts in a state, or of all posts, those written last first."""
        # Pages have no SCHEDULED status
        # (https://developers.google.com/blogger/docs/3.0/reference/pages).
        if kind == "page" and state is State.SCHEDULED:
            return (), ""
        routes = self.routes
        answer = self.send(
            routes.page_of(kind, state, size, token, bodies=bodies)
            if state
            else routes.recent_of(kind, size, token)
        )
        items, following = api.read_page(answer, self._site)
        unnamed = state or State.LIVE
        return [read_listed(self._site, answer, item, kind, unnamed) for item in items], following
