"""Put names in the place of a site's own numbers: authors, pages above, images and terms.

A hundred of them are asked for at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from blogkit.errors import NotFound, PermissionDenied
from blogkit.html import decode
from blogkit.platforms.base import Remote
from blogkit.platforms.term_names import write_path
from blogkit.platforms.wordpress.client import Client
from blogkit.platforms.wordpress.taxonomies.custom import CustomTaxonomies
from blogkit.platforms.wordpress.taxonomies.taxonomy import Terms

_MOST = 100


class NamedRemotes:
    """Names what posts have by number. Each number is looked up once.

    Args:
        client: The site.
        terms: Its categories and tags.
        taxonomies: Its other taxonomies.
    """

    def __init__(self, client: Client, terms: Terms, taxonomies: CustomTaxonomies) -> None:
        self._client, self._terms, self._taxonomies = client, terms, taxonomies
        self._found: dict[tuple[str, int], Mapping[str, Any]] = {}

    def of(self, remotes: Sequence[Remote]) -> list[Remote]:
        """Return posts with names; what the account may not look up keeps its number.

        Args:
            remotes: The posts.
        """
        get = [one.settings.get for one in remotes]
        self._load("users", (_number(one("author")) for one in get), "id,slug,username")
        self._load_pages(_number(one("parent")) for one in get)
        images = (_number(one.featured_id) for one in remotes)
        self._load("media", images, "id,source_url,alt_text")
        return [self._named(one) for one in remotes]

    def _named(self, remote: Remote) -> Remote:
        settings = {**remote.settings, **self._taxonomies.paths(remote.settings)}
        if author := self._found.get(("users", _number(settings.get("author")))):
            settings["author"] = str(author.get("username") or author.get("slug"))
        if path := self._path(_number(settings.get("parent"))):
            settings["parent"] = path
        if image := self._found.get(("media", _number(remote.featured_id))):
            settings["image"] = str(image.get("source_url"))
            settings["image_alt"] = decode(str(image.get("alt_text") or ""))
        tree = self._terms.tree("categories") if remote.category_ids else None
        categories = [
            write_path(tree.path(int(number))) if tree and int(number) in tree else name
            for name, number in zip(remote.categories, remote.category_ids, strict=True)
        ]
        return replace(remote, settings=settings, categories=tuple(categories))

    def _load_pages(self, numbers: Iterable[int]) -> None:
        """Look up pages, and those above them."""
        wanted = set(numbers)
        while wanted - {0}:
            found = self._load("pages", wanted, "id,slug,parent")
            wanted = {_number(page.get("parent")) for page in found}

    def _path(self, number: int) -> str:
        path: list[str] = []
        seen: set[int] = set()
        while (page := self._found.get(("pages", number))) and number not in seen:
            seen.add(number)
            path.insert(0, str(page.get("slug", "")))
            number = _number(page.get("parent"))
        return "/".join(path) if all(path) else ""

    def _load(self, route: str, numbers: Iterable[int], fields: str) -> list[Mapping[str, Any]]:
        """Look up numbers that are not known yet, and return what was found."""
        wanted = sorted({number for number in numbers if number} - self._known(route))
        found: list[Mapping[str, Any]] = []
        for start in range(0, len(wanted), _MOST):
            some = wanted[start : start + _MOST]
            include = ("include", ",".join(map(str, some)))
            for context in ("edit", "view"):  # logins, drafts and private files need "edit"
                params = (("context", context), ("_fields", fields), include, *_ANY.get(route, ()))
                with suppress(PermissionDenied, NotFound):
                    answer = self._client.all(f"/wp/v2/{route}", params, doing=f"list {route}")
                    found += [one for one in answer if isinstance(one, dict)]
                    break
        self._found |= {(route, _number(one.get("id"))): one for one in found}
        return found

    def _known(self, route: str) -> set[int]:
        return {number for name, number in self._found if name == route}


_ANY = {"pages": (("status", "any"),)}


def _number(value: object) -> int:
    """Return a number of the site, such as 12 for "id:12"; 0 for anything else."""
    text = str(value).removeprefix("id:")
    return int(text) if text.isdecimal() else 0
