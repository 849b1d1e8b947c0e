"""A widget's call as the values of a form: from a call to its fields, and back to text.

Each value of the text has its place in the form, so that a problem of the text is shown at the
field that caused it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.posts.loader import parse_blocks
from blogkit.posts.post import WidgetCall
from blogkit.posts.yaml12 import load_yaml
from blogkit.render.call_writer import Trail, fenced, flow, lone_post, plain_data
from blogkit.render.headings import headings
from blogkit.render.widgets.bind import bind
from blogkit.render.widgets.fields import Context, Role
from blogkit.render.widgets.registry import WidgetType

_LONGEST_ROW = 80
_TITLES = ("title", "caption")
_PLAIN_TITLE = re.compile(
    r"[^\\`&<>{}\[\]*_~#\"'\s-](?:[^\\`&<>{}\[\]*_~\n]*[^\\`&<>{}\[\]*_~#\s])?"
)
"""A title that can follow the widget's name; see the info strings of CommonMark."""


@dataclass(frozen=True)
class WrittenCall:
    """A call as text.

    Attributes:
        name: The widget.
        title: What follows the name; "" for nothing.
        inside: The text between the fences.
        trails: The place of each line's value, by the line of `inside`.
    """

    name: str
    title: str
    inside: str
    trails: Mapping[int, Trail]

    @property
    def text(self) -> str:
        """The call as a post has it."""
        return fenced(self.name, self.inside, self.title)

    def trail_of(self, problem: Problem, fields: Mapping[str, Any]) -> Trail:
        """Return the place of the value that a problem is about; () for the whole.

        Args:
            problem: A problem of `text`, at a line of it.
            fields: The widget's fields, by name.
        """
        found = self.trails.get(problem.line - 1)
        if found and problem.code != "missing-field":
            return found
        names = re.findall(r'"(\w+)"', problem.message)
        if found:
            return (*found[:2], names[0]) if names and len(found) > 1 else found
        return next(((name,) for name in names if name in fields), ())


@dataclass(frozen=True)
class CallValues:
    """A call as values.

    Attributes:
        fields: Its fields as plain data, without empty ones.
        below: What follows it in the post, such as the headings that a list of them needs.
    """

    fields: dict[str, Any]
    below: str


def call_values(kind: WidgetType, text: str) -> CallValues:
    """Return the first call of a post as values.

    Args:
        kind: The widget that it calls.
        text: The post's text, such as the widget's example.

    Returns:
        Its fields, and the rest of the text.

    Raises:
        ContentError: The call is wrong; it has all problems.
    """
    path = Path(f"{kind.name}.md")
    blocks = parse_blocks(lone_post(text, path=path, key=kind.name))
    call = next(part for block in blocks for part in block.parts if isinstance(part, WidgetCall))
    context = Context(Path(), headings=headings(blocks))
    bound = bind(call, kind, path=str(path), context=context, quiz_known=True)
    fields: dict[str, Any] = plain_data(bound.model)
    if bound.language:
        fields["language"] = bound.language
    body = kind.model.field_for(Role.BODY)
    if body and bound.body is not None:
        fields[body] = bound.body.strip("\n")
    lines = text.split("\n")
    last = call.text_line - 1 + call.text.count("\n")
    end = next(n for n, line in enumerate(lines) if n >= last and line.startswith("```")) + 1
    given = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    return CallValues(given, "\n".join(lines[end:]))


def written_call(kind: WidgetType, fields: Mapping[str, Any]) -> WrittenCall:
    """Return a call with these fields, as a person would write it.

    Args:
        kind: The widget.
        fields: Plain data; it need not be valid.
    """
    rest = dict(fields)
    body_field = kind.model.field_for(Role.BODY)
    body = str(rest.pop(body_field, "")) if body_field else ""
    named = next((name for name in _TITLES if name in kind.model.model_fields), "")
    title = str(rest.get(named, "")) if named else ""
    title = rest.pop(named) if title and _PLAIN_TITLE.fullmatch(title) and "--" not in title else ""
    lines = _Lines(first=2 if body_field and rest else 1)
    lines.mapping(rest, ())
    inside = "\n".join(lines.out)
    if body_field:
        inside = f"---\n{inside}\n---\n{body}" if rest else body
    return WrittenCall(kind.name, str(title), inside, lines.trails)


class _Lines:
    """Lines of YAML in block style, and what each one is about."""

    def __init__(self, first: int) -> None:
        self.out: list[str] = []
        self.trails: dict[int, Trail] = {}
        self._first = first

    def mapping(self, value: Mapping[str, Any], trail: Trail, indent: str = "") -> None:
        for name, item in value.items():
            self._value(f"{indent}{_scalar(str(name))}:", item, (*trail, name), indent)

    def _value(self, head: str, item: Any, trail: Trail, indent: str) -> None:
        nested = isinstance(item, dict | list) and item
        if not nested or _is_row(item):
            self._scalar_line(head, item, trail, indent)
        elif isinstance(item, dict):
            self._add(head, trail)
            self.mapping(item, trail, f"{indent}  ")
        else:
            self._add(head, trail)
            for number, each in enumerate(item):
                self._item(each, (*trail, number), f"{indent}  ")

    def _item(self, item: Any, trail: Trail, indent: str) -> None:
        if not isinstance(item, dict) or not item:
            self._scalar_line(f"{indent}-", item, trail, f"{indent}  ")
            return
        start = len(self.out)
        self.mapping(item, trail, f"{indent}  ")
        self.out[start] = f"{indent}- {self.out[start][len(indent) + 2 :]}"

    def _scalar_line(self, head: str, item: Any, trail: Trail, indent: str) -> None:
        if isinstance(item, str) and "\n" in item:
            first, *lines = _block(item, f"{indent}  ")
            if _reads_as("\n".join(_block(item, "  ")), item):
                for line in (f"{head} {first}", *lines):
                    self._add(line, trail)
                return
        self._add(f"{head} {_scalar(item)}", trail)

    def _add(self, line: str, trail: Trail) -> None:
        self.trails[self._first + len(self.out)] = trail
        self.out.append(line)


def _is_row(item: Any) -> bool:
    """Return whether a list fits on a line: the cells of a row, or a few words."""
    if not isinstance(item, list) or any(isinstance(each, dict | list) for each in item):
        return False
    return sum(len(str(each)) + 2 for each in item) <= _LONGEST_ROW


def _block(text: str, indent: str) -> list[str]:
    """Return a text of several lines as YAML without quotes; one break at its end is kept."""
    head = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return [head, *(f"{indent}{line}" if line else "" for line in lines)]


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_cell(each) for each in value)}]"
    plain = isinstance(value, str) and "\n" not in value and _reads_as(value, value)
    return value if plain else flow(value)


def _cell(value: Any) -> str:
    plain = isinstance(value, str) and "\n" not in value and _reads_as(f"[{value}]", [value])
    return value if plain else flow(value)


def _reads_as(text: str, value: Any) -> bool:
    """Return whether YAML reads a text as a value, so that it needs no quotes."""
    try:
        return bool(load_yaml(f"- {text}", path="", line=1).value == [value])
    except ContentError:
        return False
