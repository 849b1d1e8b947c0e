"""Escape a plain text for each place that can contain it, and list its other spellings there."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from blogkit.html.blocks import escape_json

_CSS_PLAIN = re.compile(r"[A-Za-z0-9_./:?#=&%+~@,!*;$\[\]{}|^-]")


def needs_quotes(value: str) -> bool:
    """Return whether a value needs quotes as an attribute.

    https://html.spec.whatwg.org/multipage/syntax.html#unquoted
    """
    return re.search(r"[\s\"'=<>`]", value) is not None or value == ""


def in_script(value: str, quoted: str) -> str:
    """Return a text as it is written in a JavaScript string.

    It is ASCII, and nothing in it ends the script or opens a comment
    (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements).

    Args:
        value: The plain text.
        quoted: The quotes around the string: `"`, `'` or a backtick.
    """
    # JSON's escapes are JavaScript's, too; of the quotes only those around the string need one.
    escaped = json.dumps(value)[1:-1].replace('\\"', '"')
    escaped = escaped.replace(quoted, f"\\{quoted}").replace("</", "<\\/").replace("<!--", "<\\!--")
    return escaped.replace("${", "\\${") if quoted == "`" else escaped


def in_json(value: str) -> str:
    """Return a text as it is written in a JSON string, such as in the attributes of a block."""
    text = json.dumps(value, ensure_ascii=False)[1:-1]
    text = escape_json(text)
    if text.startswith("-"):  # its neighbour may be a hyphen, and two end a comment
        text = r"\u002d" + text[1:]
    return text[:-1] + r"\u002d" if text.endswith("-") else text


def in_style(value: str) -> str:
    """Return a text as it is written in a string or an address of a style sheet.

    It is ASCII, with CSS escapes (https://www.w3.org/TR/css-syntax-3/#escaping).
    """
    return "".join(
        character if _CSS_PLAIN.match(character) else f"\\{ord(character):x} "
        for character in value
    )


def spellings_in_address(text: str) -> list[str]:
    """Return the text itself, and as editors encode it in an address.

    `{{ quiz }}` becomes `%7B%7B%20quiz%20%7D%7D`.
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
