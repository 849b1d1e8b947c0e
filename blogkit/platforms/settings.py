"""The further values of a post: compare them, show them, and tell what a platform lacks. Pure.

A setting has the name of its key in front matter. The parts of a mapping are one setting each, such
as `meta.KEY`. Values are plain JSON; "" and false are values, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from blogkit.errors import Problem
from blogkit.posts.front_matter_schema import KEYS

META = "meta."
"""What the names of custom fields begin with."""
_PRIVATE = frozenset({"password"})
_USUAL: Mapping[str, Any] = {
    "sticky": False,
    "format": "standard",
    "parent": "",
    "template": "",
    "order": 0,
    "location": "",
}
_COMMENTS = {"post": "open", "page": "closed"}
"""As https://developer.wordpress.org/reference/functions/get_default_comment_status/ has them."""
_MATTERS = frozenset({"password"})
"""Without these, readers would see what they must not see."""


def _key_of(name: str) -> str:
    """Return the key of front matter that holds a setting."""
    return name.partition(".")[0]


def fits(wanted: object, found: object) -> bool:
    """Return whether a site has a value, regardless of its type: fields of a site may be texts.

    Args:
        wanted: The desired value; None for any empty one.
        found: The value on the site.
    """
    if wanted is None:
        return found in (None, "", 0, False, [], {})
    return wanted == found or (
        not isinstance(wanted, dict | list | bool)
        and not isinstance(found, dict | list | bool)
        and str(wanted) == str(found)
    )


def changed_settings(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Return the names of settings that both sides tell and in which they differ, in order.

    Args:
        wanted: The values to have.
        found: The values to compare with.
    """
    both = (name for name in wanted if name in found)
    return [name for name in both if not fits(wanted[name], found[name])]


def setting_text(name: str, value: object) -> str:
    """Return a value for people. A password is never shown.

    Args:
        name: The setting's name.
        value: Its value.
    """
    if value in (None, "", [], {}):
        return "none"
    if name in _PRIVATE:
        return "set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{part}: {item}" for part, item in value.items())
    return str(value)


def masked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings without the values that no report may show."""
    return {name: setting_text(name, v) if name in _PRIVATE else v for name, v in settings.items()}


def worth_writing(settings: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return the settings of a post to write into a file that is made from it.

    They are the ones that differ from the usual value. Who wrote the post, its password, its date
    and fields that plugins keep for themselves stay out; what a file does not name stays as it is.

    Args:
        settings: The post's settings.
        kind: Post or page.
    """
    usual = {**_USUAL, "comments": _COMMENTS.get(kind, "")}
    found = {
        name: settings[name] for name in usual if settings.get(name, usual[name]) != usual[name]
    }
    meta = {
        name.removeprefix(META): value
        for name, value in settings.items()
        if name.startswith(META) and not name.startswith((f"{META}_", f"{META}footnotes"))
        if value and isinstance(value, str | int | float)
    }
    return found | ({"meta": meta} if meta else {})


def arrow(name: str, before: object, after: object) -> str:
    """Return a change in a few words, such as "comments: open → closed".

    Args:
        name: The setting's name.
        before: The old value.
        after: The new value.
    """
    old, new = setting_text(name, before), setting_text(name, after)
    return f"{name}: {'changed' if old == new else f'{old} → {new}'}"


def lacking(
    settings: Mapping[str, Any], has: Collection[str], platform: str, kind: str
) -> Iterator[Problem]:
    """Yield a problem for each setting that a platform lacks.

    Args:
        settings: The settings of a draft.
        has: The keys of front matter that the platform can set.
        platform: The platform's name, for messages.
        kind: Post or page.
    """
    for name in dict.fromkeys(map(_key_of, settings)):
        other = KEYS[name].kind not in ("", kind)
        if name in has and not other:
            continue
        takes = f"takes {name}: for {KEYS[name].kind}s only" if name in has else f"has no {name}:"
        serious = name in _MATTERS
        so = "; everybody could read the post" if serious else ", so it will not be sent"
        yield Problem(
            "",
            0,
            f"{platform} {takes}{so}",
            f"remove {name}:, or leave the site out of sites:" if serious else "",
            f"setting-{name}",
            "error" if serious else "warning",
        )
