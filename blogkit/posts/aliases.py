"""Names of front matter that Hugo, Jekyll, Obsidian and WordPress users write.

https://gohugo.io/content-management/front-matter/, https://jekyllrb.com/docs/front-matter/ and
https://help.obsidian.md/properties
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from blogkit.dataclass import dataclass
from blogkit.posts.yaml12 import Yaml, as_written


@dataclass(frozen=True)
class Alias:
    """Another name for a key.

    Attributes:
        name: The key that it means.
        values: What its values mean, in lower case; others mean themselves.
        only: Whether other values than these make it an unknown key.
    """

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    only: bool = False


_STATUSES = {
    "publish": "now",
    "published": "now",
    "true": "now",
    "false": "draft",
    "unpublished": "draft",
}
ALIASES: Mapping[str, Alias] = {
    "draft": Alias("publish", {"true": "draft", "false": "now"}, only=True),
    "published": Alias("publish", {"true": "now", "false": "draft"}, only=True),
    "status": Alias("publish", _STATUSES),
    "publishdate": Alias("date"),
    "publish_date": Alias("date"),
    "description": Alias("excerpt"),
    "summary": Alias("excerpt"),
    "category": Alias("categories"),
    "tag": Alias("tags"),
    "keywords": Alias("tags"),
    "featured_image": Alias("image"),
    "cover": Alias("image"),
    "thumbnail": Alias("image"),
    "featured_image_alt": Alias("image_alt"),
    "cover_alt": Alias("image_alt"),
    "lang": Alias("language"),
    "menu_order": Alias("order"),
    "weight": Alias("order"),
    "comment_status": Alias("comments"),
    "ping_status": Alias("pings"),
    "post_format": Alias("format"),
    "layout": Alias("type", {"post": "post", "page": "page"}, only=True),
}
"""The aliases by name, in lower case and with "_" for "-"."""


@dataclass(frozen=True)
class AliasUse:
    """A line of a file that uses an alias.

    Attributes:
        written: The key as the file has it.
        name: The key that it means.
        value: The value that it means, if that is another one than the file has; else None.
    """

    written: str
    name: str
    value: str | None = None


def plain_key(name: str) -> str:
    """Return a key as aliases are written: "Featured-Image" is "featured_image"."""
    return name.strip().lower().replace("-", "_")


def used_aliases(yaml: Yaml, keys: Mapping[str, object]) -> list[AliasUse]:
    """Return the lines of a file that use aliases.

    Args:
        yaml: The front matter.
        keys: The keys of front matter.
    """
    values = yaml.value if isinstance(yaml.value, dict) else {}
    found = []
    for written, value in values.items():
        alias = ALIASES.get(plain_key(written))
        if written in keys or alias is None:
            continue
        text = "" if isinstance(value, list | dict) else as_written(value).strip().lower()
        if alias.only and text not in alias.values:
            continue
        found.append(AliasUse(written, alias.name, alias.values.get(text)))
    return found
