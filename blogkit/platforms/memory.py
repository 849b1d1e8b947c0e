"""The reference implementation of the platform contract, in memory.

Its methods do what `blogkit.platforms.base.Platform` describes, and nothing else.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from blogkit.errors import NotFound, Problem, Rejected, Unreadable
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
    differing,
    get_one_by_one,
    raise_unreadable,
    with_addresses,
)
from blogkit.platforms.conflicts import require_unchanged
from blogkit.platforms.items import Found, unreadable
from blogkit.platforms.statuses import PENDING_STATUS, PRIVATE_STATUS
from blogkit.platforms.term_names import write_path
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.regions import sentinel
from blogkit.render.document import Asset, Document
from blogkit.sanitizers.profiles import FOLDER, Profile

_DEFAULTS = {"author": "me", "comments": "open", "sticky": False, "order": 0, "password": ""}
_TERMS = ("labels", "categories", "tags", "category_ids", "tag_ids")
_GLANCED: dict[str, Any] = {"body": "", "excerpt": "", "settings": {}, **dict.fromkeys(_TERMS, ())}


class InMemoryPlatform(ListsItself):
    """A site that does exactly what it is asked. Thread-safe.

    Args:
        name: The site's name, for messages.
        clock: Tells when scheduled posts are due.
    """

    def __init__(
        self, name: str = "memory", *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.name = name
        self.capabilities = Capabilities(
            slug="native",
            excerpt=True,
            featured_image=True,
            upload=True,
            taxonomy="separate",
            untrashes=True,
        )
        self.damaged: dict[Ref, Literal["title", "body"]] = {}
        """Posts that cannot be read, by the field that is damaged."""
        self._clock = clock
        self._posts: dict[Ref, Remote] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()

    def profile(self) -> Profile:
        """Return the profile that keeps everything."""
        return FOLDER

    def compose(self, document: Document) -> str:
        """Return sentinel, style sheet and HTML."""
        sheet = f"<style>{document.sheet}</style>\n" if document.sheet else ""
        return f"{sentinel(document.key)}\n{sheet}{document.html}"

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Return problems of the title and of the time."""
        problems = []
        if not draft.title.strip():
            problems.append(Problem("", 0, "the title is empty", code="no-title"))
        if target and target.state is State.SCHEDULED and target.at is None:
            problems.append(Problem("", 0, "a scheduled post needs a time", code="no-time"))
        return problems

    def site_terms(self, draft: Draft, found: Remote | None = None) -> SiteTerms:  # noqa: ARG002
        """Return the terms of a draft; here they have names only."""
        return terms_by_name(draft)

    def category_paths(self, post: Remote) -> Sequence[str]:
        """Return the names of a post's categories, each as a path of one part."""
        return [write_path([name]) for name in post.categories]

    def expected_body(self, draft: Draft) -> str:
        """Return the body unchanged."""
        return draft.body

    def hides_posts(self) -> str:
        """Return that every post is listed."""
        return ""

    def resolve(self, draft: Draft, *, create: bool = False) -> Draft:  # noqa: ARG002
        """Return the draft: every setting is fine."""
        return draft

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the post with the key's sentinel, from all posts.

        Raises:
            Conflict: Several posts have the key.
        """
        return self._found(kind).choose(self.name, key, kind)

    def find_all(
        self,
        key: str,
        kind: PostKind,
        *,
        since: datetime | None = None,  # noqa: ARG002
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Sequence[Remote]:
        """Return the posts with the key's sentinel, from all posts."""
        return self._found(kind).all(key, on_unreadable)

    def find_similar(
        self,
        drafts: Collection[Draft],  # noqa: ARG002
        kind: PostKind,
    ) -> Iterable[Remote]:
        """Return all posts."""
        return self.list(kind, tuple(State), on_unreadable=lambda _damaged: None)

    def get(self, ref: Ref) -> Remote:
        """Return the post; a scheduled one that is due is live.

        Raises:
            NotFound: The post does not exist.
        """
        with self._lock:
            if ref not in self._posts:
                raise NotFound(
                    f"site {self.name} has no {ref.kind} {ref.id}", site=self.name, status=404
                )
            if ref in self.damaged:
                raise self._unreadable(ref)
            return self._now(self._posts[ref])

    def list(
        self,
        kind: PostKind,
        states: Sequence[State],
        label: str = "",
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield posts from a snapshot."""
        with self._lock:
            posts = [self._now(post) for post in self._posts.values() if post.ref.kind == kind]
        for post in posts:
            if post.ref in self.damaged:
                on_unreadable(self._unreadable(post.ref))
            elif post.state in states and (
                not label or label in (*post.labels, *post.categories, *post.tags)
            ):
                yield post

    def glance(
        self,
        kind: PostKind,
        states: Sequence[State],
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield posts without their texts."""
        for post in self.list(kind, states, on_unreadable=on_unreadable):
            yield replace(post, **_GLANCED)

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """Return the posts, read one after another."""
        return get_one_by_one(refs, self.get)

    def create(self, draft: Draft) -> Remote:
        """Return a new draft with the next number as its id."""
        with self._lock:
            ref = Ref(str(next(self._numbers)), draft.kind)
            empty = Remote(ref, "", "", State.DRAFT, settings=_DEFAULTS)
            return self._put(self._written(empty, draft))

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post with content and metadata replaced."""
        with self._lock:
            found = self._present(ref)
            if not fresh:
                require_unchanged(expected, found, self.name)
            return self._put(self._written(found, draft))

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post with the fields set that differ."""
        with self._lock:
            found = self._present(ref)
            if not fresh:
                require_unchanged(expected, found, self.name)
            values = differing(wanted, expected)
            settings = {**found.settings, **values.pop("settings", {})}
            return self._put(replace(found, settings=settings, **values))

    def set_state(
        self,
        ref: Ref,
        target: Target,
        *,
        seen: Remote | None = None,  # noqa: ARG002
    ) -> Remote:
        """Return the post in its new state.

        Raises:
            Rejected: The time contradicts the state.
        """
        with self._lock:
            found = self._present(ref)
            now, at = self._clock(), target.at
            if target.state is State.LIVE:
                at = at or (found.at if found.state is State.LIVE else now)
            elif target.state is State.DRAFT:
                at = None
            if (target.state is State.SCHEDULED) != (at is not None and at > now):
                raise Rejected(
                    f"site {self.name}: cannot make a post {target.state} at {at}: it is now {now}",
                    site=self.name,
                    status=400,
                )
            kept = found.status if found.state is target.state else ""
            known = target.status in ("", PRIVATE_STATUS, PENDING_STATUS)
            status = (target.status or kept) if known else ""
            return self._put(replace(found, state=target.state, at=at, status=status))

    def trash(self, ref: Ref) -> None:
        """Mark the post as trashed."""
        with self._lock:
            self._put(replace(self.get(ref), state=State.TRASHED))

    def untrash(self, ref: Ref) -> Remote:
        """Return the post as a draft, if it was in the trash."""
        with self._lock:
            found = self.get(ref)
            draft = replace(found, state=State.DRAFT, at=None)
            return self._put(draft) if found.state is State.TRASHED else found

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
        """Return an address made from the file's hash."""
        return Uploaded(f"https://memory.invalid/{asset.sha256}/{asset.path.name}", asset.sha256)

    def by_hand(self, draft: Draft, remote: Remote) -> ByHand:  # noqa: ARG002
        """Return nothing: all can be sent."""
        return ByHand()

    def editor_of(self, ref: Ref) -> str:  # noqa: ARG002
        """Return nothing: memory has no editor."""
        return ""

    def is_public(self, post: Remote) -> bool | None:
        """Return whether the post is live and not private."""
        return None if post.status else self.get(post.ref).state is State.LIVE

    def start_scheduler(self) -> None:
        """Do nothing: a scheduled post is live when it is due."""

    def identity(self) -> str:
        """Return an identifier of this instance."""
        return f"memory:{id(self._posts)}"

    def clock_offset(self) -> timedelta:
        """Return zero: there is one clock."""
        return timedelta()

    def health(self) -> Health:
        """Return one check, which passes."""
        return Health((("reachable", True, "the site is in memory", ""),))

    def _found(self, kind: PostKind) -> Found:
        with self._lock:
            posts = [self._now(post) for post in self._posts.values() if post.ref.kind == kind]
        whole = [post for post in posts if post.ref not in self.damaged]
        present = [post for post in whole if post.state is not State.TRASHED]
        return Found(present, [*self._damaged(kind)])

    def _damaged(self, kind: PostKind) -> Iterator[Unreadable]:
        return (self._unreadable(ref) for ref in self.damaged if ref.kind == kind)

    def _unreadable(self, ref: Ref) -> Unreadable:
        body = self._posts[ref].body if self.damaged[ref] == "title" else None
        what = f"its {self.damaged[ref]} is null"
        return unreadable(self.name, ref.kind, what, post_id=ref.id, body=body)

    def _present(self, ref: Ref) -> Remote:
        post = self.get(ref)
        if post.state is State.TRASHED:
            message = f"{ref.kind} {ref.id} on site {self.name} is in the trash"
            raise NotFound(message, site=self.name, status=404)
        return post

    def _now(self, post: Remote) -> Remote:
        due = post.state is State.SCHEDULED and post.at is not None and post.at <= self._clock()
        return replace(post, state=State.LIVE) if due else post

    def _put(self, post: Remote) -> Remote:
        self._posts[post.ref] = replace(post, updated=self._clock().isoformat())
        return self._posts[post.ref]

    def _written(self, post: Remote, draft: Draft) -> Remote:
        slug = post.slug or draft.slug or re.sub(r"\W+", "-", draft.title.lower()).strip("-")
        return replace(
            post,
            title=draft.title,
            body=draft.body,
            labels=draft.labels,
            categories=draft.categories,
            tags=draft.tags,
            slug=slug,
            url=f"memory:{post.ref.kind}/{post.ref.id}/{slug}",
            excerpt=draft.excerpt or ("" if "excerpt" in draft.cleared else post.excerpt),
            featured_id=draft.featured.sha256
            if draft.featured
            else draft.featured_url or ("" if "image" in draft.cleared else post.featured_id),
            settings={**post.settings, **draft.settings},
        )
