"""Render one widget from data, with the same HTML as in a post."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Literal

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.posts import yaml12
from blogkit.render import renderer
from blogkit.render.call_writer import LineOf, Trail, call_content, fenced, flow, lone_post
from blogkit.render.data import tabular
from blogkit.render.data.data_files import CONTROL_CHARACTERS, decoded
from blogkit.render.document import Document
from blogkit.render.widgets.field_types import fields_of
from blogkit.render.widgets.fields import Role
from blogkit.render.widgets.registry import WidgetType

SnippetFormat = Literal["yaml", "json", "csv", "tsv", "md"]
_BY_SUFFIX: dict[str, SnippetFormat] = {
    ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".md": "md", ".markdown": "md",  # noqa: E501
}  # fmt: skip
_NOT_YAML = frozenset(
    {"inline", "text", "address", "image", "quiz", "date", "markdown", "file", "table"}
)
_PAIR = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_ONLY_YAML_BREAKS_HERE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class SnippetSource:
    """The data of a widget.

    Attributes:
        name: The file, for messages; "" or "-" for standard input.
        data: Its bytes.
        form: How to read them; "" decides by the name, then by the first character.
        settings: Further fields, as text; they win.
    """

    name: str
    data: bytes = b""
    form: SnippetFormat | Literal[""] = ""
    settings: Mapping[str, str] = field(default_factory=dict)


def render_snippet(
    kind: WidgetType,
    source: SnippetSource,
    *,
    root: Path,
    key: str = "",
    language: str = "",
    **options: Any,
) -> Document:
    """Return the widget's HTML from data.

    Args:
        kind: The widget.
        source: Its data.
        root: The blog's folder.
        key: Makes the widget's ids; "" derives it from the data.
        language: A language tag; "" for English.
        **options: As in `render_post`: registry, profile, theme, quiz_url, …

    Raises:
        ContentError: The data does not fit, or names a local image; with the source's lines.
    """
    given = _given(kind, source)
    body, line = _body(given)
    # The same data gets the same ids, and so the same bytes.
    key = key or hashlib.sha256(body.encode()).hexdigest()[:12]
    path = root.resolve() / f"{kind.name}.md"
    post = lone_post(body, path=path, key=key, line=line, language=language)
    try:
        document = renderer.render_post(post, root=root, **options)
    except ContentError as error:
        raise ContentError(
            [_placed(given, problem, path.name) for problem in error.problems]
        ) from error
    if document.assets:
        hint = (
            "use the image's https:// address, or put the widget in a post, whose images blogkit"
            " uploads"
        )
        raise ContentError(
            [
                Problem(
                    source.name,
                    0,
                    f"{asset.name} is a local file, which a snippet cannot include",
                    hint,
                    "local-image",
                )
                for asset in document.assets
            ]
        )
    return document


def call_of(kind: WidgetType, source: SnippetSource) -> str:
    """Return the widget's call as in a post, which `from_call` can render again.

    Args:
        kind: The widget.
        source: Its data.
    """
    return _body(_given(kind, source))[0]


def from_call(
    kind: WidgetType, call: str, *, root: Path, key: str, language: str = "", **options: Any
) -> Document:
    """Return the widget's HTML from its call.

    Args:
        kind: The widget.
        call: As `call_of` returned it.
        root: The blog's folder.
        key: Makes the widget's ids.
        language: A language tag; "" for English.
        **options: As in `render_post`.

    Raises:
        ContentError: The call is not valid any more, or names a local image.
    """
    post = lone_post(
        call, path=root.resolve() / f"{kind.name}.md", key=key, line=0, language=language
    )
    document = renderer.render_post(post, root=root, **options)
    if document.assets:
        hint = "use the image's https:// address"
        raise ContentError(
            [
                Problem("", 0, f"{asset.name} is a local file", hint, "local-image")
                for asset in document.assets
            ]
        )
    return document


@dataclass(frozen=True)
class _Given:
    """What a call is made from.

    Attributes:
        text: The source with Unix line ends.
    """

    kind: WidgetType
    source: SnippetSource
    text: str

    @property
    def last(self) -> int:
        """Return the number of the source's lines."""
        return self.text.count("\n") + 1


def _given(kind: WidgetType, source: SnippetSource) -> _Given:
    text = decoded(source.name, source.data).replace("\r\n", "\n").replace("\r", "\n")
    if found := CONTROL_CHARACTERS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"the control character U+{ord(found[0]):04X} is not allowed in a post"
        raise ContentError([Problem(source.name, line, message, "delete it", "control-character")])
    return _Given(kind, source, text)


def _body(given: _Given) -> tuple[str, int]:
    """Return the body of a post with only this call, and the source's line of its first."""
    inside, offset = _content(given)
    return fenced(given.kind.name, inside), -offset


def _placed(given: _Given, problem: Problem, placeholder: str) -> Problem:
    """Return a problem of the post as one of the source."""
    if problem.path != placeholder:
        return problem
    if problem.line > given.last:
        return replace(problem, path="--set", line=0)
    return replace(problem, path=given.source.name, line=max(problem.line, 0))


