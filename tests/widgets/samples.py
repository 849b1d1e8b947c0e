"""Calls that exercise every widget in every shape: the least, the most, hostile words, other
scripts.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from blogkit.render.looks.presets import preset_named, preset_names
from blogkit.render.looks.theme import theme_from_settings
from blogkit.render.widgets.fields import Role
from blogkit.render.widgets.registry import builtin_folder
from tests.render.drawing import OURS, call

NAMES = sorted(path.name for path in builtin_folder().iterdir() if path.is_dir())

SIX = {
    name: theme_from_settings({"preset": name})
    for name in preset_names()
    if not preset_named(name).replaced_by
}
"""The looks that a blog may begin with; the old ones are left out."""


def known(name: str) -> Any:
    """The file in `shapes/` about a widget."""
    return import_module(f"tests.widgets.shapes.{name.replace('-', '_')}")


TEXTS: dict[str, Any] = {name: known(name).TEXTS for name in NAMES}
"""For each widget a value for each of its text fields, the words put where W stands."""


def written(name: str, fields: str) -> str:
    """What stands between the fences for these fields, as YAML."""
    return f"---\n{fields}\n---" if OURS[name].model.field_for(Role.BODY) else fields


def below(name: str) -> str:
    """What must stand below a call in its post, "" for most: BELOW of the widget's file."""
    return getattr(known(name), "BELOW", "")


def samples() -> list[tuple[str, str]]:
    """A name for the test, and the body of a post, for every widget and shape."""
    found = [(name, OURS[name].example) for name in NAMES]
    return found + [
        (f"{name}-{n}", call(name, yaml) + below(name))
        for name in NAMES
        for n, yaml in enumerate(known(name).SHAPES, 1)
    ]


SAMPLES = samples()
