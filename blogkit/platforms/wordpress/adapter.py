"""A WordPress blog (`wp/v2`) as a platform."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Literal

from blogkit.errors import NotFound, Problem, Rejected
from blogkit.http import HttpClient
from blogkit.images import Limits
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
)
from blogkit.platforms.conflicts import require_unchanged
from blogkit.platforms.image_checks import image_problems
from blogkit.platforms.items import DamagedItem
from blogkit.platforms.terms import SiteTerms
from blogkit.platforms.wordpress import api, check, health, post_body, schedule
from blogkit.platforms.wordpress.client import MAX_PER_PAGE, Client, Reply
from blogkit.platforms.wordpress.editors.block_form import as_editor_saves
from blogkit.platforms.wordpress.editors.page_builders import why_unseen
from blogkit.platforms.wordpress.listings.languages import code_of, hidden_posts, language_problems
from blogkit.platforms.wordpress.listings.similar import posts_like
from blogkit.platforms.wordpress.media import (
    USUAL_SIZE,
    ImageTexts,
    Media,
    Sizes,
    with_image_settings,
    with_images,
    with_more,
)
from blogkit.platforms.wordpress.names import SiteNames
from blogkit.platforms.wordpress.post_types import PostTypes
from blogkit.platforms.wordpress.public import ReaderView
from blogkit.platforms.wordpress.reading import Reader
from blogkit.platforms.wordpress.settings import wordpress_fields
from blogkit.platforms.wordpress.taxonomies.custom import CustomTaxonomies
from blogkit.platforms.wordpress.taxonomies.draft_terms import (
    restored_terms,
    site_terms,
    term_ids,
    written_categories,
)
from blogkit.platforms.wordpress.taxonomies.taxonomy import Terms
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import EDITOR, STRICT, Profile

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import WordPressPost


class WordPress:
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
        self._names = SiteNames(self._client, self._types, self.find)
        self._zone = zone
        self._as_html = body == "html"
        self._version = version
        self._clock = clock
        self._profile: Profile | None = None
        self._reader = Reader(self._client, self._types, self._terms, self._taxonomies, clock)

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
        return draft.body if draft.exact else as_editor_saves(draft.body)

    def site_terms(self, draft: Draft, found: Remote | None = None) -> SiteTerms:
        """Return the terms of a draft; all categories of the site are read once."""
        known = site_terms(self._terms, draft, found)
        return replace(known, creates=(*known.creates, *self._taxonomies.creates(draft)))

    def category_paths(self, post: Remote) -> Sequence[str]:
        """Return a post's categories, each as the shortest path that fits only it."""
        return written_categories(self._terms, post)

    def resolve(self, draft: Draft, *, create: bool = False) -> Draft:
        """Return the draft with ids for its author, parent and terms, and registered fields."""
        found = self._names.resolve(with_image_settings(draft)) if draft.settings else draft
        more: dict[str, Any] = self._taxonomies.resolved(draft, create=create)
        if draft.language:
            more["lang"] = code_of(draft.language, self._client.languages)
        return replace(found, settings={**found.settings, **more}) if more else found

    def hides_posts(self) -> str:
        """Return whether a plugin for languages hides posts, asked once with two requests."""
        if self._hidden is None:
            self._hidden = hidden_posts(self._client)
        return self._hidden

    def with_settings(self, remote: Remote, names: Collection[str]) -> Remote:
        """Return the post with the texts of its featured image, if they are needed."""
        return self._texts.of(remote, names)

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
        return (self._remote(post) for post in found)

    def get(self, ref: Ref) -> Remote:
        """Return the post with `context=edit`, which has the raw content.

        A plain number may also be that of a post of a custom type.
        """
        try:
            return self._remote(self._read(ref)[0])
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
        fields = {**self._fields(self._with_files(draft)), "status": "draft"}
        texts = self._texts.set(fields.get("featured_media", 0), self.resolve(draft).settings)
        of = self._types.of(draft.kind, draft.type)
        doing = f'create the {draft.kind} "{draft.title}"'
        reply = self._client.post(of.route, fields, api.READ, doing=doing)
        made = self._written(fields, reply, Ref(f"{of.name}-" if of.name else "", draft.kind))
        return with_more(made, texts)

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after sending only the fields that differ from the site's."""
        self._types.require(ref, draft)
        found = self._unchanged(ref, expected, fresh=fresh)
        fields = self._fields(self._with_files(draft), found)
        if fields and "categories" in draft.cleared:
            fields["categories"] = []  # left out, WordPress would add its default category
        image = fields.get("featured_media") or int(found.featured_id or 0)
        texts = self._texts.set(image, self.resolve(draft).settings, expected)
        return with_more(self._changed(found, fields), texts)

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after sending the fields that differ."""
        found = self._unchanged(ref, expected, fresh=fresh)
        differs = differing(wanted, expected)
        texts = self._texts.set(int(wanted.featured_id or 0), differs.get("settings", {}))
        fields = api.metadata(differs) | self._taxonomies.sent(differs.get("settings", {}), {})
        fields |= restored_terms(self._terms, wanted, expected)
        return with_more(self._changed(found, fields), texts)

    def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
        """Return the post after sending `status` and `date_gmt`, and a check of the response."""
        look = self._reader.looks.at(seen) if seen else None
        if seen and look:
            remote, date, now = seen, look.date, self._clock() + self._client.skew
        else:
            post, reply = self._present(ref)
            remote, date, now = self._remote(post), post.date_gmt, reply.date or self._clock()
        fields = schedule.fields(remote, date, target, now, self.name)
        if fields:
            remote = self._remote(self._resource(self._write(ref, fields), ref))
        schedule.verify(remote, target, self.name)
        return remote

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash; one that is there already is fine."""
        try:
            self._client.delete(
                self._types.address(ref), doing=f"move {ref.kind} {ref.id} to the trash"
            )
        except NotFound as error:
            if "(rest_already_trashed)" not in error.reason:
                raise

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

    def _read(self, ref: Ref) -> tuple[WordPressPost, Reply]:
        reply = self._client.get(
            self._types.address(ref),
            api.READ,
            doing=f"show {ref.kind} {ref.id} for editing",
            decides=True,
        )
        return self._resource(reply, ref), reply

    def _resource(self, reply: Reply, ref: Ref) -> WordPressPost:
        """Return the post in an answer about `ref`, whose id is empty for a new post.

        Raises Unreadable for a read, OutcomeUnknown for a write.
        """
        try:
            name, number = self._types.split(ref)
            post = api.read_post(reply.data, name or ref.kind, number)
        except DamagedItem as damage:
            if reply.answer.write:
                raise reply.damaged("post", damage) from None
            what = reply.quote(damage)
            raise api.unreadable_resource(self.name, ref.kind, reply.data, what, ref.id) from None
        if reply.answer.write:
            post = self._reader.looks.with_excerpt(post)
        self._reader.looks.keep(post)
        return post

    def _present(self, ref: Ref) -> tuple[WordPressPost, Reply]:
        """Return the post to change; a trashed one counts as gone."""
        post, reply = self._read(ref)
        if api.remote_from_wordpress(post).state is State.TRASHED:
            raise NotFound(
                f"{ref.kind} {ref.id} on site {self.name} is in the trash",
                site=self.name,
                hint="restore it in WordPress",
            )
        return post, reply

    def _unchanged(self, ref: Ref, expected: Remote, *, fresh: bool) -> Remote:
        if fresh:
            return expected
        # No request can be made conditional (https://github.com/WP-API/WP-API/issues/1856): look,
        # then write, as close together as possible.
        found = self._remote(self._present(ref)[0])
        require_unchanged(expected, found, self.name)
        return found

    def _changed(self, found: Remote, fields: dict[str, Any]) -> Remote:
        """Return the post after sending these fields, if it does not have them."""
        # Every write adds to `modified_gmt`, and one of content a revision: send nothing that is
        # there.
        if str(fields.get("featured_media")) == (found.featured_id or "0"):
            del fields["featured_media"]
        if not fields:
            return found
        reply = self._write(found.ref, fields)
        changed = self._written(fields, reply, found.ref)
        return replace(changed, unseen=why_unseen(found.body, changed.body, reply.data))

    def _write(self, ref: Ref, fields: dict[str, Any]) -> Reply:
        """Set fields to values, which is idempotent."""
        params = api.answer_params(fields, seen=self._reader.looks.newest(ref) is not None)
        return self._client.post(
            self._types.address(ref),
            fields,
            params,
            repeatable=True,
            doing=f"change {ref.kind} {ref.id}",
        )

    def _with_files(self, draft: Draft) -> Draft:
        """Return the draft as it is sent, with all remaining files uploaded."""
        pending = [
            asset for asset in draft.assets if f"blogkit-asset://{asset.sha256}/" in draft.body
        ]
        ready = self.with_uploads(draft, {asset.url: self.upload(asset) for asset in pending})
        return replace(ready, body=self.expected_body(ready))

    def _remote(self, post: WordPressPost) -> Remote:
        """Return a post with the names of all its terms."""
        return self._reader.remote(post)

    def _fields(self, draft: Draft, found: Remote | None = None) -> dict[str, Any]:
        """Return the fields to send, without those that the site already has."""
        same = api.unchanged_fields(draft, found) if found else frozenset()
        featured = 0
        if draft.featured:
            featured = int(self.upload(draft.featured).id)
        elif draft.featured_url:
            featured = self._media.id_of(draft.featured_url)
        tags, categories, same = term_ids(self._terms, draft, found, same)
        fields = api.post_fields(draft, tags=tags, categories=categories, featured=featured)
        settings, has = self.resolve(draft, create=True).settings, found.settings if found else {}
        fields |= wordpress_fields(settings, has) | self._taxonomies.sent(settings, has)
        if not found and self._client.languages:
            fields.setdefault("lang", self._client.languages[0])
        return {name: value for name, value in fields.items() if name not in same}

    def _written(self, fields: dict[str, Any], reply: Reply, ref: Ref) -> Remote:
        post = self._resource(reply, ref)
        remote = self._remote(post)
        # WordPress answers 200 even where it ignored a category, a tag or an image that does not
        # exist.
        dropped = api.dropped(fields, post)
        if dropped:
            self._terms.forget()
            raise Rejected(
                f"site {self.name} saved {remote.ref.kind} {remote.ref.id} but dropped its"
                f" {', '.join(dropped)} without giving a reason",
                site=self.name,
                hint="the account may lack permission to set them; check the post in WordPress",
            )
        return remote


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
        glances=True,
        custom_types=True,
        types=tuple(types),
        languages=tuple(languages),
    )
