"""Translate a generator's front matter to that of a post, and name what has no place in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from blogkit.importers.front_values import flaw_of
from blogkit.importers.generators.header import GeneratorHeader, HeaderEntry
from blogkit.importers.html.dates import day_of
from blogkit.importers.report import Dropped, Needed
from blogkit.posts.dates import MOMENT
from blogkit.posts.front_matter_schema import KEYS
from blogkit.posts.slugs import slugify

DATED_NAME = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
"""How Jekyll names posts: https://jekyllrb.com/docs/posts/#creating-posts."""
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_SHOWN = 60
_ENDING = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)


@dataclass
class Front:
    """What the front matter of the post will hold.

    Attributes:
        values: Keys of front matter with their values.
        titled_by: Where the title is from.
        date: When the post was published, for `publish:`; "" if that is not known.
        is_draft: Whether it was not public.
        dropped: Lines without a place in a post.
        needed: What its author has to decide.
    """

    values: dict[str, Any] = field(default_factory=dict)
    titled_by: str = ""
    date: str = ""
    is_draft: bool = False
    dropped: list[Dropped] = field(default_factory=list)
    needed: list[Needed] = field(default_factory=list)

    def set(self, entry: HeaderEntry, key: str, value: Any) -> None:
        """Take a value, or name it if a post cannot have it, or has another one already."""
        if value in ("", [], None):
            return
        if key in self.values and self.values[key] != value:
            self.drop(entry, f"front matter: {key}: is set already")
        elif flaw := flaw_of(key, value):
            self.drop(entry, f"front matter that is not valid: {flaw}")
        else:
            self.values[key] = value

    def drop(self, entry: HeaderEntry, why: str) -> None:
        """Name a line that has no place in the post."""
        words = " ".join(f"{entry.key}: {entry.value}".split())
        shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
        self.dropped.append(Dropped(entry.line, why, shown))

    def ask(self, entry: HeaderEntry, what: str, hint: str) -> None:
        """Name something that only the author can decide."""
        self.needed.append(Needed(entry.line, what, hint))


def front_of(header: GeneratorHeader, name: str) -> Front:
    """Return the front matter of a post.

    Args:
        header: The generator's.
        name: The file's path: Jekyll keeps the date and the slug in its name, and drafts in
            `_drafts`; Hugo names the folder of `index.md` like the post.
    """
    front = Front()
    for entry in header.entries:
        handle = _HANDLERS.get(entry.key.lower().replace("-", "_"), _unknown)
        handle(front, entry)
    _read_name(front, PurePath(name))
    if "title" in front.values:
        front.titled_by = "the front matter"
    if front.is_draft and front.date:
        front.values["date"] = front.date
    return front


def _read_name(front: Front, path: PurePath) -> None:
    front.is_draft |= "_drafts" in path.parts
    stem = path.parent.name if path.stem == "index" else path.stem
    dated = DATED_NAME.fullmatch(stem)
    if dated:
        front.date = front.date or _moment(dated["day"])
        stem = dated["slug"]
    slug = slugify(stem)
    if slug and path.suffix and not flaw_of("slug", slug):
        front.values.setdefault("slug", slug)


def _text(key: str) -> Callable[[Front, HeaderEntry], None]:
    def read(front: Front, entry: HeaderEntry) -> None:
        if isinstance(entry.value, dict | list):
            front.drop(entry, "front matter that is not a text")
            return
        front.set(entry, key, " ".join(_words(entry.value).split()))

    return read


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _names(key: str) -> Callable[[Front, HeaderEntry], None]:
    def read(front: Front, entry: HeaderEntry) -> None:
        names = list(dict.fromkeys(_listed(entry.value)))
        more = [*front.values.pop(key, []), *names]
        front.set(entry, key, list(dict.fromkeys(more)))

    return read


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for one in value for name in [" ".join(_words(one).split())] if name]
    text = _words(value)
    # Jekyll splits at spaces (https://jekyllrb.com/docs/posts/#tags-and-categories), Pelican at
    # commas or semicolons; a name with a comma in it is rarer than a comma by mistake.
    parts = re.split(r"[,;]", text) if re.search("[,;]", text) else text.split()
    return [part.strip() for part in parts if part.strip()]


def _category(front: Front, entry: HeaderEntry) -> None:
    """Take one category: Jekyll's `category`, and Pelican's, do not split their value."""
    value = entry.value if isinstance(entry.value, list) else [_words(entry.value)]
    _names("categories")(front, HeaderEntry(entry.key, value, entry.line))


def _date(front: Front, entry: HeaderEntry) -> None:
    moment = _moment(_words(entry.value))
    if not moment:
        front.drop(entry, "a date that cannot be read")
    elif front.date and entry.key.lower() != "date":
        front.drop(entry, "front matter: the date is set already")
    else:
        front.date = moment


def _moment(text: str) -> str:
    """Return a date as `publish:` takes it; "" if it cannot be read."""
    text = text.strip()
    if MOMENT.fullmatch(text) and not flaw_of("publish", text):
        return text
    day = text if _DAY.fullmatch(text) else day_of(text)
    moment = f"{day} 07:00"
    return moment if day and not flaw_of("publish", moment) else ""


