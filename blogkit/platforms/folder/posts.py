"""The posts of a folder: as records, as the contract's values, and what is wrong with a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from blogkit.errors import Problem, Rejected
from blogkit.images import Limits
from blogkit.platforms.base import Capabilities, Draft, Ref, Remote, State, Target, differing
from blogkit.platforms.folder.record import Record, UnreadRecord
from blogkit.platforms.settings import lacking
from blogkit.platforms.statuses import unknown_status
from blogkit.platforms.unread import Glance
from blogkit.signatures import signature
from blogkit.times import both_clocks

CAPABILITIES = Capabilities(
    searches=True,
    slug="native",
    excerpt=True,
    featured_image=True,
    upload=True,
    taxonomy="separate",
    untrashes=True,
    page_size=1000,
    digests=True,
    answers_stored=True,
)
"""What a folder can do. Looking for a key takes as long as listing all posts."""


def remote_of(record: Record, base: str) -> Remote:
    """Return the post of a record.

    Args:
        record: The record.
        base: The address of the site, with a slash at its end.
    """
    return Remote(body=record.body, **_values(record, base))


def glance_of(record: Record, base: str) -> Remote:
    """Return the post of a record for a listing without texts.

    Args:
        record: The record.
        base: The address of the site, with a slash at its end.
    """
    if not isinstance(record, UnreadRecord):
        return remote_of(record, base)
    return Glance(body="", body_digest=record.body_digest, **_values(record, base))


def _values(record: Record, base: str) -> dict[str, Any]:
    path = record.path
    return {
        "ref": Ref(record.id, record.kind),
        "title": record.title,
        "state": record.state,
        "url": base + quote(path) if path else "",
        "at": record.at,
        "updated": record.updated.isoformat(),
        "labels": record.labels,
        "categories": record.categories,
        "tags": record.tags,
        "slug": path.rpartition("/")[2].removesuffix(".html") if path else record.slug,
        "excerpt": record.excerpt,
        "featured_id": record.featured,
        "created": record.created if record.state is State.DRAFT else None,
    }


def is_untouched(record: Record, folder: Path) -> bool:
    """Return whether nothing has touched a record's page since the index noted both.

    Args:
        record: The record.
        folder: The site's folder.
    """
    if not isinstance(record, UnreadRecord):
        return False
    has_page = record.path and record.state is State.LIVE
    # As a text: a site may have thousands of pages.
    return record.page == (signature(f"{folder}/{record.path}") if has_page else "")


def with_draft(record: Record, draft: Draft, featured: str) -> Record:
    """Return a record with a draft's content and metadata.

    Args:
        record: The post as it is.
        draft: What it should contain.
        featured: The address of its featured image; "" for the record's own.
    """
    from blogkit.platforms.folder.site.addresses import page_slug

    # What the file does not name is left, as on every site.
    kept = "" if "excerpt" in draft.cleared else record.excerpt
    shown = "" if "image" in draft.cleared else record.featured
    return replace(
        record,
        title=draft.title,
        body=draft.body,
        labels=draft.labels,
        categories=draft.categories,
        tags=draft.tags,
        slug=page_slug(draft.slug) if draft.slug else "",
        excerpt=draft.excerpt or kept,
        featured=featured or shown,
    )


def with_earlier(record: Record, wanted: Remote, expected: Remote) -> Record:
    """Return a record with the earlier values of the fields that differ.

    Args:
        record: The post as it is.
        wanted: The post as it was before.
        expected: The post as it was last seen.
    """
    fields = differing(wanted, expected)
    for name in ("raw_title", "raw_excerpt", "settings"):
        fields.pop(name, None)
    if "featured_id" in fields:
        fields["featured"] = fields.pop("featured_id")
    return replace(record, **fields)


def folder_problems(draft: Draft, target: Target | None, images: Limits) -> Sequence[Problem]:
    """Return problems of the slug, of the time, of local images and of what a folder lacks.

    Args:
        draft: The post as it would be sent.
        target: The state it should get; None if only its content is sent.
        images: What the images in the site may be like.
    """
    from blogkit.platforms.folder.site.addresses import page_slug
    from blogkit.platforms.image_checks import image_problems

    problems = [
        *image_problems(draft, images),
        *lacking(draft.settings, ("image_alt",), "a folder", draft.kind),
        *unknown_status(target, "a folder"),
    ]
    if draft.slug and draft.slug != page_slug(draft.slug):
        fit = page_slug(draft.slug)
        problems.append(
            Problem(
                "",
                0,
                f'the slug "{draft.slug}" cannot be a file name',
                f'write "{fit}"',
                "slug",
            )
        )
    if target and target.state is State.SCHEDULED and target.at is None:
        problems.append(
            Problem("", 0, "a scheduled post needs a time", "add a date and a time", "no-time")
        )
    return problems


def in_state(record: Record, target: Target, now: datetime, zone: ZoneInfo, site: str) -> Record:
    """Return a record in another state.

    Args:
        record: The post as it is.
        target: The state that it should get.
        now: The present time.
        zone: The blog's time zone, for messages.
        site: The site's name, for messages.

    Raises:
        Rejected: The time contradicts the state.
    """
    at = target.at
    if target.state is State.LIVE:
        at = at or (record.at if record.state is State.LIVE else now)
    elif target.state is State.DRAFT:
        at = None
    if (target.state is State.SCHEDULED) != (at is not None and at > now):
        when = both_clocks(at, zone) if at else "no time"
        hint = "use `publish: now` or a time in the future"
        raise Rejected(
            f"site {site}: cannot make a post {target.state} at {when}",
            site=site,
            hint=hint,
        )
    return replace(record, state=target.state, at=at)
