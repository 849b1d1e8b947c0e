"""The terms of a draft on a site, for the plan and for the comparison after a write."""

from __future__ import annotations

from collections.abc import Sequence

from blogkit.errors import Problem, Rejected
from blogkit.platforms.base import Draft, Remote
from blogkit.platforms.term_names import read_term_name
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.platforms.wordpress import api
from blogkit.platforms.wordpress.taxonomies.taxonomy import Terms
from blogkit.platforms.wordpress.taxonomies.term_tree import plain


def site_terms(terms: Terms, draft: Draft, found: Remote | None) -> SiteTerms:
    """Return the terms of a draft as the site has them.

    Args:
        terms: The site's terms.
        draft: The post.
        found: The post as the site has it; None for a new one.
    """
    if draft.kind == "page" or not draft.categories:
        return terms_by_name(draft)
    if found and _names(draft.categories) == _names(found.categories):
        # Plain names that the post has: nothing needs to be looked up.
        return SiteTerms(terms_by_name(draft).names, found.category_ids)
    own = [int(number) for number in found.category_ids] if found else []
    names, ids, creates, problems = [], [], [], []
    for text in draft.categories:
        path = read_term_name(text).path
        try:
            place = terms.place("categories", text, own)
        except Rejected as error:
            names.append(text)
            problems.append(Problem("", 0, error.message, error.hint, "category"))
            continue
        if place.id:
            names.append(terms.tree("categories").name(place.id))
            ids.append(str(place.id))
        else:
            names.append(path[-1])
            creates.append(f"the category {text}")
    complete = len(ids) == len(draft.categories)
    return SiteTerms(
        (*draft.labels, *names, *draft.tags),
        tuple(ids) if complete else (),
        tuple(creates),
        tuple(problems),
    )


def term_ids(
    terms: Terms, draft: Draft, found: Remote | None, same: frozenset[str]
) -> tuple[list[int], list[int], frozenset[str]]:
    """Return the ids of a draft's tags and categories, and the fields that need not be sent.

    Missing terms are created.

    Args:
        terms: The site's terms.
        draft: The post.
        found: The post as the site has it; None for a new one.
        same: The fields that are known to be as in the draft.
    """
    tags: list[int] = []
    categories: list[int] = []
    if draft.kind == "page":
        return tags, categories, same
    if "categories" not in same:
        own = [int(number) for number in found.category_ids] if found else []
        categories = terms.placed("categories", draft.categories, own)
        if set(categories) == set(own):
            same |= {"categories"}
    if "tags" not in same:
        known = api.ids_by_name(found.tags, found.tag_ids) if found else {}
        tags = terms.tags((*draft.labels, *draft.tags), known)
    return tags, categories, same


def restored_terms(terms: Terms, wanted: Remote, expected: Remote) -> dict[str, list[int]]:
    """Return the fields that put back a post's categories and tags, without those that it has.

    Args:
        terms: The site's terms.
        wanted: The post as it was.
        expected: The post as it is.
    """
    fields: dict[str, list[int]] = {}
    taxonomies: tuple[tuple[api.Taxonomy, Sequence[str], Sequence[str]], ...] = (
        ("categories", wanted.category_ids, expected.category_ids),
        ("tags", wanted.tag_ids, expected.tag_ids),
    )
    for name, had, has in taxonomies:
        names = getattr(wanted, name)
        if names != getattr(expected, name) or (had and has and set(had) != set(has)):
            fields[name] = terms.restored(name, names, had)
    return fields


def written_categories(terms: Terms, post: Remote) -> list[str]:
    """Return a post's categories, each as the shortest text that names only it.

    Args:
        terms: The site's terms.
        post: The post.
    """
    tree = terms.tree("categories") if post.category_ids else None
    return [
        tree.written(int(number)) if tree and int(number) in tree else name
        for name, number in zip(post.categories, post.category_ids, strict=True)
    ]


def _names(texts: tuple[str, ...]) -> set[str]:
    return {plain(text) for text in texts}
