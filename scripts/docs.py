"""Writes the parts of the documentation that the code knows best: help texts, widgets' fields and
examples.

    python -m scripts.docs            rewrites them in place
    python -m scripts.docs --check    names what is out of date and exits 1

Such a part stands between two comments:

    <!-- made: help publish -->  …  <!-- /made -->
    <!-- made: every widget -->  …  <!-- /made -->
    <!-- made: every prompt -->  …  <!-- /made -->
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import click
from pydantic.functional_validators import AfterValidator, BeforeValidator

from blogkit.cli import main as commands
from blogkit.render.widgets import fields
from blogkit.render.widgets.registry import Registry, WidgetType, builtin_folder
from blogkit.widget_tools.prompt import prompt_text

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
PART = re.compile(
    r"(?P<begin><!-- made: (?P<kind>help|every) (?P<name>[\w -]+) -->\n).*?(?P<end><!-- /made -->)",
    re.DOTALL,
)
WIDTH = 78
"""What click uses on a terminal of 80 columns."""

INLINE, ADDRESS, DATE = (
    "text with **bold**, *italic*, links",
    "address",
    "date: 2026, 2026-12 or 2026-12-01",
)
_BY_CHECK = {
    "InlineText": INLINE,
    "link_target": ADDRESS,
    "_quiz_address": ADDRESS,
    "_picture": "file name or address of an image",
    "MarkdownText": "Markdown of any kind",
    "partial_date": DATE,
    "_data_file": "file name",
    "_pipe_table": "Markdown table",
}

_PLAIN = {
    bool: "`true` or `false`",
    str: "plain text",
    int: "number",
    float: "number",
    dict: "names and values",
}


def help_of(words: str) -> str:
    """What `blogkit WORDS --help` prints; "" is `blogkit --help`."""
    context = click.Context(
        commands, info_name="blogkit", terminal_width=WIDTH, **commands.context_settings
    )
    command: click.Command = commands
    for word in words.split():
        assert isinstance(command, click.Group), f"{command.name} has no command {word}"
        found = command.get_command(context, word)
        assert found is not None, f"there is no command {words}"
        command, context = (
            found,
            click.Context(found, info_name=word, parent=context, **found.context_settings),
        )
    return command.get_help(context)


def help_block(line: str) -> str:
    """A command's help as a block that shows how to ask for it."""
    return f"```text\n$ {line} --help\n{help_of(line.removeprefix('blogkit').strip())}\n```"


def widgets() -> str:
    """Every widget: what it is for, an example, its fields."""
    registry = Registry([builtin_folder()])
    return "\n".join(widget(registry[name]) for name in registry.names())


def widget(kind: WidgetType) -> str:
    """The part about one widget. What it is for stands at the top of its widget.py."""
    purpose = (
        ast.get_docstring(ast.parse((kind.folder / "widget.py").read_text(encoding="utf-8"))) or ""
    )
    fence = "`" * (max(map(len, re.findall(r"^`{3,}", kind.example, re.MULTILINE))) + 1)
    example = f"{fence}markdown\n{kind.example.rstrip()}\n{fence}"
    return (
        f"\n## {kind.name}\n\n{purpose}\n\n{example}\n\n"
        + "\n".join(_tables(kind.model, ""))
        + "\n"
    )


def _tables(
    model: type[fields.Fields], parent: str, above: tuple[type[fields.Fields], ...] = ()
) -> Iterator[str]:
    if parent:
        yield f"\nIn `{parent}`:\n"
    yield "| field | takes | |"
    yield "|---|---|---|"
    for name, info in model.model_fields.items():
        needed = " **Required.**" if info.is_required() else ""
        yield (
            f"| `{name}` | {takes(info.annotation, info.metadata)} | {info.description}.{needed} |"
        )
    for name, info in model.model_fields.items():
        inner = _model_in(info.annotation)
        if inner and inner not in (*above, model):  # items may hold items of their own kind
            yield from _tables(inner, name, (*above, model))


def takes(annotation: Any, metadata: Sequence[Any] = ()) -> str:
    """What may be written for a field, in words."""
    if hasattr(annotation, "__metadata__"):
        return takes(annotation.__origin__, (*annotation.__metadata__, *metadata))
    checks = [
        getattr(item.func, "__name__", "")
        for item in metadata
        if isinstance(item, AfterValidator | BeforeValidator)
    ]
    if known := [_BY_CHECK[name] for name in checks if name in _BY_CHECK]:
        return known[0]
    origin, inner = (
        get_origin(annotation),
        [option for option in get_args(annotation) if option is not type(None)],
    )
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(takes(option, metadata) for option in inner))
    if origin is Literal:
        return ", ".join(f"`{option}`" for option in inner if option)
    if origin is list:
        return _list(inner[0])
    if _model_in(annotation):
        return "the fields below"
    return _PLAIN.get(origin or annotation, "value")


def _list(item: Any) -> str:
    if _model_in(item):
        return "list" + (
            " of texts or of the fields below"
            if hasattr(item, "__metadata__")
            else " of the fields below"
        )
    return "list of lists" if get_origin(item) is list else f"list: {takes(item)}"


def _model_in(annotation: Any) -> type[fields.Fields] | None:
    """The model of a field, or of the items of its list, if there is one."""
    for option in (annotation, *get_args(annotation)):
        kind = getattr(option, "__origin__", option)
        if isinstance(kind, type) and issubclass(kind, fields.Fields):
            return kind
    return None


def prompt() -> str:
    """The text for assistants, with the built-in widgets."""
    return f"````text\n{prompt_text(Registry([builtin_folder()]))}````"


def made(text: str) -> str:
    """A page with its parts made anew."""

    def write(part: re.Match[str]) -> str:
        if part["kind"] == "help":
            body = help_block(part["name"])
        else:
            body = prompt() if part["name"] == "prompt" else widgets()
        return f"{part['begin']}{body}\n{part['end']}"

    return PART.sub(write, text)


def main(check: bool) -> int:
    """Rewrites the pages, or says which are out of date."""
    stale = 0
    for page in PAGES:
        before = page.read_text(encoding="utf-8")
        after = made(before)
        if after == before:
            continue
        stale += 1
        sys.stdout.write(
            f"{page.relative_to(ROOT)} {'is out of date: make docs' if check else 'written'}\n"
        )
        if not check:
            page.write_text(after, encoding="utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
