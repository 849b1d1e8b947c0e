"""Find the addresses of the pictures in a post."""

from __future__ import annotations

import re

from blogkit.html import decode_attribute

# A tokenizer would take minutes for ten thousand posts, and a wrong address here does no harm.
_SOURCES = re.compile(
    r"""<img\b[^<>]*?\ssrc\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE
)
_LINKS = re.compile(
    r"""<a\b[^<>]*?\shref\s*=\s*["']?([^\s"'<>]+\.(?:jpe?g|png|gif|webp|avif))["'\s>]""",
    re.IGNORECASE,
)


def picture_addresses(body: str) -> tuple[str, ...]:
    """Return the absolute addresses of the images of a post, and of images that it links to.

    Args:
        body: HTML.
    """
    found = ["".join(groups) for groups in _SOURCES.findall(body)] + _LINKS.findall(body)
    urls = (decode_attribute(address).strip() for address in found)
    full = (f"https:{url}" if url.startswith("//") else url for url in urls)
    return tuple(dict.fromkeys(url for url in full if url.lower().startswith(_SCHEMES)))


_SCHEMES = ("http://", "https://")
