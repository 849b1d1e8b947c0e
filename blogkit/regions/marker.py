"""Write and read the markers of a region.

A marker holds the widget, its template's version, its data, and a digest that detects manual edits:
`<!-- blogkit:begin ID widget=timeline v=1 hash=… data=… -->…<!-- blogkit:end ID -->`, or, where a
site keeps no comments or turns them into paragraphs, `<div data-blogkit-region="ID"
data-blogkit-widget="timeline" …>…</div>`. A marker must not contain `&`, `>` or `--`: WordPress
rewrites such comments (https://developer.wordpress.org/reference/functions/wp_kses_split2/).
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.html import Token, attributes, decode, tokenize
from blogkit.regions.sentinel import decode_key, encode_key

Style = Literal["comments", "attribute"]
"""How a region is marked: between two comments, or as one `<div>` with `data-` attributes."""

_ATTRIBUTE = "data-blogkit-region"
"""Names a region on the element that is its root."""
_PREFIX = "data-blogkit-"
_FIELD = re.compile(r"([a-z]+)=(\S*)")
_COMMENT = re.compile(r"<!--\s*blogkit:(begin|end)(?:\s+(?!--)(\S+))?((?:\s+(?!-->)\S+)*)\s*-->")
_LARGE = 512
"""Bytes of data below which packing saves nothing."""
_MOST = 16_000_000
"""Bytes of unpacked data at most: a small marker in a post may be packed to fill the memory."""
_COMPRESSED = "z:"
_WHITE = re.compile(r"\s+")
# WordPress adds them to links: https://developer.wordpress.org/reference/functions/wp_targeted_link_rel/
_FOLLOWS = {"noopener", "noreferrer"}


@dataclass(frozen=True)
class RegionMeta:
    """The metadata of a region.

    Attributes:
        id: Its name, unique in its post.
        widget: The widget's name, or "" for HTML of the user's own.
        version: The version of the widget's template that rendered it.
        data: The widget's data as text; "" if it cannot be re-rendered.
    """

    id: str
    widget: str = ""
    version: int = 1
    data: str = ""


@dataclass(frozen=True)
class Header:
    """A begin marker as it was read.

    Attributes:
        mark: The region's metadata.
        digest: The digest of the content as it was written; "" if the marker has none.
        trouble: Why the marker cannot be read; "" if it can.
    """

    mark: RegionMeta
    digest: str = ""
    trouble: str = ""


def with_markers_around(mark: RegionMeta, content: str, style: Style, stated: str) -> str:
    """Return the content between its markers.

    Args:
        mark: The region's metadata.
        content: Complete HTML.
        style: How to mark it.
        stated: The digest in the begin marker; "" for none.
    """
    name = encode_key(mark.id)
    fields = _fields(mark, stated)
    if style == "comments":
        written = "".join(f" {field}={value}" for field, value in fields.items())
        return f"<!-- blogkit:begin {name}{written} -->{content}<!-- blogkit:end {name} -->"
    written = "".join(f' {_PREFIX}{field}="{value}"' for field, value in fields.items())
    return f'<div {_ATTRIBUTE}="{name}"{written}>{content}</div>'


def _fields(mark: RegionMeta, content_digest: str) -> dict[str, str]:
    fields = {"widget": encode_key(mark.widget), "v": str(mark.version)} if mark.widget else {}
    if content_digest:
        fields["hash"] = content_digest
    if mark.data:
        fields["data"] = pack_data(mark.data)
    return fields


def read_comment(source: str) -> tuple[Literal["begin", "end"], Header] | None:
    """Return a comment as a marker, or None for other comments.

    Args:
        source: The comment, from `<!--` to `-->`. White space in it may differ from what was
            written.
    """
    match = _COMMENT.fullmatch(source)
    if not match:
        return None
    header = _header(match[2] or "", dict(_FIELD.findall(match[3])))
    return ("begin" if match[1] == "begin" else "end"), header


def read_element(html: str, token: Token) -> Header | None:
    """Return a start tag as a marker, or None for other elements.

    Args:
        html: The source.
        token: The start tag.
    """
    if _ATTRIBUTE not in html[token.start : token.end].lower():
        return None
    found = {attribute.name: attribute.value for attribute in attributes(html, token)}
    if _ATTRIBUTE not in found:
        return None
    return _header(
        found[_ATTRIBUTE],
        {
            name.removeprefix(_PREFIX): value
            for name, value in found.items()
            if name.startswith(_PREFIX)
        },
    )


def _header(name: str, fields: dict[str, str]) -> Header:
    trouble = "" if name else "it has no region id"
    version = fields.get("v", "1")
    if not re.fullmatch(r"[0-9]{1,9}", version):
        version, trouble = "1", f'"v={version}" is not a number'
    data = ""
    try:
        data = unpack_data(fields.get("data", ""))
    except ValueError:
        trouble = "its data is damaged"
    return Header(
        RegionMeta(decode_key(name), decode_key(fields.get("widget", "")), int(version), data),
        fields.get("hash", ""),
        trouble,
    )


def pack_data(text: str) -> str:
    """Return text in characters that sites keep: standard base64, compressed if that is shorter.

    It has no `-`, unlike the URL-safe alphabet (https://www.rfc-editor.org/rfc/rfc4648#section-5),
    because two of them would end a comment.
    """
    plain = text.encode()
    if len(plain) > _LARGE:
        small = zlib.compress(plain, 9)
        if len(small) < len(plain):
            return _COMPRESSED + base64.b64encode(small).decode()
    return base64.b64encode(plain).decode()


def unpack_data(packed: str) -> str:
    """Return the text that `pack_data` packed.

    Raises:
        ValueError: It is something else, cut off, or too large when unpacked.
    """
    data = base64.b64decode(packed.removeprefix(_COMPRESSED), validate=True)
    if not packed.startswith(_COMPRESSED):
        return data.decode()
    # not `zlib.decompress`, which has no limit: https://docs.python.org/3/library/zlib.html#zlib.Decompress.decompress
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(data, _MOST)
    except zlib.error as error:
        raise ValueError("not compressed data") from error
    if not stream.eof:
        raise ValueError("the data is cut off, or too large")
    return plain.decode()


def region_digest(content: str) -> str:
    """Return a digest of the content as readers see it: 16 hexadecimal digits.

    Spelling does not count, because sites change it: entities, quotes, order of attributes, white
    space, `<br />`, `rel="noopener"`.
    """
    parts = (part for token in tokenize(content) for part in _canonical(content, token))
    text = _WHITE.sub(" ", "".join(parts)).replace(" <", "<").replace("> ", ">").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _canonical(content: str, token: Token) -> list[str]:
    source = content[token.start : token.end]
    if token.kind == "start":
        values = sorted(
            (attribute.name, _value(attribute.name, attribute.value))
            for attribute in attributes(content, token)
        )
        return [
            f"<{token.name}",
            # a `rel` of which nothing is left counts as none
            *(f" {name}={value!r}" for name, value in values if value or name != "rel"),
            ">",
        ]
    if token.kind == "end":
        return [f"</{token.name}>"]
    if token.kind == "text":
        # `&lt;b&gt;` must not have the digest of `<b>`
        return [decode(source).replace("<", "&lt;").replace(">", "&gt;")]
    return [source]


def _value(name: str, value: str) -> str:
    if name == "rel":
        return " ".join(word for word in value.split() if word not in _FOLLOWS)
    # WordPress splits declarations and joins them again, without spaces or a last semicolon:
    # https://developer.wordpress.org/reference/functions/safecss_filter_attr/
    if name == "style":
        pairs = (
            declaration.partition(":") for declaration in value.split(";") if declaration.strip()
        )
        return ";".join(
            f"{prop.strip()}:{_WHITE.sub(' ', setting.strip())}" for prop, _, setting in pairs
        )
    return value
