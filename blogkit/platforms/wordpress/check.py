"""Find what WordPress would refuse or lose of a draft, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from blogkit.errors import Problem
from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.wordpress.media import IMAGE_TYPES
from blogkit.platforms.wordpress.settings import wordpress_setting_problems

# The width of `post_name` and of a term's `name` in WordPress's tables.
_MAX_SLUG = 200
_MAX_TERM = 200
# What `sanitize_title` leaves alone: no Latin letter with an accent, say
# (https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/).
_SLUG = re.compile(
    r"[a-z0-9_\u0250-\u1dff\u1f00-\u1fff\u2c00-\U0010ffff]+(?:-[a-z0-9_\u0250-\u1dff\u1f00-\u1fff\u2c00-\U0010ffff]+)*\Z"
)
_TAG = re.compile(r"<[^>]*>?")


def wordpress_problems(draft: Draft, target: Target | None, address: str) -> list[Problem]:
    """Find what WordPress would refuse or lose of a draft.

    Args:
        draft: The post as it would be sent.
        target: The state it should get; None if only its content is sent.
        address: The site's, to tell its own images from others; "" if they may have another host.

    Returns:
        Problems without a path; the caller adds it, and the line unless an asset has one.
    """
    return [
        *_texts(draft),
        *_terms(draft),
        *_images(draft, address),
        *_time(target),
        *wordpress_setting_problems(draft),
    ]


def _texts(draft: Draft) -> Iterator[Problem]:
    if not draft.title.strip():
        yield Problem("", 0, "the title is empty", "add `title:` to the front matter", "no-title")
    if draft.slug and (
        not _SLUG.match(draft.slug)
        or draft.slug != draft.slug.lower()
        or len(quote(draft.slug)) > _MAX_SLUG
    ):
        yield Problem(
            "",
            0,
            f'WordPress would change the slug "{draft.slug}"',
            f"use small letters, digits and single hyphens, at most {_MAX_SLUG} characters"
            " (percent-encoded)",
            "slug",
        )


def _terms(draft: Draft) -> Iterator[Problem]:
    names = (*draft.labels, *draft.tags, *draft.categories)
    if draft.kind == "page" and names:
        yield Problem(
            "",
            0,
            "WordPress pages have no categories or tags, so these will not be sent",
            "",
            "page-labels",
            "warning",
        )
    for name in names:
        if not name.strip() or _TAG.search(name) or len(name) > _MAX_TERM:
            hint = f"use 1 to {_MAX_TERM} characters, without <"
            yield Problem(
                "",
                0,
                f'WordPress cannot store "{name}" as the name of a category or tag',
                hint,
                "label",
            )


def _images(draft: Draft, address: str) -> Iterator[Problem]:
    for asset in (*draft.assets, *((draft.featured,) if draft.featured else ())):
        if asset.path.suffix.lower() not in IMAGE_TYPES:
            message = (
                f"WordPress does not accept {asset.path.suffix or 'nameless'} files without a"
                f" plugin: {asset.name}"
            )
            yield Problem(
                "", asset.line, message, "save it as PNG, JPEG or WebP", "image-type", "warning"
            )
    home = urlsplit(address).hostname
    if draft.featured_url and home and urlsplit(draft.featured_url).hostname != home:
        message = f"the featured image is not in the site's media library: {draft.featured_url}"
        yield Problem(
            "", 0, message, "set `image:` to a local file, which blogkit uploads", "featured-url"
        )


def _time(target: Target | None) -> Iterator[Problem]:
    if target and target.state is State.SCHEDULED and target.at is None:
        yield Problem(
            "",
            0,
            "a scheduled post needs a time",
            "write `publish: 2026-12-01 07:00`, say",
            "no-time",
        )
