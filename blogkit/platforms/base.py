"""The contract of every platform, including the errors it may raise.

`tests/contract.py` tests all platforms against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from html import escape
from typing import Any, Literal, Protocol

from blogkit.errors import NotFound, Problem, Unreadable
from blogkit.html import decode_attribute
from blogkit.platforms.settings import changed_settings
from blogkit.platforms.terms import SiteTerms
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import Profile

PostKind = Literal["post", "page"]
TermStorage = Literal["labels", "categories-and-tags", "separate"]
"""How a platform stores terms: all as labels; labels as tags; or each as the file names it."""


class State(StrEnum):
    """The state of a post on its site, as every platform has it.

    WordPress's `pending` counts as DRAFT and `private` as LIVE: publishing a private post would
    show it to everybody. `Remote.status` tells them apart.
    """

    DRAFT = "draft"
    LIVE = "live"
    SCHEDULED = "scheduled"
    TRASHED = "trashed"


@dataclass(frozen=True)
class Ref:
    """A post's identity on its site: the site's own id, as text.

    Ids are text because Blogger's have 19 digits, more than a float holds exactly.
    """

    id: str
    kind: PostKind = "post"


@dataclass(frozen=True)
class Draft:
    """The desired content and metadata of a post, without its state.

    Attributes:
        key: The post's stable identity in the user's files, also in the body's sentinel.
        body: Final HTML with the sentinel; only assets may still have `blogkit-asset:`
            placeholders.
        exact: The body is another author's, to be sent byte for byte; of our own, a platform may
            change the spelling.
        labels: Blogger's labels; WordPress stores them as tags.
        categories: As the file names them, see `blogkit.platforms.term_names`; for a site whose
            labels have no hierarchy, names only.
        slug: The last part of the address; "" leaves it to the site.
        excerpt: Plain text; "" leaves it to the site.
        assets: The local files that the body shows.
        featured: A local image to upload as the post's featured image.
        featured_url: The address of a featured image that is already public.
        settings: More values, by the names in `blogkit.platforms.settings`; what is not in it is
            left to the site.
        cleared: The fields that are to be empty: "excerpt", "image", "categories", "labels",
            "tags".
        lines: The file's line of each of these values, for messages.
        type: The site's name of a custom type of post; "" for the usual one.
        language: The post's language, for a site with several; "" for the site's first one.
    """

    key: str
    kind: PostKind
    title: str
    body: str
    labels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    excerpt: str = ""
    assets: tuple[Asset, ...] = ()
    featured: Asset | None = None
    featured_url: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    cleared: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    exact: bool = False
    type: str = ""
    language: str = ""


@dataclass(frozen=True)
class Remote:
    """A post as it is on its site.

    Attributes:
        body: The stored (raw) HTML, not the rendered page.
        url: The permalink; "" if the post has none yet.
        at: When it went or goes live, with a time zone; None for a draft.
        updated: The site's own time stamp. Sites change it for other reasons than an edit.
        created: When the site first saved a draft; None if it does not tell, or if its ids grow.
        featured_id: The platform's name for the featured image; "" for none.
        status: The site's own word where `state` has no name for it, such as "private" for a live
            post or "pending" for a draft; else "".
        category_ids: The site's ids of the categories, in their order; () if it has none or does
            not tell. Two categories may have the same name.
        tag_ids: Those of the tags.
        raw_title: The title as the site keeps it, if it keeps HTML; else "".
        raw_excerpt: The excerpt in the same way.
        settings: Its further values, as far as the site tells them, by the names in
            `blogkit.platforms.settings`.
        unseen: After a change: why readers do not see it, such as a page builder; "" if they do, or
            if the site does not tell.
        type: The site's name of a custom type of post; "" for the usual one. It counts as a post.
    """

    ref: Ref
    title: str
    body: str
    state: State
    url: str = ""
    at: datetime | None = None
    updated: str = ""
    labels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    excerpt: str = ""
    featured_id: str = ""
    status: str = ""
    category_ids: tuple[str, ...] = ()
    tag_ids: tuple[str, ...] = ()
    raw_title: str = ""
    raw_excerpt: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    type: str = ""
    created: datetime | None = field(default=None, compare=False)
    unseen: str = field(default="", compare=False)


@dataclass(frozen=True)
class Target:
    """The state that a post should have.

    Attributes:
        at: A time with a zone: required for SCHEDULED, optional for LIVE (it backdates the post),
            and for a DRAFT the date that it keeps if it was scheduled or live.
        status: The site's own word for it, as in `Remote`; "" leaves it to the site.
    """

    state: State
    at: datetime | None = None
    status: str = ""


@dataclass(frozen=True)
class Uploaded:
    """An uploaded file: its public address, and its id on the site ("" if it has none)."""

    url: str
    id: str = ""


@dataclass(frozen=True)
class ByHand:
    """What a person has to set, because the site's API cannot.

    Attributes:
        link: The post's editor.
        values: What to set, and to which value.
    """

    link: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Capabilities:
    """What a platform can do, as data. Limits count characters or items; 0 means unknown.

    Attributes:
        slug: Whether the site takes a slug, makes it from a title sent first, or ignores it.
        max_labels_chars: All labels of a post together, without separators.
        min_lead_seconds: How far ahead a scheduled time must be.
        min_interval: Seconds to wait between two creates.
        new_posts_in_a_row: Posts that may be created after each other; 0 for any number.
        new_posts_per_hour: Posts that may be created in each hour after that.
        max_concurrency: Posts that may be written at the same time.
        page_size: Posts in one response of a listing; 0 if a listing costs no more than one post.
        batch_size: Posts that one `get_many` request can return.
        searches: Whether one request finds a key, however many posts the site has.
        marks_ids: Whether the comment with a post's key also carries the post's id, because
            plugins of the site copy posts.
        answers_stored: Whether the answer to a write shows the post as the site stored it, so that
            it need not be read back.
        accept: What the user lets the site rewrite: kinds of `blogkit.sanitizers.rewrites`.
        glances: Whether a listing without texts saves time, and its time stamps tell of edits.
        custom_types: Whether the site may have types of post beside posts and pages.
        types: Those of them that blogkit works with.
        languages: The languages of a site that lists them one by one.
    """

    slug: Literal["native", "by-title", "none"] = "none"
    excerpt: bool = False
    featured_image: bool = False
    upload: bool = False
    taxonomy: TermStorage = "labels"
    max_labels: int = 0
    max_labels_chars: int = 0
    min_lead_seconds: int = 0
    min_interval: float = 0.0
    new_posts_in_a_row: int = 0
    new_posts_per_hour: float = 0.0
    max_concurrency: int = 1
    page_size: int = 0
    batch_size: int = 1
    searches: bool = False
    marks_ids: bool = False
    answers_stored: bool = False
    accept: tuple[str, ...] = ()
    glances: bool = False
    custom_types: bool = False
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Health:
    """The results of `doctor` and `login`.

    Attributes:
        checks: Each check as (name, passed, sentence, fix); `fix` is "" if there is nothing to do.
    """

    checks: tuple[tuple[str, bool, str, str], ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Return whether every check passed."""
        return all(passed for _, passed, _, _ in self.checks)


