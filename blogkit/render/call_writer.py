"""Write widget calls from data, with each value on the line it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from blogkit.posts.post import Post
from blogkit.render.widgets.fields import Fields, Role

Trail = tuple[str | int, ...]
LineOf = Callable[[Trail], int]
"""Returns the line of the source with the value at a trail."""

# Characters that JSON allows in a string and YAML does not
# (https://yaml.org/spec/1.2.2/#51-character-set), or that PyYAML takes for line breaks.
_ONLY_YAML_BREAKS_HERE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def first_line(_trail: Trail) -> int:
    """Return 1, for data without lines."""
    return 1


def flow(value: Any, line_of: LineOf = first_line) -> str:
    """Return plain data as YAML in JSON syntax.

    Args:
        value: Mappings, lists and scalars.
        line_of: The source's line of each value; they are kept as far as they increase.
    """
    out: list[str] = []
    line = 1

    def write(item: Any, trail: Trail) -> None:
        nonlocal line
        wanted = line_of(trail)
        if wanted > line:
            out.append("\n" * (wanted - line))
            line = wanted
        if isinstance(item, dict):
            out.append("{")
            for number, (name, inner) in enumerate(item.items()):
                out.append(", " if number else "")
                write_key(name, (*trail, name))
                write(inner, (*trail, name))
            out.append("}")
        elif isinstance(item, list | tuple):
            out.append("[")
            for number, inner in enumerate(item):
                out.append(", " if number else "")
                write(inner, (*trail, number))
            out.append("]")
        else:
            out.append(_scalar(item))

    def write_key(name: str, trail: Trail) -> None:
        nonlocal line
        wanted = line_of(trail)
        if wanted > line:
            out.append("\n" * (wanted - line))
            line = wanted
        out.append(f"{_scalar(str(name))}: ")

    write(value, ())
    return "".join(out)


def _scalar(value: Any) -> str:
    """Return a scalar: numbers as written, texts quoted and with YAML's line breaks escaped."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int | float):
        return str(getattr(value, "written", value))
    return _ONLY_YAML_BREAKS_HERE.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(str(value), ensure_ascii=False)
    )


def call_content(model: type[Fields], yaml: str) -> tuple[str, int]:
    """Return the content of a call, and the line in it where the YAML begins.

    Where the widget's content is its body, the fields come before it, between `---` lines.

    Args:
        model: The widget's fields.
        yaml: Their values.

    Returns:
        The content, and the line counted from 0.
    """
    return (f"---\n{yaml}\n---", 1) if model.field_for(Role.BODY) else (yaml, 0)


def fenced(name: str, text: str, title: str = "") -> str:
    """Return a call with a fence longer than any fence in it.

    Args:
        name: The widget's name.
        text: The call's content.
        title: The text after the name; "" for none.
    """
    longest = max([2, *map(len, re.findall(r"`{3,}", text))])
    fence = "`" * (longest + 1)
    # Without a title there is a space at the end of the first line.
    return f"{fence}{{{name}}} {title}\n{text}\n{fence}\n".replace(" \n", "\n", 1)


def lone_post(
    body: str, *, path: Path, key: str, line: int = 1, title: str = "", language: str = ""
) -> Post:
    """Return a post with only this body.

    Args:
        body: Markdown, such as one widget call.
        path: The file that messages name; it need not exist.
        key: The post's key, which also makes the widgets' ids.
        line: The line of `path` on which the body begins.
        title: The post's title; "" for the key.
        language: A language tag; "" for the blog's.
    """
    return Post(
        path=path,
        key=key,
        kind="post",
        title=title or key,
        body=body,
        body_line=line,
        format="md",
        language=language,
    )


def plain_data(value: Any) -> Any:
    """Return the data of a checked model: the fields that were set, in plain types."""
    if isinstance(value, Fields):
        return {
            name: plain_data(getattr(value, name))
            for name in type(value).model_fields
            if name in value.model_fields_set
        }
    if isinstance(value, dict):
        return {name: plain_data(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return (
        value
        if value is None or isinstance(value, bool | int | float)
        else getattr(value, "name", str(value))
    )
