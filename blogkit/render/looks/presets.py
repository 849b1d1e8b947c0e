"""Presets: each a file beside this one with tokens, signs, and declarations by widget and part.

A preset's declarations are written over those of the widget's style.css, property by property;
`-` removes one. `[parts."*"]` holds those of parts that many widgets have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, nearest
from blogkit.render.looks.declarations import Declarations, read_declarations
from blogkit.render.looks.tokens import NAMES

if TYPE_CHECKING:
    from blogkit.render.widgets.code_cache import CodeCache

ALL_WIDGETS = "*"
"""The name of the table of parts that all widgets share."""

DEFAULT = "minimal"
"""The preset of a blog that names none."""

_FOLDER = Path(__file__).parent / "presets"
_known: dict[Path, Preset] = {}
_LOADS = re.compile(r"\b(?:url|src|image|image-set)\(", re.IGNORECASE)
"""Functions that make a browser load a file."""

_KEYS = ("summary", "replaced_by", "tokens", "marks", "parts")

PartTables = Mapping[str, Mapping[str, Declarations]]
"""Declarations by widget and part."""

Mark = str | bool
"""A sign that a preset draws, or a switch."""


@dataclass(frozen=True)
class Preset:
    """A look that a blog may begin with.

    Attributes:
        name: As `preset = "…"` in blogkit.toml.
        summary: What it looks like, in a few words.
        replaced_by: The preset that took the place of an old one, which stays for the blogs that
            name it; "" for the others.
        tokens: Values of tokens that differ from the default.
        marks: Signs and switches, by name.
        parts: Declarations.
    """

    name: str
    summary: str
    replaced_by: str
    tokens: Mapping[str, str]
    marks: Mapping[str, Mark]
    parts: PartTables


def preset_names() -> list[str]:
    """Return the names of all presets; the old ones come last."""
    found = [preset_named(path.stem) for path in sorted(_FOLDER.glob("*.toml"))]
    return [one.name for one in sorted(found, key=lambda one: bool(one.replaced_by))]


def preset_named(name: str, cache: CodeCache | None = None) -> Preset:
    """Return a preset, which is read once.

    Args:
        name: Its name.
        cache: Keeps what was read for the next process.

    Raises:
        ConfigError: It does not exist, or its file is wrong.
    """
    path = _FOLDER / f"{name}.toml"
    if not name.replace("-", "").isalnum() or not path.is_file():
        names = preset_names()
        hint = nearest(name, names) or f"presets: {', '.join(names)}"
        raise ConfigError(f'blogkit.toml: [theme] no preset is named "{name}"', hint=hint)
    if path not in _known:
        _known[path] = read_preset(path, cache)
    return _known[path]


def read_preset(path: Path, cache: CodeCache | None = None) -> Preset:
    """Return the preset of a file.

    Args:
        path: The file.
        cache: Keeps what was read for the next process.

    Raises:
        ConfigError: Something in it is wrong; the message names the file and the key.
    """
    text = path.read_text(encoding="utf-8")
    values = cache.get(("preset", text), lambda: _read(path, text)) if cache else _read(path, text)
    return Preset(path.stem, *values)


def _read(
    path: Path, text: str
) -> tuple[str, str, dict[str, str], dict[str, Mark], dict[str, dict[str, dict[str, str]]]]:
    """Return the values of a preset's file, in the order of `Preset`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path.name}: {error}") from error
    wrong = [f"{key} is not one of {', '.join(_KEYS)}" for key in data if key not in _KEYS]
    tokens, marks = data.get("tokens", {}), data.get("marks", {})
    wrong += [f"tokens.{name} is not a token" for name in tokens if name not in NAMES]
    wrong += [f"tokens.{n} is not text" for n, v in tokens.items() if not isinstance(v, str)]
    wrong += list(wrong_marks(marks))
    parts, objections = read_parts(data.get("parts", {}))
    wrong += objections
    if wrong:
        raise ConfigError(f"{path.name}: {wrong[0]}")
    return data.get("summary", ""), data.get("replaced_by", ""), tokens, marks, parts


def wrong_marks(marks: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a table of signs."""
    for name, value in marks.items():
        if not isinstance(value, str | bool):
            yield f"marks.{name} is neither text nor true or false"


def read_parts(tables: Any) -> tuple[dict[str, dict[str, dict[str, str]]], list[str]]:
    """Read tables of declarations, `{widget: {part: "name:value;…"}}`.

    Returns:
        The declarations, and what is wrong with the tables; each objection begins with the key.
    """
    parts: dict[str, dict[str, dict[str, str]]] = {}
    wrong: list[str] = []
    if not isinstance(tables, dict):
        return {}, ["parts is not a table"]
    for widget, table in tables.items():
        if not isinstance(table, dict):
            wrong.append(f"parts.{widget} is not a table")
            continue
        for part, css in table.items():
            if not isinstance(css, str):
                wrong.append(f"parts.{widget}.{part} is not text")
                continue
            found, objections = _declared(css)
            wrong += [f"parts.{widget}.{part}: {objection}" for objection in objections]
            parts.setdefault(widget, {})[part] = found
    return parts, wrong


def _declared(css: str) -> tuple[dict[str, str], list[str]]:
    objections: list[str] = []
    found = read_declarations(css, lambda _node, message: objections.append(message))
    objections += [
        f'the value of "{name}" loads a file; widgets load nothing'
        for name, value in found.items()
        if _LOADS.search(value)
    ]
    return found, objections
