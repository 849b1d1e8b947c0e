"""What a WordPress export tells before its first post: numbers, authors and terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from blogkit.archive.paths import split_path
from blogkit.archive.post import ArchivedBlog, ArchivedPost
from blogkit.dataclass import dataclass
from blogkit.posts.slugs import slugify

CATEGORY_TAXONOMY, TAG_TAXONOMY = "category", "post_tag"
_LONGEST_SLUG = 66
"""Bytes: WordPress has room for 200, and writes letters beyond ASCII as three for each byte."""
_LARGEST_ID = 2**31


@dataclass(frozen=True)
class WxrTerm:
    """A term of the export.

    Attributes:
        taxonomy: Its taxonomy.
        name: Its name.
        slug: Its name in addresses.
        parent: The slug of the term above; "" for none.
        number: Its number in the export.
    """

    taxonomy: str
    name: str
    slug: str
    parent: str
    number: int


@dataclass
class WxrOutline:
    """What is known of all posts.

    Attributes:
        terms: The terms by taxonomy and path; a term comes after the one above.
        authors: Who wrote posts.
        numbers: The number of each post, in their order.
        pages: The number of each page, by its path.
        files: The number of each featured image, by its address.
        alts: Their alternative texts.
    """

    terms: dict[tuple[str, tuple[str, ...]], WxrTerm] = field(default_factory=dict)
    authors: dict[str, None] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    alts: dict[str, str] = field(default_factory=dict)
    _slugs: set[tuple[str, str]] = field(default_factory=set)

    def term(self, taxonomy: str, path: str) -> WxrTerm:
        """Return a term that was noted."""
        return self.terms[taxonomy, _names(taxonomy, path)]

    def note(self, post: ArchivedPost) -> None:
        """Note the author and the terms of a post."""
        if post.author:
            self.authors[post.author] = None
        for taxonomy, path in terms_of(post):
            self._add(taxonomy, _names(taxonomy, path))
        if post.image:
            self.alts.setdefault(post.image, post.image_alt)

    def _add(self, taxonomy: str, names: tuple[str, ...]) -> WxrTerm:
        known = self.terms.get((taxonomy, names))
        if known:
            return known
        parent = self._add(taxonomy, names[:-1]).slug if len(names) > 1 else ""
        slug, number = _slug(names[-1]), 1
        if (taxonomy, slug) in self._slugs and parent:
            slug = _slug(f"{names[-1]} {parent}")
        stem = slug
        while (taxonomy, slug) in self._slugs:
            number += 1
            slug = f"{stem}-{number}"
        self._slugs.add((taxonomy, slug))
        term = WxrTerm(taxonomy, names[-1], slug, parent, len(self.terms) + 1)
        self.terms[taxonomy, names] = term
        return term


def outline_of(posts: Iterable[ArchivedPost], blog: ArchivedBlog) -> WxrOutline:
    """Return what an export tells before its first post.

    A post of a WordPress site keeps its number. Others get one, because WordPress gives an imported
    post the number in the export if that is free, and Blogger's numbers are too large for it.

    Args:
        posts: The posts.
        blog: The blog that they are from.
    """
    outline = WxrOutline()
    taken: set[int] = set()
    pages: list[tuple[str, int]] = []
    for at, post in enumerate(posts):
        outline.note(post)
        given = int(post.id) if blog.platform == "wordpress" and post.id.isdecimal() else 0
        number = given if 0 < given < _LARGEST_ID and given not in taken else 0
        taken.add(number)
        outline.numbers.append(number)
        if post.kind == "page" and post.slug:
            pages.append((path_of_page(post), at))
    free = max(taken, default=0) + 1
    for at, number in enumerate(outline.numbers):
        if not number:
            outline.numbers[at], free = free, free + 1
    outline.pages = {path: outline.numbers[at] for path, at in pages}
    outline.files = {address: free + at for at, address in enumerate(outline.alts)}
    return outline


def path_of_page(post: ArchivedPost) -> str:
    """Return the path of a page: its slug below those of the pages above."""
    return f"{post.parent}/{post.slug}".strip("/")


def terms_of(post: ArchivedPost) -> list[tuple[str, str]]:
    """Return the taxonomy and the path of each term of a post. Labels are tags here."""
    found = [(CATEGORY_TAXONOMY, path) for path in post.categories]
    found += [(TAG_TAXONOMY, name) for name in dict.fromkeys((*post.labels, *post.tags))]
    found += [(taxonomy, path) for taxonomy, paths in post.terms.items() for path in paths]
    return [(taxonomy, path) for taxonomy, path in found if path.strip()]


def _names(taxonomy: str, path: str) -> tuple[str, ...]:
    return (path,) if taxonomy == TAG_TAXONOMY else split_path(path) or (path,)


def _slug(name: str) -> str:
    return slugify(name, max_bytes=_LONGEST_SLUG) or "term"
