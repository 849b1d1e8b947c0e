"""Web addresses in the form that no site rewrites."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote

_KEPT = "/?#@!$&()*+,;=:%-._~"


def percent_encoded(text: str, kept: str = _KEPT) -> str:
    """Text with the characters that break HTML, CSS or shortcodes percent-encoded; letters of all scripts stay readable."""
    return _strange(kept).sub(lambda match: quote(match[0], safe=""), text)


@cache
def _strange(kept: str) -> re.Pattern[str]:
    """The ASCII characters that are none of these, no letter, digit, and none of `_.-~`."""
    inner = "".join(chr(code) for code in range(128) if chr(code) not in kept and not (chr(code).isalnum() or chr(code) in "_.-~"))
    return re.compile(f"[{re.escape(inner)}]")


def canonical(url: str) -> str:
    """An address as it is written into a link.

    In an address without scheme a colon is encoded: WordPress takes what stands before it for one
    (https://developer.wordpress.org/reference/functions/wp_kses_bad_protocol_once/).
    """
    scheme, colon, rest = url.partition(":")
    if not colon or not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*", scheme):
        return percent_encoded(url, _KEPT.replace(":", ""))
    if not rest.startswith("//"):
        return f"{scheme.lower()}:{percent_encoded(rest)}"
    host = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    return f"{scheme.lower()}://{host}{percent_encoded(rest[2 + len(host) :])}"
