"""Blogger as a platform."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from blogkit.errors import Problem, Rejected
from blogkit.http import HttpClient
from blogkit.images import Limits
from blogkit.platforms.base import (
    ByHand,
    Capabilities,
    Draft,
    Health,
    ListsItself,
    OnUnreadable,
    PostKind,
    Ref,
    Remote,
    State,
    Target,
    Uploaded,
    get_one_by_one,
    raise_unreadable,
    with_addresses,
)
from blogkit.platforms.blogger import api, body, check, health
from blogkit.platforms.blogger.blogs import AccountBlog, blogs_of_account, read_blogs
from blogkit.platforms.blogger.by_hand import blogger_by_hand, editor_address
from blogkit.platforms.blogger.connection import BloggerConnection
from blogkit.platforms.blogger.listing import Listing
from blogkit.platforms.blogger.public_feed import PublicFeed
from blogkit.platforms.blogger.recent import RecentPosts
from blogkit.platforms.blogger.settings import kept_by_blogger
from blogkit.platforms.blogger.writing import BloggerWriter
from blogkit.platforms.image_checks import image_problems
from blogkit.platforms.term_names import write_path
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import BLOGGER, Profile
from blogkit.sanitizers.rewrites import UNCERTAIN

# Blogger documents neither limit; its users found them:
# https://github.com/OpenLiveWriter/OpenLiveWriter/issues/186
_MAX_LABELS = 20
_MAX_LABELS_CHARS = 200


class Blogger(ListsItself):
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
        images: What the images that are uploaded to an image host may be like.
        image_host: What tells that host from others; "" if there is none.
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
        images: Limits = Limits(),  # noqa: B008
        image_host: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self.capabilities = Capabilities(
            slug="by-title" if slug_by_title else "none",
            image_host=image_host,
            max_labels=_MAX_LABELS,
            max_labels_chars=_MAX_LABELS_CHARS,
            min_interval=min_interval,
            new_posts_in_a_row=new_posts_in_a_row,
            new_posts_per_hour=new_posts_per_hour,
            max_concurrency=writers,
            page_size=page_size,
            glances=True,
            accept=UNCERTAIN,
        )
        self._url, self._images, self._zone, self._clock = url, images, zone, clock
        self._blog = BloggerConnection(name, url, http, api_base or api.API, blog_id)
        pages = self._blog.list_page
        self._listing = Listing(name, pages, page_size, clock)
        self._glances = Listing(name, partial(pages, bodies=False), page_size, clock)
        self._recent = RecentPosts(name, pages, self._blog.get, self._listing.now)
        self._writer = BloggerWriter(
            name,
            self._blog,
            self.capabilities,
            zone=zone,
            clock=clock,
            forget=self._listing.forget,
            made=self._recent.made,
        )

    def profile(self) -> Profile:
        """Return Blogger's profile; it is the same for every account."""
        return BLOGGER

    def compose(self, document: Document) -> str:
        """Return the body as one fragment without bare line breaks."""
        return body.compose_blogger(document)

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Return what Blogger would refuse, lose or ignore."""
        local = image_problems(draft, self._images) if self.capabilities.image_host else ()
        return (*check.blogger_problems(draft, target, self.capabilities), *local)

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
        return self._writer.body(draft)

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
        return self._blog.get(ref)

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
        return self._writer.create(draft)

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after a patch of the draft's fields."""
        return self._writer.update(ref, draft, expected, fresh=fresh)

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after a patch of title, content, labels and settings."""
        return self._writer.restore(ref, wanted, expected, fresh=fresh)

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
        return self._writer.set_state(ref, target)

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash; one that is gone counts as trashed."""
        self._writer.trash(ref)

    def untrash(self, ref: Ref) -> Remote:
        """Refuse: no method of Blogger's API takes a post out of the trash.

        See https://developers.google.com/blogger/docs/3.0/reference/posts

        Returns:
            Never.

        Raises:
            Rejected: Always.
        """
        raise Rejected(
            f"site {self.name}: Blogger's API cannot restore {ref.kind} {ref.id} from the trash",
            site=self.name,
            hint="restore it in Blogger: Posts, Trash",
        )

    def with_names(self, remotes: Sequence[Remote]) -> Sequence[Remote]:
        """Return the posts unchanged: they have no such numbers."""
        return remotes

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
        hint = "set host in [images] of blogkit.toml; docs/images.md lists what can be a host"
        raise Rejected(
            f"site {self.name}: cannot upload {asset.name}: Blogger's API does not accept images",
            site=self.name,
            hint=hint,
        )

    def is_public(self, post: Remote) -> bool | None:
        """Return whether the blog's public feed has the post."""
        return PublicFeed(self.name, self._url, self._blog.http).shows(post.ref)

    def start_scheduler(self) -> None:
        """Do nothing: Blogger publishes what is due without visitors."""

    def identity(self) -> str:
        """Return the blog's number, which stays when its address changes."""
        return f"blogger:{self._blog.blog_number()}"

    def clock_offset(self) -> timedelta:
        """Return how far Google's clock was ahead in its last response."""
        return self._blog.http.clock_offset

    def health(self) -> Health:
        """Return the checks of one request, for the account's role."""
        return health.blogger_health(
            self.name, lambda: self._blog.send(self._blog.routes.role()), self._clock, self._zone
        )

    def by_hand(self, draft: Draft, remote: Remote) -> ByHand:
        """Return what only Blogger's editor can set: search description and permalink."""
        makes_address = self.capabilities.slug == "by-title"
        return blogger_by_hand(draft, remote, self._blog.blog_number(), makes_address=makes_address)

    def editor_of(self, ref: Ref) -> str:
        """Return the address of the post in Blogger's editor."""
        return editor_address(self._blog.blog_number(), ref)

    def blogs(self) -> Sequence[AccountBlog]:
        """Return the blogs that the account may write for. Needs no known blog."""
        return read_blogs(
            api.read_object(self._blog.send(blogs_of_account(self._blog.api_base)), self.name)
        )
