"""What a site makes of the categories, labels and tags that a file names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import Problem
from blogkit.platforms.term_names import read_term_name

if TYPE_CHECKING:
    from blogkit.platforms.base import Draft, Platform


@dataclass(frozen=True)
class SiteTerms:
    """The terms of a draft as a site has them.

    Attributes:
        names: Labels, categories and tags together, as the site shows them.
        category_ids: The site's ids of the categories; () unless all of them exist and have ids.
        creates: What the site does not have yet, such as "the category GS-III/Polity".
        problems: Names that fit several terms, or none. Without a path; the caller adds it, and
            the line.
    """

    names: tuple[str, ...]
    category_ids: tuple[str, ...] = ()
    creates: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def terms_by_name(draft: Draft) -> SiteTerms:
    """Return the terms of a draft for a site that knows terms by their names only."""
    return SiteTerms((*draft.labels, *draft.categories, *draft.tags))


def has_paths(platform: Platform) -> bool:
    """Return whether a site has categories with a hierarchy, or only labels."""
    return platform.capabilities.taxonomy == "categories-and-tags"


def label_problems(categories: Iterable[str], platform: Platform) -> list[Problem]:
    """Return a warning for each category that becomes no label on this site.

    Args:
        categories: As the file names them.
        platform: The site.
    """
    if has_paths(platform):
        return []
    return [
        Problem(
            "",
            0,
            f'"{text}" names a category of a WordPress site; on {platform.name} the post gets no'
            " label for it",
            "write the name or the path of the category, such as GS-III/Polity",
            "category",
            "warning",
        )
        for text in categories
        if not read_term_name(text).path
    ]
