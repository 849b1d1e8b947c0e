"""The files of a widget's folder: which there must be, and the model in them."""

from __future__ import annotations

import hashlib
import re
import sys
import traceback
from pathlib import Path
from types import CodeType, ModuleType

from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.render.widgets.code_cache import NO_CODE_CACHE, CodeCache
from blogkit.render.widgets.fields import Fields, Role
from blogkit.render.widgets.templates import HELPERS

REQUIRED = ("template.html", "style.css", "example.md")
MODEL_FILES = ("fields.yaml", "widget.py")
"""A widget has one of them: its fields as data, or as Python."""
_built_in: dict[tuple[Path, bytes], tuple[type[Fields], str]] = {}
"""Models whose Python depends on nothing but blogkit: pydantic takes longer to build one than a
post takes to render.
"""
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


def is_widget_name(name: str) -> bool:
    """Return whether a text is a valid widget name."""
    return bool(_NAME.match(name))


def incomplete(folder: Path) -> list[Problem]:
    """Return what a widget's folder lacks."""
    problems = [
        Problem(
            shown(folder / name),
            0,
            f'the widget "{folder.name}" has no {name}',
            "copy it from a similar widget",
            "incomplete-widget",
        )
        for name in REQUIRED
        if not (folder / name).is_file()
    ]
    models = [name for name in MODEL_FILES if (folder / name).is_file()]
    if len(models) != 1:
        message, hint = (
            (f'the widget "{folder.name}" has fields.yaml and widget.py', "delete one of them")
            if models
            else (
                f'the widget "{folder.name}" has no fields.yaml',
                "write its fields there, or in widget.py",
            )
        )
        place = shown(folder / MODEL_FILES[0])
        problems.insert(0, Problem(place, 0, message, hint, "incomplete-widget"))
    if not _NAME.match(folder.name):
        problems.append(
            Problem(
                shown(folder),
                0,
                f'"{folder.name}" is not a valid widget name',
                "use lower-case words joined by hyphens",
                "incomplete-widget",
            )
        )
    return problems


def load_model(
    folder: Path, origin: str, cache: CodeCache = NO_CODE_CACHE
) -> tuple[type[Fields], str]:
    """Return a widget's model and what the widget is for.

    Args:
        folder: The widget's folder.
        origin: Where it is from, so that widgets of one name stay apart.
        cache: Keeps the compiled widget.py for the next process.

    Raises:
        ContentError: The file with the fields is wrong.
    """
    fields = folder / "fields.yaml"
    if fields.is_file():
        from blogkit.render.widgets.fields_file import read_fields_file  # own widgets have it

        return read_fields_file(fields)
    path = folder / "widget.py"
    source = path.read_bytes()
    if origin != "builtin":
        return _run(path, source, origin, cache)
    if (path, source) not in _built_in:
        _built_in[path, source] = _run(path, source, origin, cache)
    return _built_in[path, source]


def _run(path: Path, source: bytes, origin: str, cache: CodeCache) -> tuple[type[Fields], str]:
    """Run a widget.py and return its model and description, without writing `__pycache__`.

    The module is in sys.modules before it runs, because pydantic looks there for the names in
    annotations.
    """
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    name = path.parent.name.replace("-", "_")
    module = ModuleType(f"blogkit_widget_{origin}_{digest}_{name}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    try:
        # a widget is its owner's code
        exec(_compiled(path, source, cache), vars(module))  # noqa: S102
    except Exception as error:
        del sys.modules[module.__name__]
        line = error.lineno or 0 if isinstance(error, SyntaxError) else _line_in(error, path)
        reason = f"cannot load this widget: {type(error).__name__}: {error}"
        raise ContentError([Problem(shown(path), line, reason, code="bad-widget")]) from error
    model = getattr(module, "Widget", None)
    if not (isinstance(model, type) and issubclass(model, Fields)):
        message = (
            'the widget has no model: write "class Widget(Fields):" with Fields from'
            " blogkit.render.widgets.fields"
        )
        raise ContentError([Problem(shown(path), 0, message, code="bad-widget")])
    if reserved := sorted(HELPERS & set(model.model_fields) - {model.field_for(Role.BODY)}):
        message = (
            f'a field cannot be named "{reserved[0]}": templates use that name for something else'
        )
        raise ContentError([Problem(shown(path), 0, message, code="bad-widget")])
    return model, (module.__doc__ or "").strip().partition("\n")[0]


def _compiled(path: Path, source: bytes, cache: CodeCache) -> CodeType:
    def compiling() -> CodeType:
        return compile(source, str(path), "exec", dont_inherit=True)

    text, optimized = source.decode("latin-1"), str(sys.flags.optimize)
    return cache.get(("model", str(path), text, optimized), compiling)


def _line_in(error: BaseException, path: Path) -> int:
    """Return the last line of `path` that ran before the error."""
    return next(
        (
            frame.lineno or 0
            for frame in reversed(traceback.extract_tb(error.__traceback__))
            if frame.filename == str(path)
        ),
        0,
    )
