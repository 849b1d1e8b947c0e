"""Block delimiters: the comments by which the editor tells blocks apart
(https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/)."""

from __future__ import annotations

import json

from blogkit.markup.delimiters import delimiters


def wrap(name: str, inner: str, attributes: object = None) -> str:
    """One block of this name."""
    given = f" {_json(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{given} -->\n{inner}\n<!-- /wp:{name} -->"


def without_delimiters(html: str) -> str:
    """A delimiter inside an HTML block would end it early; it is a comment, so nobody misses it."""
    pieces, position = [], 0
    for found in delimiters(html):
        pieces.append(html[position : found.start])
        position = found.end
    return "".join((*pieces, html[position:]))


def is_block_markup(html: str) -> bool:
    """Whole blocks, written by hand, with nothing between them."""
    path: list[str] = []
    position = 0
    for found in delimiters(html):
        if not path and html[position : found.start].strip():
            return False
        if found.close:
            if not path or path.pop() != found.name:
                return False
        elif not found.void:
            path.append(found.name)
        position = found.end
    return position > 0 and not path and not html[position:].strip()


def _json(attributes: object) -> str:
    """As the editor's `serializeAttributes` writes it: WordPress 6.8 and newer rewrite any other form when they save."""
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    for plain, safe in (("--", r"\u002d\u002d"), ("<", r"\u003c"), (">", r"\u003e"), ("&", r"\u0026"), (r"\"", r"\u0022")):
        text = text.replace(plain, safe)
    return text
