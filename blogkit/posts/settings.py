"""Read the settings in front matter: values that a site keeps beside a post's text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from blogkit.errors import nearest
from blogkit.posts.dates import BadDate, read_day
from blogkit.posts.fields import FrontMatterFields
from blogkit.posts.front_matter_schema import KEYS, Key
from blogkit.posts.post import Publish

_EXAMPLES = {
    "meta": "{rating: 5}",
    "seo": "{title: Talks in Miami}",
    "taxonomies": "{genre: [Novels]}",
}
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_LOCATION = ("name", "lat", "lng")
_LARGEST_PRIORITY = 1_000_000
CLEARABLE = ("excerpt", "image", "categories", "labels", "tags")
"""The keys whose empty value empties a field of the post: `excerpt: ""`, `tags: []`."""


def settings_in_file(fields: FrontMatterFields, zone: ZoneInfo) -> dict[str, Any]:
    """Return the settings that the file names; what it does not name is left to the site.

    Args:
        fields: The front matter; wrong values are added to its problems.
        zone: The time zone of times without an offset.

    Returns:
        Plain JSON by name, each part of a mapping as `meta.NAME` and times as ISO 8601 in UTC.
    """
    found: dict[str, Any] = {}
    for name, key in KEYS.items():
        if not key.setting or not fields.has(name):
            continue
        if key.takes == "fields":
            found |= _fields(fields, name, key)
        elif key.takes == "terms":
            found |= _terms(fields, name)
        elif key.takes == "date":
            found |= _date(fields, name, zone)
        else:
            found |= _READERS[key.takes](fields, name, key)
    return found


def dated(
    publish: Publish, at: datetime | None, settings: dict[str, Any], fields: FrontMatterFields
) -> tuple[Publish, datetime | None]:
    """Return the state and the time that `publish:` and `date:` ask for together.

    Args:
        publish: What `publish:` asks for.
        at: The time that it names.
        settings: What `settings_in_file` returned; `date` is taken out unless it is a draft's.
        fields: The front matter; a contradiction is added to its problems.
    """
    if publish in (Publish.KEEP, Publish.DRAFT, Publish.PENDING) or "date" not in settings:
        return publish, at
    text = settings.pop("date")
    if publish is Publish.QUEUE:
        return publish, None  # its slot is its date
    date = datetime.fromisoformat(text) if text else None
    if publish is not Publish.SCHEDULED:
        return Publish.SCHEDULED if date and publish is Publish.LIVE else publish, date
    if date and date != at:
        fields.report("date", "differs from publish:", "remove one of the two lines", "two-dates")
    return publish, at


def cleared_in_file(fields: FrontMatterFields) -> tuple[str, ...]:
    """Return the fields that the file empties.

    Args:
        fields: The front matter.
    """
    return tuple(name for name in CLEARABLE if fields.empties(name))


def queue_in_file(fields: FrontMatterFields, publish: Publish, kind: str) -> tuple[int, bool]:
    """Return the priority of a post, and whether it is held.

    Args:
        fields: The front matter; wrong values are added to its problems.
        publish: What `publish:` asks for.
        kind: "post" or "page".
    """
    if publish is Publish.QUEUE and kind == "page":
        hint = "write publish: now, or a time"
        fields.report("publish", "a page has no place in the queue", hint, "page-in-queue")
    return _priority(fields, publish), _hold(fields, publish)


def _text(fields: FrontMatterFields, name: str, _key: Key) -> Mapping[str, Any]:
    before = len(fields.problems)
    text = fields.text(name)
    return {name: text} if len(fields.problems) == before else {}


def _option(fields: FrontMatterFields, name: str, key: Key) -> Mapping[str, Any]:
    value = fields.value(name)
    # Themes of Hugo and Jekyll write `comments: false`.
    text = {True: "open", False: "closed"}[value] if isinstance(value, bool) else fields.text(name)
    word = text.lower()
    if word in key.options:
        return {name: word}
    hint = nearest(word, key.options) or f"write one of: {', '.join(key.options)}"
    fields.report(name, f'"{text}" is not one of: {", ".join(key.options)}', hint, "bad-option")
    return {}


def _flag(fields: FrontMatterFields, name: str, _key: Key) -> Mapping[str, Any]:
    text = fields.text(name).lower()
    if text in _FLAGS:
        return {name: _FLAGS[text]}
    fields.report(name, f'"{text}" is neither true nor false', f"write {name}: true", "bad-flag")
    return {}


def _number(fields: FrontMatterFields, name: str, _key: Key) -> Mapping[str, Any]:
    value = fields.value(name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31:
        return {name: int(value)}
    fields.report(name, "is not a whole number", f"write {name}: 1", "bad-number")
    return {}


def _place(fields: FrontMatterFields, name: str, _key: Key) -> Mapping[str, Any]:
    value = fields.value(name)
    if value in ("", "none"):
        return {name: ""}
    hint = f"write {name}: {{name: Miami, lat: 25.76, lng: -80.19}}"
    if not isinstance(value, dict) or set(value) != set(_LOCATION):
        fields.report(name, f"must have exactly {', '.join(_LOCATION)}", hint, "bad-location")
        return {}
    lat, lng = value["lat"], value["lng"]
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in (lat, lng))
    if not numbers or not (abs(lat) <= 90 and abs(lng) <= 180) or not str(value["name"]).strip():
        fields.report(name, "is not a place on Earth", hint, "bad-location")
        return {}
    return {name: {"name": str(value["name"]), "lat": float(lat), "lng": float(lng)}}


def _fields(fields: FrontMatterFields, name: str, key: Key) -> Mapping[str, Any]:
    found = _mapping(fields, name)
    for part, value in found.items() if key.options else ():
        if part not in key.options:
            hint = nearest(part, key.options) or f"known: {', '.join(key.options)}"
            fields.report(name, f'has no part "{part}"', hint, "unknown-key")
        elif not isinstance(value, str):
            fields.report(name, f"{part} is not a text", f'write {part}: "…"', "wrong-type")
    return {f"{name}.{part}": value for part, value in found.items()}


def _terms(fields: FrontMatterFields, name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for taxonomy, value in _mapping(fields, name).items():
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list) and all(
            isinstance(text, str) and text.strip() for text in texts
        ):
            found[f"{name}.{taxonomy}"] = list(dict.fromkeys(texts))
        else:
            hint = f"write {name}: {{{taxonomy}: [one, two]}}"
            fields.report(name, f"{taxonomy} is not a list of names", hint, "wrong-type")
    return found


def _mapping(fields: FrontMatterFields, name: str) -> Mapping[str, Any]:
    value = fields.value(name)
    if isinstance(value, dict):
        return value
    fields.report(name, "must be a mapping", f"write {name}: {_EXAMPLES[name]}", "wrong-type")
    return {}


def _date(fields: FrontMatterFields, name: str, zone: ZoneInfo) -> Mapping[str, Any]:
    if not fields.text(name):
        return {name: ""}
    try:
        return {name: read_day(fields.text(name), zone, name).astimezone(UTC).isoformat()}
    except BadDate as error:
        fields.report(name, error.message, error.hint, error.code, prefix=False)
        return {}


def _priority(fields: FrontMatterFields, publish: Publish) -> int:
    if not fields.has("priority") or not _is_queued(fields, "priority", publish):
        return 0
    value = fields.value("priority")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_PRIORITY:
        return value
    fields.report("priority", "is not a whole number", "write priority: 1", "bad-number")
    return 0


def _hold(fields: FrontMatterFields, publish: Publish) -> bool:
    if not fields.has("queue") or not _is_queued(fields, "queue", publish):
        return False
    if fields.text("queue").lower() == "hold":
        return True
    hint = "write queue: hold, or remove the line"
    fields.report("queue", f'"{fields.text("queue")}" is not hold', hint, "bad-option")
    return False


def _is_queued(fields: FrontMatterFields, name: str, publish: Publish) -> bool:
    if publish is Publish.QUEUE:
        return True
    hint = "write publish: queue, or remove the line"
    fields.report(name, "only works with publish: queue", hint, "not-in-queue")
    return False


_READERS: Mapping[str, Callable[[FrontMatterFields, str, Key], Mapping[str, Any]]] = {
    "text": _text,
    "option": _option,
    "flag": _flag,
    "number": _number,
    "place": _place,
}
