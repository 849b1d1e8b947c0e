"""Find widgets, one folder each: the blog's own, then those of packages, then the built-in ones."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Literal

import jinja2
from markupsafe import Markup

from blogkit.errors import ContentError, Problem, UsageError, nearest
from blogkit.paths import is_text, shown, why_left_out
from blogkit.render.widgets import styles
from blogkit.render.widgets.compiled import StyleParts, compiled
from blogkit.render.widgets.fields import Fields, Role
from blogkit.render.widgets.packages import Offer, offered
from blogkit.render.widgets.templates import HELPERS, environment
from blogkit.render.widgets.theme import Theme
from blogkit.sanitizers.profiles import Profile

_log = logging.getLogger("blogkit.widgets")
REQUIRED = ("widget.py", "template.html", "style.css", "example.md")
Origin = Literal["workspace", "package", "builtin"]
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class WidgetType:
    """A widget, loaded.

    Attributes:
        folder: Where its files are.
        origin: Whose it is: the blog's own, a package's or ours.
        model: Its fields.
        constants: The variables that its template needs (see `compiled`).
        example: A call, as a user would write it.
        purpose: What it is for, the first line of its widget.py.
        package: The distribution it came with; "" for others.
    """

    name: str
    folder: Path
    origin: Origin
    model: type[Fields]
    template: jinja2.Template
    constants: Mapping[str, StyleParts]
    style: styles.StyleSheet
    example: str
    purpose: str = ""
    package: str = ""


@dataclass(frozen=True)
class Look:
    """How a widget looks on sites of one kind.

    Attributes:
        style: What templates call as `style(…)`.
        constants: The values of the template's variables.
        sheet: Its enhancements.
    """

    style: styles.Stylist
    constants: Mapping[str, Markup]
    sheet: str


def builtin_folder() -> Path:
    """Return the folder of the built-in widgets: in the installed package or in the source tree."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "_widgets"
    return installed if installed.is_dir() else package.parent / "widgets"


class Registry:
    """The widgets of some folders, loaded on first use. Earlier folders override later ones.

    Args:
        folders: They hold widgets' folders.
        packages: Asked once a widget is looked up; what it returns comes before the built-in ones.
    """

    def __init__(
        self, folders: Sequence[Path], *, packages: Callable[[], Sequence[Offer]] | None = None
    ) -> None:
        self._given = [Path(folder) for folder in folders]
        self._packages = packages
        self._loaded: dict[str, WidgetType] = {}
        self._looks: dict[tuple[str, Profile, Theme, bool], Look] = {}

    @cached_property
    def _offers(self) -> tuple[Offer, ...]:
        return tuple(self._packages()) if self._packages else ()

    @cached_property
    def _parents(self) -> list[Path]:
        before = [folder for folder in self._given if folder != builtin_folder()]
        return [
            *before,
            *(offer.folder for offer in self._offers),
            *(folder for folder in self._given if folder not in before),
        ]

    @cached_property
    def _folders(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for parent in self._parents:
            for folder in widget_folders(parent):
                if self._is_meant(folder):
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

    def __getitem__(self, name: str) -> WidgetType:
        """Return a widget.

        Raises:
            UsageError: There is no such widget.
            ContentError: Its files are faulty.
        """
        if name not in self._folders:
            raise UsageError(f'no widget is named "{name}"', hint=self.suggest(name))
        if name not in self._loaded:
            self._loaded[name] = self._load(name, self._folders[name])
        return self._loaded[name]

    def look(self, kind: WidgetType, profile: Profile, theme: Theme, right_to_left: bool) -> Look:
        """Return how a widget looks in all posts of one profile, theme and direction.

        It is worked out once.
        """
        key = (kind.name, profile, theme, right_to_left)
        if key not in self._looks:
            self._looks[key] = _look(kind, profile, theme, right_to_left)
        return self._looks[key]

    def names(self) -> list[str]:
        """Return every widget's name.

        Raises:
            ContentError: A folder is incomplete.
        """
        missing = [problem for folder in self._folders.values() for problem in incomplete(folder)]
        if missing:
            raise ContentError(missing)
        return list(self._folders)

    def suggest(self, name: str) -> str:
        """Return a hint for an unknown widget name."""
        return nearest(name, self._folders) or f"widgets: {', '.join(self._folders) or 'none'}"

    def _load(self, name: str, folder: Path) -> WidgetType:
        if missing := incomplete(folder):
            raise ContentError(missing)
        package = next(
            (offer.package for offer in self._offers if folder.parent == offer.folder), ""
        )
        origin: Origin = (
            "package"
            if package
            else "builtin"
            if folder.resolve().parent == builtin_folder()
            else "workspace"
        )
        style = styles.parse_styles(
            folder / "style.css", name, (folder / "style.css").read_text(encoding="utf-8")
        )
        try:
            template = compiled(
                self._environment, f"{name}/template.html", folder / "template.html", style.rules
            )
        except jinja2.TemplateSyntaxError as error:
            message = f"cannot read the template: {error.message}"
            raise ContentError(
                [
                    Problem(
                        shown(folder / "template.html"), error.lineno, message, code="bad-template"
                    )
                ]
            ) from error
        example = (folder / "example.md").read_text(encoding="utf-8")
        model, purpose = _model(name, folder / "widget.py", origin)
        return WidgetType(
            name,
            folder,
            origin,
            model,
            template.template,
            template.constants,
            style,
            example,
            purpose,
            package,
        )


def _look(kind: WidgetType, profile: Profile, theme: Theme, right_to_left: bool) -> Look:
    stylist = styles.Stylist(kind.name, kind.style, profile, theme, right_to_left)
    constants = {variable: stylist(*parts) for variable, parts in kind.constants.items()}
    return Look(stylist, constants, theme.fill(kind.style.enhancements))


def widget_folders(parent: Path) -> Iterator[Path]:
    """Yield the folders in which widgets may be, by name.

    One whose name is not text is left out, and logged.
    """
    for folder in sorted(parent.iterdir()) if parent.is_dir() else []:
        if folder.name[0] in "._" or not folder.is_dir():
            continue
        if is_text(folder.name):
            yield folder
        else:
            _log.warning(
                "%s is left out: %s; %s",
                shown(folder.relative_to(parent.parent)),
                *why_left_out(folder.name),
            )


def usual(own: Path | None = None) -> Registry:
    """Return the widgets of a blog's folder, of installed packages, and the built-in ones."""
    return Registry([*([own] if own else []), builtin_folder()], packages=offered)


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


def _model(name: str, path: Path, origin: str) -> tuple[type[Fields], str]:
    """Run a widget.py and return its model and description, without writing `__pycache__`.

    The module is in sys.modules before it runs, because pydantic looks there for the names in
    annotations.
    """
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    module = ModuleType(f"blogkit_widget_{origin}_{digest}_{name.replace('-', '_')}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    try:
        # a widget is its owner's code
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), vars(module))  # noqa: S102
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
