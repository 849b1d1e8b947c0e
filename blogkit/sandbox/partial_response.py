"""Answer with parts: the `fields` parameter, such as `kind,items(id,author/displayName)`.

https://developers.google.com/blogger/docs/3.0/performance
"""

from __future__ import annotations

import re
from typing import Any

from blogkit.sandbox import errors
from blogkit.sandbox.discovery import document

_FieldTree = dict[str, "_FieldTree"]


def selected(body: dict[str, Any], fields: str, schema: str) -> dict[str, Any]:
    """Return only what `fields` names.

    Args:
        body: The whole response.
        fields: The selector.
        schema: The schema of the response.

    Raises:
        Refused: The API's 400: a name is unknown, or the selector is not valid.
    """
    tokens = re.findall(r"[\w*]+|[(),/]|\S", fields)
    tree = _tree(tokens, fields)
    if tokens:
        raise _invalid(fields)
    _check(tree, document()["schemas"][schema])
    picked: dict[str, Any] = _pick(body, tree)
    return picked


def _tree(tokens: list[str], whole: str) -> _FieldTree:
    out: _FieldTree = {}
    while True:
        node = out
        while True:
            if not tokens or not re.fullmatch(r"[\w*]+", tokens[0]):
                raise _invalid(whole)
            node = node.setdefault(tokens.pop(0), {})
            if tokens[:1] != ["/"]:
                break
            tokens.pop(0)
        if tokens[:1] == ["("]:
            tokens.pop(0)
            node.update(_tree(tokens, whole))
            if tokens[:1] != [")"]:
                raise _invalid(whole)
            tokens.pop(0)
        if tokens[:1] != [","]:
            return out
        tokens.pop(0)


def _check(tree: _FieldTree, schema: dict[str, Any]) -> None:
    while "$ref" in schema or "items" in schema:
        schema = document()["schemas"][schema["$ref"]] if "$ref" in schema else schema["items"]
    known = schema.get("properties", {})
    for name, inner in tree.items():
        if name == "*":
            continue
        if name not in known:
            raise _invalid(name)
        _check(inner, known[name])


def _pick(value: Any, tree: _FieldTree) -> Any:
    if not tree:
        return value
    if isinstance(value, list):
        return [_pick(item, tree) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _pick(inner, tree.get(name, tree.get("*", {})))
        for name, inner in value.items()
        if name in tree or "*" in tree
    }


def _invalid(what: str) -> errors.Refused:
    return errors.Refused(
        400, "invalidParameter", f"Invalid field selection {what}", where=("fields", "parameter")
    )
