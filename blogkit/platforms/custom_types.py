"""Custom post types: kinds of post that a site defines beside posts and pages. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.errors import Problem, nearest

if TYPE_CHECKING:
    from blogkit.platforms.base import Draft, Platform


def type_problems(draft: Draft, platform: Platform) -> list[Problem]:
    """Return a problem if a post has a type that the site's settings do not list.

    Args:
        draft: The post.
        platform: The site.
    """
    types = platform.capabilities.types
    if not draft.type or draft.type in types:
        return []
    if platform.capabilities.custom_types:
        offer = f'add it to types in blogkit.toml: types = ["{draft.type}"]'
    else:
        offer = f"write post or page, or leave {platform.name} out of sites:"
    return [
        Problem(
            "",
            0,
            f'"{draft.type}" is not a type of post on {platform.name}',
            nearest(draft.type, ("post", "page", *types)) or offer,
            "bad-type",
        )
    ]
