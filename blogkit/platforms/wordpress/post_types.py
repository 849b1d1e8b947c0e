"""The addresses of a site's post types: posts, pages, and custom types.

https://developer.wordpress.org/rest-api/extending-the-rest-api/adding-rest-api-support-for-custom-content-types/
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import Rejected
from blogkit.platforms.base import Draft, PostKind, Ref
from blogkit.platforms.wordpress.client import Client

_USUAL: Mapping[PostKind, str] = {"post": "/wp/v2/posts", "page": "/wp/v2/pages"}
_TAXONOMIES = ("category", "post_tag")


@dataclass(frozen=True)
class PostType:
    """A kind of post.

    Attributes:
        name: The site's name of it, such as "book"; "" for posts and pages.
        route: Its collection, such as "/wp/v2/books".
        taxonomies: The names of its taxonomies.
    """

    name: str
    route: str
    taxonomies: frozenset[str] = frozenset(_TAXONOMIES)


class PostTypes:
    """The types that blogkit works with on one site.

    A custom type is part of the id of its posts, such as "book-508": WordPress shows a post only at
    the address of its type.

    Args:
        client: The site.
        names: Custom types.
    """

    def __init__(self, client: Client, names: Sequence[str]) -> None:
        self._client = client
        self._names = tuple(names)
        self._known: dict[str, PostType] = {}
        self._loading = threading.Lock()

    def of(self, kind: PostKind, name: str = "") -> PostType:
        """Return a type.

        Args:
            kind: Post or page.
            name: The name of a custom type; "" for the usual one.

        Raises:
            Rejected: The site has no such type in its REST API.
        """
        if not name:
            return PostType("", _USUAL[kind])
        with self._loading:
            if not self._known:
                self._known = self._read()
        return self._known[name]

    def all(self, kind: PostKind) -> list[PostType]:
        """Return the types that count as posts or as pages."""
        custom = self._names if kind == "post" else ()
        return [self.of(kind), *(self.of(kind, name) for name in custom)]

    def address(self, ref: Ref) -> str:
        """Return the route of a post."""
        name, number = self.split(ref)
        return f"{self.of(ref.kind, name).route}/{number}"

    def places(self, ref: Ref) -> list[Ref]:
        """Return where else a post may be: WordPress's numbers are unique among all types."""
        is_number = ref.kind == "post" and ref.id.isdecimal()
        return [Ref(f"{name}-{ref.id}") for name in self._names] if is_number else []

    def split(self, ref: Ref) -> tuple[str, str]:
        """Return the custom type of a post ("" for the usual one), and its number."""
        name, _, number = ref.id.rpartition("-")
        return (name, number) if name in self._names else ("", ref.id)

    def require(self, ref: Ref, draft: Draft) -> None:
        """Check that a post has the type that its file asks for.

        Args:
            ref: Where the site has the post.
            draft: What the file asks for.

        Raises:
            Rejected: It has another type, which blogkit does not change.
        """
        if self.split(ref)[0] != draft.type:
            site = self._client.site
            raise Rejected(
                f"site {site} cannot make {ref.kind} {ref.id} a {draft.type or draft.kind}",
                site=site,
                hint="change `type:` back, or give the file its own `key:`",
            )

    def _read(self) -> dict[str, PostType]:
        site = self._client.site
        data = self._client.get("/wp/v2/types", doing="list its types of post").data
        found = {name: _post_type(name, one) for name, one in _items(data)}
        if unknown := [name for name in self._names if name not in found]:
            raise Rejected(
                f'site {site} has no type of post "{unknown[0]}" in its REST API',
                site=site,
                hint=f"correct types in blogkit.toml; its types: {', '.join(sorted(found))}",
            )
        return found


def _items(data: object) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(data, dict):
        return []
    return [(name, one) for name, one in data.items() if isinstance(one, dict)]


def _post_type(name: str, data: Mapping[str, Any]) -> PostType:
    # `rest_namespace` is new in WordPress 5.9.
    route = f"/{data.get('rest_namespace') or 'wp/v2'}/{data.get('rest_base') or name}"
    taxonomies = data.get("taxonomies")
    named = taxonomies if isinstance(taxonomies, list) else []
    return PostType(name, route, frozenset(one for one in named if isinstance(one, str)))
