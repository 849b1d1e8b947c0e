"""What a site should show of a post."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.decoding import decode_json, decompress
from blogkit.journal.records import damaged_copy
from blogkit.platforms.base import Capabilities, Draft, Platform, Remote, settings_between
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.regions import creation_id, sentinel_id, with_creation_id, with_sentinel_id
from blogkit.sync.compare.fields import EXCERPT


@dataclass(frozen=True)
class Expected:
    """What a site should show of a post, with quiz links resolved and known rewrites applied.

    Attributes:
        terms: Labels, categories and tags together, because sites differ in which they have; None
            for pages, which have none.
        any_category: Whether a category that is not in `terms` is fine.
        excerpt: "" if any excerpt is fine.
        image: Whether the post should have a featured image.
        interim: The title that the post may have while its address is being made; "" if none.
        category_ids: The site's ids of the categories, as several may have one name; () for any.
        raw_title: The title's HTML, if it must be exactly this; "" if only its text matters.
        raw_excerpt: The excerpt's HTML in the same way.
        settings: Further values that it should have.
        cleared: Of excerpt and image, those that should be empty.
        accept: What the site may rewrite: kinds of `blogkit.sanitizers.rewrites`.
    """

    title: str
    body: str
    terms: tuple[str, ...] | None = ()
    any_category: bool = False
    excerpt: str = ""
    image: bool = False
    interim: str = ""
    category_ids: tuple[str, ...] = ()
    raw_title: str = ""
    raw_excerpt: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    cleared: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()

    def pack(self) -> bytes:
        """Return the values as bytes for the journal."""
        # The journal keeps one of these for every write, and HTML repeats itself.
        return zlib.compress(json.dumps(vars(self)).encode())

    @staticmethod
    def unpack(data: bytes, action: int = 0) -> Expected:
        """Return the values of bytes that `pack` returned.

        Args:
            data: The bytes.
            action: The action that they are stored with, for messages.

        Raises:
            JournalError: They are damaged.
        """
        try:
            values = decode_json(decompress(data).decode())
            terms = None if values["terms"] is None else tuple(values["terms"])
            names = ("category_ids", "cleared", "accept")
            lists = {name: tuple(values.get(name, ())) for name in names}
            settings = dict(values.get("settings", {}))  # a TypeError for anything else
            return Expected(**values | lists | {"terms": terms, "settings": settings})
        except (ValueError, TypeError, KeyError) as error:
            raise damaged_copy(action) from error


def expected_on(platform: Platform, draft: Draft, found: Remote | None) -> Expected:
    """Return what a site should show of a draft.

    Args:
        platform: The site. It may be asked for its terms and other names, once a run.
        draft: The draft, with its files uploaded.
        found: The post as the site has it; None for a new one.
    """
    draft = marked_as(draft, found) if found else draft
    terms = platform.site_terms(draft, found)
    draft = platform.resolve(draft)
    return expected_from_draft(draft, platform.expected_body(draft), platform.capabilities, terms)


def marked_as(draft: Draft, found: Remote) -> Draft:
    """Return a draft with what the site's post has beside its key: an id and a creation id, if any.

    After a move to another server, it is an older id.

    Args:
        draft: The draft.
        found: The post as the site has it.
    """
    if creation := creation_id(found.body):
        draft = replace(draft, body=with_creation_id(draft.body, draft.key, creation))
    post_id = sentinel_id(found.body)
    return marked_with_id(draft, post_id) if post_id else draft


def as_shown(platform: Platform, draft: Draft, found: Remote) -> Draft:
    """Return a draft to show beside a post: what the site writes in another way is alike in it.

    Args:
        platform: The site. It may be asked for its terms, once a run.
        draft: The draft, with its files uploaded.
        found: The post as the site has it.
    """
    terms = platform.site_terms(draft, found).names
    return replace(marked_as(draft, found), labels=terms, categories=(), tags=())


def marked_with_id(draft: Draft, post_id: str) -> Draft:
    """Return a draft whose comment with the key carries the id of the post that it is for.

    Args:
        draft: The draft.
        post_id: The site's id of the post.
    """
    return replace(draft, body=with_sentinel_id(draft.body, draft.key, post_id))


def expected_from_draft(
    draft: Draft, body: str, capabilities: Capabilities, terms: SiteTerms | None = None
) -> Expected:
    """Return what the site should show of this draft.

    Args:
        draft: The draft, resolved and with its files uploaded.
        body: `platform.expected_body(draft)`.
        capabilities: What the platform stores at all.
        terms: What the site makes of the draft's terms; None takes them by their names.
    """
    terms = terms or terms_by_name(draft)
    return Expected(
        title=draft.title,
        body=body,
        terms=terms.names if draft.kind == "post" else None,
        any_category=not draft.categories,
        excerpt=draft.excerpt if capabilities.excerpt else "",
        image=capabilities.featured_image and bool(draft.featured or draft.featured_url),
        interim=draft.slug if capabilities.slug == "by-title" else "",
        category_ids=terms.category_ids,
        settings=draft.settings,
        cleared=_cleared(draft, capabilities),
        accept=capabilities.accept,
    )


def _cleared(draft: Draft, capabilities: Capabilities) -> tuple[str, ...]:
    can = {EXCERPT: capabilities.excerpt, "image": capabilities.featured_image}
    return tuple(name for name in draft.cleared if can.get(name))


def expected_from_remote(wanted: Remote, seen: Remote | None = None) -> Expected:
    """Return what the site should show after a post is set to `wanted`.

    Args:
        wanted: The post as it should be.
        seen: The post as it is; only settings that differ from it are compared.
    """
    settings = settings_between(wanted, seen) if seen else ()
    terms = (
        (*wanted.labels, *wanted.categories, *wanted.tags) if wanted.ref.kind == "post" else None
    )
    return Expected(
        wanted.title,
        wanted.body,
        terms,
        excerpt=wanted.excerpt,
        image=bool(wanted.featured_id),
        raw_title=wanted.raw_title if seen and seen.raw_title else "",
        raw_excerpt=wanted.raw_excerpt if seen and seen.raw_excerpt else "",
        settings={name: wanted.settings[name] for name in settings},
        cleared=_emptied(wanted, seen) if seen else (),
    )


def _emptied(wanted: Remote, seen: Remote) -> tuple[str, ...]:
    """Return the fields that a post has and should not have."""
    excerpt = seen.excerpt and not wanted.excerpt
    image = seen.featured_id and not wanted.featured_id
    return (*((EXCERPT,) if excerpt else ()), *(("image",) if image else ()))


def expected_unchanged(remote: Remote, interim: str) -> Expected:
    """Return what the site already shows, for an action that does not change the content.

    Args:
        remote: The post as the plan saw it.
        interim: The title that it may have while its address is being made.
    """
    return Expected(
        remote.title,
        remote.body,
        (*remote.labels, *remote.categories, *remote.tags),
        any_category=True,
        interim=interim,
    )
