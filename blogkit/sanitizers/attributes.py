"""Judge one start tag: what WordPress keeps of its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from blogkit.html import Attribute, Token, attributes, decode_attribute, escape_attribute
from blogkit.sanitizers import facts, hints
from blogkit.sanitizers.facts import Version
from blogkit.sanitizers.references import judge_text
from blogkit.sanitizers.styles import judge_style
from blogkit.sanitizers.urls import stored_address
from blogkit.sanitizers.verdict import Loss, shorten, unsure

_READABLE = re.compile(
    r"<[A-Za-z][A-Za-z0-9:-]*"
    r"(?:\s+[A-Za-z_:@#*][\w:.@-]*"
    r"(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`\\]*[^\s\"'<>=`/\\](?![/\w]))|(?!\s*=|/)))*"
    r"\s*/?>",
    re.ASCII,
)
"""A start tag that WordPress and browsers divide alike."""
_ESCAPE = re.compile(r"\\(?=[\"'0\\]|\Z)")
_DATA = re.compile(r"data(-[a-z0-9_]+)+")
_ODD_DATA = re.compile(r"data-[a-z0-9_-]+")
_DECODES_STYLES = (7, 1)
"""The version from which character references in a style are read before it is judged."""
_OWN_WAY = "WordPress reads this in its own way"
_MANY = 4096


class JudgedTag(NamedTuple):
    """A start tag.

    Attributes:
        stored: What WordPress keeps of it.
        losses: What it does not keep, with offsets from its own start.
    """

    stored: str
    losses: tuple[Loss, ...]


@lru_cache(maxsize=_MANY)  # the posts of a project are made of the same few hundred tags
def judge_tag(source: str, name: str, version: Version) -> JudgedTag:
    """Judge a start tag of an element that WordPress keeps.

    Args:
        source: The tag.
        name: The element.
        version: The version of WordPress.
    """
    found = list(attributes(source, Token("start", name, 0, len(source)), repeated=True))
    if problem := _unreadable(source, name, found):
        return JudgedTag(source, (problem,))
    parts = [name]
    losses: list[Loss] = []
    for each in found:
        written = source[each.start : each.end]
        stored, reported = _judge(name, each, written, version)
        losses += (replace(loss, start=each.outer) for loss in reported)
        if stored is not None:
            is_bare = each.start == each.outer_end
            parts.append(each.name if is_bare else f'{each.name}="{escape_attribute(stored)}"')
    parts += ["/"] if source.endswith("/>") else []
    return JudgedTag(f"<{' '.join(parts)}>", tuple(losses))


def _unreadable(source: str, name: str, found: list[Attribute]) -> Loss | None:
    """Return what makes a tag ambiguous."""
    if quoted := re.search(r"[<>]", source[1:-1]):
        what = f'"{quoted[0]}" inside <{name} …> would break the tag'
        reason = "WordPress ends or drops the tag there, even inside quotes"
        return Loss(what, reason, "write &gt; and &lt; in attributes", malformed=True)
    is_void_object = name == "object" and source.endswith("/>")
    if (
        is_void_object
        or not _READABLE.fullmatch(source)
        or len({each.name for each in found}) < len(found)
    ):
        what = f"the attributes of <{name}> may be lost"
        reason = "WordPress reads a tag that is not written as usual in its own way"
        fix = 'write each attribute once, as name="value", with spaces between'
        return unsure(what, reason, fix)
    return None


def _judge(
    element: str, found: Attribute, written: str, version: Version
) -> tuple[str | None, list[Loss]]:
    """Return the plain value that WordPress stores, None if it removes the attribute."""
    name = found.name
    if not _is_kept(element, found, version):
        since = facts.attribute_since(element, name)
        reason = hints.removed(f"{name} on <{element}>", version, since)
        what = f"the attribute {name} of <{element}> would be removed"
        return None, [Loss(what, reason, hints.for_attribute(name), "warning")]
    if name == "style":
        return _style(element, found, written, version)
    stored, losses = judge_text(written, is_attribute=True)
    value = decode_attribute(stored)
    if name.startswith("data-") and not _DATA.fullmatch(name):
        losses.append(
            unsure(f"the attribute {name} may be removed", _OWN_WAY, "use single hyphens")
        )
    if _ESCAPE.search(value):
        losses.append(unsure(f"a backslash in {name} may be removed", _OWN_WAY, "remove it"))
    if name in facts.ADDRESSES:
        losses += _address(written, found.value, value)
        value = stored_address(value)
    return value, losses


def _is_kept(element: str, found: Attribute, version: Version) -> bool:
    kept = facts.elements(version)[element]
    if _ODD_DATA.fullmatch(found.name):
        return bool(kept)
    return found.name in kept and (found.name != "download" or found.start == found.outer_end)


def _style(
    element: str, found: Attribute, written: str, version: Version
) -> tuple[str | None, list[Loss]]:
    if "&" in written and (version < _DECODES_STYLES or judge_text(written)[1]):
        fix = "write it without & (in double quotes, use single quotes)"
        return written, [unsure(f"the style of <{element}> may be cut at its &", _OWN_WAY, fix)]
    judged = judge_style(found.value, version)
    losses = [
        Loss(
            f'"{each.text}" in the style of <{element}> would be removed',
            each.reason,
            hints.for_property(each.name, each.text),
            "warning",
            malformed=each.malformed,
        )
        for each in judged
        if each.reason
    ]
    return ";".join(each.text for each in judged if not each.reason) or None, losses


def _address(written: str, read: str, value: str) -> Iterator[Loss]:
    stored = stored_address(value)
    is_hidden = any(written.count(sign) != read.count(sign) for sign in (":", "/?"))
    if is_hidden or re.search(r"\s", value.strip().partition(":")[0]):
        what, fix = f'the address "{shorten(written)}" may be cut', "write it without spaces"
        yield unsure(what, _OWN_WAY, fix)
    elif stored.lower() != value.strip().lower():
        what = f'the address "{shorten(written)}" would become "{shorten(stored)}"'
        reason = "WordPress removes schemes that it does not allow"
        yield Loss(what, reason, "use an https:// address")
