"""A folder as a platform: live posts are pages, all others exist only in its records."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from blogkit.errors import Problem
from blogkit.images import Limits
from blogkit.platforms.base import (
    ByHand,
    Draft,
    Health,
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
from blogkit.platforms.conflicts import require_unchanged
from blogkit.platforms.folder.disk import disk_errors, folder_health
from blogkit.platforms.folder.parts import SiteParts, site_info
from blogkit.platforms.folder.posts import (
    CAPABILITIES,
    folder_problems,
    glance_of,
    in_state,
    remote_of,
    with_draft,
    with_earlier,
)
from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.store import RecordStore
from blogkit.platforms.items import Found
from blogkit.platforms.statuses import refuse_status
from blogkit.platforms.term_names import write_path
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.regions import sentinel
from blogkit.sanitizers.profiles import FOLDER, Profile

if TYPE_CHECKING:  # a site in which nothing changes is read, and none of its pages written
    from blogkit.render.document import Asset, Document
    from blogkit.render.phrases.lookup import Phrases


class Folder:
    """One static site.

    Only live posts have a page; `build` creates that of a scheduled post when it is due.

    Args:
        name: The site's name in blogkit.toml.
        folder: Where the site's files are; created by the first write.
        records: Holds the records of what is not live; outside of `folder`.
        title: The site's title; "" for the folder's name.
        language: The language of the site's pages, such as "en-IN".
        phrases: Returns the words that the pages print; None for those of the language.
        zone: The time zone of dates and permalinks.
        url: Where the folder is served; "" for the files' own addresses.
        images: What the images in the site may be like.
        sheet: Returns the style sheet of the pages; None for that of a site without a theme.
        clock: The present time.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        *,
        records: Path,
        title: str = "",
        language: str = "en",
        phrases: Callable[[], Phrases] | None = None,
        zone: ZoneInfo,
        url: str = "",
        images: Limits = Limits(),  # noqa: B008
        sheet: Callable[[], str] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name, self.capabilities = name, CAPABILITIES
        self._folder = folder.absolute()
        title, served = title or folder.name or name, url.rstrip("/") + "/" if url else ""
        self._base = served or self._folder.as_uri() + "/"
        self._images, self._clock, self._zone = images, clock, zone
        self._store = RecordStore(name, self._folder, records.absolute())
        info = partial(site_info, title, language, zone, phrases, sheet, served)
        self.parts = SiteParts(self._folder, self._store, info, clock)
        self._lock = threading.RLock()

    def profile(self) -> Profile:
        """Return the profile that keeps everything."""
        return FOLDER

    def compose(self, document: Document) -> str:
        """Return sentinel, style sheet and HTML."""
        sheet = f"<style>{document.sheet}</style>\n" if document.sheet else ""
        return f"{sentinel(document.key)}\n{sheet}{document.html}"

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Return problems of the slug, of the time, of local images and of what a folder lacks."""
        return folder_problems(draft, target, self._images)

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
        """Return the draft without settings: a folder has none."""
        return replace(draft, settings={})

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the post with the key's sentinel, from all records.

        Raises:
            Conflict: Several posts have the key.
            Unreadable: No post has it, but a damaged record may be the one.
        """
        return self._found(key, kind).choose(self.name, key, kind)

    def find_all(
        self,
        key: str,
        kind: PostKind,
        *,
        since: datetime | None = None,  # noqa: ARG002
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Sequence[Remote]:
        """Return the posts with the key's sentinel, from all records."""
        return self._found(key, kind).all(key, on_unreadable)

    def find_similar(
        self,
        drafts: Collection[Draft],  # noqa: ARG002
        kind: PostKind,
    ) -> Iterable[Remote]:
        """Return all posts: reading them costs no request."""
        with self._disk():
            records = self._store.all(lambda _damaged: None, kind)
            return [self._remote(each) for each in records if each.state is not State.TRASHED]

    def get(self, ref: Ref) -> Remote:
        """Return the post of a record."""
        with self._disk():
            return self._remote(self._store.get(ref))

    def list(
        self,
        kind: PostKind,
        states: Sequence[State],
        label: str = "",
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield posts from a snapshot of the records, oldest first."""
        with self._disk():
            records = self._store.all(on_unreadable, kind, unread=False)
        from blogkit.platforms.folder.site.frame import terms

        for record in records:
            if record.state in states and (not label or label in terms(record)):
                yield self._remote(record)

    def glance(
        self,
        kind: PostKind,
        states: Sequence[State],
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield posts with digests of their bodies, or whole posts where files were touched."""
        with self._disk():
            shown = map(self.parts.as_shown, self._store.all(on_unreadable, kind))
            posts = [glance_of(each, self._base) for each in shown if each.state in states]
            self._store.save_index()
        yield from posts

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """Return the posts, read one after another."""
        return get_one_by_one(refs, self.get)

    def create(self, draft: Draft) -> Remote:
        """Return a new draft with a random id."""
        with self._disk():
            import secrets  # a run without new posts needs none

            now = self._clock()
            empty = Record(secrets.token_hex(6), draft.kind, "", "", created=now, updated=now)
            return self._remote(self._save(self._written(empty, draft)))

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after replacing content and metadata, and the page of a live post."""
        with self._disk():
            record = self._unchanged(ref, expected, fresh=fresh)
            return self._remote(self._save(self._written(record, draft)))

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after setting the fields that differ, and the page of a live post."""
        with self._disk():
            record = self._unchanged(ref, expected, fresh=fresh)
            return self._remote(self._save(with_earlier(record, wanted, expected)))

    def set_state(
        self,
        ref: Ref,
        target: Target,
        *,
        seen: Remote | None = None,  # noqa: ARG002
    ) -> Remote:
        """Return the post in its new state, and create or remove its page.

        Raises:
            Rejected: The time contradicts the state, or a folder has no such status.
        """
        refuse_status(target, "a folder", self.name)
        with self._disk():
            record = self.parts.as_shown(self._store.present(ref))
            changed = in_state(record, target, self._clock(), self._zone, self.name)
            return self._remote(self._save(changed))

    def trash(self, ref: Ref) -> None:
        """Mark the record as trashed, and remove its page."""
        with self._disk():
            self._save(replace(self.parts.as_shown(self._store.get(ref)), state=State.TRASHED))

    def untrash(self, ref: Ref) -> Remote:
        """Return the record as a draft, if it was in the trash."""
        with self._disk():
            record = self._store.get(ref)
            draft = replace(record, state=State.DRAFT, at=None)
            return self._remote(self._save(draft) if record.state is State.TRASHED else record)

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
        """Return the image's address in the site, where it is copied once per content."""
        with self._disk():
            return Uploaded(self.parts.pages.copy_image(asset, self._images), asset.sha256)

    def by_hand(self, draft: Draft, remote: Remote) -> ByHand:  # noqa: ARG002
        """Return nothing: all can be sent."""
        return ByHand()

    def editor_of(self, ref: Ref) -> str:  # noqa: ARG002
        """Return nothing: a folder has no editor."""
        return ""

    def is_public(self, post: Remote) -> bool | None:
        """Return whether the post has its page."""
        with self._disk():
            return self.parts.pages.has_page(self._store.get(post.ref))

    def start_scheduler(self) -> None:
        """Create the pages of scheduled posts that are due."""
        self.build()

    def identity(self) -> str:
        """Return an identifier made from the folder's real path."""
        return f"folder:{self._folder.resolve()}"

    def clock_offset(self) -> timedelta:
        """Return zero: the folder has this machine's clock."""
        return timedelta()

    def health(self) -> Health:
        """Return whether the folder is writable, the index is ours and the pages are complete."""
        foreign, behind = self.parts.tree.index_is_foreign(), self._store.lists_are_behind()
        return folder_health(self._folder, foreign_index=foreign, behind=behind)

    def build(self) -> Sequence[Remote]:
        """Return the scheduled posts that are due, after creating their pages as any write does."""
        with self._disk():
            return [self._remote(record) for record in self.parts.pages.build()]

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write the lists of posts once, at the end, and also if a killed run left that undone."""
        try:
            with self.parts.batch():
                yield
        finally:
            with self._disk():
                self.parts.catch_up()

    def _save(self, record: Record) -> Record:
        """Save the record first, because a page without a record would have no owner."""
        self.parts.tree.refuse_foreign_index(self.name)
        self._folder.mkdir(parents=True, exist_ok=True)
        return self.parts.pages.save(replace(record, updated=self._clock()))

    def _unchanged(self, ref: Ref, expected: Remote, *, fresh: bool) -> Record:
        record = self.parts.as_shown(self._store.present(ref))
        if not fresh:
            require_unchanged(expected, self._remote(record), self.name)
        return record

    def _written(self, record: Record, draft: Draft) -> Record:
        featured = self.upload(draft.featured).url if draft.featured else draft.featured_url
        return with_draft(record, draft, featured)

    def _remote(self, record: Record) -> Remote:
        return remote_of(self.parts.as_shown(record), self._base)

    def _found(self, key: str, kind: PostKind) -> Found:
        found = Found()
        with self._disk():
            named = self._store.with_key(key, kind, found.damaged.append)
            found.posts += [self._remote(one) for one in named if one.state is not State.TRASHED]
        return found

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """Serialise access, and turn the disk's errors into ours."""
        with self._lock, disk_errors(self.name, self._folder):
            yield
