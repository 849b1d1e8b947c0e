"""Blogger as a platform."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from blogkit.errors import NotFound, Problem, Rejected
from blogkit.http import HttpClient, Request, Response
from blogkit.platforms.base import (
    ByHand,
    Capabilities,
    Draft,
    Health,
    OnUnreadable,
    PostKind,
    Ref,
    Remote,
    State,
    Target,
    Uploaded,
    differing,
    get_one_by_one,
    raise_unreadable,
    with_addresses,
)
from blogkit.platforms.blogger import api, body, check, health
from blogkit.platforms.blogger.answers import read_answer, read_listed
from blogkit.platforms.blogger.blogs import AccountBlog, blogs_of_account, read_blogs
from blogkit.platforms.blogger.by_hand import blogger_by_hand
from blogkit.platforms.blogger.errors import PAUSE, Forbidden, new_posts_paused, raise_for_blogger
from blogkit.platforms.blogger.listing import ListedItem, Listing
from blogkit.platforms.blogger.public_feed import PublicFeed
from blogkit.platforms.blogger.recent import RecentPosts
from blogkit.platforms.blogger.settings import blogger_fields, kept_by_blogger
from blogkit.platforms.blogger.transitions import StateTransition
from blogkit.platforms.conflicts import as_read, require_unchanged
from blogkit.platforms.statuses import refuse_status
from blogkit.platforms.term_names import write_path
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import BLOGGER, Profile
from blogkit.sanitizers.rewrites import UNCERTAIN

_NEW: Mapping[str, Any] = {}


class Blogger:
    """One blog on Blogger.

    Args:
        name: The site's name in blogkit.toml.
        url: The blog's address.
        http: The client that signs and sends requests.
        zone: The blog's time zone, for messages.
        api_base: Another address for the API; "" for Google's.
        blog_id: The blog's number; "" asks Blogger which blog has `url`.
        slug_by_title: Get the address from `slug` by publishing under the slug as title, then
            setting the real title.
        min_interval: Seconds between creates; Blogger throttles them.
        new_posts_in_a_row: Creates that may follow each other; 0 for any number.
        new_posts_per_hour: Creates in each hour after that.
        page_size: Posts per request of a listing.
        writers: Posts that are written at the same time.
        clock: The present time.
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
        new_posts_in_a_row: int = 15,
        new_posts_per_hour: float = 3,
        page_size: int = api.MAX_RESULTS,
        writers: int = 1,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self.capabilities = Capabilities(
            slug="by-title" if slug_by_title else "none",
            # Blogger documents neither limit; its users found them:
            # https://github.com/OpenLiveWriter/OpenLiveWriter/issues/186
            max_labels=20,
            max_labels_chars=200,
            min_interval=min_interval,
            new_posts_in_a_row=new_posts_in_a_row,
            new_posts_per_hour=new_posts_per_hour,
            max_concurrency=writers,
            page_size=page_size,
            glances=True,
            accept=UNCERTAIN,
        )
        self._url = url
        self._http = http
        self._zone = zone
        self._api = api_base or api.API
        self._clock = clock
        self._blog_id = blog_id
        self._created = False
        self._lock = threading.Lock()
        self._listing = Listing(name, self._list_page, page_size, clock)
        without_bodies = partial(self._list_page, bodies=False)
        self._glances = Listing(name, without_bodies, page_size, clock)
        self._recent = RecentPosts(name, self._list_page, self.get, self._listing.now)

    def profile(self) -> Profile:
        """Return Blogger's profile; it is the same for every account."""
        return BLOGGER

    def compose(self, document: Document) -> str:
        """Return the body as one fragment without bare line breaks."""
        return body.compose_blogger(document)

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Return what Blogger would refuse, lose or ignore."""
        return tuple(check.blogger_problems(draft, target, self.capabilities))

    def site_terms(self, draft: Draft, found: Remote | None = None) -> SiteTerms:  # noqa: ARG002
        """Return the terms of a draft; here they have names only."""
        return terms_by_name(draft)

    def category_paths(self, post: Remote) -> Sequence[str]:
        """Return the names of a post's categories, each as a path of one part."""
        return [write_path([name]) for name in post.categories]

    def expected_body(self, draft: Draft) -> str:
        """Return what was sent.

        Known rewrites (entities, the jump break's form) do not count as differences.
        """
        return self._body(draft)

    def hides_posts(self) -> str:
        """Return that every post is listed."""
        return ""

    def resolve(self, draft: Draft, *, create: bool = False) -> Draft:  # noqa: ARG002
        """Return the draft with the settings that Blogger has."""
        return replace(draft, settings=kept_by_blogger(draft))

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the post with the key, from a listing of all posts.

        Blogger's search covers live posts only and cannot be paginated
        (https://github.com/googleapis/google-api-java-client/issues/1381). Several finds share one
        listing.

        Raises:
            Conflict: Several posts have the key.
        """
        found = self._listing.recent(kind)
        return found.choose(self.name, key, kind, "delete it")

    def find_similar(
        self,
        drafts: Collection[Draft],  # noqa: ARG002
        kind: PostKind,
    ) -> Iterable[Remote]:
        """Return all posts: the listing that `find` has just read has their titles and texts."""
        return self._listing.recent(kind).posts

    def find_all(
        self,
        key: str,
        kind: PostKind,
        *,
        since: datetime | None = None,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Sequence[Remote]:
        """Return the posts with the key, mostly with one request for the posts written last."""
        return self._recent.find(key, kind, since).all(key, on_unreadable)

    def get(self, ref: Ref) -> Remote:
        """Return the post as its author sees it; without `view=AUTHOR` a draft is a 404."""
        return read_answer(self.name, self._send(self._routes.get(ref)), ref)

    def list(
        self,
        kind: PostKind,
        states: Sequence[State],
        label: str = "",
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield the posts of each state, which is a listing of its own; filter labels here."""
        for state in states:
            for post in self._listing.every(kind, state, on_unreadable):
                if not label or label in post.labels:
                    yield post

    def glance(
        self,
        kind: PostKind,
        states: Sequence[State],
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield the posts of each state without their texts."""
        for state in states:
            yield from self._glances.every(kind, state, on_unreadable)

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """Return the posts, read one after another: Blogger has no batch read."""
        return get_one_by_one(refs, self.get)

    def create(self, draft: Draft) -> Remote:
        """Return a new draft, at most one every `min_interval` seconds."""
        # Before the request and not after it: a listing that is under way meanwhile must not be
        # kept either.
        self._listing.forget()
        self._http.rate_limiter.wait(self.capabilities.min_interval)
        try:
            answer = self._send(self._routes.insert(draft.kind, self._fields(draft)))
        except Forbidden as error:
            again = (self._clock() + PAUSE).astimezone(self._zone)
            raise new_posts_paused(error, self.name, again, created=self._created) from None
        self._created = True
        post = read_answer(self.name, answer, Ref("", draft.kind), State.DRAFT)
        self._recent.made(post)
        return post

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after a patch of the draft's fields."""
        found = self._unchanged(ref, expected, fresh=fresh)
        # PATCH replaces `labels` only if it is sent, so an empty list removes the last label.
        fields = {
            **({"labels": []} if ref.kind == "post" else {}),
            **self._fields(draft, found.settings),
        }
        if as_read(draft.title) == as_read(found.title):
            del fields["title"]  # it may be stored escaped, and would be escaped twice
        # A change of one field sends that field: what is omitted stays.
        if fields["content"] == found.body:
            del fields["content"]
        if set(check.labels_of(draft)) == set(found.labels):
            fields.pop("labels", None)
        return self._patch(found, fields) if fields else found

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after a patch of title, content, labels and settings."""
        found = self._unchanged(ref, expected, fresh=fresh)
        names = {"title": "title", "body": "content", "labels": "labels"}
        values = differing(wanted, expected)
        fields = {names[name]: value for name, value in values.items() if name in names}
        fields |= blogger_fields(values.get("settings", {}), expected.settings)
        return self._patch(found, fields) if fields else found

    def set_state(
        self,
        ref: Ref,
        target: Target,
        *,
        seen: Remote | None = None,  # noqa: ARG002
    ) -> Remote:
        """Return the published or reverted post, after a check that Blogger did as asked.

        Raises:
            NotFound: The post is in the trash.
            Rejected: The target is impossible, or Blogger ended in another state.
        """
        found = self._send(self._routes.get(ref))
        current = read_answer(self.name, found, ref)
        if current.state is State.TRASHED:
            raise NotFound(
                f"{ref.kind} {ref.id} on site {self.name} is in the trash",
                site=self.name,
                status=404,
            )
        refuse_status(target, "Blogger", self.name)
        publishing = StateTransition(
            self.name,
            self._zone,
            self._clock(),
            publish=self._publish,
            revert=self._revert,
            patch=self._patch,
        )
        return publishing.reach(current, target, api.published(api.read_object(found, self.name)))

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash; one that is gone counts as trashed."""
        self._listing.forget()
        try:
            self._send(self._routes.trash(ref))
        except NotFound:
            return

    def with_settings(self, remote: Remote, names: Collection[str]) -> Remote:  # noqa: ARG002
        """Return the post: every answer has all settings."""
        return remote

    def with_uploads(
        self, draft: Draft, uploaded: Mapping[str, Uploaded], like: str = "", *, renew: bool = False
    ) -> Draft:
        """Return the draft with its uploaded files' addresses."""
        return with_addresses(draft, uploaded, like, renew=renew)

    def upload(self, asset: Asset) -> Uploaded:
        """Refuse the file: Blogger's API has no method for images.

        Returns:
            Never.

        Raises:
            Rejected: Always.
        """
        hint = "host the image elsewhere and use its https:// address"
        raise Rejected(
            f"site {self.name}: cannot upload {asset.name}: Blogger's API does not accept images",
            site=self.name,
            hint=hint,
        )

    def is_public(self, post: Remote) -> bool | None:
        """Return whether the blog's public feed has the post."""
        return PublicFeed(self.name, self._url, self._http).shows(post.ref)

    def start_scheduler(self) -> None:
        """Do nothing: Blogger publishes what is due without visitors."""

    def identity(self) -> str:
        """Return the blog's number, which stays when its address changes."""
        return f"blogger:{self._blog()}"

    def clock_offset(self) -> timedelta:
        """Return how far Google's clock was ahead in its last response."""
        return self._http.clock_offset

    def health(self) -> Health:
        """Return the checks of one request, for the account's role."""
        return health.blogger_health(
            self.name, lambda: self._send(self._routes.role()), self._clock, self._zone
        )

    def by_hand(self, draft: Draft, remote: Remote) -> ByHand:
        """Return what only Blogger's editor can set: search description and permalink."""
        makes_address = self.capabilities.slug == "by-title"
        return blogger_by_hand(draft, remote, self._blog(), makes_address=makes_address)

    def blogs(self) -> Sequence[AccountBlog]:
        """Return the blogs that the account may write for. Needs no known blog."""
        return read_blogs(api.read_object(self._send(blogs_of_account(self._api)), self.name))

    def _unchanged(self, ref: Ref, expected: Remote, *, fresh: bool) -> Remote:
        # There is no ETag or version to make the write conditional on: look, then write.
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
                self._blog_id = api.read_blog_id(answer, self.name)
            return self._blog_id

    def _send(self, request: Request) -> Response:
        answer = self._http.send(request)
        raise_for_blogger(answer, self.name)
        return answer

    def _list_page(
        self, kind: PostKind, state: State | None, size: int, token: str, *, bodies: bool = True
    ) -> tuple[Sequence[ListedItem], str]:
        """Return one page of the posts in a state, or of all posts, those written last first."""
        # Pages have no SCHEDULED status
        # (https://developers.google.com/blogger/docs/3.0/reference/pages).
        if kind == "page" and state is State.SCHEDULED:
            return (), ""
        routes = self._routes
        answer = self._send(
            routes.page_of(kind, state, size, token, bodies=bodies)
            if state
            else routes.recent_of(kind, size, token)
        )
        items, following = api.read_page(answer, self.name)
        unnamed = state or State.LIVE
        return [read_listed(self.name, answer, item, kind, unnamed) for item in items], following

    def _body(self, draft: Draft) -> str:
        if draft.slug and self.capabilities.slug == "by-title":
            return body.with_address(draft.body, draft.slug, draft.title)
        return draft.body

    def _fields(self, draft: Draft, found: Mapping[str, Any] = _NEW) -> dict[str, object]:
        labels = check.labels_of(draft) if draft.kind == "post" else ()
        return {
            "title": draft.title,
            "content": self._body(draft),
            **({"labels": labels} if labels else {}),
            **blogger_fields(kept_by_blogger(draft), found),
        }

    def _patch(self, found: Remote, fields: dict[str, object]) -> Remote:
        self._listing.forget()
        try:
            answer = self._send(self._routes.patch(found.ref, fields))
            return read_answer(self.name, answer, found.ref, found.state)
        except NotFound as error:
            # Some drafts cannot be patched and answer 404
            # (https://github.com/OpenLiveWriter/OpenLiveWriter/issues/298).
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
            return read_answer(self.name, self._send(request), ref)
        except Rejected as refusal:
            try:
                return self.get(ref)
            except NotFound:
                raise refusal from None
