"""Taxonomies of a site beside its categories and tags."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import Rejected, nearest
from blogkit.platforms.base import Draft
from blogkit.platforms.term_names import write_path
from blogkit.platforms.wordpress.client import Client
from blogkit.platforms.wordpress.taxonomies.taxonomy import Terms

TAXONOMIES = "taxonomies."
"""What the names of these settings begin with, such as `taxonomies.genre`."""


@dataclass(frozen=True)
class SiteTaxonomy:
    """A taxonomy.

    Attributes:
        name: The site's name of it, such as "genre".
        field: Its field of a post, such as "genres".
        route: Where its terms are.
        hierarchical: Whether terms may have terms above them.
        types: The types of post that have it.
    """

    name: str
    field: str
    route: str
    hierarchical: bool
    types: frozenset[str]


class CustomTaxonomies:
    """The taxonomies that a site's settings name. Their values are texts such as "id:12".

    Args:
        client: The site.
        terms: Its terms.
        names: The taxonomies' names.
    """

    def __init__(self, client: Client, terms: Terms, names: Sequence[str]) -> None:
        self._client, self._terms = client, terms
        self._names = tuple(names)
        self._known: dict[str, SiteTaxonomy] = {}
        self._loading = threading.Lock()

    def fields(self) -> list[str]:
        """Return the names of the fields in which posts have terms of these taxonomies."""
        return [one.field for one in self._all().values()]

    def settings(self, given: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return a post's terms as settings.

        Args:
            given: The post's fields.
        """
        found = {name: given.get(one.field) for name, one in self._all().items()}
        return {f"{TAXONOMIES}{name}": _texts(ids) for name, ids in found.items() if _is_ids(ids)}

    def resolved(self, draft: Draft, *, create: bool) -> dict[str, list[str]]:
        """Return a draft's terms with their ids; a term that does not exist keeps its name.

        Args:
            draft: The post.
            create: Create missing terms.

        Raises:
            Rejected: A taxonomy is not known, or a name fits several terms.
        """
        found: dict[str, list[str]] = {}
        for name, texts in _given(draft).items():
            one = self._of(name, draft)
            try:
                found[f"{TAXONOMIES}{name}"] = self._ids(one, texts, create=create)
            except Rejected as error:
                message = f"taxonomies: {error.message}"
                raise Rejected(message, site=self._client.site, hint=error.hint) from None
        return found

    def paths(self, settings: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return a post's terms by their paths instead of their ids.

        Args:
            settings: A post's settings.
        """
        found: dict[str, list[str]] = {}
        for name, one in self._all().items():
            tree = self._terms.tree(one.route)
            ids = [
                int(text.removeprefix("id:")) for text in settings.get(f"{TAXONOMIES}{name}", ())
            ]
            found[f"{TAXONOMIES}{name}"] = [
                write_path(tree.path(number)) for number in ids if number in tree
            ]
        return {name: paths for name, paths in found.items() if name in settings}

    def _ids(self, one: SiteTaxonomy, texts: Sequence[str], *, create: bool) -> list[str]:
        """Return the ids of terms, then the names of those that do not exist."""
        flat = not one.hierarchical
        if create:
            return _texts(self._terms.placed(one.route, texts, flat=flat))
        places = [self._terms.place(one.route, text, flat=flat) for text in texts]
        missing = [text for text, place in zip(texts, places, strict=True) if not place.id]
        return [*_texts([place.id for place in places if place.id]), *missing]

    def creates(self, draft: Draft) -> list[str]:
        """Return what a post needs that does not exist, such as "the genre Novels/Crime"."""
        return [
            f"the {name.removeprefix(TAXONOMIES)} {text}"
            for name, texts in self.resolved(draft, create=False).items()
            for text in texts
            if not text.startswith("id:")
        ]

    def sent(self, settings: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, list[int]]:
        """Return the fields to send, without those that the site has already.

        Args:
            settings: The desired settings, with ids.
            found: The post's settings; {} for a new post.
        """
        return {
            one.field: [int(text.removeprefix("id:")) for text in settings[f"{TAXONOMIES}{name}"]]
            for name, one in (self._all() if settings else {}).items()
            if f"{TAXONOMIES}{name}" in settings
            and settings[f"{TAXONOMIES}{name}"] != found.get(f"{TAXONOMIES}{name}")
        }

    def _of(self, name: str, draft: Draft) -> SiteTaxonomy:
        site = self._client.site
        if name not in self._names:
            raise Rejected(
                f'taxonomies: "{name}" is not among the taxonomies of site {site} in blogkit.toml',
                site=site,
                hint=nearest(name, self._names) or f'add it there: taxonomies = ["{name}"]',
            )
        one = self._all()[name]
        if (draft.type or draft.kind) not in one.types:
            raise Rejected(
                f"taxonomies: a {draft.type or draft.kind} has no {name} on site {site}",
                site=site,
                hint=f"types of post with it: {', '.join(sorted(one.types)) or 'none'}",
            )
        return one

    def _all(self) -> Mapping[str, SiteTaxonomy]:
        if not self._names:
            return {}
        with self._loading:
            if not self._known:
                self._known = self._read()
        return {name: self._known[name] for name in self._names}

    def _read(self) -> dict[str, SiteTaxonomy]:
        # https://developer.wordpress.org/rest-api/reference/taxonomies/
        data = self._client.get("/wp/v2/taxonomies", doing="list its taxonomies").data
        items = data.items() if isinstance(data, dict) else ()
        found = {name: _taxonomy(name, one) for name, one in items if isinstance(one, dict)}
        if unknown := [name for name in self._names if name not in found]:
            site = self._client.site
            raise Rejected(
                f'taxonomies: site {site} has no taxonomy "{unknown[0]}" in its REST API',
                site=site,
                hint=f"correct taxonomies in blogkit.toml; its own: {', '.join(sorted(found))}",
            )
        return found


def _taxonomy(name: str, data: Mapping[str, Any]) -> SiteTaxonomy:
    field = str(data.get("rest_base") or name)
    types = data.get("types")
    return SiteTaxonomy(
        name,
        field,
        f"/{data.get('rest_namespace') or 'wp/v2'}/{field}",
        data.get("hierarchical") is True,
        frozenset(map(str, types)) if isinstance(types, list) else frozenset(),
    )


def _given(draft: Draft) -> dict[str, list[str]]:
    settings = draft.settings.items()
    return {n.removeprefix(TAXONOMIES): list(v) for n, v in settings if n.startswith(TAXONOMIES)}


def _is_ids(value: object) -> bool:
    return isinstance(value, list) and all(type(number) is int for number in value)


def _texts(ids: Any) -> list[str]:
    return [f"id:{number}" for number in sorted(set(ids))]
