"""Blogger as a platform."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from blogkit.errors import Conflict, NotFound, Problem, Rejected
from blogkit.http import HttpClient, Request, Response
from blogkit.platforms.base import (
    Capabilities,
    Draft,
    Health,
    PostKind,
    Ref,
    Remote,
    State,
    Target,
    Uploaded,
    differing,
    get_one_by_one,
)
from blogkit.platforms.blogger import api, body, check, health
from blogkit.platforms.blogger.errors import raise_for_blogger
from blogkit.platforms.blogger.listing import Listing
from blogkit.platforms.blogger.transitions import StateTransition
from blogkit.platforms.conflicts import as_read, require_unchanged
from blogkit.regions import find_sentinel
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import BLOGGER, Profile


class Blogger:
    """One blog on Blogger.

    url: the blog's address; blog_id: "" = ask Blogger which blog lives there; api_base: another
    address for the API; slug_by_title: make addresses from `slug` by publishing under the slug as
    title; min_interval: seconds between creates (Blogger throttles them, and calls about 50 a day
    enough); page_size: posts per request of a listing; writers: posts that are written at a time.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        http: HttpClient,
        zone: ZoneInfo,
        api_base: str = "",
        blog_id: str = "",
        slug_by_title: bool = False,
        min_interval: float = 3.0,
        page_size: int = api.MAX_RESULTS,
        writers: int = 1,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self.capabilities = Capabilities(
            slug="by-title" if slug_by_title else "none",
            page_schedule=False,
            max_labels=20,
            max_labels_chars=200,
            min_interval=min_interval,
            max_concurrency=writers,
            page_size=page_size,
        )
        self._url = url
        self._http = http
        self._zone = zone
        self._api = api_base or api.API
        self._clock = clock
        self._blog_id = blog_id
        self._lock = threading.Lock()
        self._listing = Listing(name, self._list_page, page_size, clock)

    def profile(self) -> Profile:
        return BLOGGER

    def compose(self, document: Document) -> str:
        return body.compose_blogger(document)

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        return tuple(check.blogger_problems(draft, target, self.capabilities))

    def expected_body(self, draft: Draft) -> str:
        """Return what was sent: known rewrites (entities, the jump break's form) do not count as
        differences.
        """
        return self._body(draft)

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Find a post by reading all posts, because Blogger cannot search drafts.

        Several finds share one listing.
        """
        found = [post for post in self._listing.recent(kind) if find_sentinel(post.body) == key]
        if len(found) > 1:
            places = ", ".join(post.url or f"{post.state} {post.ref.id}" for post in found)
            raise Conflict(
                f'{len(found)} {kind}s on site {self.name} have the key "{key}": {places}',
                hint="delete all but one of them",
            )
        return found[0] if found else None

    def get(self, ref: Ref) -> Remote:
        return self._read(self._send(self._routes.get(ref)), ref.kind)

    def list(self, kind: PostKind, states: Sequence[State], label: str = "") -> Iterator[Remote]:
        for state in states:
            for post in self._listing.every(kind, state):
                if not label or label in post.labels:
                    yield post

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        return get_one_by_one(refs, self.get)

    def create(self, draft: Draft) -> Remote:
        self._listing.forget()
        self._http.rate_limiter.wait(self.capabilities.min_interval)
        return self._read(
            self._send(self._routes.insert(draft.kind, self._fields(draft))),
            draft.kind,
            State.DRAFT,
        )

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        found = self._unchanged(ref, expected, fresh=fresh)
        fields = {**({"labels": []} if ref.kind == "post" else {}), **self._fields(draft)}
        if as_read(draft.title) == as_read(found.title):
            del fields["title"]  # it may be stored escaped, and would be escaped twice
        return self._patch(found, fields)

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        found = self._unchanged(ref, expected, fresh=fresh)
        names = {"title": "title", "body": "content", "labels": "labels"}
        fields = {
            names[name]: value
            for name, value in differing(wanted, expected).items()
            if name in names
        }
        return self._patch(found, fields) if fields else found

    def set_state(self, ref: Ref, target: Target) -> Remote:
        found = self._send(self._routes.get(ref))
        current = self._read(found, ref.kind)
        if current.state is State.TRASHED:
            raise NotFound(
                f"{ref.kind} {ref.id} on site {self.name} is in the trash",
                site=self.name,
                status=404,
            )
        publishing = StateTransition(
            self.name,
            self._zone,
            self._clock(),
            publish=self._publish,
            revert=self._revert,
            patch=self._patch,
        )
        return publishing.reach(current, target, api.published(api.read_item(found, self.name)))

    def trash(self, ref: Ref) -> None:
        self._listing.forget()
        try:
            self._send(self._routes.trash(ref))
        except NotFound:
            return

    def upload(self, asset: Asset) -> Uploaded:
        hint = "host the image elsewhere and use its https:// address"
        raise Rejected(
            f"site {self.name}: cannot upload {asset.name}: Blogger's API does not accept images",
            site=self.name,
            hint=hint,
        )

    def identity(self) -> str:
        return f"blogger:{self._blog()}"

    def clock_offset(self) -> timedelta:
        return self._http.clock_offset

    def health(self) -> Health:
        return health.blogger_health(
            self.name, lambda: self._send(self._routes.role()), self._clock
        )

    def _unchanged(self, ref: Ref, expected: Remote, *, fresh: bool) -> Remote:
        if fresh:
            return expected
        found = self.get(ref)
        require_unchanged(expected, found, self.name)
        return found

    @property
    def _routes(self) -> api.Routes:
        return api.Routes(self._api, self._blog())

    def _blog(self) -> str:
        with self._lock:
            if not self._blog_id:
                try:
                    answer = self._send(api.blog_by_url(self._api, self._url))
                except NotFound as error:
                    hint = (
                        "set `url` in blogkit.toml to the blog's address, or `blog_id` to the"
                        " number in the dashboard's address"
                    )
                    raise NotFound(
                        f"site {self.name}: Blogger has no blog at {self._url}",
                        site=self.name,
                        status=404,
                        hint=hint,
                    ) from error
                self._blog_id = str(api.read_item(answer, self.name)["id"])
            return self._blog_id

    def _send(self, request: Request) -> Response:
        answer = self._http.send(request)
        raise_for_blogger(answer, self.name)
        return answer

    def _read(self, answer: Response, kind: PostKind, unnamed: State = State.LIVE) -> Remote:
        return api.remote_from_blogger(api.read_item(answer, self.name), kind, unnamed)

    def _list_page(
        self, kind: PostKind, state: State, size: int, token: str
    ) -> tuple[Sequence[Remote], str]:
        if kind == "page" and state is State.SCHEDULED:
            return (), ""
        items, following = api.read_page(
            self._send(self._routes.page_of(kind, state, size, token)), self.name
        )
        return [
            api.remote_from_blogger(item, kind, state)
            for item in items
            if isinstance(item, dict) and "id" in item
        ], following

    def _body(self, draft: Draft) -> str:
        if draft.slug and self.capabilities.slug == "by-title":
            return body.with_address(draft.body, draft.slug, draft.title)
        return draft.body

    def _fields(self, draft: Draft) -> dict[str, object]:
        labels = check.labels_of(draft) if draft.kind == "post" else ()
        return {
            "title": draft.title,
            "content": self._body(draft),
            **({"labels": list(labels)} if labels else {}),
        }

    def _patch(self, found: Remote, fields: dict[str, object]) -> Remote:
        self._listing.forget()
        try:
            return self._read(
                self._send(self._routes.patch(found.ref, fields)), found.ref.kind, found.state
            )
        except NotFound as error:
            if found.state is not State.DRAFT:
                raise
            hint = "edit this draft in Blogger's editor, or delete it there and publish again"
            raise Rejected(
                f"site {self.name}: Blogger does not allow changes to this draft",
                site=self.name,
                status=404,
                hint=hint,
            ) from error

    def _publish(self, ref: Ref, at: datetime | None) -> Remote:
        return self._change_state(ref, self._routes.publish(ref, at))

    def _revert(self, ref: Ref) -> Remote:
        return self._change_state(ref, self._routes.revert(ref))

    def _change_state(self, ref: Ref, request: Request) -> Remote:
        """Change the state. After a refusal, return the post if it already is in that state."""
        self._listing.forget()
        try:
            return self._read(self._send(request), ref.kind)
        except Rejected as refusal:
            try:
                return self.get(ref)
            except NotFound:
                raise refusal from None
