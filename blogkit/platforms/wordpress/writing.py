"""Write posts on WordPress: create, change, restore, set the state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import NotFound, Rejected
from blogkit.platforms.base import Draft, Ref, Remote, State, Target, differing
from blogkit.platforms.conflicts import require_unchanged
from blogkit.platforms.wordpress import api, schedule
from blogkit.platforms.wordpress.client import Client, Reply
from blogkit.platforms.wordpress.editors.page_builders import why_unseen
from blogkit.platforms.wordpress.listings.hidden_comments import refuse_hidden_comments
from blogkit.platforms.wordpress.listings.languages import code_of
from blogkit.platforms.wordpress.media import (
    ImageTexts,
    Media,
    Sizes,
    with_image_settings,
    with_images,
    with_more,
)
from blogkit.platforms.wordpress.names import SiteNames
from blogkit.platforms.wordpress.post_body import sent_body
from blogkit.platforms.wordpress.post_types import PostTypes
from blogkit.platforms.wordpress.reading import Reader
from blogkit.platforms.wordpress.settings import wordpress_fields
from blogkit.platforms.wordpress.taxonomies.custom import CustomTaxonomies
from blogkit.platforms.wordpress.taxonomies.draft_terms import restored_terms, term_ids
from blogkit.platforms.wordpress.taxonomies.taxonomy import Terms

_NO_SLUG = re.compile("__trashed(-[0-9]+)?")


@dataclass(frozen=True)
class WordPressWriter:
    """The writes of one site.

    Attributes:
        client: The site.
        reader: Reads its posts.
        types: Its types of post.
        terms: Knows the ids of its terms.
        taxonomies: Its taxonomies beside categories and tags.
        names: Knows the ids of authors, parents and templates.
        media: Its media library.
        texts: The texts of featured images.
        sizes: The sizes of the images in a text.
        clock: The present time.
    """

    client: Client
    reader: Reader
    types: PostTypes
    terms: Terms
    taxonomies: CustomTaxonomies
    names: SiteNames
    media: Media
    texts: ImageTexts
    sizes: Sizes
    clock: Callable[[], datetime]

    def create(self, draft: Draft) -> Remote:
        """Return a new draft, after its files are uploaded and its terms exist."""
        fields = {**self._fields(self._with_files(draft)), "status": "draft"}
        texts = self.texts.set(fields.get("featured_media", 0), self.resolve(draft).settings)
        of = self.types.of(draft.kind, draft.type)
        doing = f'create the {draft.kind} "{draft.title}"'
        reply = self.client.post(of.route, fields, api.READ, doing=doing)
        made = self._written(fields, reply, Ref(f"{of.name}-" if of.name else "", draft.kind))
        return with_more(made, texts)

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after sending only the fields that differ from the site's."""
        self.types.require(ref, draft)
        found = self._unchanged(ref, expected, fresh=fresh)
        fields = self._fields(self._with_files(draft), found)
        if fields and "categories" in draft.cleared:
            fields["categories"] = []  # left out, WordPress would add its default category
        image = fields.get("featured_media") or int(found.featured_id or 0)
        texts = self.texts.set(image, self.resolve(draft).settings, expected)
        return with_more(self._changed(found, fields), texts)

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Return the post after sending the fields that differ."""
        found = self._unchanged(ref, expected, fresh=fresh)
        differs = differing(wanted, expected)
        texts = self.texts.set(int(wanted.featured_id or 0), differs.get("settings", {}))
        fields = api.metadata(differs) | self.taxonomies.sent(differs.get("settings", {}), {})
        fields |= restored_terms(self.terms, wanted, expected)
        return with_more(self._changed(found, fields), texts)

    def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
        """Return the post after sending `status` and `date_gmt`, and a check of the response."""
        look = self.reader.looks.at(seen) if seen else None
        if seen and look:
            remote, date, now = seen, look.date, self.clock() + self.client.skew
        else:
            post, reply = self.reader.present(ref)
            remote, date, now = self.reader.remote(post), post.date_gmt, reply.date or self.clock()
        fields = schedule.fields(remote, date, target, now, self.client.site)
        if fields:
            remote = self.reader.remote(self.reader.resource(self._write(ref, fields), ref))
        schedule.verify(remote, target, self.client.site)
        return remote

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash; one that is there already is fine."""
        doing = f"move {ref.kind} {ref.id} to the trash"
        try:
            self.client.delete(self.types.address(ref), doing=doing)
        except NotFound as error:
            if "(rest_already_trashed)" not in error.reason:
                raise

    def untrash(self, ref: Ref) -> Remote:
        """Return the post as a draft, if it was in the trash, with the slug that it had."""
        found = self.reader.remote(self.reader.read(ref)[0])
        if found.state is not State.TRASHED:
            return found
        refuse_hidden_comments(self.client, ref)
        fields = {"status": "draft"}
        # WordPress gives a post its slug back, but keeps the suffix as the slug of one without:
        # https://developer.wordpress.org/reference/functions/wp_add_trashed_suffix_to_post_name_for_post/
        if _NO_SLUG.fullmatch(found.slug):
            fields["slug"] = ""
        return self.reader.remote(self.reader.resource(self._write(ref, fields), ref))

    def resolve(self, draft: Draft, *, create: bool = False) -> Draft:
        """Return the draft with ids for its author, parent and terms, and registered fields."""
        found = self.names.resolve(with_image_settings(draft))
        more: dict[str, Any] = self.taxonomies.resolved(draft, create=create)
        if draft.language:
            more["lang"] = code_of(draft.language, self.client.languages)
        return replace(found, settings={**found.settings, **more}) if more else found

    def _unchanged(self, ref: Ref, expected: Remote, *, fresh: bool) -> Remote:
        if fresh:
            return expected
        # No request can be made conditional (https://github.com/WP-API/WP-API/issues/1856): look,
        # then write, as close together as possible.
        found = self.reader.remote(self.reader.present(ref)[0])
        require_unchanged(expected, found, self.client.site)
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
        params = api.answer_params(fields, seen=self.reader.looks.newest(ref) is not None)
        return self.client.post(
            self.types.address(ref),
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
        uploaded = {asset.url: self.media.upload(asset) for asset in pending}
        ready = with_images(draft, uploaded, sizes=self.sizes)
        return replace(ready, body=sent_body(ready))

    def _fields(self, draft: Draft, found: Remote | None = None) -> dict[str, Any]:
        """Return the fields to send, without those that the site already has."""
        same = api.unchanged_fields(draft, found) if found else frozenset()
        featured = 0
        if draft.featured:
            featured = int(self.media.upload(draft.featured).id)
        elif draft.featured_url:
            featured = self.media.id_of(draft.featured_url)
        tags, categories, same = term_ids(self.terms, draft, found, same)
        fields = api.post_fields(draft, tags=tags, categories=categories, featured=featured)
        settings, has = self.resolve(draft, create=True).settings, found.settings if found else {}
        fields |= wordpress_fields(settings, has) | self.taxonomies.sent(settings, has)
        if not found and self.client.languages:
            fields.setdefault("lang", self.client.languages[0])
        return {name: value for name, value in fields.items() if name not in same}

    def _written(self, fields: dict[str, Any], reply: Reply, ref: Ref) -> Remote:
        post = self.reader.resource(reply, ref)
        remote = self.reader.remote(post)
        # WordPress answers 200 even where it ignored a category, a tag or an image that does not
        # exist.
        dropped = api.dropped(fields, post)
        if dropped:
            self.terms.forget()
            raise Rejected(
                f"site {self.client.site} saved {remote.ref.kind} {remote.ref.id} but dropped its"
                f" {', '.join(dropped)} without giving a reason",
                site=self.client.site,
                hint="the account may lack permission to set them; check the post in WordPress",
            )
        return remote
