"""Encode text and attribute values so that no site rewrites them."""

from __future__ import annotations

import re
from html import unescape

TOKEN = re.compile(
    r"""(?P<comment><!--.*?-->) | <(?P<close>/)?(?P<name>[A-Za-z][^\s/>]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^"'>])*)>
      | (?P<text>[^<]+|<)""",
    re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
RAW_TEXT = frozenset({"script", "style"})

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SYNTAX = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ALWAYS = {**_SYNTAX, '"': "&quot;", "'": "&#039;", "[": "&#091;", "`": "&#096;", "\xa0": "&nbsp;"}

# What WordPress makes of plain text on its way to the reader: wptexturize, convert_smilies, capital_P_dangit, autoembed.
# https://developer.wordpress.org/reference/functions/wptexturize/ and …/convert_smilies/
_REWRITTEN = re.compile(
    r"""(?<=&)\# (?=\d|x)                     # "&#39;" as words: WordPress before 7.1 reads it twice
      | (?<!\w)- | -(?!\w)                     # dashes: --, ---, and one hyphen between spaces
      | \.(?=\.) | (?<=\.)\.                   # an ellipsis
      | (?<=[\d.,])x(?=\d)                     # 10x20
      | \((?=tm\)) | (?<=W)o(?=rdpress)        # (tm); the spelling of WordPress
      | (?:(?<=\s)|\A)[:;](?=\S) | (?:(?<=\s)|\A)8(?=[-)O])   # smilies
      | (?:(?<=\Ahttp)|(?<=\Ahttps)|(?<=\shttp)|(?<=\shttps)):(?=//)   # an address alone becomes an embed
    """,
    re.VERBOSE,
)

_WORDS = frozenset({"alt", "aria-label", "label", "placeholder", "summary", "title"})
_WORD_JOINER = "\u2060"
_ADDRESSES = frozenset({"action", "cite", "data", "formaction", "href", "longdesc", "poster", "src", "usemap"})
# WordPress 7.1 decodes numeric references in attributes, so in words only an invisible character keeps a site from reading
# "[gallery]" as a call, "&#39;" as a character, a last backslash as an escape, and from correcting "Wordpress".
_REWRITTEN_WORDS = re.compile(r"\[(?=/?[A-Za-z])|&(?=#[\dxX])|\\\Z|(?<=[ (>])W(?=ordpress)")
_REWRITTEN_ADDRESS = re.compile(r"\[(?=/?[A-Za-z])|\\(?=0|\Z)|(?<=[ (>])W(?=ordpress)")


def _as_reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0]):03d};"


def seal_text(text: str) -> str:
    """Return text between tags in the form that sites keep. Decodes character references first."""
    plain = _CONTROL.sub("", unescape(text))
    pieces: list[str] = []
    position = 0
    for match in _REWRITTEN.finditer(plain):
        pieces += (_escape(plain[position : match.start()]), _as_reference(match))
        position = match.end()
    return "".join((*pieces, _escape(plain[position:])))


def _escape(text: str) -> str:
    return "".join(_ALWAYS.get(character, character) for character in text)


def seal_attribute(name: str, value: str) -> str:
    """Return a double-quoted attribute's value.

    `style` stays: before WordPress 7.1, a reference in it cuts the declaration.
    """
    if name == "style":
        return value
    plain = _CONTROL.sub("", unescape(value))
    if name in _WORDS:
        plain = _REWRITTEN_WORDS.sub(lambda match: match[0] + _WORD_JOINER, plain)
    elif name in _ADDRESSES:
        plain = _REWRITTEN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", plain)
    for character, reference in (*_SYNTAX.items(), ('"', "&quot;"), ("'", "&apos;")):
        plain = plain.replace(character, reference)
    return plain


def _seal_tag(match: re.Match[str]) -> str:
    name = match["name"].lower()
    if match["close"]:
        return f"</{name}>"
    parts = [name]
    for attribute in ATTRIBUTE.finditer(match["attributes"]):
        key, value = attribute[1].lower(), attribute[2]
        if value is None:
            parts.append(key)
            continue
        bare = value[1:-1] if value[0] in "\"'" else value
        parts.append(f'{key}="{seal_attribute(key, bare)}"')
    return f"<{' '.join(parts)}>"


def seal(html: str) -> str:
    """Our own finished, well-formed HTML in the form that every site keeps: a fixed point of WordPress's filter (6.1 to 7.1)
    whose text no rendering filter (quotes, dashes, smilies, shortcodes, spelling, embeds) touches. The DOM stays the same,
    except for an invisible word joiner in `title`, `alt` and the like that hold "[name", "&#39;" or "Wordpress", for which WordPress
    leaves no other way (other attributes, such as `data-*`, are not protected from that). `seal(seal(x)) == seal(x)`.
    """
    pieces: list[str] = []
    position, raw = 0, ""
    while match := TOKEN.match(html, position):
        position = match.end()
        if match["text"] is not None:
            pieces.append(seal_text(match["text"]))
        elif match["comment"] is not None:
            pieces.append(match["comment"])
        else:
            pieces.append(_seal_tag(match))
            raw = match["name"].lower()
            if raw in RAW_TEXT and not match["close"]:
                end = re.compile(rf"</{raw}", re.IGNORECASE).search(html, position)
                stop = end.start() if end else len(html)
                pieces.append(html[position:stop])
                position = stop
    return "".join(pieces)
