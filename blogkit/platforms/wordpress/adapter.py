"""A WordPress blog (`wp/v2`) as a platform."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from blogkit.errors import NotFound, Problem
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
)
from blogkit.platforms.image_checks import image_problems
from blogkit.platforms.terms import SiteTerms
from blogkit.platforms.wordpress import api, check, health, post_body, schedule
from blogkit.platforms.wordpress.client import MAX_PER_PAGE, Client
from blogkit.platforms.wordpress.listings.languages import hidden_posts, language_problems
from blogkit.platforms.wordpress.listings.named import NamedRemotes
from blogkit.platforms.wordpress.listings.similar import posts_like
from blogkit.platforms.wordpress.media import (
    USUAL_SIZE,
    ImageTexts,
    Media,
    Sizes,
    with_images,
)
from blogkit.platforms.wordpress.names import SiteNames
from blogkit.platforms.wordpress.post_body import sent_body
from blogkit.platforms.wordpress.post_types import PostTypes
from blogkit.platforms.wordpress.public import ReaderView
from blogkit.platforms.wordpress.reading import Reader
from blogkit.platforms.wordpress.taxonomies.custom import CustomTaxonomies
from blogkit.platforms.wordpress.taxonomies.draft_terms import site_terms, written_categories
from blogkit.platforms.wordpress.taxonomies.taxonomy import Terms
from blogkit.platforms.wordpress.writing import WordPressWriter
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import EDITOR, STRICT, Profile


class WordPress(ListsItself):
    """One WordPress site.

    Labels become tags. A post that waits for review counts as a draft, a private one as live. What
    a draft does not name (slug, excerpt, categories, featured image) is left as the site has it;
    tags are set to exactly the draft's.

    Args:
        name: The site's name in blogkit.toml.
        url: The address of the blog's front page.
        http: The client that sends requests, signed by an `ApplicationPassword`.
        zone: The blog's time zone, for `health`.
        body: "blocks" keeps the post editable; "html" makes it one custom HTML block.
        version: WordPress's (major, minor) if known, for the profile of accounts whose HTML is
            filtered.
        writers: Posts that are written at the same time.
        rest: Where the REST API is, as for `Client`.
        images: What the images that are uploaded may be like.
        image_size: The size of the images in a text, unless the post names one.
        types: Custom types of post, which count as posts.
        taxonomies: Taxonomies beside categories and tags.
        languages: The languages of a multilingual site; new posts are in the first one.
        clock: The present time.
    """

    _hidden: str | None = None
    """What `hides_posts` has found out."""

    def __init__(
        self,
        name: str,
        url: str,
        *,
        http: HttpClient,
        zone: tzinfo = UTC,
        body: Literal["blocks", "html"] = "blocks",
        version: tuple[int, int] | None = None,
        writers: int = 4,
        rest: str = "",
        images: Limits = Limits(),  # noqa: B008
        image_size: str = USUAL_SIZE,
        types: Sequence[str] = (),
        taxonomies: Sequence[str] = (),
        languages: Sequence[str] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self.capabilities = _capabilities(writers, types, languages)
        self._client = Client(name, url, http, rest, languages)
        self._readers = ReaderView(self._client.address, http)
        self._types = PostTypes(self._client, types)
        self._terms = Terms(self._client)
        self._media = Media(self._client, images)
        self._texts = ImageTexts(self._client)
        self._limits = images
        self._sizes = Sizes(self._media.resized, image_size)
        self._taxonomies = CustomTaxonomies(self._client, self._terms, taxonomies)
        self._client.more_fields = self._taxonomies.fields
        self._named = NamedRemotes(self._client, self._terms, self._taxonomies)
        self._zone = zone
        self._as_html = body == "html"
        self._version = version
        self._clock = clock
        self._profile: Profile | None = None
        self._reader = Reader(self._client, self._types, self._terms, self._taxonomies, clock)
        self._writer = WordPressWriter(
            client=self._client,
            reader=self._reader,
            types=self._types,
            terms=self._terms,
            taxonomies=self._taxonomies,
            names=SiteNames(self._client, self._types, self.find),
            media=self._media,
            texts=self._texts,
            sizes=self._sizes,
            clock=clock,
        )

    def profile(self) -> Profile:
        """Return the profile of this account, asked once.

        The links of any post tell it, or the account's capabilities if there is no post.
        """
        if self._profile is None:
            strict = replace(STRICT, wordpress=self._version) if self._version else STRICT
            self._profile = EDITOR if health.keeps_raw_html(self._client) else strict
        return self._profile

    def compose(self, document: Document) -> str:
        """Return the body as block markup."""
        return post_body.compose_wordpress(document, as_html=self._as_html)

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Return what WordPress would refuse or lose."""
        # WordPress.com may serve a blog's images from SITE.files.wordpress.com.
        home = "" if self._client.at_wordpress_com else self._client.address
        return [
            *check.wordpress_problems(draft, target, home),
            *image_problems(draft, self._limits),
            *language_problems(draft, self._client.languages),
        ]

    def expected_body(self, draft: Draft) -> str:
        """Return the body as it is sent: our own blocks in the form that the editor saves.

        What WordPress's filter removes is a loss.
        """
        return sent_body(draft)

    def site_terms(self, draft: Draft, found: Remote | None = None) -> SiteTerms:
        """Return the terms of a draft; all categories of the site are read once."""
        known = site_terms(self._terms, draft, found)
        return replace(known, creates=(*known.creates, *self._taxonomies.creates(draft)))

    def category_paths(self, post: Remote) -> Sequence[str]:
        """Return a post's categories, each as the shortest path that fits only it."""
        return written_categories(self._terms, post)

    def resolve(self, draft: Draft, *, create: bool = False) -> Draft:
        """Return the draft with ids for its author, parent and terms, and registered fields."""
        return self._writer.resolve(draft, create=create)

    def hides_posts(self) -> str:
        """Return whether a plugin for languages hides posts, asked once with two requests."""
        if self._hidden is None:
            self._hidden = hidden_posts(self._client)
        return self._hidden

    def with_settings(self, remote: Remote, names: Collection[str]) -> Remote:
        """Return the post with the texts of its featured image, if they are needed."""
        return self._texts.of(remote, names)

    def with_names(self, remotes: Sequence[Remote]) -> Sequence[Remote]:
        """Return the posts with logins, paths and addresses, a hundred of them per request."""
        return self._named.of(remotes)

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the post with the key: `search` looks into HTML comments, too.

        Raises:
            Conflict: Several posts have the key.
        """
        return self._reader.with_key(key, kind).choose(self.name, key, kind)

    def find_all(
        self,
        key: str,
        kind: PostKind,
        *,
        since: datetime | None = None,  # noqa: ARG002
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Sequence[Remote]:
        """Return the posts with the key, from the same search."""
        return self._reader.with_key(key, kind).all(key, on_unreadable)

    def find_similar(self, drafts: Collection[Draft], kind: PostKind) -> Iterable[Remote]:
        """Return the posts that searches for each title and each text find, titles first."""
        found = posts_like(self._client, self._types.all(kind), drafts, kind)
        return (self._reader.remote(post) for post in found)

    def get(self, ref: Ref) -> Remote:
        """Return the post with `context=edit`, which has the raw content.

        A plain number may also be that of a post of a custom type.
        """
        try:
            return self._reader.remote(self._reader.read(ref)[0])
        except NotFound:
            found = get_one_by_one(self._types.places(ref), self.get)
            if not found:
                raise
            return next(iter(found.values()))

    def list(
        self,
        kind: PostKind,
        states: Sequence[State],
        label: str = "",
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Return the posts of all states, with one request per page.

        A label may be a tag or a category.
        """
        return self._reader.in_states(kind, states, label, on_unreadable)

    def glance(
        self,
        kind: PostKind,
        states: Sequence[State],
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield the posts with their time stamps, which take a twentieth of the time."""
        params = (*api.GLANCE, ("status", api.statuses(states)))
        doing = f"list its {kind}s"
        return self._reader.glanced(kind, params, on_unreadable, doing=doing)

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """Return up to 100 posts with one request, and those it does not show one after another."""
        damaged: set[Ref] = set()
        found = self._reader.several(refs, damaged)
        # Without the right to edit a post, WordPress omits it from a list with `context=edit`,
        # without an error.
        # What an account sees in lists may be less than what it may change.
        missing = [ref for ref in refs if ref not in found and ref not in damaged]
        return found | get_one_by_one(missing, self.get)

    def create(self, draft: Draft) -> Remote:
        """Return a new draft, after its files are uploaded and its terms exist."""
        return self._writer.create(draft)

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after sending only the fields that differ from the site's."""
        return self._writer.update(ref, draft, expected, fresh=fresh)

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after sending the fields that differ."""
        return self._writer.restore(ref, wanted, expected, fresh=fresh)

    def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
        """Return the post after sending `status` and `date_gmt`, and a check of the response."""
        return self._writer.set_state(ref, target, seen=seen)

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash; one that is there already is fine."""
        self._writer.trash(ref)

    def untrash(self, ref: Ref) -> Remote:
        """Return the post as a draft, if it was in the trash, with the slug that it had."""
        return self._writer.untrash(ref)

    def with_uploads(
        self, draft: Draft, uploaded: Mapping[str, Uploaded], like: str = "", *, renew: bool = False
    ) -> Draft:
        """Return the draft with its uploaded files in the form that WordPress makes responsive."""
        return with_images(draft, uploaded, like, renew=renew, sizes=self._sizes)

    def upload(self, asset: Asset) -> Uploaded:
        """Return the image's address in the media library; upload it once per content."""
        return self._media.upload(asset)

    def by_hand(self, draft: Draft, remote: Remote) -> ByHand:  # noqa: ARG002
        """Return nothing: all can be sent."""
        return ByHand()

    def editor_of(self, ref: Ref) -> str:
        """Return the address of the post in WordPress's editor."""
        _, number = self._types.split(ref)
        return f"{self._client.address}wp-admin/post.php?post={number}&action=edit"

    def is_public(self, post: Remote) -> bool | None:
        """Return whether the post's page is there."""
        return self._readers.shows(post)

    def start_scheduler(self) -> None:
        """Start WordPress's cron, which otherwise waits for a visitor."""
        self._readers.start_scheduler()

    def identity(self) -> str:
        """Return an identifier made from the address that the site calls its home."""
        home = self._client.get("/", (("_fields", "home"),), doing="identify itself").data
        address = home.get("home") if isinstance(home, dict) else None
        return f"wordpress:{address if isinstance(address, str) else self._client.address}"

    def clock_offset(self) -> timedelta:
        """Return how far the site's clock was ahead in its last response."""
        return self._client.skew

    def health(self) -> Health:
        """Return the checks of at most three requests."""
        return health.wordpress_health(self._client, self._clock(), self._zone)


def _capabilities(writers: int, types: Sequence[str], languages: Sequence[str]) -> Capabilities:
    return Capabilities(
        slug="native",
        excerpt=True,
        featured_image=True,
        upload=True,
        taxonomy="categories-and-tags",
        min_lead_seconds=schedule.MIN_LEAD,
        max_concurrency=writers,
        page_size=MAX_PER_PAGE,
        batch_size=MAX_PER_PAGE,
        searches=True,
        marks_ids=True,
        answers_stored=True,
        untrashes=True,
        glances=True,
        custom_types=True,
        types=tuple(types),
        languages=tuple(languages),
    )
