"""Bind a widget call to its model: read the YAML, and assign title and body.

Every problem is reported with its line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.posts.fields import LANGUAGE
from blogkit.posts.post import WidgetCall
from blogkit.posts.yaml12 import Yaml, load_yaml
from blogkit.render import quiz
from blogkit.render.data import markdown_table
from blogkit.render.field_values import InlineText, MarkdownText
from blogkit.render.phrases.lookup import phrases_for
from blogkit.render.widgets.fields import Context, Fields, Role
from blogkit.render.widgets.registry import WidgetType

if TYPE_CHECKING:
    from blogkit.render.call_writer import Trail


_PLAIN = frozenset({str, InlineText, bool, int, float, type(None)})
"""The types of most values, which hold no Markdown with a line."""


@dataclass(frozen=True)
class BoundCall:
    """A widget call whose values are checked.

    Attributes:
        model: The values.
        body: Markdown source; None if the widget takes none.
        body_line: The file's line where the body begins.
        waits: Whether its quiz link is pending.
        language: The widget's own language; "" for the post's.
    """

    model: Fields
    body: str | None = None
    body_line: int = 0
    waits: bool = False
    language: str = ""


def bind(
    call: WidgetCall, kind: WidgetType, *, path: str, context: Context, quiz_known: bool
) -> BoundCall:
    """Check a call against its widget's model.

    Args:
        call: The call, as the post has it.
        kind: The widget that it names.
        path: The post's path, for messages.
        context: What validation needs besides the values; collects problems of other files.
        quiz_known: Whether the post's quiz link has an address.

    Returns:
        The checked values and the body.

    Raises:
        ContentError: All problems of the call, with their lines.
    """
    body_field = kind.model.field_for(Role.BODY)
    table_field = kind.model.field_for(Role.TABLE)
    split = _split if body_field else _split_table if table_field else _whole
    source, line, body, body_line = split(call)
    binding = _Binding(call, kind, path, context, load_yaml(source, path=path, line=line))
    data = _mapping(binding)
    binding, language = _take_language(binding, data)
    titled = _take_title(binding, data)
    if body_field:
        _take_body(binding, data, body_field, body, body_line)
    if table_field:
        _take_table(binding, data, table_field, body, body_line)
    waits = _take_quiz(kind, data, known=quiz_known)
    model = _validated(binding, data, titled)
    problems = [*binding.problems, *context.problems]
    if problems or model is None:
        raise ContentError(problems)
    _place(binding.yaml, model, ())
    found = getattr(model, body_field) if body_field else None
    line = (found.line if found is not None else 0) or body_line
    return BoundCall(model, found, line, waits, language)


@dataclass(frozen=True)
class _Binding:
    """A call and its parsed YAML. problems: collects what is wrong with it."""

    call: WidgetCall
    kind: WidgetType
    path: str
    context: Context
    yaml: Yaml
    problems: list[Problem] = field(default_factory=list)


def _mapping(binding: _Binding) -> dict[str, Any]:
    value = binding.yaml.value
    if value is None:
        return {}
    if isinstance(value, dict):
        return dict(value)
    fields = list(binding.kind.model.model_fields)
    message = f'{binding.kind.name} expects lines such as "{fields[0]}: …"'
    raise ContentError(
        [
            Problem(
                binding.path,
                binding.call.text_line,
                message,
                f"fields: {', '.join(fields)}",
                "wrong-type",
            )
        ]
    )


def _take_language(binding: _Binding, data: dict[str, Any]) -> tuple[_Binding, str]:
    """Take `language:`, which every widget understands, and choose the words that it prints."""
    if "language" in binding.kind.model.model_fields:
        return binding, ""
    language = data.pop("language", None)
    if language is None:
        return binding, ""
    if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
        message = f'"{language}" is not a language'
        line = _line(binding, ("language",), "")
        _complain(binding, line, message, "use a code such as hi, ur or en-IN", "bad-language")
        return binding, ""
    context = binding.context
    phrases = phrases_for(language, context.words)
    return replace(binding, context=replace(context, phrases=phrases)), language


def _take_title(binding: _Binding, data: dict[str, Any]) -> str:
    """Use the text after `{name}` as title or caption. Return the name of that field, or ""."""
    call, kind = binding.call, binding.kind
    if not call.title:
        return ""
    titled = next((name for name in ("title", "caption") if name in kind.model.model_fields), "")
    if not titled:
        message = f'{kind.name} has no title, but "{call.title}" follows its name'
        _complain(binding, call.line, message, "remove it", "unknown-field")
    elif data.get(titled) is not None:
        message = (
            f'the {titled} is given twice: "{call.title}" after {{{call.name}}}, and as {titled}:'
        )
        _complain(binding, call.line, message, "keep one of them", "title-twice")
    else:
        data[titled] = call.title
        return titled
    return ""


def _take_body(binding: _Binding, data: dict[str, Any], name: str, text: str, line: int) -> None:
    if data.get(name) is None:
        data[name] = text
    elif text.strip():
        message = f"the {name} is given twice: as {name}:, and as the text after the second ---"
        _complain(binding, line, message, "keep one of them", "body-twice")


def _take_table(binding: _Binding, data: dict[str, Any], name: str, text: str, line: int) -> None:
    """Read a Markdown table, as a field or after the fields, while its lines are known."""
    if data.get(name) is not None and text:
        _complain(
            binding,
            line,
            f"the {name} is given twice: as {name}:, and below the fields",
            "keep one of them",
            "body-twice",
        )
    elif text:
        data[name] = markdown_table.read_markdown_table(text, path=binding.path, line=line)
    elif isinstance(data.get(name), str):
        data[name] = markdown_table.read_markdown_table(
            data[name], path=binding.path, line=binding.yaml.text_line(name)
        )


def _take_quiz(kind: WidgetType, data: dict[str, Any], *, known: bool) -> bool:
    """Fill an absent address with the post's quiz link. Return whether that is pending."""
    name = kind.model.field_for(Role.QUIZ)
    if not name or (data.get(name) and not quiz.is_token(str(data[name]))):
        return False
    absent = not data.get(name)
    data[name] = quiz.QUIZ_TOKEN if known else ""
    return absent and not known


