"""Block delimiters: the comments by which the editor tells blocks apart
(https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/)."""

from __future__ import annotations

import json
import re

_DELIMITER = re.compile(r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][\w-]*(?:/[a-z][\w-]*)?)\s+(?:\{.*?\}\s+)?(?P<void>/)?-->", re.DOTALL)


def wrap(name: str, inner: str, attributes: object = None) -> str:
    """Return one block of this name."""
    given = f" {_json(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{given} -->\n{inner}\n<!-- /wp:{name} -->"


def without_delimiters(html: str) -> str:
    """Remove block delimiters, which would end an HTML block early."""
    return _DELIMITER.sub("", html)


def is_block_markup(html: str) -> bool:
    """Return whether a text is whole blocks, with nothing between them."""
    path: list[str] = []
    position = 0
    for match in _DELIMITER.finditer(html):
        if not path and html[position : match.start()].strip():
            return False
        if match["close"]:
            if not path or path.pop() != match["name"]:
                return False
        elif not match["void"]:
            path.append(match["name"])
        position = match.end()
    return position > 0 and not path and not html[position:].strip()


def _json(attributes: object) -> str:
    """Return JSON in the form of the editor's `serializeAttributes`; WordPress 6.8 and newer rewrite any other form."""
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    for plain, safe in (("--", r"\u002d\u002d"), ("<", r"\u003c"), (">", r"\u003e"), ("&", r"\u0026"), (r"\"", r"\u0022")):
        text = text.replace(plain, safe)
    return text
