"""Export a post on a blog as a file: its metadata as front matter, its body byte for byte. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from blogkit.archive.front_matter import front_matter
from blogkit.paths import file_words, unlike_a_device
from blogkit.platforms.base import Remote
from blogkit.platforms.items import is_copy
from blogkit.platforms.settings import worth_writing
from blogkit.posts.slugs import slugify
from blogkit.regions import find_sentinel


def export_source(remote: Remote, site: str, key: str = "") -> bytes:
    """Return a post as a file: `.html`, with `post_id:` so that its body is kept verbatim.

    Args:
        remote: The post on the site.
        site: The site's name in blogkit.toml.
        key: The post's key; "" for the file's name.
    """
    fields: dict[str, object] = {"title": remote.title}
    if key:
        fields["key"] = key
    for name, value in (
        ("labels", remote.labels),
        ("categories", remote.categories),
        ("tags", remote.tags),
    ):
        if value:
            fields[name] = list(value)
    if remote.excerpt.strip():
        fields["excerpt"] = " ".join(remote.excerpt.split())
    if remote.type or remote.ref.kind == "page":
        fields["type"] = remote.type or "page"
    fields |= worth_writing(remote.settings, remote.ref.kind)
    fields |= {"sites": [site], "post_id": remote.ref.id}
    return f"{front_matter(fields)}{remote.body}".encode("utf-8", "surrogatepass")


def export_file_name(remote: Remote, taken: Collection[str]) -> str:
    """Return a free file name without extension for an exported post.

    It is the key in the body, else the last part of the address, the title or the id.

    Args:
        remote: The post on the site.
        taken: Names that are not free, case-folded: some file systems ignore case.
    """
    key = None if is_copy(remote) else find_sentinel(remote.body)
    wanted = (
        key
        or unicodedata.normalize("NFC", remote.slug)
        or slugify(remote.title)
        or f"{remote.ref.kind}-{remote.ref.id}"
    )
    stem = unlike_a_device(file_words(wanted, 80) or f"{remote.ref.kind}-{remote.ref.id}")
    number, name = 1, stem
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
