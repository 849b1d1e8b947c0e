"""Fill the placeholders of a template: `{{ date }}`, or `{{ question }}` of a row.

A template has values only, no conditions or loops: for more, write a widget. A value cannot
break the YAML around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from blogkit.html import LineIndex
from blogkit.posts.front_matter import split_front_matter

_PLACEHOLDER = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_EVERY = re.compile(r"\nevery[ \t]*:")  # behind a line feed, which is found faster than `^`
_FENCE = re.compile(r"\s*(`{3,}|~{3,})(\{?)")
_ENTRY = re.compile(r"(\s*(?:- +[\w-]+: +|[\w-]+: +|- +))([^\s\"'|>{&*!].*|\{\{.*)")
"""A line of YAML: what is before its value, and a value without quotes."""
_NOT_IN_LISTS = re.compile(r"[,\[\]{}]")
# Signs of the private use area: YAML takes them in any scalar, and no post has them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@dataclass
class Filling:
    """Values for a template, and what it asked for that is not among them.

    Attributes:
        values: The values, by name.
        unknown: The lines and names of placeholders without a value.
    """

    values: Mapping[str, str]
    unknown: list[tuple[int, str]] = field(default_factory=list)

    def value(self, name: str, line: int) -> str:
        """Return a value; "" for an unknown one, which is noted.

        Args:
            name: The name in a placeholder.
            line: The file's line of it.
        """
        if name not in self.values:
            self.unknown.append((line, name))
        return self.values.get(name, "")


class _Kept(Filling):
    """Leaves placeholders as they are."""

    def value(self, name: str, line: int) -> str:  # noqa: ARG002
        """Return the placeholder."""
        return f"{{{{ {name} }}}}"


def readable_template(source: str, path: str) -> str:
    """Return a template with quotes around the placeholders that YAML would take for a mapping.

    Args:
        source: The file, with LF line ends. A post that is not a template stays as it is.
        path: The file's name for messages.

    Raises:
        ContentError: The file has no front matter.
    """
    if not _PLACEHOLDER.search(source) or not _EVERY.search(source):
        return source
    head, *_ = split_front_matter(source, path)
    return fill_template(source, _Kept({}), path) if _EVERY.search(f"\n{head}") else source


def fill_template(source: str, filling: Filling, path: str) -> str:
    """Return a post's text with its placeholders filled; every line keeps its number.

    Args:
        source: The file, with LF line ends.
        filling: The values; unknown names are added to it.
        path: The file's name for messages.

    Raises:
        ContentError: The file has no front matter.
    """
    head, head_line, body, body_line = split_front_matter(source, path)
    lines = source.split("\n")
    before, between = lines[: head_line - 1], lines[head_line - 1 : body_line - 1]
    fence = between[-1]
    filled = [*before, *_head(head, head_line, filling).split("\n"), fence]
    return "\n".join([*filled, *_body(body.split("\n"), body_line, filling)])


def _head(text: str, line: int, filling: Filling) -> str:
    """Fill front matter. Each value stays inside the key that it is written in."""
    values: list[str] = []
    lines = LineIndex(text)

    def token(found: re.Match[str]) -> str:
        values.append(filling.value(found[1], line + lines.before(found.start())))
        return f"{_OPEN}{len(values) - 1}{_CLOSE}"

    marked = _PLACEHOLDER.sub(token, text)
    try:
        root = yaml.compose(marked, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        # The loader tells what is wrong; a name in the place of `{{ … }}` is not a part of that.
        return _PLACEHOLDER.sub(lambda found: found[1], text)
    for node in sorted(_scalars(root), key=lambda each: each.start_mark.index, reverse=True):
        if _TOKEN.search(node.value):
            start, end = node.start_mark.index, node.end_mark.index
            old = marked[start:end]
            value = _TOKEN.sub(lambda found: values[int(found[1])], node.value)
            new = json.dumps(value, ensure_ascii=False) + "\n" * old.count("\n")
            marked = marked[:start] + new + marked[end:]
    return _TOKEN.sub(lambda found: values[int(found[1])], marked)


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)


def _body(lines: list[str], first: int, filling: Filling) -> Iterator[str]:
    """Fill a body. In a widget's data, a value that YAML would read otherwise gets quotes."""
    closing, in_widget = "", False
    for number, line in enumerate(lines, first):
        fence = _FENCE.match(line)
        if fence and not closing:
            closing, in_widget = fence[1], bool(fence[2])
        elif closing and line.strip().startswith(closing) and not line.strip(" `~"):
            closing, in_widget = "", False
        entry = _ENTRY.fullmatch(line) if in_widget and "{{" in line else None
        if entry and entry[2].startswith("["):
            yield entry[1] + _fill(entry[2], number, filling, _in_list)
        elif entry:
            yield entry[1] + _as_yaml(_fill(entry[2], number, filling))
        else:
            yield _fill(line, number, filling)


def _fill(
    text: str, line: int, filling: Filling, spell: Callable[[str], str] = lambda value: value
) -> str:
    # A value with several lines would move all lines after it.
    return _PLACEHOLDER.sub(
        lambda found: spell(" ".join(filling.value(found[1], line).split())), text
    )


def _in_list(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if _NOT_IN_LISTS.search(value) else _as_yaml(value)


def _as_yaml(value: str) -> str:
    try:
        loaded = yaml.safe_load(f"x: {value}")["x"]
    except (yaml.YAMLError, TypeError, KeyError):
        loaded = None
    plain = loaded == value or (isinstance(loaded, int | float) and not isinstance(loaded, bool))
    return value if plain else json.dumps(value, ensure_ascii=False)
