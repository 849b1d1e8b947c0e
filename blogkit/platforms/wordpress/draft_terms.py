"""The terms of a draft on a site, for the plan and for the comparison after a write."""

from __future__ import annotations

from blogkit.errors import Problem, Rejected
from blogkit.platforms.base import Draft, Remote
from blogkit.platforms.term_names import read_term_name
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.platforms.wordpress.taxonomy import Terms
from blogkit.platforms.wordpress.term_tree import plain


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


def _names(texts: tuple[str, ...]) -> set[str]:
    return {plain(text) for text in texts}
