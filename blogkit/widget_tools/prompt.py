"""A text that makes an AI assistant answer with a post, made from the widgets' schemas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from blogkit.render.widgets.fields import Role
from blogkit.render.widgets.registry import Registry, WidgetType
from blogkit.widget_tools.json_schema import of_widget

_LEFT_OUT = frozenset({"language"})
"""Fields that every widget has, and that the post's language sets."""
EXAMPLE_POST = """\
---
title: Ferries return to the Gulf
labels: [Transport, Coast]
excerpt: Two boats carry ninety people a trip between Bhavnagar and Dahej.
---
The first boat left at six. It carried **ninety people** and two goats.

```{meta-box} Key details
items:
  - {icon: 📍, label: Route, value: "Bhavnagar to Dahej"}
  - {icon: 🎟️, label: Fare, value: "₹480 one way"}
```

## How the line came about

```{timeline}
events:
  - {label: "1984", title: "The last ferry is sold for scrap"}
  - {label: "March 2025", title: "Two new boats arrive", text: "A bank paid for the first hull."}
```

## Test yourself

```{mcq}
items:
  - text: "How long does the trip take?"
    options: ["30 minutes", "70 minutes"]
    answer: B
    explanation: "The road around the gulf takes seven hours."
```
"""
"""A post that shows the format; it can be published."""
_INTRODUCTION = """\
Write a blog post about: [YOUR TOPIC]

Answer with one Markdown file in exactly this format, and nothing before or after it.

1. The file begins with front matter between two lines "---": title (required), labels (a list),
   excerpt (one sentence). No other keys, no date.
2. Then the text in Markdown. Headings begin with "##"; the title is not repeated.
3. Where it helps readers, call a widget: a fenced block whose first line is three backticks and the
   widget's name in braces, then an optional title. Between the fences is YAML.
4. Use straight quotes. Put every value with a colon or a comma in "double quotes".
5. State only facts that you are sure of. Leave out what you do not know; write no placeholders, no
   comments, and no HTML.

This is an example:
"""
_FIELDS = """\
These are the widgets. A star marks a required field; names in braces are the fields of each item of
a list. Use no other names.
"""


def prompt_text(registry: Registry, names: Iterable[str] = ()) -> str:
    """Return the prompt for an assistant.

    Args:
        registry: The widgets, those of the blog among them.
        names: The widgets to explain; none means all.

    Raises:
        UsageError: No widget has such a name.
    """
    chosen = [registry[name] for name in names or sorted(registry)]
    widgets = "\n".join(_widget(kind) for kind in chosen)
    return f"{_INTRODUCTION}\n{EXAMPLE_POST}\n{_FIELDS}\n{widgets}\n"


def _widget(kind: WidgetType) -> str:
    schema = of_widget(kind)
    body = kind.model.field_for(Role.BODY) or ""
    fields = _fields(schema, schema, hidden={*_LEFT_OUT, body})
    purpose = kind.purpose.rstrip(".")
    if body:
        fields += "; its text is Markdown: the fields between two lines ---, then the text"
    return f"- {kind.name}: {purpose}. Fields: {fields or 'none'}"


def _fields(
    part: dict[str, Any], root: dict[str, Any], hidden: set[str], seen: tuple[str, ...] = ()
) -> str:
    """Return the fields of a mapping in a line."""
    required = part.get("required", [])
    shown = []
    for name, field in part.get("properties", {}).items():
        if name not in hidden:
            star = "*" if name in required else ""
            shown.append(f"{name}{star}{_values(field, root, seen)}")
    return ", ".join(shown)


def _values(field: dict[str, Any], root: dict[str, Any], seen: tuple[str, ...]) -> str:
    """Return what a field takes, if that is not text: options, or the fields of its items."""
    options = [option for one in _branches(field) for option in one.get("enum", [])]
    words = [str(option) for option in options if option not in (None, "")]
    if words:
        return f" ({'|'.join(dict.fromkeys(words))})"
    kinds = {kind for one in _branches(field) for kind in _listed(one.get("type", []))}
    if "boolean" in kinds and "string" not in kinds:
        return " (true|false)"
    for one in _branches(field):
        for inner in (one, *_branches(one.get("items", {}))):
            name = str(inner.get("$ref", "")).rpartition("/")[2]
            if name and name not in seen:
                found = root.get("$defs", {}).get(name, {})
                return f" {{{_fields(found, root, set(), (*seen, name))}}}"
    return ""


def _branches(field: dict[str, Any]) -> list[dict[str, Any]]:
    return [field, *field.get("anyOf", []), *field.get("allOf", [])]


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
