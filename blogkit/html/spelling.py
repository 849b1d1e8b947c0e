"""One spelling for block markup that the block editor may write in several.

The editor writes a whole post again whenever it is saved. Its serialiser ends void elements in its
own way, writes characters instead of references, and keeps attributes of a block in its comment or
in its HTML, as its version does. Nothing else changes in a block that its user did not touch
(https://developer.wordpress.org/block-editor/reference-guides/packages/packages-blocks/#serialize).
"""

from __future__ import annotations

import json

from blogkit.html.blocks import Delimiter, delimiter
from blogkit.html.elements import VOID
from blogkit.html.references import decode, escape_attribute, escape_text
from blogkit.html.tags import attributes
from blogkit.html.tokenizer import Token, tokenize

_OWN_CLASS = {"heading": "wp-block-heading", "list": "wp-block-list"}
"""Classes that WordPress 6.1 takes for an author's own, because its blocks have none."""
_IN_HTML = {"heading": ("anchor",), "table": ("hasFixedLayout",)}
"""Attributes that can be told from the block's HTML, so that a version may leave them out."""
_LABEL = {"name": "blogkit"}
"""The name of the block that holds the post's key; WordPress 6.1 drops it."""


def respell(html: str) -> str:
    """Return block markup in one spelling.

    Two bodies have the same result if they differ only in what the editor's serialiser changes in
    blocks that its user did not touch. The result is for comparing; nothing is written with it.

    Args:
        html: The body of a post.
    """
    parts, tags = [], dict[str, str]()
    for token in tokenize(html, scripting=False):
        source = html[token.start : token.end]
        if token.kind == "text":
            parts.append(escape_text(decode(source) if "&" in source else source))
        elif token.kind == "start":
            if source not in tags:  # the widgets of a post have the same tags again and again
                tags[source] = _start(html, token)
            parts.append(tags[source])
        elif token.kind == "comment" and (block := delimiter(source)):
            parts.append(_comment(block))
        else:
            parts.append(source)
    return "".join(parts)


def _start(html: str, token: Token) -> str:
    given = sorted((found.name, found.value) for found in attributes(html, token))
    written = "".join(f' {name}="{escape_attribute(value)}"' for name, value in given)
    slash = "/" if token.empty and token.name not in VOID else ""
    return f"<{token.name}{written}{slash}>"


def _comment(block: Delimiter) -> str:
    name = block.name.removeprefix("core/")
    given = ""
    if known := _given(name, block):
        given = json.dumps(known, sort_keys=True)
    elif not block.attributes:
        given = block.json  # it cannot be read, so it is compared as it is written
    return f"<!--{'/' * block.close}{name} {given}{'/' * block.void}-->"


def _given(name: str, block: Delimiter) -> dict[str, object]:
    hidden = _IN_HTML.get(name, ())
    given = {key: value for key, value in block.attributes.items() if key not in hidden}
    if name in _OWN_CLASS and isinstance(given.get("className"), str):
        names = [word for word in str(given["className"]).split() if word != _OWN_CLASS[name]]
        given["className"] = " ".join(names)
    if name == "html" and given.get("metadata") == _LABEL:
        del given["metadata"]
    return {key: value for key, value in given.items() if value != ""}
