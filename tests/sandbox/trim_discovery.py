"""Google's discovery document without its prose: what the sandbox ships. `python
tests/sandbox/trim_discovery.py` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).resolve().parents[2] / "blogkit" / "sandbox" / "blogger-v3.json"
NOTE = (
    "Blogger API v3: routes, parameters, enums and fields, cut by tests/sandbox/trim_discovery.py"
    " from the discovery document that Google ships in google-api-python-client"
    " (googleapiclient/discovery_cache/documents/blogger.v3.json; Copyright Google LLC, Apache"
    " License 2.0, https://www.apache.org/licenses/LICENSE-2.0). Changed: everything but structure"
    " is left out."
)
PARAMETER = ("type", "format", "enum", "required", "repeated", "default", "location")
FIELD = ("type", "format", "enum", "deprecated", "$ref")


def official() -> dict[str, Any]:
    """The document in the installed google-api-python-client."""
    import googleapiclient

    path = (
        Path(googleapiclient.__file__).parent / "discovery_cache" / "documents" / "blogger.v3.json"
    )
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def trim(document: dict[str, Any]) -> dict[str, Any]:
    """Structure only: what the sandbox routes by, checks against and answers with."""
    methods = {
        m["id"]: _method(m)
        for resource in document["resources"].values()
        for m in resource["methods"].values()
    }
    return {
        "note": NOTE,
        "revision": document["revision"],
        "parameters": {name: _only(p, PARAMETER) for name, p in document["parameters"].items()},
        "methods": dict(sorted(methods.items())),
        "schemas": {name: _field(schema) for name, schema in sorted(document["schemas"].items())},
    }


def _method(method: dict[str, Any]) -> dict[str, Any]:
    return {
        "httpMethod": method["httpMethod"],
        "path": method["path"],
        "parameters": {name: _only(p, PARAMETER) for name, p in method["parameters"].items()},
        "request": method.get("request", {}).get("$ref", ""),
        "response": method.get("response", {}).get("$ref", ""),
        "scopes": [scope.rsplit("/", 1)[1] for scope in method["scopes"]],
    }


def _field(schema: dict[str, Any]) -> dict[str, Any]:
    out = _only(schema, FIELD)
    if "properties" in schema:
        out["properties"] = {name: _field(p) for name, p in schema["properties"].items()}
    if "items" in schema:
        out["items"] = _field(schema["items"])
    return out


def _only(source: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: source[key] for key in keys if key in source}


def text(document: dict[str, Any]) -> str:
    """One line per method, parameter and field: a change in Google's document shows as a
    readable diff.
    """
    parts = [f' "{key}": {json.dumps(document[key])}' for key in ("note", "revision")]
    for key in ("parameters", "methods", "schemas"):
        rows = ",\n".join(
            f'  "{name}": {json.dumps(value)}' for name, value in document[key].items()
        )
        parts.append(f' "{key}": {{\n{rows}\n }}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    SHIPPED.write_text(text(trim(official())), encoding="utf-8")
