"""What WordPress does to block comments (`<!-- wp:name {…} -->`): it filters and rewrites their
JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from blogkit.html.blocks import Delimiter, delimiters

_DASHES_AT_END = re.compile(r"<!--(.*?)--->")


def filter_blocks(html: str, kses: Callable[[str], str]) -> str:
    """Return the HTML with every block comment as WordPress serialises it, with filtered JSON.

    Two or more blocks left open at the end are not modelled; WordPress takes them apart.
    """
    if "<!--" in html and "--->" in html:
        html = _DASHES_AT_END.sub(lambda match: f"<!--{match[1].rstrip('-')}-->", html)
    pieces: list[str] = []
    position = 0
    opened: list[tuple[str, int]] = []
    for match in delimiters(html):
        if match.close and not match.void and not opened:
            break  # nothing to close: WordPress leaves the rest of the post alone
        pieces.append(html[position : match.start])
        position = match.end
        if match.void or not match.close:
            pieces.append(_opener(_name(match), match, kses))
            if not match.void:
                opened.append((_name(match), len(pieces)))
        else:
            _close(pieces, *opened.pop())
    pieces.append(html[position:])
    if len(opened) == 1:
        _close(pieces, *opened.pop())
    return "".join(pieces)


def _close(pieces: list[str], name: str, start: int) -> None:
    """End the block whose content begins at piece `start`, by its closing comment or, if it is
    empty, in its opening one.
    """
    if "".join(pieces[start:]) in {"", "0"}:
        pieces[start - 1 :] = [pieces[start - 1].removesuffix("-->") + "/-->"]
    else:
        pieces.append(f"<!-- /wp:{name} -->")


def _name(match: Delimiter) -> str:
    return match.name.removeprefix("core/")


def _opener(name: str, match: Delimiter, kses: Callable[[str], str]) -> str:
    end = "/-->" if match.void else "-->"
    if not match.json:
        return f"<!-- wp:{name} {end}"
    try:
        value = json.loads(match.json)
    except ValueError:
        value = {}
    filtered = _filtered(value, kses)
    return f"<!-- wp:{name} {_serialized(filtered)} {end}" if filtered else f"<!-- wp:{name} {end}"


def _filtered(value: object, kses: Callable[[str], str]) -> object:
    if isinstance(value, dict):
        return {kses(key): _filtered(item, kses) for key, item in value.items()} or []
    if isinstance(value, list):
        return [_filtered(item, kses) for item in value]
    return kses(value) if isinstance(value, str) else value


def _serialized(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for plain, escaped in (
        ("--", "\\u002d\\u002d"),
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ('\\"', "\\u0022"),
    ):
        text = text.replace(plain, escaped)
    return text
