"""Hold a blog's posts and pages; only publish, revert and the clock change their state."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from blogkit.sandbox import errors, parsing, storage_rewrites
from blogkit.sandbox.comments import Comments, CommentStatus, StoredComment
from blogkit.sandbox.insert_limits import InsertLimits
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.slug import permalink
from blogkit.sandbox.store import ResourceKind, SandboxStore, StoredPost, Wanted

EVERY_ID: Final = 9 * 10**18
"""How many ids there are: those with 19 digits."""


@dataclass
class Blog:
    """One blog. Times are kept to the second; ids have 19 digits and are the same in every run.

    Attributes:
        store: Its posts and pages.
        clock: Returns the current time, aware.
        switches: Which of Blogger's uncertain behaviours it shows.
        zone: The blog's time zone.
        title: The blog's title.
        description: The blog's description.
        id: The blog's number.
        late: How late scheduled posts go live, to rehearse a schedule that Blogger misses.
    """

    store: SandboxStore
    clock: Callable[[], datetime]
    switches: Quirks
    zone: ZoneInfo
    title: str = "Sandbox"
    description: str = "A local test blog on this machine. Nothing here is on the internet."
    id: str = "2399953000000000001"
    late: timedelta = timedelta()
    _limits: InsertLimits = field(init=False)

    def __post_init__(self) -> None:
        self._limits = InsertLimits(self.store, self.switches)

    @property
    def comments(self) -> Comments:
        """Its comments."""
        return Comments(self.store)

    def comment(
        self,
        post: str,
        author: str,
        content: str,
        *,
        status: CommentStatus = "LIVE",
        parent: str = "",
    ) -> StoredComment:
        """Add a comment on a post, as a reader does on the blog.

        Args:
            post: The post's id.
            author: The reader's name.
            content: The comment's HTML.
            status: Its status; "PENDING" waits for moderation.
            parent: The id of the comment that it answers.

        Returns:
            The new comment.

        Raises:
            Refused: The API's 404: there is no such post or comment.
        """
        with self.store.transaction():
            self.get("post", post)
            answered = self.comments.get(parent) if parent else None
            if parent and (answered is None or answered.post != post):
                raise errors.not_found()
            now = self.clock()
            made = StoredComment(self._new_id(), post, now, now, author, content, status, parent)
            self.comments.save(made)
            return made

    def viewed(self) -> None:
        """Count a view of a public page."""
        self.store.tick(f"views {self.local(self.clock()):%Y-%m-%d}")

    def views(self, since: date | None = None) -> int:
        """Return the number of views of public pages.

        Args:
            since: The first day that counts, in the blog's zone; None for all.
        """
        first = f"views {since.isoformat() if since else ''}"
        counted = "SELECT coalesce(sum(value), 0) FROM counters WHERE name >= ? AND name < 'views:'"
        total: int = self.store.execute(counted, [first])[0][0]
        return total

    def settle(self) -> None:
        """Publish scheduled posts that are due."""
        with self.store.transaction():
            # Blogger does so by itself; here, each request looks what is due.
            for entry in self.store.find(
                Wanted("post", ["SCHEDULED"], until=self.clock() - self.late)
            ):
                live = replace(
                    entry,
                    state="LIVE",
                    updated=max(entry.published, entry.updated),
                    version=entry.version + 1,
                )
                self.store.save(self._minted(live) if not live.path else live)

    def get(self, kind: ResourceKind, identity: str, *, trashed: bool = False) -> StoredPost:
        """Return the entry in any state but trashed.

        Args:
            kind: "post" or "page".
            identity: Its id.
            trashed: Whether to return it from the trash, too.

        Raises:
            Refused: The API's 404: there is no such entry.
        """
        entry = self.store.get(identity)
        gone = entry and entry.state == "SOFT_TRASHED" and not trashed
        if entry is None or entry.kind != kind or gone:
            raise errors.not_found()
        return entry

    def insert(self, kind: ResourceKind, body: Mapping[str, Any], *, draft: bool) -> StoredPost:
        """Create a post or page, published at once unless it is to be a draft.

        Args:
            kind: "post" or "page".
            body: The request's JSON, checked against the schema.
            draft: Whether to create a draft.

        Returns:
            The new entry.

        Raises:
            Refused: A value is not valid, or the day's new posts are used up.
        """
        with self.store.transaction():
            now = self.clock()
            # An insert with `null` is an insert without the field; only a PATCH gives null a
            # meaning of its own, by the switch `patch_labels_null`.
            given = {name: value for name, value in body.items() if value is not None}
            fields = parsing.entry_fields(given, self._stored)
            if kind == "post":
                self._limits.spend(now)
            entry = replace(
                StoredPost(id=self._new_id(), kind=kind, published=now, updated=now), **fields
            )
            if draft:
                entry = self._as_draft(entry, now)
            # What a client must not rely on: an insert with a date in the future may be live at
            # once, so blogkit makes a draft first and publishes that.
            elif (
                kind == "post"
                and entry.published > now
                and self.switches.future_published_on_insert == "scheduled"
            ):
                entry = self._as_scheduled(entry)
            else:
                entry = self._minted(replace(entry, state="LIVE", dated=True))
            entry = replace(entry, published=self._kept(entry.published))
            self.store.save(entry)
            return entry

    def change(self, entry: StoredPost, body: Mapping[str, Any], *, whole: bool) -> StoredPost:
        """Change an entry by PATCH or PUT. The state stays, whatever the body contains.

        Args:
            entry: The entry as it is.
            body: The request's JSON, checked against the schema.
            whole: Whether it is a PUT, which clears omitted fields.

        Returns:
            The changed entry.

        Raises:
            Refused: A value is not valid, or drafts cannot be changed.
        """
        # As clients met it in 2016.
        if entry.state == "DRAFT" and self.switches.update_draft == "404":
            raise errors.not_found()
        given = dict(body)
        if not whole and "labels" in body and body["labels"] is None:
            if self.switches.patch_labels_null == "400":
                raise errors.bad_field("labels")
            if self.switches.patch_labels_null == "cleared":
                given["labels"] = []
        present = {name: value for name, value in given.items() if value is not None}
        fields = parsing.entry_fields(present, self._stored)
        # A PUT replaces the resource: what the body leaves out is emptied, and labels are what
        # clients lose by it.
        if whole:
            texts = {"title": "", "content": ""}
            cleared: dict[str, Any] = {**texts, "comments": "ALLOW", "location": {}}
            if self.switches.put_omitted_labels == "wiped":
                cleared["labels"] = ()
            fields = {**cleared, **fields}
        if entry.state == "DRAFT" and self.switches.draft_keeps_published == "no":
            fields = {
                name: value for name, value in fields.items() if name not in ("published", "dated")
            }
        if entry.state == "LIVE" and self.switches.patch_published_of_live == "ignored":
            fields = {name: value for name, value in fields.items() if name != "published"}
        return self._saved(replace(entry, **fields))

    def publish(self, entry: StoredPost, at: datetime | None = None) -> StoredPost:
        """Publish now, or schedule if the date is in the future; a past date backdates.

        Args:
            entry: The entry as it is.
            at: The date; None takes the one that the entry remembers, or now.

        Returns:
            The changed entry.

        Raises:
            Refused: It is published already.
        """
        now = self.clock()
        again = self.switches.publish_live_again
        if entry.state == "LIVE" and (again == "no-op" or (again == "redates" and at is None)):
            return entry
        if (entry.state == "LIVE" and again == "400") or (
            entry.state == "SCHEDULED" and self.switches.publish_scheduled_again == "400"
        ):
            raise errors.Refused(400, "invalid", "The post is already published.")
        # The order Google gave for `publishDate`: the date of the request, else the one saved with
        # the draft, else now.
        when = at or (entry.published if entry.dated else now)
        entry = replace(entry, published=when, dated=True)
        if entry.kind == "post" and when > now:
            return self._saved(self._as_scheduled(entry))
        # A permalink stays through every change of the title; only a post that was a draft again
        # may get a new one.
        if not entry.path or self.switches.republish_remints_url == "yes":
            entry = self._minted(entry)
        return self._saved(replace(entry, state="LIVE"))

    def revert(self, entry: StoredPost) -> StoredPost:
        """Turn a live or scheduled entry back into a draft.

        Args:
            entry: The entry as it is.

        Returns:
            The changed entry.

        Raises:
            Refused: It is a draft already.
        """
        if entry.state == "DRAFT":
            if self.switches.revert_draft == "no-op":
                return entry
            raise errors.Refused(400, "invalid", "The post is already a draft.")
        keeps = self.switches.draft_keeps_published == "yes"
        return self._saved(replace(entry, state="DRAFT", dated=keeps))

    def delete(self, kind: ResourceKind, identity: str, *, trash: bool) -> None:
        """Delete permanently, or move to the trash, which only an administrator's listing shows.

        Args:
            kind: "post" or "page".
            identity: Its id.
            trash: Whether to move it to the trash.

        Raises:
            Refused: The API's 404: there is no such entry.
        """
        with self.store.transaction():
            entry = self.store.get(identity)
            if entry is None or entry.kind != kind or (trash and entry.state == "SOFT_TRASHED"):
                raise errors.not_found()
            if trash:
                # Without a path, so that a new post of the same title gets the address.
                self._saved(replace(entry, state="SOFT_TRASHED", trashed=self.clock(), path=""))
            else:
                self.store.delete(identity)
                self.comments.delete_all(identity)

    def _new_id(self) -> str:
        # a fixed walk over all ids: they look random, and are the same in every run
        return str(10**18 + self.store.tick("entries") * 7_046_029_254_386_353_133 % EVERY_ID)

    def local(self, moment: datetime) -> datetime:
        """Return a time in the blog's zone, as the API shows every time."""
        return moment.astimezone(self.zone)

    def _as_draft(self, entry: StoredPost, now: datetime) -> StoredPost:
        if self.switches.draft_keeps_published == "yes":
            return entry
        return replace(entry, published=now, dated=False)

    def _as_scheduled(self, entry: StoredPost) -> StoredPost:
        entry = replace(entry, state="SCHEDULED", dated=True)
        if entry.path and self.switches.republish_remints_url == "no":
            return entry
        return (
            self._minted(entry)
            if self.switches.schedule_mints_url == "yes"
            else replace(entry, path="")
        )

    def _minted(self, entry: StoredPost) -> StoredPost:
        """Return an entry with a permalink from its current title, which stays from then on."""

        # a post may keep its own path, as when it is published again
        def taken(path: str) -> bool:
            owner = self.store.at(path)
            return owner is not None and owner.id != entry.id

        return replace(
            entry,
            path=permalink(entry.kind, entry.title, self.local(entry.published), entry.id, taken),
        )

    def _saved(self, entry: StoredPost) -> StoredPost:
        entry = replace(
            entry,
            published=self._kept(entry.published),
            updated=self.clock(),
            version=entry.version + 1,
        )
        self.store.save(entry)
        return entry

    def _kept(self, moment: datetime) -> datetime:
        if self.switches.published_precision == "second":
            return moment
        return moment.replace(second=0, microsecond=0)

    def _stored(self, content: str) -> str:
        return storage_rewrites.stored(content, self.switches, self._host)

    def _host(self, content_type: str, picture: bytes) -> str:
        name = hashlib.sha256(picture).hexdigest()[:32]
        self.store.keep_picture(name, content_type, picture)
        return f"/img/a/{name}"
