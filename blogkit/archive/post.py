"""Define a post of a blog archive, the same for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from blogkit.dataclass import dataclass


class ArchivedState(StrEnum):
    """The state of a post when its archive was written."""

    LIVE = "live"
    SCHEDULED = "scheduled"
    DRAFT = "draft"
    PENDING = "pending"
    PRIVATE = "private"
    TRASHED = "trashed"


@dataclass(frozen=True)
class Location:
    """Where a post is about.

    Attributes:
        name: What people call it.
        lat: The latitude in degrees.
        lng: The longitude in degrees.
    """

    name: str
    lat: float
    lng: float


@dataclass(frozen=True, kw_only=True)
class ArchivedPost:
    """One post or page of a blog.

    Attributes:
        kind: "post", "page", or the name of a custom type of WordPress.
        title: The title, as a file has it: plain text, in which complete inline elements such as
            `<em>word</em>` are HTML for WordPress.
        body: The stored HTML, character for character.
        state: Its state.
        id: The site's own id; "" if the archive names none.
        published: When it went or goes live, with a time zone; None for a draft without a date.
        old_date: The date that a draft or page had on an earlier blog. It may be only when it was
            begun, so no post goes live with it.
        updated: When it was changed last, with a time zone; None if the archive does not tell.
        labels: Labels of Blogger.
        categories: Categories of WordPress, each as a path: "GS-III/Polity".
        tags: Tags of WordPress.
        terms: Terms of other taxonomies as paths, by the taxonomy's name.
        slug: The last part of the address, without an ending.
        url: The address: absolute, or from the blog's root, such as "/2025/01/slug.html".
        description: The description for search engines.
        seo_title: The title for search engines.
        excerpt: The summary shown in lists of posts, in the same form.
        place: Where the post is about.
        author: The author's login on WordPress, the name on Blogger.
        image: The address of the featured image.
        image_alt: Its alternative text.
        password: The password that readers need; "" for none.
        sticky: Whether the blog keeps it at the top.
        comments: "open" or "closed"; "" if the archive does not tell.
        pings: In the same way.
        format: The post format of WordPress, such as "aside"; "" for the usual one.
        parent: The address of the page above, from the blog's root: "about/team"; "" for none.
        order: The page's place among others.
        template: The theme's template; "" for the usual one.
        meta: Custom fields that are plain text, by name.
        own: Front matter that only blogkit's own files have, by key: `language`, `allow` and so on.
        line: The archive's line on which it begins; 0 if it comes from elsewhere.
    """

    kind: str
    title: str
    body: str = field(repr=False)
    state: ArchivedState
    id: str = ""
    published: datetime | None = None
    old_date: datetime | None = None
    updated: datetime | None = None
    labels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slug: str = ""
    url: str = ""
    description: str = ""
    seo_title: str = ""
    excerpt: str = ""
    place: Location | None = None
    author: str = ""
    image: str = ""
    image_alt: str = ""
    password: str = field(default="", repr=False)
    sticky: bool = False
    comments: str = ""
    pings: str = ""
    format: str = ""
    parent: str = ""
    order: int = 0
    template: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, object] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ArchivedBlog:
    """The blog that an archive is of.

    Attributes:
        platform: "blogger" or "wordpress".
        title: The blog's title.
        id: Blogger's number of the blog; "" if unknown.
        url: The blog's address; "" if unknown.
    """

    platform: str
    title: str = ""
    id: str = ""
    url: str = ""
