"""Change a body as Blogger does when it stores it. The round trip is not byte for byte."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from blogkit.sandbox.quirks import Quirks

MORE: Final = '<a name="more"></a>'
ACTIVE: Final = re.compile(
    r"<(script|style|iframe)\b[^>]*>.*?</\1\s*>|<(?:script|style|iframe)\b[^>]*/?>",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_EMPTY_PARAGRAPH: Final = re.compile(r"<p\b[^>]*>\s*</p\s*>", re.IGNORECASE)
DATA_IMAGE: Final = re.compile(
    r"""<img\b[^>]*?\ssrc\s*=\s*(["'])data:([\w/+.-]+);base64,([^"']*)\1[^>]*>""", re.IGNORECASE
)


def stored(content: str, switches: Quirks, host: Callable[[str, bytes], str]) -> str:
    """Return the body as Blogger stores it.

    Args:
        content: The body that was sent.
        switches: Which of Blogger's uncertain behaviours to show.
        host: Returns an address for an embedded image, given its type and bytes.
    """
    if switches.script_style_iframe == "stripped":
        content = ACTIVE.sub("", content)
    if switches.data_uri_images == "stripped":
        content = DATA_IMAGE.sub("", content)
    elif switches.data_uri_images == "rehosted":
        content = DATA_IMAGE.sub(lambda found: _rehosted(found, host), content)
    # It came back as an anchor in 2026: https://github.com/OpenLiveWriter/OpenLiveWriter/pull/1079
    content = re.sub(r"<!--\s*more\s*-->", MORE, content)
    if switches.html_comments == "stripped":
        content = _COMMENT.sub("", content)
    if switches.empty_paragraphs == "removed":
        content = _EMPTY_PARAGRAPH.sub("", content)
    content = "".join(_entity(c) for c in content)
    if switches.newlines_to_br == "on":
        # Inside scripts too, as in 2012: https://github.com/google/gdata-java-client/issues/417
        content = re.sub(r"\r\n|\r|\n", "<br />", content)
    return content


def _entity(character: str) -> str:
    """Return dashes, quotes, bullets and emoji as numeric references, even in style sheets.

    Letters stay.
    """
    if ord(character) < 128 or unicodedata.category(character)[0] not in "PSZ":
        return character
    return f"&#{ord(character)};"


def _rehosted(found: re.Match[str], host: Callable[[str, bytes], str]) -> str:
    try:
        picture = base64.b64decode(found[3], validate=True)
    except binascii.Error:
        return found[0]
    return found[0].replace(f"data:{found[2]};base64,{found[3]}", host(found[2], picture))
