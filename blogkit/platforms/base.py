"""The contract of every platform, including the errors it may raise.

`tests/contract.py` tests all platforms against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from html import escape
from typing import Any, Literal, Protocol

from blogkit.errors import NotFound, Problem
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import Profile

PostKind = Literal["post", "page"]


class State(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    SCHEDULED = "scheduled"
    TRASHED = "trashed"


@dataclass(frozen=True)
class Ref:
    """A post's identity on its site: the site's id, as text."""

    id: str
    kind: PostKind = "post"


@dataclass(frozen=True)
class Draft:
    """The desired post without its state.

    `body` is final HTML with the sentinel; only assets may have placeholders.

    slug, excerpt: "" = leave to the site; featured: asset to upload; featured_url: an address
    already public.
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


@dataclass(frozen=True)
class Remote:
    """A post on a site.

    `body` is the stored (raw) HTML; at: aware, when it went or goes live; updated: the site's own
    time stamp.
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


@dataclass(frozen=True)
class Target:
    """The state to set. at: aware; required for SCHEDULED, optional (backdating) for LIVE."""

    state: State
    at: datetime | None = None


@dataclass(frozen=True)
class Uploaded:
    """An asset's public address."""

    url: str
    id: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What a platform can do, as data. Limits are counts of characters or items, 0 = unknown.

    min_interval: seconds between creates; writers: posts that may be written at a time; page_size:
    posts in one answer of a listing, 0 = a listing costs no more than one post; looks: posts that
    one request can look at again.
    """

    slug: Literal["native", "by-title", "none"] = "none"
    excerpt: bool = False
    featured_image: bool = False
    upload: bool = False
    taxonomy: Literal["labels", "categories-and-tags"] = "labels"
    max_labels: int = 0
    max_labels_chars: int = 0
    min_lead_seconds: int = 0
    min_interval: float = 0.0
    max_concurrency: int = 1
    page_size: int = 0
    batch_size: int = 1


@dataclass(frozen=True)
class Health:
    """The results of `doctor` and `login`: each check as (name, passed, sentence, fix)."""

    checks: tuple[tuple[str, bool, str, str], ...] = field(default=())

    @property
    def ok(self) -> bool:
        return all(passed for _, passed, _, _ in self.checks)


class Platform(Protocol):
    """One site. Every method may raise `Unreachable`, `AuthenticationError`, `PermissionDenied`,
    `RateLimited`, `QuotaExhausted`, `ServerError`; every write may also raise `OutcomeUnknown`:
    then the caller looks with `find` or `get` before it tries again.
    """

    name: str
    """The site's name in blogkit.toml."""
    capabilities: Capabilities

    def profile(self) -> Profile:
        """Return what this site keeps of HTML for this account (may ask the site once)."""

    def compose(self, document: Document) -> str:
        """Return the body to send: the document in the platform's form, with the sentinel. Pure."""

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Return what this platform would refuse or lose. Pure; the caller fills in path and
        line.
        """

    def expected_body(self, draft: Draft) -> str:
        """Return the body as this site is expected to store it, with known rewrites applied.
        Pure.
        """

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the post with this key's sentinel, in any state but trashed.

        Raises `Conflict` if there are several.
        """

    def get(self, ref: Ref) -> Remote:
        """Return the post.

        Raises `NotFound` if it is gone; a trashed post has state TRASHED if the site still shows
        it.
        """

    def list(self, kind: PostKind, states: Sequence[State], label: str = "") -> Iterator[Remote]:
        """Yield every post in these states, with bodies, from all pages of the listing."""

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """These posts of one kind as they are now, by one request for at most
        `capabilities.looks` of them; those that are gone, or in the trash, are left out.
        """

    def create(self, draft: Draft) -> Remote:
        """Create a post in state DRAFT. Never resends after an unclear outcome."""

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Update content and metadata; the state stays.

        Raises `Conflict` if the post differs from `expected`.

        fresh: the caller has just looked again, so that no second look is needed: one request
        instead of two.
        """

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Set content and metadata to `wanted`, field for field; fields equal to `expected` are not
        touched.

        The state stays, and so does what the platform cannot set. `expected` and `fresh` as in
        `update`.
        """

    def set_state(self, ref: Ref, target: Target) -> Remote:
        """Set the state to DRAFT, LIVE or SCHEDULED.

        Raises `Rejected` if the site ends in another state.
        """

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash, if the platform has one. Trashing twice is fine."""

    def upload(self, asset: Asset) -> Uploaded:
        """Upload an asset once per content, and return its public address.

        Raises `Rejected` if the platform has no upload.
        """

    def identity(self) -> str:
        """Return an identifier of this blog, independent of its address. May ask the site once."""

    def clock_offset(self) -> timedelta:
        """Return how far the site's clock is ahead of ours, by its last response; zero if
        unknown.
        """

    def health(self) -> Health:
        """Check that the site is reachable, signed in, allowed to post, and its clock.

        Does not raise for what it reports.
        """


def differing(wanted: Remote, expected: Remote) -> dict[str, Any]:
    """Return the fields of content and metadata in which two states of a post differ, with the
    wanted values.
    """
    names = ("title", "body", "labels", "categories", "tags", "slug", "excerpt", "featured_id")
    return {
        name: getattr(wanted, name)
        for name in names
        if getattr(wanted, name) != getattr(expected, name)
    }


def get_one_by_one(refs: Sequence[Ref], get: Callable[[Ref], Remote]) -> dict[Ref, Remote]:
    """Implement `Platform.again` for a platform that returns only one post per request."""
    found = {}
    for ref in refs:
        with suppress(NotFound):
            post = get(ref)
            if post.state is not State.TRASHED:
                found[ref] = post
    return found


def with_addresses(draft: Draft, uploaded: Mapping[str, Uploaded]) -> Draft:
    """Return the draft with each asset's placeholder replaced by its address.

    `uploaded` is keyed by `Asset.url`.
    """
    body = draft.body
    for asset in draft.assets:
        if asset.url in uploaded:
            # Only the hash counts: the file's name behind it may stand there encoded in one way or
            # another.
            promise = re.compile(rf'blogkit-asset://{asset.sha256}/[^"<>]*')
            body = promise.sub(escape(uploaded[asset.url].url).replace("\\", "%5C"), body)
    return replace(draft, body=body)
