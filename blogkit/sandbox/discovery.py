"""Read routes, parameters and schemas from Google's discovery document.

Its structure is in blogger-v3.json, from https://blogger.googleapis.com/$discovery/rest?version=v3.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from blogkit.sandbox import errors

PREFIXES = ("/blogger/", "/")
"""What precedes `v3/` in a path.

The reference pages still use www.googleapis.com/blogger/v3, the document uses
blogger.googleapis.com/v3.
"""


@dataclass(frozen=True)
class Method:
    """One method of the API.

    Attributes:
        id: Its name, such as "posts.insert".
        verb: The HTTP method.
        pattern: The path, with a group for each id.
        query: Its query parameters and the common ones, as the document describes them.
        request: The schema of the request's body; "" if it has none.
        response: The schema of the response's body.
        writes: Whether it needs a person's token.
    """

    id: str
    verb: str
    pattern: re.Pattern[str]
    query: dict[str, dict[str, Any]]
    request: str
    response: str
    writes: bool


@functools.cache
def document() -> dict[str, Any]:
    """Return the structure of Google's document."""
    loaded: dict[str, Any] = json.loads(
        Path(__file__).with_name("blogger-v3.json").read_text(encoding="utf-8")
    )
    return loaded


@functools.cache
def methods() -> tuple[Method, ...]:
    """Return every method.

    Those with a fixed last word (`/posts/search`) are before those with an id (`/posts/{postId}`).
    """
    found = [_method(name, raw) for name, raw in document()["methods"].items()]
    # `posts/search` and `posts/bypath` also match `posts/{postId}`: the paths without placeholders
    # are tried first.
    return tuple(sorted(found, key=lambda m: m.pattern.pattern.count("(?P")))


def match(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Return a request's method and the ids in its path; None for an unknown route.

    Args:
        verb: The HTTP method, in capitals.
        path: The path, with its leading slash.
    """
    for prefix in PREFIXES:
        if not path.startswith(f"{prefix}v3/"):
            continue
        for method in methods():
            found = method.pattern.fullmatch(path[len(prefix) :])
            if found and method.verb == verb:
                return method, found.groupdict()
    return None


def query(method: Method, given: MultiDict[str, str]) -> dict[str, Any]:
    """Return a request's declared parameters, typed and with defaults.

    Others are ignored, as on Blogger in 2026.

    Args:
        method: The method.
        given: The parameters of the request.

    Raises:
        Refused: The API's 400: a parameter is missing or not valid.
    """
    values: dict[str, Any] = {}
    for name, parameter in method.query.items():
        texts = given.getlist(name)
        if parameter.get("repeated"):
            values[name] = [_value(name, parameter, text) for text in texts]
        elif texts:
            values[name] = _value(name, parameter, texts[0])
        elif parameter.get("required"):
            raise errors.missing_parameter(name)
        elif "default" in parameter:
            values[name] = _value(name, parameter, parameter["default"])
        else:
            values[name] = None
    return values


def check_body(schema: str, body: object) -> dict[str, Any]:
    """Return a request's JSON, checked against its schema.

    Unknown names and wrong types are refused, as Google's front end does.

    Args:
        schema: The schema's name.
        body: The decoded JSON.

    Raises:
        Refused: The API's 400, which names the field.
    """
    if not isinstance(body, dict):
        raise errors.bad_payload('Unknown name "": Root element must be a message.')
    _check_fields(document()["schemas"][schema], body, schema.lower())
    return body


def _method(name: str, raw: dict[str, Any]) -> Method:
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", raw["path"]))
    own = {key: value for key, value in raw["parameters"].items() if value["location"] == "query"}
    return Method(
        id=name.removeprefix("blogger."),
        verb=raw["httpMethod"],
        pattern=pattern,
        query={**document()["parameters"], **own},
        request=raw["request"],
        response=raw["response"],
        writes=raw["httpMethod"] != "GET",
    )


def _value(name: str, parameter: dict[str, Any], text: str) -> Any:
    # error messages name the field of the protocol buffer: "max_results"
    field = re.sub(r"(?<!^)([A-Z])", lambda m: f"_{m[1].lower()}", name)
    if "enum" in parameter:
        # Upper case is documented, older pages use lower case; the service accepts both.
        known = {value.upper(): value for value in parameter["enum"]}
        if text.upper() not in known:
            raise errors.bad_value(
                field, f"type.googleapis.com/google.blogger.v3.{name[0].upper()}{name[1:]}", text
            )
        return known[text.upper()]
    if parameter["type"] == "boolean":
        if text.lower() not in ("true", "false", "1", "0"):
            raise errors.bad_value(field, "TYPE_BOOL", text)
        return text.lower() in ("true", "1")
    if parameter["type"] == "integer":
        # ASCII digits only and few of them: `int` also takes "١٢" and "1_000".
        if not re.fullmatch(r"[0-9]{1,10}", text):
            raise errors.bad_value(field, "TYPE_UINT32", text)
        return int(text)
    return text


def _check_fields(schema: dict[str, Any], value: dict[str, Any], at: str) -> None:
    for name, inner in value.items():
        if name not in schema["properties"]:
            raise errors.bad_payload(f"Unknown name \"{name}\" at '{at}': Cannot find field.")
        if inner is not None:
            _check_value(
                schema["properties"][name],
                inner,
                f"{at}.{re.sub(r'([A-Z])', lambda m: '_' + m[1].lower(), name)}",
            )


def _check_value(schema: dict[str, Any], value: object, at: str) -> None:
    if "$ref" in schema:
        schema = document()["schemas"][schema["$ref"]]
    match schema["type"], value:
        case "object", dict():
            _check_fields(schema, value, at)
        case "array", list():
            for index, item in enumerate(value):
                _check_value(schema["items"], item, f"{at}[{index}]")
        case "string", str():
            if "enum" in schema and value.upper() not in schema["enum"]:
                raise errors.bad_value(
                    at, f"type.googleapis.com/google.blogger.v3.{at.rsplit('.', 1)[1]}", value
                )
        # `bool` is a subclass of `int`, and Google refuses `true` as a number.
        case (("number" | "integer"), (int() | float())) if not isinstance(value, bool):
            pass
        case "boolean", bool():
            pass
        case "object", _:
            raise errors.bad_payload(
                f"Unknown name \"{at.rsplit('.', 1)[1]}\" at '{at.rsplit('.', 1)[0]}': Proto field"
                " is not an object."
            )
        case type_name, _:
            raise errors.bad_value(at, f"TYPE_{type_name.upper()}", value)