def _state(words: Mapping[str, bool]) -> Callable[[Front, HeaderEntry], None]:
    def read(front: Front, entry: HeaderEntry) -> None:
        word = _words(entry.value).strip().lower()
        if word not in words:
            front.is_draft = True
            front.drop(entry, "a state that blogkit does not know, so the post is a draft")
        else:
            front.is_draft |= words[word]

    return read


def _image(front: Front, entry: HeaderEntry) -> None:
    value = entry.value[0] if isinstance(entry.value, list) and entry.value else entry.value
    if isinstance(value, dict):
        names = ("image", "src", "path", "url", "teaser", "og_image", "overlay_image", "feature")
        found = next((value[name] for name in names if isinstance(value.get(name), str)), "")
        alt = next((value[one] for one in ("alt", "alt_text") if value.get(one)), "")
        if not found:
            front.drop(entry, "front matter that blogkit does not know")
            return
        value = found
        front.set(entry, "image_alt", " ".join(_words(alt).split()))
    address = _words(value).strip()
    if address.startswith("/") and not address.startswith("//"):
        front.drop(entry, "a picture of the old site")
        front.ask(
            entry,
            f'the featured image "{address}" is a file of the old site',
            "put the file beside the post, and write image: with its path",
        )
        return
    front.set(entry, "image", address)


def _permalink(front: Front, entry: HeaderEntry) -> None:
    address = _words(entry.value).strip()
    last = _ENDING.sub("", address.rstrip("/").rpartition("/")[2])
    # A slug of placeholders, such as /:year/:title/, is a rule and not an address.
    if not address or ":" in last or "{" in last:
        front.drop(entry, "a rule for addresses")
        return
    if slug := slugify(last):
        front.values.pop("slug", None)
        front.set(entry, "slug", slug)
    _moved(front, entry)


def _moved(front: Front, entry: HeaderEntry) -> None:
    addresses = entry.value if isinstance(entry.value, list) else [entry.value]
    for address in addresses:
        front.ask(
            entry,
            f'the post was at "{_words(address)}"',
            "add a redirect on the new blog, if its address differs",
        )


def _layout(front: Front, entry: HeaderEntry) -> None:
    name = _words(entry.value).strip().lower()
    if name == "page":
        front.set(entry, "type", "page")
    elif name not in ("post", "posts", "single", "default", "article", "blog", "none", ""):
        front.drop(entry, "a template of the old site")


def _excerpt(front: Front, entry: HeaderEntry) -> None:
    """Take the summary; where the post has a description, too, that is for search engines."""
    other = front.values.pop("excerpt", "")
    key = entry.key.lower()
    _text("excerpt")(front, entry)
    now = front.values.get("excerpt", "")
    if not other or other == now:
        return
    shown, found = (other, now) if key.endswith("description") else (now, other)
    front.values["excerpt"] = shown
    if found and not flaw_of("seo", {"description": found}):
        front.values["seo"] = {"description": found}


def _order(front: Front, entry: HeaderEntry) -> None:
    front.drop(entry, "the place in the old site's lists")


def _comments(front: Front, entry: HeaderEntry) -> None:
    word = _words(entry.value).strip().lower()
    meant = {"true": "open", "false": "closed", "open": "open", "closed": "closed"}.get(word)
    if meant:
        front.set(entry, "comments", meant)
    else:
        front.drop(entry, "front matter that blogkit does not know")


def _author(front: Front, entry: HeaderEntry) -> None:
    front.drop(entry, "an author: only you know the login on the new blog; write author:")


def _ignored(_front: Front, _entry: HeaderEntry) -> None:
    """Leave out a line that changes nothing for readers of the new blog."""


def _unknown(front: Front, entry: HeaderEntry) -> None:
    front.drop(entry, f'front matter that the import does not set: "{entry.key}"')


_STATES = {"draft": True, "hidden": True, "private": True, "published": False, "publish": False}
_HANDLERS: Mapping[str, Callable[[Front, HeaderEntry], None]] = {
    "title": _text("title"),
    "slug": _text("slug"),
    "lang": _text("language"),
    "language": _text("language"),
    "image_alt": _text("image_alt"),
    "featured_image_alt": _text("image_alt"),
    "cover_alt": _text("image_alt"),
    **dict.fromkeys(("description", "summary", "excerpt", "subtitle_description"), _excerpt),
    **dict.fromkeys(("tags", "tag", "keywords"), _names("tags")),
    "labels": _names("labels"),
    "categories": _names("categories"),
    "category": _category,
    **dict.fromkeys(("date", "publishdate", "publish_date", "pubdate"), _date),
    "draft": _state({"true": True, "false": False, "": False}),
    "published": _state({"true": False, "false": True, "": False}),
    "status": _state(_STATES),
    **dict.fromkeys(
        ("image", "images", "featured_image", "cover", "thumbnail", "header", "teaser", "feature"),
        _image,
    ),
    **dict.fromkeys(("permalink", "url", "save_as"), _permalink),
    **dict.fromkeys(("aliases", "redirect_from", "alias"), _moved),
    **dict.fromkeys(("layout", "type", "template"), _layout),
    **dict.fromkeys(("weight", "order", "menu", "menus"), _order),
    "comments": _comments,
    **dict.fromkeys(("author", "authors"), _author),
    "markup": _ignored,
}


def ordered(values: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    """Return keys and values in the order of the table of front matter."""
    return [(key, values[key]) for key in KEYS if key in values]