OnUnreadable = Callable[[Unreadable], None]
"""Told each post of a listing whose data is damaged."""


def raise_unreadable(error: Unreadable) -> None:
    """Stop a listing at the first post that cannot be read."""
    raise error


class Platform(Protocol):
    """One site on one platform: everything that blogkit asks of it.

    Every method that sends a request may raise `Unreachable`, `AuthenticationError`,
    `PermissionDenied`, `RateLimited`, `QuotaExhausted` or `ServerError`. A write may also raise
    `OutcomeUnknown`: it may have happened, so look with `find` or `get` before you try again.

    The data of one post may be damaged, such as null for its title. Then a read of that post raises
    `Unreadable`, and a write whose answer is damaged raises `OutcomeUnknown`.

    Attributes:
        name: The site's name in blogkit.toml.
        capabilities: What the platform can do.
    """

    name: str
    """The site's name in blogkit.toml."""
    capabilities: Capabilities

    def profile(self) -> Profile:
        """Return what this site keeps of HTML for this account. May ask the site once."""

    def compose(self, document: Document) -> str:
        """Return the body to send: the document in the platform's form, with the sentinel. Pure."""

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Find what this platform would refuse or lose. Sends nothing; may read the draft's files.

        Args:
            draft: The post as it would be sent.
            target: The state it should get; None if only its content is sent.

        Returns:
            Problems without a path; the caller adds it, and the line unless an asset has one.
        """

    def site_terms(self, draft: Draft, found: Remote | None = None) -> SiteTerms:
        """Return what the site makes of the draft's labels, categories and tags.

        May ask the site for its terms, once a run.

        Args:
            draft: The post as it would be sent.
            found: The post as the site has it. Of several categories of a name, it means its own.
        """

    def category_paths(self, post: Remote) -> Sequence[str]:
        """Return a post's categories as a file should name them. May ask the site, once a run."""

    def expected_body(self, draft: Draft) -> str:
        """Return the body as this site stores it, with its known rewrites applied. Pure."""

    def hides_posts(self) -> str:
        """Return a sentence if listings and searches leave posts out; "" if they do not.

        May ask the site, once a run.
        """

    def resolve(self, draft: Draft, *, create: bool = False) -> Draft:
        """Return the draft with its settings as the site names them, such as an author's id.

        May ask the site, once for each name. Settings that the platform lacks are left out.
        Resolving twice is fine.

        Args:
            draft: The post as it would be sent.
            create: Create terms that the site does not have yet.

        Raises:
            Rejected: The site has no such author, page or field, or the account may not set it; the
                message begins with the setting's name and lists what there is.
        """

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the post whose body has this key's sentinel, in any state but trashed.

        Args:
            key: The key of the post's file.
            kind: Posts and pages have separate listings.

        Raises:
            Conflict: Several posts have the key.
            Unreadable: No post has it, but one whose text is damaged may be the one: that is
                unknown, not absent.
        """

    def find_similar(self, drafts: Collection[Draft], kind: PostKind) -> Iterable[Remote]:
        """Return posts that new posts may duplicate, for the caller to compare.

        It returns what the platform can search for cheaply, with at most two requests for a post:
        at least the posts that have the title or the text of one of them. Posts that cannot be
        read are left out.

        Args:
            drafts: The new posts.
            kind: Posts and pages have separate listings.
        """

    def find_all(
        self,
        key: str,
        kind: PostKind,
        *,
        since: datetime | None = None,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Sequence[Remote]:
        """Return every post whose body has this key's sentinel, in any state but trashed.

        It is never from a cache: what another program wrote before the call is in the answer.

        Args:
            key: The key of the post's file.
            kind: Posts and pages have separate listings.
            since: Only posts written since then are needed, which saves requests where a site has
                no search.
            on_unreadable: Told each damaged post that may have the key. The default raises.
        """

    def get(self, ref: Ref) -> Remote:
        """Return a post as it is now, past any cache.

        A trashed post has state TRASHED if the site still shows it.

        Raises:
            NotFound: The site has no such post, or hides it.
        """

    def list(
        self,
        kind: PostKind,
        states: Sequence[State],
        label: str = "",
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield every post in these states, with its body, from all pages of the listing.

        Args:
            kind: Posts and pages have separate listings.
            states: The states to include.
            label: Only posts with this label, category or tag; "" for all.
            on_unreadable: Told each post whose data is damaged; such a post may be in other states
                or without the label. The default stops the listing.
        """

    def glance(
        self,
        kind: PostKind,
        states: Sequence[State],
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield what `list` does, without texts, terms and settings where that saves time.

        Args:
            kind: Posts and pages have separate listings.
            states: The states to include.
            on_unreadable: As in `list`.
        """

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """Return posts as they are now, with as few requests as the platform allows.

        Args:
            refs: Posts of one kind, at most `capabilities.batch_size` of them.

        Returns:
            The posts that exist; those that are gone, in the trash or damaged are left out, and
            `get` tells which.
        """

    def create(self, draft: Draft) -> Remote:
        """Create a post in state DRAFT. Never resends after an unclear outcome.

        Returns:
            The draft as the site stored it.

        Raises:
            Rejected: The site refuses a value.
            OutcomeUnknown: The post may exist; look for its key with `find`.
        """

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Replace content and metadata; the state stays.

        Args:
            ref: The post to change.
            draft: What it should contain.
            expected: The post as the caller last saw it.
            fresh: The caller has just read the post, so no second look is needed: one request
                instead of two.

        Returns:
            The post as the site stored it.

        Raises:
            Conflict: The post differs from `expected`.
            NotFound: The post is gone or in the trash.
        """

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Set content and metadata to earlier values, field for field.

        The state stays, and so does what the platform cannot set. Fields in which `wanted` and
        `expected` agree are not sent.

        Args:
            ref: The post to change.
            wanted: The post as it was before.
            expected: The post as the caller last saw it.
            fresh: As in `update`.

        Returns:
            The post as the site stored it.

        Raises:
            Conflict: The post differs from `expected`.
        """

    def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
        """Set the state to DRAFT, LIVE or SCHEDULED.

        Args:
            ref: The post to change.
            target: The state that it should get.
            seen: The post, if the caller has just read it: that may save a request.

        Returns:
            The post in that state.

        Raises:
            Rejected: The target is impossible, or the site ended in another state.
        """

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash, if the platform has one. Trashing twice is fine."""

    def with_settings(self, remote: Remote, names: Collection[str]) -> Remote:
        """Return a post with further settings, which a listing leaves out. May ask the site.

        Args:
            remote: The post, as another method returned it.
            names: The settings that are needed.
        """

    def with_uploads(self, draft: Draft, uploaded: Mapping[str, Uploaded], like: str = "") -> Draft:
        """Return the draft with its uploaded files in place, in the platform's form. Pure.

        `with_addresses` implements it for a platform that needs only the address.

        Args:
            draft: The post; its body may contain `blogkit-asset:` placeholders.
            uploaded: What has been uploaded, keyed by `Asset.url`; other placeholders stay.
            like: The body of the post on the site. Files that it shows are written as there.
        """

    def upload(self, asset: Asset) -> Uploaded:
        """Upload an asset once per content.

        Returns:
            Its public address.

        Raises:
            Rejected: The platform has no upload, or refuses the file.
        """

    def by_hand(self, draft: Draft, remote: Remote) -> ByHand:
        """Return what of a draft only a person can set on the site.

        Args:
            draft: The post as its file wants it.
            remote: The post on the site.
        """

    def identity(self) -> str:
        """Return an identifier of this blog that outlives its address. May ask the site once."""

    def clock_offset(self) -> timedelta:
        """Return how far the site's clock is ahead of ours.

        Taken from the last response; zero if unknown.
        """

    def health(self) -> Health:
        """Check that the site is reachable, signed in and allowed to post, and compare clocks.

        Returns:
            The checks; problems are among them and not raised.
        """


def differing(wanted: Remote, expected: Remote) -> dict[str, Any]:
    """Return the fields of content and metadata in which two states of a post differ.

    Args:
        wanted: The state whose values are returned.
        expected: The state to compare with.

    Returns:
        Field names of `Remote` and their values in `wanted`; state, dates and address never count.
        Of the settings, those that differ and that both states tell.
    """
    # Not `url` and `updated`, which sites derive, and not `at`: a date belongs to the state.
    names = ("title", "body", "labels", "categories", "tags", "slug", "excerpt", "featured_id")
    values = {
        name: getattr(wanted, name)
        for name in names
        if getattr(wanted, name) != getattr(expected, name)
    }
    # An older copy in the journal has no raw forms.
    for name in ("raw_title", "raw_excerpt"):
        if getattr(wanted, name) not in ("", getattr(expected, name)):
            values[name] = getattr(wanted, name)
    changed = changed_settings(wanted.settings, expected.settings)
    settings = {name: wanted.settings[name] for name in changed}
    return values | ({"settings": settings} if settings else {})


def get_one_by_one(refs: Sequence[Ref], get: Callable[[Ref], Remote]) -> dict[Ref, Remote]:
    """Implement `Platform.get_many` for a platform that returns only one post per request.

    Args:
        refs: The posts to read.
        get: The platform's own `get`.

    Returns:
        The posts that exist and are not in the trash.
    """
    found = {}
    for ref in refs:
        with suppress(NotFound, Unreadable):
            post = get(ref)
            # As in every listing: what is in the trash counts as gone.
            if post.state is not State.TRASHED:
                found[ref] = post
    return found


def with_addresses(draft: Draft, uploaded: Mapping[str, Uploaded], like: str = "") -> Draft:
    """Return the draft with each uploaded asset's placeholder replaced by its address.

    Args:
        draft: The post; its body may contain `blogkit-asset:` placeholders.
        uploaded: What has been uploaded, keyed by `Asset.url`; other placeholders stay.
        like: As for `Platform.with_uploads`.
    """
    known = {**uploaded, **addresses_in(like, draft.assets)}
    body = draft.body
    for asset in draft.assets:
        if asset.url in known:
            # Only the hash counts: filters may have encoded the file name behind it.
            placeholder = re.compile(rf'blogkit-asset://{asset.sha256}/[^"<>]*')
            # The replacement is a template for `re.sub`, where a backslash would start an escape;
            # no address needs one (https://docs.python.org/3/library/re.html#re.sub).
            body = placeholder.sub(escape(known[asset.url].url).replace("\\", "%5C"), body)
    return replace(draft, body=body)


def addresses_in(body: str, assets: Iterable[Asset]) -> dict[str, Uploaded]:
    """Return where a body shows these files, keyed by `Asset.url`.

    Args:
        body: A post's HTML; the names of uploaded files contain part of their hash.
        assets: The files to look for.
    """
    found = {}
    for asset in assets if body else ():
        address = re.search(rf"""(?<=["'])[^"'<>]*{asset.sha256[:12]}[^"'<>]*""", body)
        if address:
            found[asset.url] = Uploaded(decode_attribute(address.group()))
    return found
