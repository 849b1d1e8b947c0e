"""The categories, tags and other terms in a WordPress export, with their hierarchy.

WordPress keeps their names as HTML: "R&amp;D"
(https://developer.wordpress.org/reference/functions/wp_insert_term/).
"""

from __future__ import annotations

from typing import TypedDict

from blogkit.archive.xml import XmlNode
from blogkit.html import decode

_FORMAT = "post-format-"


class PostTerms(TypedDict):
    """The terms of one post, as in `ArchivedPost`."""

    categories: tuple[str, ...]
    tags: tuple[str, ...]
    terms: dict[str, tuple[str, ...]]
    format: str


class TermTable:
    """Knows which term is below which."""

    def __init__(self) -> None:
        # name and the slug of the term above, by taxonomy and slug
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    def add(self, node: XmlNode, space: str) -> None:
        """Note a `wp:category` or a `wp:term`.

        Args:
            node: The element.
            space: The namespace of the export.
        """
        names = ("cat_name", "category_nicename", "category_parent")
        taxonomy = "category"
        if node.tag.endswith("}term"):
            names = ("term_name", "term_slug", "term_parent")
            taxonomy = node.text_of(f"{space}}}term_taxonomy").strip()
        name, slug, above = (node.text_of(f"{space}}}{one}").strip() for one in names)
        self._known[taxonomy, slug] = (decode(name), above)

    def update(self, other: TermTable) -> None:
        """Know also what another table knows."""
        self._known |= other._known

    def of(self, item: XmlNode) -> PostTerms:
        """Return the terms of a post.

        Args:
            item: The post's element.
        """
        found: dict[str, dict[str, None]] = {}
        form = ""
        for node in item.all("category"):
            taxonomy = node.attributes.get("domain", "category")
            slug = node.attributes.get("nicename", "")
            if taxonomy == "post_format":
                form = slug.removeprefix(_FORMAT)
            elif path := self._path(taxonomy, slug, decode(node.text.strip())):
                found.setdefault(taxonomy, {})[path] = None
        return PostTerms(
            categories=tuple(found.pop("category", {})),
            tags=tuple(found.pop("post_tag", {})),
            terms={taxonomy: tuple(paths) for taxonomy, paths in found.items()},
            format=form,
        )

    def _path(self, taxonomy: str, slug: str, name: str) -> str:
        """Return the names from the top to a term, with "/" between them and "//" for a slash.

        Tags have no hierarchy, and are their names.
        """
        if taxonomy == "post_tag":
            return name
        path = [name]
        seen = {slug}
        _, above = self._known.get((taxonomy, slug), ("", ""))
        while above and above not in seen and (taxonomy, above) in self._known:
            seen.add(above)
            name, above = self._known[taxonomy, above]
            path.insert(0, name)
        return "/".join(part.replace("/", "//") for part in path)