def _validated(binding: _Binding, data: dict[str, Any], titled: str) -> Fields | None:
    """Return the model, or None after recording the problems.

    Checks between fields run in any case.
    """
    wrong: list[Trail] = []
    try:
        model = binding.kind.model.model_validate(data, context=binding.context)
    except ValidationError as error:
        from blogkit.render.widgets.validation_messages import explain_validation_error, without

        for item in error.errors(include_url=False):
            one = explain_validation_error(binding.kind.name, binding.kind.model, item)
            wrong.append(one.trail)
            _complain_of(binding, one.trail, titled, one.message, one.hint, one.code)
        # Once more without the wrong values: `check` needs a model, and every problem is reported
        # at once.
        try:
            # The first pass has reported the problems of other files.
            model = binding.kind.model.model_validate(
                without(data, wrong), context=replace(binding.context, problems=[])
            )
        except ValidationError:
            return None
    for flaw in chain(model.check(), model.check_headings(binding.context.headings)):
        if (
            not wrong or flaw.trail
        ):  # a finding about the whole may come from the part that was left out
            _complain_of(binding, flaw.trail, titled, flaw.message, "", flaw.code)
    return model


def _complain_of(
    binding: _Binding, trail: Trail, titled: str, message: str, hint: str, code: str
) -> None:
    """Report what is wrong with the value at a trail."""
    from blogkit.render.widgets.validation_messages import with_fields

    hint = with_fields(hint, binding.kind.name)
    _complain(binding, _line(binding, trail, titled), message, hint, code)


def _place(yaml: Yaml, value: Fields | list[Any], trail: Trail) -> None:
    """Set the file's line of the Markdown in a model or a list, and in their items."""
    for key, item in _items(value):
        kind = type(item)
        if kind is MarkdownText:
            item.line = yaml.text_line(*trail, key)  # type: ignore[attr-defined]
        # Only then the question for models, which pydantic makes slow.
        elif kind not in _PLAIN and isinstance(item, list | Fields):
            _place(yaml, item, (*trail, key))


def _line(binding: _Binding, trail: Trail, titled: str) -> int:
    """Return the line of a value, or the call's line if the YAML does not contain it."""
    call, yaml = binding.call, binding.yaml
    if not trail or trail[0] == titled or not call.text.strip():
        return call.line
    if len(trail) == 1 and (not isinstance(yaml.value, dict) or trail[0] not in yaml.value):
        return call.line
    return yaml.line(*trail)


def _complain(binding: _Binding, line: int, message: str, hint: str, code: str) -> None:
    binding.problems.append(Problem(binding.path, line, message, hint, code))


def _items(value: Fields | list[Any]) -> Iterable[tuple[str | int, object]]:
    return enumerate(value) if isinstance(value, list) else value.__dict__.items()


def _whole(call: WidgetCall) -> tuple[str, int, str, int]:
    """Read the content as YAML."""
    return call.text, call.text_line, "", 0


def _split_table(call: WidgetCall) -> tuple[str, int, str, int]:
    """Split YAML from a Markdown table, whose lines begin with a bar.

    `---` lines may separate them.
    """
    lines = call.text.split("\n")
    first = next(
        (number for number, line in enumerate(lines) if markdown_table.begins(line)), len(lines)
    )
    yaml = ["" if line.rstrip() == "---" and first < len(lines) else line for line in lines[:first]]
    return "\n".join(yaml), call.text_line, "\n".join(lines[first:]), call.text_line + first


def _split(call: WidgetCall) -> tuple[str, int, str, int]:
    """Split YAML between `---` lines from the body, each with its line."""
    lines = call.text.split("\n")
    if lines[0].rstrip() != "---":
        return "", call.text_line, call.text, call.text_line
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return (
                "\n".join(lines[1:number]),
                call.text_line + 1,
                "\n".join(lines[number + 1 :]),
                call.text_line + number + 1,
            )
    return "\n".join(lines[1:]), call.text_line + 1, "", call.text_line + len(lines)
