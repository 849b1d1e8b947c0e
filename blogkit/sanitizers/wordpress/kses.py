"""A model of WordPress's `wp_kses_post`, by version: what it stores of HTML by accounts without
`unfiltered_html`.

https://developer.wordpress.org/reference/functions/wp_kses_post/. Held against the real filter of
6.1, 6.8 and 7.1 by a fuzz test (`tests/sanitizers/test_real_wordpress.py`). Known to differ: two or
more blocks left unclosed, and PDF `<object>`s on the site's own upload host, which are kept there
and lose their attributes here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from blogkit.sanitizers.wordpress.attributes import KsesAttribute, filter_attribute, read_attributes
from blogkit.sanitizers.wordpress.blocks import filter_blocks
from blogkit.sanitizers.wordpress.entities import (
    convert_windows_references,
    esc_attr,
    normalize_entities,
)
from blogkit.sanitizers.wordpress.kses_tables import Version, allowed
from blogkit.sanitizers.wordpress.protocols import strip_control

NOT_A_TAG = re.compile(r"<[^>]*?(?:(?=<)|>|$)")
PIECE = re.compile(r"<!--.*?(?:-->|$)|<[^>]*(?:>|$)|>")
PIECE_6_6 = re.compile(r"<!--.*?(?:-->|$)|</[^a-zA-Z][^>]*>|<![^>]*>|<[^>]*(?:>|$)|>")
_TAG = re.compile(r"<\s*(/\s*)?([a-zA-Z0-9-]+)([^>]*)>?$", re.ASCII)
_BOGUS_COMMENT = re.compile(r"(?:</[^a-zA-Z][^>]*>|<![a-z][^>]*>)$")
_SLASH = re.compile(r"\s*/\s*$", re.ASCII)
_TARGETED = re.compile(r"<a\s([^>]*target\s*=[^>]*)>", re.IGNORECASE | re.ASCII)


def kses(html: str, version: Version) -> str:
    """Return the HTML as stored."""
    stored = _filter(convert_windows_references(html), version, blocks=True)
    return _target_rel(stored, version) if version < (6, 7) else stored


def _filter(html: str, version: Version, *, blocks: bool) -> str:
    html = normalize_entities(strip_control(html), version)
    html = NOT_A_TAG.sub(
        lambda match: match[0] if ">" in match[0] else esc_attr(match[0], version), html
    )
    if blocks:
        html = filter_blocks(html, lambda text: _filter(text, version, blocks=False))
    pieces = PIECE_6_6 if version >= (6, 6) else PIECE
    return pieces.sub(lambda match: _piece(match[0], version), html)


def _piece(piece: str, version: Version) -> str:
    piece = piece.replace('\\"', '"')
    if not piece.startswith("<"):
        return "&gt;"
    if version >= (6, 6) and _BOGUS_COMMENT.match(piece):
        return f"<{piece[1]}{_until_stable(piece[2:-1], version)}>"
    if piece.startswith("<!--"):
        inner = _until_stable(piece.replace("<!--", "").replace("-->", ""), version)
        inner = re.sub(r"-$", "", re.sub(r"--+", "-", inner))
        return f"<!--{inner}-->" if inner else ""
    return _tag(piece, version)


def _until_stable(text: str, version: Version) -> str:
    while (after := _filter(text, version, blocks=True)) != text:
        text = after
    return text


@lru_cache(maxsize=16_384)
def _tag(piece: str, version: Version) -> str:
    match = _TAG.match(piece)
    if not match or match[2].lower() not in allowed(version):
        return ""
    name = match[2]
    if match[1]:
        return f"</{name}>"
    slash = " /" if _SLASH.search(match[3]) else ""
    if name.lower() == "object":
        return "" if slash else f"<{name}>"
    written = "".join(
        f" {attribute.whole}"
        for source in read_attributes(match[3], version)
        if (attribute := filter_attribute(name, source, version)) is not None
    )
    return f"<{name}{re.sub('[<>]', '', written)}{slash}>"


def _target_rel(html: str, version: Version) -> str:
    """Add `rel="noopener"` to links with a `target`, before 6.7."""

    def with_rel(match: re.Match[str]) -> str:
        found = read_attributes(match[1], version)
        names = {attribute.name: attribute for attribute in found}
        if "target" not in names:
            return match[0]
        words = [*(names["rel"].value.split() if "rel" in names else []), "noopener"]
        rel = KsesAttribute("rel", "", f'rel="{esc_attr(" ".join(dict.fromkeys(words)), version)}"')
        return f"<a {' '.join(attribute.whole for attribute in ({**names, 'rel': rel}).values())}>"

    return _TARGETED.sub(with_rel, html) if "<a " in html.lower() else html
