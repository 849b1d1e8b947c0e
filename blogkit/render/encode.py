"""Encode text and attribute values so that no site rewrites them."""

from __future__ import annotations

import re
from functools import lru_cache

from blogkit.html import (
    Token,
    attributes,
    comment_text,
    decode,
    decode_attribute,
    is_stray,
    tag_name,
    texts_and_tags,
    tokenize,
)
from blogkit.html.elements import RCDATA

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SYNTAX = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ALWAYS = str.maketrans(
    {**_SYNTAX, '"': "&quot;", "'": "&#039;", "[": "&#091;", "`": "&#096;", "\xa0": "&nbsp;"}
)
_ESCAPED = re.compile(f"[{re.escape(''.join(map(chr, _ALWAYS)))}]|{_CONTROL.pattern}")

# What WordPress makes of plain text on its way to the reader: wptexturize, convert_smilies,
# capital_P_dangit, autoembed. https://developer.wordpress.org/reference/functions/wptexturize/ and
# …/convert_smilies/ Every alternative begins with its own character, and looks behind afterwards:
# then `re` skips to the few characters that may match, which is twenty times as fast.
_REWRITTEN = re.compile(
    r"""\#(?<=&\#)(?=\d|x)                   # "&#39;" as words: WordPress before 7.1 reads it twice
      | -(?:(?<!\w-)|(?!\w))                 # dashes: --, ---, and one hyphen between spaces
      | \.(?:(?=\.)|(?<=\.\.))               # an ellipsis
      | x(?<=[\d.,]x)(?=\d)                  # 10x20
      | \((?=tm\)) | o(?<=Wo)(?=rdpress)     # (tm); the spelling of WordPress
      | [:;](?:(?<=\s.)|(?<=\A.))(?=\S)       # smilies
      | 8(?:(?<=\s8)|(?<=\A8))(?=[-)O])
      | :(?:(?<=\Ahttp:)|(?<=\Ahttps:)|(?<=\shttp:)|(?<=\shttps:))(?=//)   # embeds
    """,
    re.VERBOSE,
)

_WORDS = frozenset({"alt", "aria-label", "label", "placeholder", "summary", "title"})
_WORD_JOINER = "\u2060"
_ADDRESSES = frozenset(
    {"action", "cite", "data", "formaction", "href", "longdesc", "poster", "src", "usemap"}
)
# WordPress 7.1 decodes numeric references in attributes, so in words only an invisible character
# keeps a site from reading "[gallery]" as a call, "&#39;" as a character, a backslash as an escape,
# and from correcting "Wordpress".
_CALL, _ESCAPE, _NAME = r"\[(?=/?[A-Za-z])", r"""\\(?=["'0\\]|\Z)""", r"(?<=[ (>])W(?=ordpress)"
_REWRITTEN_WORDS = re.compile(rf"{_CALL}|&(?=#[\dxX])|{_ESCAPE}|{_NAME}")
_REWRITTEN_ADDRESS = re.compile(f"{_CALL}|{_ESCAPE}|{_NAME}")


_STABLE_TAG = re.compile(r"""<[a-z][a-z0-9]*(?: [a-z][a-z-]*="[^"'<>&\[\\W\x00-\x1f]*")*>""")
"""A tag that stays as it is, if no attribute is repeated: nothing in its values is rewritten."""
_NAMES = re.compile(r' ([a-z-]+)="')


def _as_reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0]):03d};"


def escape_stable_text(text: str) -> str:
    """Return text between tags in the form that sites keep.

    Args:
        text: The text as HTML; its character references are read first.
    """
    # Half of all texts in a widget are these.
    if text == "" or text == " ":
        return text
    if not (_ESCAPED.search(text) or _REWRITTEN.search(text)):
        return text
    plain = _CONTROL.sub("", decode(text))
    pieces: list[str] = []
    position = 0
    for match in _REWRITTEN.finditer(plain):
        pieces += (plain[position : match.start()].translate(_ALWAYS), _as_reference(match))
        position = match.end()
    return "".join((*pieces, plain[position:].translate(_ALWAYS)))


def escape_stable_attribute(name: str, value: str) -> str:
    """Return the value of an attribute as it is written in double quotes.

    Args:
        name: The attribute. A `style` stays as it is: before WordPress 7.1, a reference in it cuts
            the declaration.
        value: Its value as HTML.
    """
    if name == "style":
        return value
    plain = _CONTROL.sub("", decode_attribute(value))
    if name in _WORDS:
        plain = _REWRITTEN_WORDS.sub(lambda match: match[0] + _WORD_JOINER, plain)
    elif name in _ADDRESSES:
        plain = _REWRITTEN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", plain)
    for character, reference in (*_SYNTAX.items(), ('"', "&quot;"), ("'", "&apos;")):
        plain = plain.replace(character, reference)
    return plain


@lru_cache(maxsize=4096)  # the posts of a project are made of the same few hundred tags
def _sealed_tag(tag: str) -> str:
    if _STABLE_TAG.match(tag):
        names = _NAMES.findall(tag)
        if len(names) == len(set(names)):
            return tag
    name = tag_name(tag)
    if name.startswith("/"):
        return f"<{name}>"
    parts = [name]
    for found in attributes(tag, Token("start", name, 0, len(tag))):
        if is_stray(found.name):
            continue  # the filter drops it
        value = escape_stable_attribute(found.name, tag[found.start : found.end])
        has_value = "=" in tag[found.outer : found.outer_end]
        parts.append(f'{found.name}="{value}"' if has_value else found.name)
    return f"<{' '.join(parts)}>"


def _sealed(html: str, token: Token) -> str:
    source = html[token.start : token.end]
    if token.name in RCDATA or (token.kind == "cut" and not token.name):
        return escape_stable_text(source)
    if token.kind == "comment":
        text = comment_text(html, token) if source.startswith("<!--") else ""
        return f"<!--{text}-->" if text else ""
    return source


def escape_stable(html: str, parts: list[str] | None = None) -> str:
    """Return our own finished HTML in the form that every site keeps.

    WordPress's filter stores it as it is, and no filter that runs when a post is shown touches its
    text: quotes, dashes, smilies, shortcodes, spelling, embeds. The document stays the same, except
    for an invisible word joiner in `title`, `alt` and the like that hold "[name", "&#39;" or
    "Wordpress". WordPress leaves no other way, and none at all in other attributes. A tag or
    comment without an end is shown as text.

    Args:
        html: Finished HTML, such as a rendered widget.
        parts: What `texts_and_tags` returns for it, if that is known; it is changed.

    Returns:
        The HTML; the result for it is the same again.
    """
    parts = parts or texts_and_tags(html)
    if parts is not None:
        parts[::2] = map(escape_stable_text, parts[::2])
        parts[1::2] = map(_sealed_tag, parts[1::2])
        return "".join(parts)
    parts = []
    for token in tokenize(html, scripting=False):
        kind, name, start, end, _ = token
        if kind == "text":
            parts.append(escape_stable_text(html[start:end]))
        elif kind == "start":
            parts.append(_sealed_tag(html[start:end]))
        elif kind == "end":
            parts.append(f"</{name}>")
        else:
            parts.append(_sealed(html, token))
    return "".join(parts)
