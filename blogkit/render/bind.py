"""Bind a widget call to its model: read the YAML, assign title and body, and report every problem with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from pydantic import ValidationError

from blogkit.content.post import Call
from blogkit.content.yaml12 import Yaml, load
from blogkit.errors import ContentError, Problem
from blogkit.render import pipes, quiz
from blogkit.render.fields import Context, Fields, MarkdownText, Role
from blogkit.render.messages import Trail, explain, with_fields, without
from blogkit.render.registry import Kind


@dataclass(frozen=True)
class Bound:
    """model: the checked values; body: Markdown source, None if the widget takes none; waits: its quiz link is pending."""

    model: Fields
    body: str | None = None
    body_line: int = 0
    waits: bool = False


def bind(call: Call, kind: Kind, *, path: str, context: Context, quiz_known: bool) -> Bound:
    """Check a call against its widget's model. Raises `ContentError` with all problems."""
    return _Binding(call, kind, path, context).run(quiz_known)


class _Binding:
    def __init__(self, call: Call, kind: Kind, path: str, context: Context) -> None:
        self.call, self.kind, self.path, self.context = call, kind, path, context
        self.problems: list[Problem] = []
        self.titled = ""
        self.yaml: Yaml | None = None

    def run(self, quiz_known: bool) -> Bound:
        body_field = self.kind.model.field_for(Role.BODY)
        table_field = self.kind.model.field_for(Role.TABLE)
        split = _split if body_field else _split_table if table_field else _whole
        source, line, body, body_line = split(self.call)
        self.yaml = load(source, path=self.path, line=line)
        data = self._mapping(self.yaml.value)
        self._take_title(data)
        if body_field and data.get(body_field) is None:
            data[body_field] = body
        elif body_field and body.strip():
            message = f"the {body_field} is given twice: as {body_field}:, and as the text after the second ---"
            self._add(body_line, message, "keep one of them", "body-twice")
        if table_field:
            self._take_table(data, table_field, body, body_line)
        waits = self._take_quiz(data, quiz_known)
        model = self._validated(data)
        self.problems += self.context.problems
        if self.problems or model is None:
            raise ContentError(self.problems)
        self._place(model, ())
        found = getattr(model, body_field) if body_field else None
        return Bound(model, found, (found.line if found is not None else 0) or body_line, waits)

    def _mapping(self, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        if isinstance(value, dict):
            return dict(value)
        fields = list(self.kind.model.model_fields)
        message = f'{self.kind.name} expects lines such as "{fields[0]}: …"'
        raise ContentError([Problem(self.path, self.call.text_line, message, f"fields: {', '.join(fields)}", "wrong-type")])

    def _take_title(self, data: dict[str, Any]) -> None:
        """Use the text after `{name}` as title or caption."""
        if not self.call.title:
            return
        field = next((name for name in ("title", "caption") if name in self.kind.model.model_fields), "")
        if not field:
            message = f'{self.kind.name} has no title, but "{self.call.title}" follows its name'
            self._add(self.call.line, message, "remove it", "unknown-field")
        elif data.get(field) is not None:
            message = f'the {field} is given twice: "{self.call.title}" after {{{self.call.name}}}, and as {field}:'
            self._add(self.call.line, message, "keep one of them", "title-twice")
        else:
            data[field] = self.call.title
            self.titled = field

    def _take_table(self, data: dict[str, Any], field: str, text: str, line: int) -> None:
        """Read a Markdown table, as a field or after the fields, while its lines are known."""
        if data.get(field) is not None and text:
            self._add(line, f"the {field} is given twice: as {field}:, and below the fields", "keep one of them", "body-twice")
        elif text:
            data[field] = pipes.read(text, path=self.path, line=line)
        elif isinstance(data.get(field), str) and self.yaml is not None:
            data[field] = pipes.read(data[field], path=self.path, line=self.yaml.text_line(field))

    def _take_quiz(self, data: dict[str, Any], known: bool) -> bool:
        """Fill an absent address with the post's quiz link. Return whether that is pending."""
        field = self.kind.model.field_for(Role.QUIZ)
        if not field:
            return False
        if not data.get(field) or quiz.is_token(str(data[field])):
            absent = not data.get(field)
            data[field] = quiz.TOKEN if known else ""
            return absent and not known
        return False

    def _validated(self, data: dict[str, Any]) -> Fields | None:
        """Return the model, or None after recording the problems.

        Checks between fields run in any case.
        """
        wrong: list[Trail] = []
        try:
            model = self.kind.model.model_validate(data, context=self.context)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                one = explain(self.kind.name, self.kind.model, item)
                wrong.append(one.trail)
                self._add(self._line(one.trail), one.message, with_fields(one.hint, self.kind.name), one.code)
            try:
                model = self.kind.model.model_validate(without(data, wrong), context=replace(self.context, problems=[]))
            except ValidationError:
                return None
        for flaw in chain(model.check(), model.check_headings(self.context.headings)):
            if not wrong or flaw.trail:  # what is said about the whole may come from the part that was left out
                self._add(self._line(flaw.trail), flaw.message, with_fields("", self.kind.name), flaw.code)
        return model

    def _place(self, value: object, trail: Trail) -> None:
        """Set the file's line of the Markdown inside the model's items."""
        if isinstance(value, MarkdownText) and self.yaml is not None:
            value.line = self.yaml.text_line(*trail)
            return
        for key, item in _items(value):
            if isinstance(item, MarkdownText | Fields | list):  # most fields are plain texts
                self._place(item, (*trail, key))

    def _line(self, trail: Trail) -> int:
        if not trail or trail[0] == self.titled or self.yaml is None or not self.call.text.strip():
            return self.call.line
        if len(trail) == 1 and (not isinstance(self.yaml.value, dict) or trail[0] not in self.yaml.value):
            return self.call.line
        return self.yaml.line(*trail)

    def _add(self, line: int, message: str, hint: str, code: str) -> None:
        self.problems.append(Problem(self.path, line, message, hint, code))


def _items(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, Fields):
        return ((name, getattr(value, name)) for name in type(value).model_fields)
    return enumerate(value) if isinstance(value, list) else ()


def _whole(call: Call) -> tuple[str, int, str, int]:
    """Read the content as YAML."""
    return call.text, call.text_line, "", 0


def _split_table(call: Call) -> tuple[str, int, str, int]:
    """Split YAML from a Markdown table, whose lines begin with a bar.

    `---` lines may separate them.
    """
    lines = call.text.split("\n")
    first = next((number for number, line in enumerate(lines) if pipes.begins(line)), len(lines))
    yaml = ["" if line.rstrip() == "---" and first < len(lines) else line for line in lines[:first]]
    return "\n".join(yaml), call.text_line, "\n".join(lines[first:]), call.text_line + first


def _split(call: Call) -> tuple[str, int, str, int]:
    """Split YAML between `---` lines from the body, each with its line."""
    lines = call.text.split("\n")
    if lines[0].rstrip() != "---":
        return "", call.text_line, call.text, call.text_line
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), call.text_line + 1, "\n".join(lines[number + 1 :]), call.text_line + number + 1
    return "\n".join(lines[1:]), call.text_line + 1, "", call.text_line + len(lines)
