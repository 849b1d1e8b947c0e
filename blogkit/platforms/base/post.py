"""A post on its site, and what it can be set to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal

from blogkit.dataclass import dataclass
from blogkit.platforms.settings import changed_settings

PostKind = Literal["post", "page"]


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
    changed = settings_between(wanted, expected)
    settings = {name: wanted.settings[name] for name in changed}
    return values | ({"settings": settings} if settings else {})


def settings_between(one: Remote, other: Remote) -> list[str]:
    """Return the names of settings that both states of a post tell and in which they differ.

    The date of a draft counts as none if it is the time of the last change, as it is for a draft
    that has none; but a draft that was made with a date has that as its time of change, too, until
    the next change (https://developer.wordpress.org/reference/functions/wp_insert_post/).

    Args:
        one: A state of the post.
        other: Another one, before it or after it.
    """
    changed = changed_settings(one.settings, other.settings)
    if _had_date(one, other) or _had_date(other, one):
        changed.remove("date")
    return changed


def _had_date(before: Remote, after: Remote) -> bool:
    """Return whether a draft has the date that counted as the time of its last change."""
    date = after.settings.get("date")
    return bool(
        before.settings.get("date") == "" and date and _moment(before.updated) == _moment(date)
    )


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
