"""The plain scalars of YAML 1.2: their tags, and numbers that keep their spelling."""

from __future__ import annotations

import operator
import re

import yaml

TAG = "tag:yaml.org,2002:"
"""What the names of YAML's own tags begin with."""
TEXT_TAG = TAG + "str"
_COLLECTIONS: dict[type[yaml.Node], str] = {
    yaml.SequenceNode: TAG + "seq",
    yaml.MappingNode: TAG + "map",
}


class CoreLoader(yaml.CSafeLoader):
    """Finds the tags of plain scalars by the core schema; `load_yaml` makes the values."""

    # A table of its own, empty at first: PyYAML's is that of YAML 1.1, where `no` is false and
    # `07:30` a number (https://yaml.org/type/bool.html, https://yaml.org/type/int.html).
    # PyYAML's own shape
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    # PyYAML calls both for each node, to find tags by its place, which only `add_path_resolver`
    # adds. These are the fastest functions that take the node and the index, or nothing, and do
    # nothing.
    descend_resolver = operator.is_  # type: ignore[assignment]
    ascend_resolver = bool  # type: ignore[assignment]

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Return the tag of a node that has none."""
        if kind is not yaml.ScalarNode:
            return _COLLECTIONS[kind]
        for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()) if implicit[0] else ():
            if pattern.match(value):
                return tag
        return TEXT_TAG


CoreLoader.add_implicit_resolver(
    TAG + "null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]
)
CoreLoader.add_implicit_resolver(
    TAG + "bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")
)
CoreLoader.add_implicit_resolver(
    TAG + "int", re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z"), list("-+0123456789")
)
CoreLoader.add_implicit_resolver(
    TAG + "float",
    re.compile(
        r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
    ),
    list("-+.0123456789"),
)


class IntAsWritten(int):
    """A whole number whose spelling differs from its value: `007`, `+1`, `0x1F`."""

    written: str


class FloatAsWritten(float):
    """A number whose spelling differs from its value: `2.50`, `1e3`."""

    written: str


def as_written(value: object) -> str:
    """Return a scalar as its author wrote it, for text fields that contain a number.

    `2.50` stays `2.50`.

    Args:
        value: A scalar that `load_yaml` returned.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(getattr(value, "written", value))


def read_int(text: str) -> int:
    """Return the whole number of a scalar that has the tag `int`.

    Args:
        text: The scalar as it is written.
    """
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    number = int(text, base)
    if str(number) == text:
        return number
    value = IntAsWritten(number)
    value.written = text
    return value


def read_float(text: str) -> float:
    """Return the number of a scalar that has the tag `float`.

    Args:
        text: The scalar as it is written.

    Raises:
        ValueError: It is not a number.
    """
    number = float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    if str(number) == text:
        return number
    value = FloatAsWritten(number)
    value.written = text
    return value
