"""Merge labels, categories and tags, element by element. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.platforms.base import Draft, Remote, TermStorage
from blogkit.platforms.conflicts import term_name
from blogkit.platforms.term_names import read_term_name

_SOURCES: Mapping[TermStorage, Mapping[str, tuple[str, ...]]] = {
    "labels": {"labels": ("labels", "categories", "tags")},
    "categories-and-tags": {"tags": ("labels", "tags")},
    "separate": {name: (name,) for name in ("labels", "categories", "tags")},
}
"""The fields of a draft that each field of a post is made of, by names alone."""
_WORDS = {
    "labels": ("label", "labels"),
    "categories": ("category", "categories"),
    "tags": ("tag", "tags"),
}


@dataclass(frozen=True)
class MergedTerms:
    """A draft with merged terms.

    Attributes:
        draft: The draft.
        asked: The file's terms where the site's differ, by the field's name in `Remote`.
        kept: What stays of the site's changes, as clauses.
    """

    draft: Draft
    asked: Mapping[str, Any] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def merge_terms(
    draft: Draft,
    category_ids: tuple[str, ...],
    was: Remote,
    there: Remote,
    stored: TermStorage,
) -> MergedTerms:
    """Return a draft with what was added and removed on the site since `was`.

    Args:
        draft: What the file asks for. Its order stays; what was added on the site comes last.
        category_ids: The site's ids of the draft's categories; () if they are not known.
        was: The post when file and site last agreed.
        there: The post on the site now.
        stored: How the platform stores terms.
    """
    done = MergedTerms(draft)
    if draft.kind == "page":
        return done
    for name, sources in _SOURCES[stored].items():
        mine = tuple(term for source in sources for term in getattr(draft, source))
        ours, old, new = map(_names, (mine, getattr(was, name), getattr(there, name)))
        added = [term for key, term in new.items() if key not in old and key not in ours]
        removed = [term for key, term in ours.items() if key in old and key not in new]
        if added or removed:
            left = {source: _without(getattr(draft, source), removed) for source in sources}
            left[name] = (*left[name], *added)
            done = _with(done, name, left, {name: mine}, added, removed)
    # WordPress gives every post a category; a file that names none leaves it to the site.
    if stored == "categories-and-tags" and draft.categories:
        return _categories(done, category_ids, was, there)
    return done


def _categories(
    done: MergedTerms, category_ids: tuple[str, ...], was: Remote, there: Remote
) -> MergedTerms:
    """Merge categories of which several may have one name, and which files name by a path."""
    mine = done.draft.categories
    known = dict(zip(there.category_ids, there.categories, strict=False))
    known |= dict(zip(was.category_ids, was.categories, strict=False))
    by_id = bool(was.category_ids and there.category_ids)
    keys = {text: _key(text, category_ids, known if by_id else {}) for text in mine}
    old, new = (
        dict(zip(one.category_ids, one.categories, strict=False))
        if by_id
        else _names(one.categories)
        for one in (was, there)
    )
    ours = {*keys.values(), *category_ids}
    added = {key: name for key, name in new.items() if key not in old and key not in ours}
    removed = [text for text in mine if keys[text] in old and keys[text] not in new]
    if not added and not removed:
        return done
    more = (f"id:{key}" if by_id else name for key, name in added.items())
    left = (*(text for text in mine if text not in removed), *more)
    asked = {"categories": mine, "category_ids": ()}
    if by_id:
        ids = category_ids or tuple(key for key in keys.values() if key in known)
        asked = {"categories": tuple(known.get(key, "") for key in ids), "category_ids": ids}
    return _with(done, "categories", {"categories": left}, asked, [*added.values()], removed)


def _key(text: str, category_ids: Sequence[str], known: Mapping[str, str]) -> str:
    """Return the id of a category as a file names it, or its name if ids are not known."""
    term = read_term_name(text)
    if term.id:
        return str(term.id)
    name = term_name(term.path[-1]) if term.path else text
    if not known:
        return name
    named = [number for number, other in known.items() if term_name(other) == name]
    mine = [number for number in named if number in category_ids]
    return next(iter(mine if len(mine) == 1 else named), name)


def _with(
    done: MergedTerms,
    name: str,
    left: Mapping[str, Any],
    asked: Mapping[str, Any],
    added: Sequence[str],
    removed: Sequence[str],
) -> MergedTerms:
    draft = replace(done.draft, **left)
    if getattr(draft, name):
        draft = replace(draft, cleared=tuple(one for one in draft.cleared if one != name))
    kept = (
        *_clause("keeps the {} that {} added on the site", name, added),
        *_clause("leaves out the {} that {} removed on the site", name, removed),
    )
    return MergedTerms(draft, {**done.asked, **asked}, (*done.kept, *kept))


def _names(terms: Iterable[str]) -> dict[str, str]:
    return {term_name(term): term for term in terms}


def _without(terms: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    gone = _names(removed)
    return tuple(term for term in terms if term_name(term) not in gone)


def _clause(words: str, name: str, terms: Sequence[str]) -> list[str]:
    if not terms:
        return []
    one, many = _WORDS[name]
    *first, last = terms
    listed = f"{', '.join(first)} and {last}" if first else last
    return [words.format(f"{many if first else one} {listed}", "were" if first else "was")]
