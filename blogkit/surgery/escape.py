"""How a plain text is written in each place that can hold one, and the other spellings under which it may stand there already."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from blogkit.html.blocks import escape_json

_CSS_PLAIN = re.compile(r"[A-Za-z0-9_./:?#=&%+~@,!*;$\[\]{}|^-]")


def needs_quotes(value: str) -> bool:
    """Can this not stand as a value without quotes?"""
    return re.search(r"[\s\"'=<>`]", value) is not None or value == ""


def in_script(value: str, quoted: str) -> str:
    """In a string of JavaScript between these quotes: ASCII, and nothing that ends the script or opens a comment in it."""
    escaped = json.dumps(value)[1:-1].replace('\\"', '"')
    escaped = escaped.replace(quoted, f"\\{quoted}").replace("</", "<\\/").replace("<!--", "<\\!--")
    return escaped.replace("${", "\\${") if quoted == "`" else escaped


def in_json(value: str) -> str:
    """In a string of JSON, as WordPress writes the attributes of a block: safe in a comment and in a script, too."""
    text = json.dumps(value, ensure_ascii=False)[1:-1]
    text = escape_json(text)
    if text.startswith("-"):  # its neighbour may be a hyphen, and two end a comment
        text = r"\u002d" + text[1:]
    return text[:-1] + r"\u002d" if text.endswith("-") else text


def in_style(value: str) -> str:
    """In a string or an address of a style sheet: ASCII, with CSS's own escapes."""
    return "".join(character if _CSS_PLAIN.match(character) else f"\\{ord(character):x} " for character in value)


def spellings_in_address(text: str) -> list[str]:
    """The text itself, and as editors encode it in an address (`{{ quiz }}` becomes `%7B%7B%20quiz%20%7D%7D`)."""
    encoded = quote(text, safe="/:?#[]@!$&'()*+,;=%~")
    return list(dict.fromkeys([text, encoded, encoded.replace("%20", "+")]))


def spellings_in_script(text: str) -> list[str]:
    """The text itself, and as a script may hold it."""
    ascii_only = json.dumps(text)[1:-1]
    return list(dict.fromkeys([text, text.replace("/", "\\/"), ascii_only, ascii_only.replace("/", "\\/"), in_json(text)]))


def spellings_in_json(text: str) -> list[str]:
    """The text as JSON may hold it."""
    plain, ascii_only = json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]
    return list(dict.fromkeys([plain, plain.replace("/", "\\/"), ascii_only, ascii_only.replace("/", "\\/"), in_json(text)]))
