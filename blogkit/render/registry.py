"""Find widgets, one folder each: the blog's own, then those of packages, then the built-in ones."""

from __future__ import annotations

import hashlib
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Literal

import jinja2

from blogkit.errors import ContentError, Problem, UsageError, nearest
from blogkit.render import styles
from blogkit.render.fields import Fields, Role
from blogkit.render.packages import Offer, offered
from blogkit.render.template import HELPERS, environment

REQUIRED = ("widget.py", "template.html", "style.css", "example.md")
Origin = Literal["workspace", "package", "builtin"]
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Kind:
    """A widget, loaded.

    origin: whose it is, the workspace's own, a package's or ours; package: the distribution it came with, "" for the others;
    purpose: what it is for, the first line of its widget.py; example: a call, as a user would write it.
    """

    name: str
    folder: Path
    origin: Origin
    model: type[Fields]
    template: jinja2.Template
    style: styles.StyleSheet
    example: str
    purpose: str = ""
    package: str = ""


def builtin_folder() -> Path:
    """Return the folder of the built-in widgets: in the installed package or in the source tree."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_widgets"
    return installed if installed.is_dir() else package.parent / "widgets"


class Registry:
    """The widgets of some folders, loaded on first use. Earlier folders override later ones."""

    def __init__(self, folders: Sequence[Path], *, packages: Callable[[], Sequence[Offer]] | None = None) -> None:
        """packages: asked once a widget is looked up; what they offer comes before ours."""
        self._given = [Path(folder) for folder in folders]
        self._packages = packages
        self._loaded: dict[str, Kind] = {}

    @cached_property
    def _offers(self) -> tuple[Offer, ...]:
        return tuple(self._packages()) if self._packages else ()

    @cached_property
    def _parents(self) -> list[Path]:
        before = [folder for folder in self._given if folder != builtin_folder()]
        return [*before, *(offer.folder for offer in self._offers), *(folder for folder in self._given if folder not in before)]

    @cached_property
    def _folders(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for parent in self._parents:
            for folder in sorted(parent.iterdir()) if parent.is_dir() else []:
                if folder.is_dir() and folder.name[0] not in "._" and self._is_meant(folder):
                    found.setdefault(folder.name, folder)
        return dict(sorted(found.items()))

    def _is_meant(self, folder: Path) -> bool:
        """Return whether a folder is a widget.

        A package may have other folders next to its widgets.
        """
        return folder.parent in self._given or (folder / "widget.py").is_file()

    @cached_property
    def _environment(self) -> jinja2.Environment:
        return environment(self._parents)

    def __contains__(self, name: str) -> bool:
        return name in self._folders

    def __iter__(self) -> Iterator[str]:
        """Yield every widget's name, including incomplete ones."""
        return iter(self._folders)

    def __getitem__(self, name: str) -> Kind:
        """Return a widget.

        Raises `UsageError` for an unknown name, `ContentError` for a faulty widget.
        """
        if name not in self._folders:
            raise UsageError(f'no widget is named "{name}"', hint=self.suggest(name))
        if name not in self._loaded:
            self._loaded[name] = self._load(name, self._folders[name])
        return self._loaded[name]

    def names(self) -> list[str]:
        """Return every widget's name. Raises `ContentError` if a folder is incomplete."""
        missing = [problem for folder in self._folders.values() for problem in incomplete(folder)]
        if missing:
            raise ContentError(missing)
        return list(self._folders)

    def suggest(self, name: str) -> str:
        """Return a hint for an unknown widget name."""
        return nearest(name, self._folders) or f"widgets: {', '.join(self._folders) or 'none'}"

    def _load(self, name: str, folder: Path) -> Kind:
        if missing := incomplete(folder):
            raise ContentError(missing)
        package = next((offer.package for offer in self._offers if folder.parent == offer.folder), "")
        origin: Origin = "package" if package else "builtin" if folder.resolve().parent == builtin_folder() else "workspace"
        try:
            template = self._environment.get_template(f"{name}/template.html")
        except jinja2.TemplateSyntaxError as error:
            message = f"cannot read the template: {error.message}"
            raise ContentError([Problem(str(folder / "template.html"), error.lineno, message, code="bad-template")]) from error
        style = styles.parse(folder / "style.css", name, (folder / "style.css").read_text(encoding="utf-8"))
        example = (folder / "example.md").read_text(encoding="utf-8")
        model, purpose = _model(name, folder / "widget.py", origin)
        return Kind(name, folder, origin, model, template, style, example, purpose, package)


def usual(own: Path | None = None) -> Registry:
    """Return the widgets of a blog's folder, of installed packages, and the built-in ones."""
    return Registry([*([own] if own else []), builtin_folder()], packages=offered)


def is_name(name: str) -> bool:
    """Return whether a text is a valid widget name."""
    return bool(_NAME.match(name))


def incomplete(folder: Path) -> list[Problem]:
    """Return what a widget's folder lacks."""
    problems = [
        Problem(
            str(folder / name),
            0,
            f'the widget "{folder.name}" has no {name}',
            "copy it from a similar widget",
            "incomplete-widget",
        )
        for name in REQUIRED
        if not (folder / name).is_file()
    ]
    if not _NAME.match(folder.name):
        problems.append(
            Problem(
                str(folder), 0, f'"{folder.name}" is not a valid widget name', "use lower-case words joined by hyphens", "incomplete-widget"
            )
        )
    return problems


def _model(name: str, path: Path, origin: str) -> tuple[type[Fields], str]:
    """Run a widget.py and return its model and description, without writing `__pycache__`.

    The module is in sys.modules before it runs, because pydantic looks there for the names in annotations.
    """
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    module = ModuleType(f"blogkit_widget_{origin}_{digest}_{name.replace('-', '_')}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    try:
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), vars(module))  # noqa: S102  # a widget is its owner's code
    except Exception as error:
        del sys.modules[module.__name__]
        line = error.lineno or 0 if isinstance(error, SyntaxError) else _line_in(error, path)
        reason = f"cannot load this widget: {type(error).__name__}: {error}"
        raise ContentError([Problem(str(path), line, reason, code="bad-widget")]) from error
    model = getattr(module, "Widget", None)
    if not (isinstance(model, type) and issubclass(model, Fields)):
        message = 'the widget has no model: write "class Widget(Fields):" with Fields from blogkit.render.fields'
        raise ContentError([Problem(str(path), 0, message, code="bad-widget")])
    if reserved := sorted(HELPERS & set(model.model_fields) - {model.field_for(Role.BODY)}):
        message = f'a field cannot be named "{reserved[0]}": templates use that name for something else'
        raise ContentError([Problem(str(path), 0, message, code="bad-widget")])
    return model, (module.__doc__ or "").strip().partition("\n")[0]


def _line_in(error: BaseException, path: Path) -> int:
    """Return the last line of `path` that ran before the error."""
    return next((frame.lineno or 0 for frame in reversed(traceback.extract_tb(error.__traceback__)) if frame.filename == str(path)), 0)
