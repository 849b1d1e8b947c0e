"""Change values in front matter, and no other byte: comments, order and quotes stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

import yaml

_PLAIN = re.compile(r"[^\W_][\w ()’–-]*", re.UNICODE)
_RESERVED = re.compile(r"(?i)true|false|null|yes|no|on|off|[\d.]+")


def with_value(text: str, names: Sequence[str], value: str | Sequence[str]) -> str:
    """Return front matter with another value for a key.

    Args:
        text: The YAML between the two lines `---`, with LF line ends.
        names: The key, and other names of it. If none is there, a line is added at the end.
        value: The new value; of a list, the elements that stay keep their spelling.

    Raises:
        ValueError: The YAML cannot be read, or the value is not where it can be changed.
    """
    found = _node(text, names)
    if found is None:
        line = f"{names[0]}: {_scalar(value, '') if isinstance(value, str) else _flow(value)}"
        return f"{text.rstrip(chr(10))}\n{line}" if text.strip() else line
    start, end = found.start_mark.index, found.end_mark.index
    if isinstance(value, str):
        old = text[start:end]
        new = _scalar(value, old)
        return text[:start] + new + ("\n" if old.endswith("\n") else "") + text[end:]
    if isinstance(found, yaml.SequenceNode):
        return _with_items(text, found, value)
    return text[:start] + _flow(value) + text[end:]


def without_key(text: str, name: str) -> str:
    """Return front matter without the lines of a key.

    Args:
        text: The YAML between the two lines `---`, with LF line ends.
        name: The key, which has a line of its own.

    Raises:
        ValueError: The YAML cannot be read.
    """
    found = _node(text, [name])
    if found is None:
        return text
    lines = text.split("\n")
    return "\n".join(lines[: found.start_mark.line] + lines[found.end_mark.line + 1 :])


def _node(text: str, names: Sequence[str]) -> yaml.Node | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError("not YAML") from error
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise ValueError("not a list of keys")
    nodes = (node for key, node in root.value if str(key.value).lower() in names)
    return next(nodes, None)


def _with_items(text: str, node: yaml.SequenceNode, value: Sequence[str]) -> str:
    """Return the text with the elements of a list removed and added."""
    has = [str(item.value).strip() for item in node.value]
    removed = [item for item in node.value if str(item.value).strip() not in value]
    added = [one for one in value if one not in has]
    if len(removed) == len(node.value) or not node.value:
        start, end = node.start_mark.index, node.end_mark.index
        tail = "\n" if text[start:end].endswith("\n") else ""
        lead = " " if "\n" in text[max(start - 1, 0) : start] or not node.flow_style else ""
        head = text[:start].rstrip() if not node.flow_style else text[:start]
        return head + lead + _flow(value) + tail + text[end:]
    if node.flow_style:
        left = [
            text[item.start_mark.index : item.end_mark.index]
            for item in node.value
            if item not in removed
        ]
        items = ", ".join([*left, *(_scalar(one, "", flow=True) for one in added)])
        return f"{text[: node.start_mark.index]}[{items}]{text[node.end_mark.index :]}"
    lines = text.split("\n")
    last = node.value[-1]
    dash = lines[last.start_mark.line][: last.start_mark.column]
    new = [f"{dash}{_scalar(one, '')}" for one in added]
    after = last.start_mark.line + 1
    gone = {item.start_mark.line for item in removed}
    kept = [line for number, line in enumerate(lines[:after]) if number not in gone]
    return "\n".join([*kept, *new, *lines[after:]])


def _flow(value: Iterable[str]) -> str:
    return f"[{', '.join(_scalar(one, '', flow=True) for one in value)}]"


def _scalar(value: str, old: str, *, flow: bool = False) -> str:
    """Return a text as YAML, quoted as the old one if that is possible."""
    plain = _PLAIN.fullmatch(value) and not _RESERVED.fullmatch(value) and value == value.strip()
    if old.startswith("'") and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if plain and not old.startswith('"') and not (flow and "," in value):
        return value
    return json.dumps(value, ensure_ascii=False)
