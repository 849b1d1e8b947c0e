"""Find links to a host whose address lacks https://, so that they lead into the blog itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.lint.required_words import SearchedText
from blogkit.patterns import lazy_pattern

ADDRESS_CODE = "address-without-https"
_ENDINGS = (
    "com|org|net|edu|info|gov|gov\\.in|co\\.in|ac\\.in|nic\\.in|blogspot\\.com|co\\.uk|"
    "in|io|co|app|dev|blog"
)
_HOST = (
    rf"(?:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?:youtu\.be|t\.me|wa\.me|bit\.ly)(?=/)|"
    rf"(?:[a-z0-9-]+\.)+(?:{_ENDINGS}))"
    r"(?:[/?#][^\s()<>\"']*)?"
)
_SUSPECT = lazy_pattern(r"\]\(|\]:|href|url:")
"""Every line with an address of a link has one of these, in lower case."""
_LINK = lazy_pattern(rf"\]\(<?(?P<address>{_HOST})(?=[ \t]*(?:[)>]|[ \t][\"']))", re.IGNORECASE)
_DEFINED = lazy_pattern(
    rf"^[ \t]{{0,3}}\[[^^\]][^\]]*\]:[ \t]+<?(?P<address>{_HOST})>?(?:[ \t].*)?$", re.IGNORECASE
)
_WRONG_SCHEME = (
    r"(?P<scheme>https?(?:/{1,3}|:/?|;//?|:\\\\|\.//)|"
    r"(?:ht{1,3}ps?|htt?p{1,3}s?|tps?|ttps?)(?<!http)(?<!https)://)"
    r"(?=[a-z0-9-]+\.)"
)
_MISSPELT = lazy_pattern(
    rf"(?:\]\(<?|href=[\"'])(?P<address>{_WRONG_SCHEME}[^\s()<>\"']+)", re.IGNORECASE
)
_HREF = lazy_pattern(rf"href=[\"'](?P<address>{_HOST})(?=[\"'])", re.IGNORECASE)
_FIELD = lazy_pattern(
    r"(?:href|url): \"?"
    rf"(?P<address>{_HOST})(?=\"?[ \t]*(?:[,}}]|$))",
    re.IGNORECASE,
)
_OTHER_LINK = lazy_pattern(rb"\]\(<?(?!https?://)")
"""A link whose address has another scheme, or none, in lower case."""
_SUSPECT_LINK = lazy_pattern(rf"\]\(<?(?:{_HOST}|{_WRONG_SCHEME})", re.IGNORECASE)
_SUSPECT_FIELD = lazy_pattern(
    rf"href=[\"'](?:{_HOST}|{_WRONG_SCHEME})|(?:href|url): \"?{_HOST}", re.IGNORECASE
)


def _may_hold(searched: SearchedText) -> bool:
    """Return whether a line of a body may hold such an address; False is certain.

    Code is blanked in the lines, so each match there begins with text that is in the body, too,
    but may go on with blanks.
    """
    body, low = searched.text, searched.low
    if b"]:" in low or (_OTHER_LINK.search(low) and _SUSPECT_LINK.search(body)):
        return True
    return (b"href" in low or b"url: " in low) and bool(_SUSPECT_FIELD.search(body))


def bare_addresses(context: LintContext) -> Iterator[Miss]:
    """Yield links such as [x](www.example.com).

    Browsers take an address without a scheme from the page that it is on
    (https://url.spec.whatwg.org/#no-scheme-state).
    """
    if _may_hold(context.searched_body):
        yield from _found(context)


def _found(context: LintContext) -> Iterator[Miss]:
    parts = context.parts
    for line in (*parts.prose, *parts.data):
        if not _SUSPECT.search(line.text.lower()):
            continue
        patterns = (_LINK, _HREF, _DEFINED, *((_FIELD,) if line.in_call else ()))
        for found in (each for pattern in patterns for each in pattern.finditer(line.text)):
            address = found["address"]
            message = f'the link to "{address}" leads into your own blog: it lacks https://'
            repair = line.repair(found.start("address"), address, f"https://{address}")
            yield miss(context, ADDRESS_CODE, line.number, message, "", repair)
        for found in _MISSPELT.finditer(line.text):
            scheme = found["scheme"]
            message = f'the address "{found["address"]}" begins with "{scheme}" instead of https://'
            new = "https://" if "s" in scheme.lower() else "http://"
            repair = line.repair(found.start("scheme"), scheme, new)
            yield miss(context, ADDRESS_CODE, line.number, message, "", repair)