def _content(given: _Given) -> tuple[str, int]:
    """Return the content of the call, and its line, from 0, that is the source's first."""
    text = given.text
    form = given.source.form or _form(given.source.name, text)
    as_written = form == "md" or (
        form == "yaml" and text.startswith("---\n") and given.kind.model.field_for(Role.BODY) != ""
    )
    if as_written and not given.source.settings:
        return text.removesuffix("\n"), 0
    if as_written:
        message = "cannot set fields next to text that is used verbatim"
        raise ContentError(
            [
                Problem(
                    given.source.name,
                    0,
                    message,
                    "write them at the top of the text, between --- lines",
                    "bad-value",
                )
            ]
        )
    if form in ("csv", "tsv"):
        name = (
            given.source.name
            if Path(given.source.name).suffix.lower() == f".{form}"
            else f"{given.source.name}.{form}"
        )
        value, line_of = _from_csv(given, name)
    else:
        text = _from_json(given) if form == "json" else text
        yaml = yaml12.load_yaml(text, path=given.source.name, line=1)
        if not given.source.settings and not isinstance(yaml.value, list):
            return call_content(given.kind.model, text.removesuffix("\n"))
        value, line_of = _from_yaml(given, yaml)
    return call_content(given.kind.model, flow(*_with_settings(given, value, line_of)))


def _from_csv(given: _Given, name: str) -> tuple[Any, LineOf]:
    try:
        return tabular.from_csv(name, given.text, given.kind.model)
    except ContentError as error:
        raise ContentError(
            [replace(problem, path=given.source.name) for problem in error.problems]
        ) from error


def _from_json(given: _Given) -> str:
    """Return JSON as YAML with each value on its line."""
    try:
        json.loads(given.text)
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg}"
        raise ContentError(
            [Problem(given.source.name, error.lineno, message, code="bad-data-file")]
        ) from None
    except RecursionError:
        raise ContentError(
            [Problem(given.source.name, 0, "this JSON is nested too deeply", code="bad-data-file")]
        ) from None
    text = _ONLY_YAML_BREAKS_HERE.sub(lambda match: f"\\u{ord(match[0]):04x}", given.text)
    # YAML has no surrogate pairs: `\ud83d\ude00` would be two characters that cannot be encoded
    # (https://www.rfc-editor.org/rfc/rfc8259#section-7).
    return _PAIR.sub(lambda match: _joined(match[1], match[2]) if match[1] else match[0], text)


def _from_yaml(given: _Given, yaml: yaml12.Yaml) -> tuple[Any, LineOf]:
    if not isinstance(yaml.value, list):
        return yaml.value, lambda trail: yaml.line(*trail)
    name, value = tabular.from_list(yaml.value, given.kind.model)
    if name:
        return {name: value}, lambda trail: yaml.line(*trail[1:])
    if tabular.is_table(given.kind.model):
        return _from_records(given, yaml)
    fields = ", ".join(given.kind.model.model_fields)
    raise ContentError(
        [
            Problem(
                given.source.name,
                1,
                f"{given.kind.name} has no list of items",
                f"write its fields: {fields}",
                "wrong-type",
            )
        ]
    )


def _from_records(given: _Given, yaml: yaml12.Yaml) -> tuple[Any, LineOf]:
    """Return a table whose first row names all columns."""
    header = list(yaml.value[0])
    strange = [
        (number, name)
        for number, record in enumerate(yaml.value)
        for name in record
        if name not in header
    ]
    if strange:
        hint = f"the first row has the columns: {', '.join(header)}"
        message = 'the first row has no "{}"'
        found = [
            Problem(given.source.name, yaml.line(n, name), message.format(name), hint, "ragged-row")
            for n, name in strange
        ]
        raise ContentError(found)
    rows = [[record.get(title) for title in header] for record in yaml.value]
    return {
        "columns": header,
        "rows": rows,
    }, lambda trail: yaml.line(*trail[1:2]) if trail[:1] == ("rows",) else 1


def _with_settings(given: _Given, value: Any, line_of: LineOf) -> tuple[Any, LineOf]:
    """Add the settings on a new last line; they override the source."""
    if value is not None and not isinstance(value, dict):
        return value, line_of
    kinds = dict(fields_of(given.kind.model))
    settings: dict[str, Any] = {}
    for name, text in given.source.settings.items():
        plain = name not in kinds or kinds[name].what in _NOT_YAML
        settings[name] = (
            text if plain else yaml12.load_yaml(text, path=f"--set {name}", line=0).value
        )

    def line(trail: Trail) -> int:
        return given.last + 1 if trail and trail[0] in settings else line_of(trail)

    return {
        name: item for name, item in (value or {}).items() if name not in settings
    } | settings, (line if settings else line_of)


def _form(name: str, text: str) -> SnippetFormat:
    by_name = _BY_SUFFIX.get(Path(name).suffix.lower())
    return by_name or ("json" if text.lstrip()[:1] in ("{", "[") and _is_json(text) else "yaml")


def _is_json(text: str) -> bool:
    """Return whether a text is JSON. YAML may begin with a brace as well."""
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True


def _joined(high: str, low: str) -> str:
    """Return a character beyond U+FFFF, which JSON writes as two."""
    return chr(0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00)
