"""Create a new widget's folder, or copy a widget. A folder appears completely or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from blogkit.errors import UsageError
from blogkit.files import create_file
from blogkit.paths import is_device
from blogkit.render.widgets.class_names import is_cut, neutral
from blogkit.render.widgets.registry import WidgetType, usual
from blogkit.render.widgets.widget_files import MODEL_FILES, REQUIRED, is_widget_name
from blogkit.widget_tools import expected_output
from blogkit.widget_tools.json_schema import FRONT_MATTER

_FIELDS = """\
# What blogkit widget list shows about the widget.
purpose: What the widget is for, in a few words

# Types: text, inline (text with **bold** and links), markdown, url, image, quiz, date, number, boolean, choice, file, table,
# list (of: a type, or fields: of each item) and group (fields:). A field that is not required may have a default.
fields:
  - {name: title, type: inline, description: "The heading: the text after the widget's name in a post"}
  - {name: icon, type: text, description: "An emoji before the heading, for decoration"}
  - name: points
    type: list
    required: true
    description: The points, in reading order
    fields:
      - {name: label, type: inline, required: true, description: What the point is about}
      - {name: text, type: inline, description: A sentence about it}
      - {name: href, type: url, description: Where the label links to}
"""
_MODEL = '''\
"""What the widget is for, in a few words; `blogkit widget list` shows this line."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, Text, Url


class Point(Fields):
    label: Inline = Field(description="What the point is about")
    text: Inline = Field("", description="A sentence about it")
    href: Url = Field("", description="Where the label links to")


class Widget(Fields):
    title: Inline = Field("", description="The heading: the text after the widget's name in a post")
    icon: Text = Field("", description="An emoji before the heading, for decoration")
    points: list[Point] = Field(min_length=1, description="The points, in reading order")
'''
_TEMPLATE = """\
{# Jinja2. Values in {{ }} are escaped; style() writes the class and styles of the widget, style("point") those of .bk-point. #}
<div {{ style() }}>
{% if title %}
  <p {{ style("line") }}>{{ icon | icon }}<strong>{{ title }}</strong></p>
{% endif %}
  <ul {{ style("points") }}>
{% for point in points %}
    <li>
      <p {{ style("line") }}><strong>{{ point.label | link(point.href) }}</strong></p>
{% if point.text %}
      <p {{ style("line") }}>{{ point.text }}</p>
{% endif %}
    </li>
{% endfor %}
  </ul>
</div>
"""
_STYLE = """\
/* One class per rule: these are inlined into the HTML and survive on every site. Colours are hex or theme tokens. */
.bk-{root} {{ margin: 24px 0; padding: 1px 16px; border-inline-start: 3px solid var(--bk-accent) }}
.bk-points {{ margin: 0 0 8px; padding: 0 20px }}
.bk-line {{ margin: 8px 0 }}

/* enhancements: the rest is for sites that keep a style sheet; every selector begins with .bk-{root} */
.bk-{root} {{ break-inside: avoid }}
"""
_EXAMPLE = """\
```{{{name}}} What to remember
icon: 📌
points:
  - {{label: First, text: "What happened, in **one** sentence."}}
  - {{label: Second, text: "Why it matters.", href: "https://example.com/why"}}
```
"""


def create_widget(name: str, parent: Path, *, python: bool = False) -> Path:
    """Create a working widget in the blog's folder of widgets.

    Args:
        name: The widget's name.
        parent: The folder of widgets.
        python: Write its fields as Python, for checks that involve several fields.

    Returns:
        The widget's folder.

    Raises:
        UsageError: The name is taken, or no widget may have it.
    """
    _check_name(name, parent)
    root = neutral(name)
    model = {"widget.py": _MODEL} if python else {"fields.yaml": _FIELDS}
    contents = (_TEMPLATE, _STYLE.format(root=root), _EXAMPLE.format(name=name))
    files = model | dict(zip(REQUIRED, contents, strict=True))
    return _make(name, parent, {file: text.encode() for file, text in files.items()})


def eject_widget(kind: WidgetType, parent: Path) -> Path:
    """Copy a widget to the blog's folder, where it overrides the original.

    Args:
        kind: The widget.
        parent: The folder of widgets.

    Returns:
        The copy's folder.

    Raises:
        UsageError: The widget is the blog's own, or the folder exists.
    """
    if kind.origin == "workspace":
        raise UsageError(
            f"{kind.name} is already in your blog's folder: {kind.folder}",
            hint="change the files there",
        )
    if (parent / kind.name).exists():
        raise UsageError(f"{parent / kind.name} already exists", hint="remove or rename it first")
    files = [file for file in (*MODEL_FILES, *REQUIRED) if (kind.folder / file).is_file()]
    return _make(kind.name, parent, {file: (kind.folder / file).read_bytes() for file in files})


def _check_name(name: str, parent: Path) -> None:
    if is_widget_name(name) and (parent / name).exists():
        raise UsageError(
            f"{parent / name} already exists", hint="choose another name, or change the files there"
        )
    if not is_widget_name(name):
        offer = "-".join(re.findall(r"[a-z0-9]+", name.lower())).lstrip("0123456789-")
        hint = (
            f'did you mean "{offer}"?'
            if is_widget_name(offer)
            else "use lower-case words joined by hyphens, such as exam-card"
        )
        raise UsageError(
            f'"{name}" is not a valid widget name: use lower-case letters, digits and hyphens,'
            " starting with a letter",
            hint=hint,
        )
    if is_device(name):
        raise UsageError(
            f'a widget cannot be called "{name}": Windows keeps that name for a device',
            hint="choose another name",
        )
    if is_cut(neutral(name)) or name == FRONT_MATTER:
        raise UsageError(
            (
                f'a widget cannot be named "{name}": reader modes and ad blockers remove elements'
                " with such names"
                if name != FRONT_MATTER
                else f'"{name}" is the name of the schema of front matter'
            ),
            hint="choose another name",
        )
    if name in (known := usual()):
        owner = known[name].package or "blogkit"
        hint = (
            f"copy it here and change it with blogkit widget eject {name}, or choose another name"
        )
        raise UsageError(f'the widget "{name}" already exists in {owner}', hint=hint)


def _make(name: str, parent: Path, files: Mapping[str, bytes]) -> Path:
    """Write a widget's folder under a temporary name, accept its output, and rename it."""
    parent.mkdir(parents=True, exist_ok=True)
    workshop = parent / f".{name}.{os.getpid()}"
    # The folder already has its final name, from which the class names and messages come.
    folder = workshop / name
    try:
        folder.mkdir(parents=True)
        for file, data in files.items():
            create_file(folder / file, data)
        written_by_us = usual(workshop, lambda _folder: True)
        expected_output.accept(folder, written_by_us, workshop)
        folder.rename(parent / name)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return parent / name
