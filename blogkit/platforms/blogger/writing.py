"""Write posts on Blogger: create, change, publish, revert, move to the trash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from blogkit.errors import NotFound, Rejected
from blogkit.http import Request
from blogkit.platforms.base import Capabilities, Draft, Ref, Remote, State, Target, differing
from blogkit.platforms.blogger import api, check
from blogkit.platforms.blogger.answers import read_answer
from blogkit.platforms.blogger.body import with_address
from blogkit.platforms.blogger.connection import BloggerConnection
from blogkit.platforms.blogger.errors import PAUSE, Forbidden, new_posts_paused
from blogkit.platforms.blogger.settings import blogger_fields, kept_by_blogger
from blogkit.platforms.blogger.transitions import StateTransition
from blogkit.platforms.conflicts import as_read, require_unchanged
from blogkit.platforms.statuses import refuse_status

_NEW: Mapping[str, Any] = {}


class BloggerWriter:
    """The writes of one blog.

    Args:
        site: The site's name in blogkit.toml.
        blog: Sends the requests.
        can: The limits of this site.
        zone: The blog's time zone, for messages.
        clock: The present time.
        forget: Expires what was listed. Called before each write.
        made: Told each new draft.
    """

    def __init__(
        self,
        site: str,
        blog: BloggerConnection,
        can: Capabilities,
        *,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        forget: Callable[[], None],
        made: Callable[[Remote], None],
    ) -> None:
        self._site = site
        self._blog = blog
        self._can = can
        self._zone = zone
        self._clock = clock
        self._forget = forget
        self._made = made
        self._created = False

    def create(self, draft: Draft) -> Remote:
        """Return a new draft, at most one every `min_interval` seconds."""
        # Before the request and not after it: a listing that is under way meanwhile must not be
        # kept either.
        self._forget()
        self._blog.http.rate_limiter.wait(self._can.min_interval)
        try:
            answer = self._blog.send(self._blog.routes.insert(draft.kind, self._fields(draft)))
        except Forbidden as error:
            again = (self._clock() + PAUSE).astimezone(self._zone)
            raise new_posts_paused(error, self._site, again, created=self._created) from None
        self._created = True
        post = read_answer(self._site, answer, Ref("", draft.kind), State.DRAFT)
        self._made(post)
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

    def set_state(self, ref: Ref, target: Target) -> Remote:
        """Return the published or reverted post, after a check that Blogger did as asked.

        Raises:
            NotFound: The post is in the trash.
            Rejected: The target is impossible, or Blogger ended in another state.
        """
        found = self._blog.send(self._blog.routes.get(ref))
        current = read_answer(self._site, found, ref)
        if current.state is State.TRASHED:
            raise NotFound(
                f"{ref.kind} {ref.id} on site {self._site} is in the trash",
                site=self._site,
                status=404,
            )
        refuse_status(target, "Blogger", self._site)
        publishing = StateTransition(
            self._site,
            self._zone,
            self._clock(),
            publish=self._publish,
            revert=self._revert,
            patch=self._patch,
        )
        return publishing.reach(current, target, api.published(api.read_object(found, self._site)))

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash; one that is gone counts as trashed."""
        self._forget()
        try:
            self._blog.send(self._blog.routes.trash(ref))
        except NotFound:
            return

    def body(self, draft: Draft) -> str:
        """Return a draft's body as it is sent."""
        if draft.slug and self._can.slug == "by-title":
            return with_address(draft.body, draft.slug, draft.title)
        return draft.body

    def _unchanged(self, ref: Ref, expected: Remote, *, fresh: bool) -> Remote:
        # There is no ETag or version to make the write conditional on: look, then write.
        if fresh:
            return expected
        found = self._blog.get(ref)
        require_unchanged(expected, found, self._site)
        return found

    def _fields(self, draft: Draft, found: Mapping[str, Any] = _NEW) -> dict[str, object]:
        labels = check.labels_of(draft) if draft.kind == "post" else ()
        return {
            "title": draft.title,
            "content": self.body(draft),
            **({"labels": labels} if labels else {}),
            **blogger_fields(kept_by_blogger(draft), found),
        }

    def _patch(self, found: Remote, fields: dict[str, object]) -> Remote:
        self._forget()
        try:
            answer = self._blog.send(self._blog.routes.patch(found.ref, fields))
            return read_answer(self._site, answer, found.ref, found.state)
        except NotFound as error:
            # Some drafts cannot be patched and answer 404
            # (https://github.com/OpenLiveWriter/OpenLiveWriter/issues/298).
            if found.state is not State.DRAFT:
                raise
            hint = "edit this draft in Blogger's editor, or delete it there and publish again"
            raise Rejected(
                f"site {self._site}: Blogger does not allow changes to this draft",
                site=self._site,
                status=404,
                hint=hint,
            ) from error

    def _publish(self, ref: Ref, at: datetime | None) -> Remote:
        return self._change_state(ref, self._blog.routes.publish(ref, at))

    def _revert(self, ref: Ref) -> Remote:
        return self._change_state(ref, self._blog.routes.revert(ref))

    def _change_state(self, ref: Ref, request: Request) -> Remote:
        """Change the state. After a refusal, return the post if it already is in that state."""
        self._forget()
        try:
            return read_answer(self._site, self._blog.send(request), ref)
        except Rejected as refusal:
            try:
                return self._blog.get(ref)
            except NotFound:
                raise refusal from None
