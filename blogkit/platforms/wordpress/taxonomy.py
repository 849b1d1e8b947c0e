"""Categories and tags by name: found regardless of case, created if missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING

from blogkit.errors import PermissionDenied
from blogkit.html import decode
from blogkit.platforms.items import DamagedItem
from blogkit.platforms.wordpress.api import Taxonomy
from blogkit.platforms.wordpress.client import MAX_PER_PAGE, Client
from blogkit.platforms.wordpress.errors import TermExists

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import Term

_NONE: Mapping[str, int] = {}
_SINGULAR: dict[Taxonomy, str] = {"categories": "category", "tags": "tag"}


class Terms:
    """A site's categories and tags, cached.

    Args:
        client: The site.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._ids: dict[tuple[Taxonomy, str], int] = {}
        self._names: dict[tuple[Taxonomy, int], str | None] = {}

    def names(self, taxonomy: Taxonomy, ids: Sequence[int]) -> dict[int, str]:
        """Return the names of the terms that exist, by id.

        Args:
            taxonomy: Which kind of terms.
            ids: Their ids.
        """
        unknown = [number for number in ids if (taxonomy, number) not in self._names]
        self._names |= {(taxonomy, number): None for number in unknown}
        for start in range(0, len(unknown), MAX_PER_PAGE):
            include = ",".join(map(str, unknown[start : start + MAX_PER_PAGE]))
            params = (("include", include), ("_fields", "id,name,parent"))
            for term in self._read(self._client.all(f"/wp/v2/{taxonomy}", params)):
                self._names[taxonomy, term.id] = decode(term.name)
        found = {number: self._names.get((taxonomy, number)) for number in ids}
        return {number: name for number, name in found.items() if name is not None}

    def restored(self, taxonomy: Taxonomy, names: Sequence[str], ids: Sequence[str]) -> list[int]:
        """Return the ids of terms that a post had, also where two terms have one name.

        Args:
            taxonomy: Which kind of terms.
            names: Their names.
            ids: Their ids, if they are known; one that no longer exists is found by its name, or
                created.
        """
        if len(ids) != len(names):
            return self.ids(taxonomy, names)
        there = self.names(taxonomy, [int(number) for number in ids])
        known = {name: int(number) for name, number in zip(names, ids, strict=True)}
        return self.ids(taxonomy, names, {n: i for n, i in known.items() if i in there})

    def ids(
        self, taxonomy: Taxonomy, names: Iterable[str], known: Mapping[str, int] = _NONE
    ) -> list[int]:
        """Return the id of each name, creating missing ones.

        Args:
            taxonomy: Which kind of terms.
            names: In any case; duplicates are dropped.
            known: The ids of names that the post has, which is one of several terms of a name.

        Raises:
            PermissionDenied: A name does not exist, and this account may not create it.
        """
        own = {_plain(name): number for name, number in known.items()}
        found = [
            own.get(_plain(name)) or self.find(taxonomy, name) or self._create(taxonomy, name)
            for name in names
        ]
        return list(dict.fromkeys(found))

    def find(self, taxonomy: Taxonomy, name: str) -> int | None:
        """Return the id of the term with this name, regardless of case; None if there is none."""
        place = (taxonomy, _plain(name))
        if place not in self._ids:
            # `search` finds substrings, and names are kept with their `&` and `<` escaped.
            params = (
                ("search", escape(" ".join(name.split()), quote=False)),
                ("_fields", "id,name,parent"),
            )
            same = [
                term
                for term in self._read(self._client.all(f"/wp/v2/{taxonomy}", params))
                if _plain(decode(term.name)) == place[1]
            ]
            if not same:
                return None
            # Several categories may share a name under different parents: always the same one, or a
            # post would move between them.
            self._ids[place] = min(same, key=lambda term: (_rank(term, name), term.id)).id
        return self._ids[place]

    def _read(self, items: Iterable[object]) -> Iterator[Term]:
        """Yield the terms, without damaged ones: WordPress refuses to create a term twice."""
        from blogkit.platforms.models import parse
        from blogkit.platforms.wordpress.models import Term

        for item in items:
            with suppress(DamagedItem):
                yield parse(Term, item)

    def _create(self, taxonomy: Taxonomy, name: str) -> int:
        from blogkit.platforms.wordpress.models import Created

        kind = _SINGULAR[taxonomy]
        try:
            reply = self._client.post(
                f"/wp/v2/{taxonomy}",
                {"name": " ".join(name.split())},
                (("_fields", "id,name"),),
                doing=f'create the {kind} "{name}"',
            )
            number = reply.read(Created, kind).id
        except TermExists as error:
            # WordPress compares names more loosely than we do (accents), and another client may
            # have been faster.
            if not error.term_id:
                raise
            number = error.term_id
        except PermissionDenied as error:
            raise PermissionDenied(
                f'the {kind} "{name}" does not exist on site {self._client.site}, and this account'
                " may not create it",
                site=error.site,
                status=error.status,
                reason=error.reason,
                hint=(
                    f'create "{name}" in WordPress (Posts → {taxonomy.title()}) or use an existing'
                    " one, or sign in as an editor"
                ),
            ) from None
        self._ids[taxonomy, _plain(name)] = number
        return number


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rank(term: Term, name: str) -> tuple[bool, bool]:
    """Rank terms that differ in case or parent: exact spelling first, then top level."""
    return decode(term.name) != name, bool(term.parent)
