"""The settings of a post under WordPress's names. Pure.

To add one, add a row here and a key to `blogkit.posts.front_matter_schema`. The fields:
https://developer.wordpress.org/rest-api/reference/posts/#schema
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import Problem
from blogkit.platforms.base import Draft, PostKind
from blogkit.platforms.settings import META, fits, lacking
from blogkit.platforms.wordpress.seo import AIOSEO_FIELD, aioseo_fields, aioseo_settings

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import WordPressPost

_FLOATING = timedelta(seconds=2)
"""A draft without a date shows the time of its last change, which is taken twice
(https://developer.wordpress.org/reference/functions/wp_insert_post/).
"""
_UNPUBLISHED = frozenset({"draft", "pending", "auto-draft"})


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _id(value: Any) -> str | None:
    """Return the text for an id, as it may be in front matter."""
    number = _number(value)
    return None if number is None else (f"id:{number}" if number else "")


def _number_of(value: Any) -> int:
    return int(str(value).removeprefix("id:") or 0)


@dataclass(frozen=True)
class SettingRow:
    """How one setting is read and written.

    Attributes:
        field: WordPress's name.
        read: Returns the value of a field; None if it is not what is documented.
        write: Returns what to send for a value.
        kind: "post" or "page" if only these have it.
    """

    field: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = _same
    kind: str = ""


SETTING_ROWS: Mapping[str, SettingRow] = {
    "author": SettingRow("author", _id, _number_of),
    "password": SettingRow("password", _text),
    "sticky": SettingRow("sticky", _flag, kind="post"),
    "comments": SettingRow("comment_status", _text),
    "pings": SettingRow("ping_status", _text),
    "format": SettingRow("format", _text, kind="post"),
    "parent": SettingRow("parent", _id, _number_of, kind="page"),
    "template": SettingRow("template", _text),
    "order": SettingRow("menu_order", _number, kind="page"),
    "lang": SettingRow("lang", _text),
}
"""The fields that have one value. `date` and `meta` are read and written below."""

SETTING_FIELDS = (*(row.field for row in SETTING_ROWS.values()), "meta", AIOSEO_FIELD)
"""What to ask for, besides what every post has."""
IMAGE_TEXTS = {"image_alt": "alt_text", "image_caption": "caption", "image_title": "title"}
"""The texts of the featured image, under the names of the media library's fields."""
IMAGE_SIZE = "image_size"
"""The size of the images in the text, which is written into the text and nowhere else."""
WORDPRESS_KEYS = frozenset(
    {*SETTING_ROWS, *IMAGE_TEXTS, IMAGE_SIZE, "date", "meta", "seo", "taxonomies"}
)
"""The keys of front matter that WordPress can set."""


def wordpress_settings(post: WordPressPost) -> dict[str, Any]:
    """Return a post's settings, without those that the site does not tell."""
    given = post.model_extra or {}
    found = {
        name: row.read(given[row.field])
        for name, row in SETTING_ROWS.items()
        if row.field in given and row.kind in ("", post.type)
    }
    meta = given.get("meta")
    if isinstance(meta, dict):  # PHP writes an empty one as a list
        found |= {f"{META}{name}": value for name, value in meta.items()}
    found |= aioseo_settings(given)
    if post.status in _UNPUBLISHED:
        found["date"] = _date(post)
    return {name: value for name, value in found.items() if value is not None}


def wordpress_fields(settings: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields to send, without those that the site has already.

    Args:
        settings: The desired values, resolved.
        found: The post's settings as they are; {} for a new post.
    """
    differing = {
        name: value
        for name, value in settings.items()
        if not (name in found and fits(value, found[name]))
    }
    fields = {
        row.field: row.write(differing[n]) for n, row in SETTING_ROWS.items() if n in differing
    }
    meta = {n.removeprefix(META): v for n, v in differing.items() if n.startswith(META)}
    if meta:
        fields["meta"] = meta
    fields |= aioseo_fields(differing)
    # A post that is live has a date of its own, and another one in the future would hide it.
    if "date" in differing and (not found or "date" in found):
        fields["date_gmt"] = (differing["date"] or None) and _gmt(differing["date"])
    return fields


def wordpress_setting_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what WordPress lacks, or what excludes each other, of a draft's settings."""
    given = draft.settings
    yield from lacking(given, WORDPRESS_KEYS, "WordPress", draft.kind)
    if not (draft.featured or draft.featured_url):
        for name in given.keys() & IMAGE_TEXTS.keys():
            yield Problem(
                "",
                0,
                f"{name}: describes an image that the post does not have, so it will not be sent",
                "add image:",
                "setting-image",
                "warning",
            )
    if IMAGE_SIZE in given and not draft.assets:
        yield Problem(
            "",
            0,
            f"{IMAGE_SIZE}: the text has no local image, so it changes nothing",
            f"remove {IMAGE_SIZE}:",
            "setting-image",
            "warning",
        )
    if given.get("comments") == "hidden":
        yield Problem(
            "",
            0,
            "WordPress cannot hide the comments that are there",
            "write comments: closed",
            "setting-comments",
        )
    if given.get("sticky") and given.get("password"):
        yield Problem(
            "",
            0,
            "WordPress does not keep a post with a password at the top",
            "remove sticky: or password:",
            "setting-sticky",
        )


def wordpress_has(name: str, kind: PostKind) -> bool:
    """Return whether WordPress has a setting for a kind of post.

    Args:
        name: The setting's name.
        kind: Post or page.
    """
    if name in SETTING_ROWS:
        return SETTING_ROWS[name].kind in ("", kind)
    return name.partition(".")[0] in WORDPRESS_KEYS | {"aioseo"}


def _date(post: WordPressPost) -> str:
    """Return the date of a draft; "" if it has none of its own."""
    if post.date_gmt is None:
        return ""
    try:
        modified = datetime.fromisoformat(f"{post.modified_gmt.removesuffix('Z')}+00:00")
    except ValueError:
        return ""
    return "" if abs(post.date_gmt - modified) <= _FLOATING else post.date_gmt.isoformat()


def _gmt(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%Y-%m-%dT%H:%M:%S")
