"""Escape a plain text for each place that can contain it, and list its other spellings there."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from blogkit.html.blocks import escape_json

_CSS_PLAIN = re.compile(r"[A-Za-z0-9_./:?#=&%+~@,!*;$\[\]{}|^-]")


def needs_quotes(value: str) -> bool:
    """Return whether this value needs quotes."""
    return re.search(r"[\s\"'=<>`]", value) is not None or value == ""


def in_script(value: str, quoted: str) -> str:
    """Return it in a JavaScript string: ASCII, and nothing that ends the script or opens a
    comment.
    """
    escaped = json.dumps(value)[1:-1].replace('\\"', '"')
    escaped = escaped.replace(quoted, f"\\{quoted}").replace("</", "<\\/").replace("<!--", "<\\!--")
    return escaped.replace("${", "\\${") if quoted == "`" else escaped


def in_json(value: str) -> str:
    """Return it in a JSON string, as in the attributes of a WordPress block."""
    text = json.dumps(value, ensure_ascii=False)[1:-1]
    text = escape_json(text)
    if text.startswith("-"):  # its neighbour may be a hyphen, and two end a comment
        text = r"\u002d" + text[1:]
    return text[:-1] + r"\u002d" if text.endswith("-") else text


def in_style(value: str) -> str:
    """Return it in a string or an address of a style sheet: ASCII, with CSS escapes."""
    return "".join(
        character if _CSS_PLAIN.match(character) else f"\\{ord(character):x} "
        for character in value
    )


def spellings_in_address(text: str) -> list[str]:
    """Return the text itself, and as editors encode it in an address (`{{ quiz }}` becomes
    `%7B%7B%20quiz%20%7D%7D`).
    """
    encoded = quote(text, safe="/:?#[]@!$&'()*+,;=%~")
    return list(dict.fromkeys([text, encoded, encoded.replace("%20", "+")]))


def spellings_in_script(text: str) -> list[str]:
    """Return the text itself, and as a script may contain it."""
    ascii_only = json.dumps(text)[1:-1]
    return list(
        dict.fromkeys(
            [
                text,
                text.replace("/", "\\/"),
                ascii_only,
                ascii_only.replace("/", "\\/"),
                in_json(text),
            ]
        )
    )


def spellings_in_json(text: str) -> list[str]:
    """Return the text as JSON may contain it."""
    plain, ascii_only = json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]
    return list(
        dict.fromkeys(
            [
                plain,
                plain.replace("/", "\\/"),
                ascii_only,
                ascii_only.replace("/", "\\/"),
                in_json(text),
            ]
        )
    )
