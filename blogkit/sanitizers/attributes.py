"""Judge one start tag: what WordPress keeps of its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from blogkit.html import Attribute, Token, attributes, decode_attribute, escape_attribute
from blogkit.patterns import lazy_pattern
from blogkit.sanitizers.facts import ADDRESSES, Version, kept
from blogkit.sanitizers.hints import instead, removed
from blogkit.sanitizers.styles import judge_style
from blogkit.sanitizers.texts import judge_text
from blogkit.sanitizers.urls import stored_address
from blogkit.sanitizers.verdict import Loss, shorten, unsure

_READABLE = lazy_pattern(
    r"<[A-Za-z][A-Za-z0-9:-]*"
    r"(?:\s+[A-Za-z_:@#*][\w:.@-]*"
    r"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=`\\]*[^\s\"'=`/\\](?![/\w]))|(?!\s*=|/)))*"
    r"\s*/?>",
    re.ASCII,
)
"""A start tag that WordPress and browsers divide alike."""
_ESCAPE = re.compile(r"\\(?=[\"'0\\]|\Z)")
_DATA = re.compile(r"data(-[a-z0-9_]+)+")
_DECODES_STYLES = (7, 1)
"""The version from which character references in a style are read before it is judged."""

Stored = tuple[str, tuple[Loss, ...]]
"""What WordPress keeps, and the losses with offsets from its start."""


def judge_tag(source: str, name: str, version: Version) -> Stored:
    """Judge a start tag of an element that WordPress keeps.

    Args:
        source: The tag.
        name: The element.
        version: The version of WordPress.

    Returns:
        What WordPress keeps of it, and what it does not.
    """
    found = list(attributes(source, Token("start", name, 0, len(source)), repeated=True))
    is_readable = _READABLE.fullmatch(source) and len({each.name for each in found}) == len(found)
    # WordPress keeps an object only if it shows a file of the site
    if not is_readable or (name == "object" and source.lower() != "<object>"):
        fix = 'write each attribute once, as name="value", and &lt; and &gt; for < and >'
        loss = unsure(f"the attributes of <{name}> may be lost", fix)
        if (source.count('"') + source.count("'")) % 2:  # readers see what follows it
            loss = replace(loss, severity="error")
        return source, (loss,)
    parts, losses = [name], []
    for each in found:
        written = source[each.start : each.end]
        if each.name == "style":
            stored, reported = _style(name, written, each.value, version)
        elif _is_kept(name, each, version):
            stored, reported = _value(each.name, written, each.value)
        else:
            stored, reported = None, [_removed(name, each.name, version)]
        losses += [replace(loss, start=each.outer) for loss in reported]
        if stored is not None:
            is_bare = each.start == each.outer_end
            parts.append(each.name if is_bare else f'{each.name}="{escape_attribute(stored)}"')
    end = " /" if source.endswith("/>") else ""
    return f"<{' '.join(parts)}{end}>", tuple(losses)


def _is_kept(element: str, found: Attribute, version: Version) -> bool:
    if found.name == "download" and found.start < found.outer_end:
        return False
    return found.name in kept(version)[element] or found.name.startswith("data-")


def _removed(element: str, name: str, version: Version) -> Loss:
    what = f"the attribute {name} of <{element}> would be removed"
    fix = instead("attributes", "on*" if name.startswith("on") else name)
    return Loss(what, removed(version, element, name), fix, "warning")


def _value(name: str, written: str, read: str) -> tuple[str, list[Loss]]:
    stored, losses = judge_text(written, is_attribute=True)
    value = decode_attribute(stored)
    if name.startswith("data-") and not _DATA.fullmatch(name):
        losses.append(unsure(f"the attribute {name} may be removed", "use single hyphens"))
    if _ESCAPE.search(value):
        losses.append(unsure(f"a backslash in {name} may be removed", "remove it"))
    if name in ADDRESSES:
        losses += _address(written, read, value)
        value = stored_address(value)
    return value, losses


def _style(
    element: str, written: str, read: str, version: Version
) -> tuple[str | None, list[Loss]]:
    if "&" in written and (version < _DECODES_STYLES or judge_text(written)[1]):
        fix = "write it without & (in double quotes, use single quotes)"
        return written, [unsure(f"the style of <{element}> may be cut at its &", fix)]
    judged = judge_style(read, version)
    losses = [
        Loss(
            f'"{each.text}" in the style of <{element}> would be removed',
            each.reason,
            instead("properties", "()" if "(" in each.text else each.name),
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
        yield unsure(f'the address "{shorten(written)}" may be cut', "write it without spaces")
    elif stored.lower() != value.strip().lower():
        yield Loss(
            f'the address "{shorten(written)}" would become "{shorten(stored)}"',
            "WordPress removes schemes that it does not allow",
            "use an https:// address",
        )
