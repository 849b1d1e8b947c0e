"""Web addresses in the form that no site rewrites."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote

_KEPT = "/?#@!$&()*+,;=:%-._~"


def percent_encoded(text: str, kept: str = _KEPT) -> str:
    """Return a text with characters percent-encoded that break HTML, CSS or shortcodes.

    Letters of all scripts stay.

    Args:
        text: A part of an address; what is encoded already stays.
        kept: ASCII punctuation that stays.
    """
    return text.translate(_encoded(kept))


@cache
def _encoded(kept: str) -> dict[int, str]:
    return {code: quote(chr(code), safe=kept) for code in range(128)}


def canonical(url: str) -> str:
    """Return an address in the form for a link.

    In an address without scheme a colon is encoded: WordPress takes the text before it for a scheme
    (https://developer.wordpress.org/reference/functions/wp_kses_bad_protocol_once/).
    """
    scheme, colon, rest = url.partition(":")
    if not colon or not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*", scheme):
        return percent_encoded(url, _KEPT.replace(":", ""))
    if not rest.startswith("//"):
        return f"{scheme.lower()}:{percent_encoded(rest)}"
    host = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    return f"{scheme.lower()}://{host}{percent_encoded(rest[2 + len(host) :])}"
