"""The terms of a site: found regardless of case, looked up once, created if missing."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogkit.errors import PermissionDenied, Rejected
from blogkit.html import decode
from blogkit.platforms.items import DamagedItem
from blogkit.platforms.term_names import TermName, read_term_name
from blogkit.platforms.wordpress.api import Taxonomy
from blogkit.platforms.wordpress.client import MAX_PER_PAGE, Client
from blogkit.platforms.wordpress.errors import TermExists
from blogkit.platforms.wordpress.routes import Params
from blogkit.platforms.wordpress.taxonomies.term_tree import Ambiguous, Node, Place, TermTree, plain

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import Term

_NONE: Mapping[str, int] = {}
_SINGULAR = {"categories": "category", "tags": "tag"}
_FIELDS = ("_fields", "id,name,slug,parent")


class Terms:
    """A site's categories and tags, cached.

    Args:
        client: The site.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._trees: dict[str, TermTree] = {}
        self._tags: dict[str, int] = {}
        self._all_tags: bool | None = None
        self._names: dict[tuple[str, int], str | None] = {}
        self._loading = threading.Lock()

    def learn(self, named: Mapping[Taxonomy, Mapping[int, str]]) -> None:
        """Keep the names of terms that an answer has, by id."""
        for taxonomy, names in named.items():
            self._names |= {(taxonomy, number): name for number, name in names.items()}

    def names(self, taxonomy: str, ids: Sequence[int]) -> dict[int, str]:
        """Return the names of the terms that exist, by id.

        Args:
            taxonomy: Which kind of terms.
            ids: Their ids.
        """
        unknown = [number for number in ids if (taxonomy, number) not in self._names]
        for start in range(0, len(unknown), MAX_PER_PAGE):
            include = ",".join(map(str, unknown[start : start + MAX_PER_PAGE]))
            for _ in self._all(taxonomy, (("include", include),)):
                pass  # it is kept as it is read
        for number in unknown:  # only now, as another thread may ask for the same terms
            self._names.setdefault((taxonomy, number), None)
        found = {number: self._names.get((taxonomy, number)) for number in ids}
        return {number: name for number, name in found.items() if name is not None}

    def restored(self, taxonomy: str, names: Sequence[str], ids: Sequence[str]) -> list[int]:
        """Return the ids of terms that a post had, also where two terms have one name.

        Args:
            taxonomy: Which kind of terms.
            names: Their names.
            ids: Their ids, if they are known; one that no longer exists is found by its name, or
                created.

        Raises:
            Rejected: A category was deleted since, and several others have its name.
        """
        kept, left = [], list(names)
        if len(ids) == len(names):
            there = self.names(taxonomy, [int(number) for number in ids])
            kept = [int(number) for number in ids if int(number) in there]
            pairs = zip(names, ids, strict=True)
            left = [name for name, number in pairs if int(number) not in there]
        if taxonomy == "tags":
            found = self.tags(left)
        else:
            # Names from a site are never paths.
            found = [self._settled(taxonomy, TermName(name, (name,)), ()) for name in left]
        return list(dict.fromkeys((*kept, *found)))

    def tags(self, names: Iterable[str], known: Mapping[str, int] = _NONE) -> list[int]:
        """Return the id of each tag, creating missing ones.

        Args:
            names: In any case; duplicates are dropped.
            known: The ids of names that the post has, which is one of several tags of a name.

        Raises:
            PermissionDenied: A tag does not exist, and this account may not create it.
        """
        own = {plain(name): number for name, number in known.items()}
        found = [
            own.get(plain(name)) or self.tag(name) or self._create("tags", name, name)
            for name in names
        ]
        return list(dict.fromkeys(found))

    def tag(self, name: str) -> int | None:
        """Return the id of the tag with this name, regardless of case; None if there is none.

        A blog may have thousands of tags, so the most used ones are read once, and others are
        searched for.
        """
        with self._loading:
            if self._all_tags is None:
                self._read_most_used()
        key = plain(name)
        if key not in self._tags and not self._all_tags:
            # `search` finds substrings, and names are kept with their `&` and `<` escaped.
            text = escape(" ".join(name.split()), quote=False)
            self._learn(name, self._all("tags", (("search", text),)))
        return self._tags.get(key)

    def place(
        self, taxonomy: str, text: str, own: Collection[int] = (), *, flat: bool = False
    ) -> Place:
        """Return where a category is, or is to be created.

        Args:
            taxonomy: Which kind of terms: "categories", or the route of a custom taxonomy.
            text: As the file names it.
            own: The ids of the post's terms: of several that fit, the name means its own.
            flat: The taxonomy has no hierarchy, so a slash is part of a name.

        Raises:
            Rejected: It fits several categories, or no category has this id or slug.
        """
        return self._place(taxonomy, read_term_name(text, flat=flat), own)

    def placed(
        self,
        taxonomy: str,
        texts: Iterable[str],
        own: Collection[int] = (),
        *,
        flat: bool = False,
    ) -> list[int]:
        """Return the ids of categories, creating missing ones, those above them first.

        Args:
            taxonomy: As for `place`.
            texts: As the file names them.
            own: As for `place`.
            flat: As for `place`.

        Raises:
            Rejected: As for `place`.
            PermissionDenied: A category does not exist, and this account may not create it.
        """
        found = [self._settled(taxonomy, read_term_name(text, flat=flat), own) for text in texts]
        return list(dict.fromkeys(found))

    def matches(self, taxonomy: str, text: str) -> list[int]:
        """Return the ids of all terms that a text names."""
        if taxonomy == "tags":
            found = self.tag(text)
            return [found] if found else []
        return self.tree(taxonomy).matches(read_term_name(text))

    def tree(self, taxonomy: str) -> TermTree:
        """Return all terms of a taxonomy, read once."""
        with self._loading:
            if taxonomy not in self._trees:
                terms = self._all(taxonomy, ())
                self._trees[taxonomy] = TermTree(
                    Node(term.id, decode(term.name), unquote(term.slug), term.parent)
                    for term in terms
                )
        return self._trees[taxonomy]

    def forget(self) -> None:
        """Read everything again when it is next needed: someone changed the terms meanwhile."""
        self._trees.clear()
        self._tags.clear()
        self._all_tags = None

    def _place(self, taxonomy: str, name: TermName, own: Collection[int]) -> Place:
        kind, site = _singular(taxonomy), self._client.site
        try:
            return self.tree(taxonomy).place(name, own)
        except Ambiguous as error:
            several = f"{len(error.written)} {_plural(taxonomy)}"
            raise Rejected(
                f'"{error.name}" is the name of {several} of site {site}',
                site=site,
                hint=f"write one of: {', '.join(error.written)}",
            ) from None
        except KeyError:
            raise Rejected(
                f'site {site} has no {kind} "{name.text}"',
                site=site,
                hint=f"write its name or path, such as GS-III/Polity; see Posts → {_menu(taxonomy)}"
                " in WordPress",
            ) from None

    def _settled(self, taxonomy: str, name: TermName, own: Collection[int]) -> int:
        """Return the id of a term, created if need be."""
        place = self._place(taxonomy, name, own)
        number = place.id
        above = place.parent
        for part in place.missing:
            number = above = self._create(taxonomy, part, name.text, above)
        return number

    def _read_most_used(self) -> None:
        params = (("orderby", "count"), ("order", "desc"), ("per_page", str(MAX_PER_PAGE)), _FIELDS)
        reply = self._client.get("/wp/v2/tags", params, doing="list its tags")
        items = reply.data if isinstance(reply.data, list) else []
        for term in self._read("tags", items):
            self._tags.setdefault(plain(decode(term.name)), term.id)
        one_page = len(items) < MAX_PER_PAGE if reply.pages is None else reply.pages <= 1
        self._all_tags = one_page and not self._client.languages

    def _learn(self, name: str, terms: Iterable[Term]) -> None:
        same = [term for term in terms if plain(decode(term.name)) == plain(name)]
        if same:
            # Always the same one, or a post would move between them.
            best = min(same, key=lambda term: (decode(term.name) != name, term.id))
            self._tags[plain(name)] = best.id

    def _all(self, taxonomy: str, params: Params) -> Iterator[Term]:
        return self._read(taxonomy, self._client.all(_route(taxonomy), (*params, _FIELDS)))

    def _read(self, taxonomy: str, items: Iterable[object]) -> Iterator[Term]:
        """Yield the terms, without damaged ones: WordPress refuses to create a term twice."""
        from blogkit.platforms.models import parse
        from blogkit.platforms.wordpress.models import Term

        for item in items:
            with suppress(DamagedItem):
                term = parse(Term, item)
                self._names[taxonomy, term.id] = decode(term.name)
                yield term

    def _create(self, taxonomy: str, name: str, wanted: str, parent: int = 0) -> int:
        from blogkit.platforms.wordpress.models import Created

        kind, name = _singular(taxonomy), " ".join(name.split())
        try:
            reply = self._client.post(
                _route(taxonomy),
                {"name": name, **({"parent": parent} if parent else {})},
                (("_fields", "id,name"),),
                doing=f'create the {kind} "{name}"',
            )
            number = reply.read(Created, kind).id
            list(self._read(taxonomy, [reply.data]))  # keeps its name as the site has it
        except TermExists as error:
            # WordPress compares names more loosely than we do (accents), and another client may
            # have been faster.
            if not error.term_id:
                raise
            number = error.term_id
        except PermissionDenied as error:
            self.forget()  # someone who may create it is asked to do so
            raise PermissionDenied(
                f'the {kind} "{wanted}" does not exist on site {self._client.site}, and this'
                " account may not create it",
                site=error.site,
                status=error.status,
                reason=error.reason,
                hint=(
                    f'create "{wanted}" in WordPress (Posts → {_menu(taxonomy)}) or use an existing'
                    " one, or sign in as an editor"
                ),
            ) from None
        if taxonomy == "tags":
            self._tags[plain(name)] = number
        else:
            self.tree(taxonomy).add(Node(number, name, parent=parent))
        return number


def _route(taxonomy: str) -> str:
    """Return where the terms are: a custom taxonomy is named by its route."""
    return taxonomy if taxonomy.startswith("/") else f"/wp/v2/{taxonomy}"


def _plural(taxonomy: str) -> str:
    return taxonomy.rpartition("/")[2]


def _singular(taxonomy: str) -> str:
    return _SINGULAR.get(taxonomy) or f"{_plural(taxonomy)} term"


def _menu(taxonomy: str) -> str:
    return _plural(taxonomy).title()
