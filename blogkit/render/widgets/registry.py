"""Find widgets, one folder each: the blog's own, then those of packages, then the built-in ones."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import jinja2

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem, UsageError, nearest
from blogkit.paths import is_text, shown, why_left_out
from blogkit.render.looks.theme import Theme
from blogkit.render.looks.typesetting import LATIN, Typesetting
from blogkit.render.widgets import styles
from blogkit.render.widgets.code_cache import NO_CODE_CACHE, CodeCache
from blogkit.render.widgets.compiled import FixedCall, compiled
from blogkit.render.widgets.fields import Fields
from blogkit.render.widgets.look import Look, look_of
from blogkit.render.widgets.packages import Offer, offered
from blogkit.render.widgets.stylist import Stylist
from blogkit.render.widgets.templates import environment
from blogkit.render.widgets.widget_files import (
    MODEL_FILES,
    incomplete,
    is_widget_name,
    load_model,
)
from blogkit.sanitizers.profiles import Profile

_log = logging.getLogger("blogkit.widgets")
_TRUST = "read them, then run: blogkit trust"
Origin = Literal["workspace", "package", "builtin"]


@dataclass(frozen=True)
class WidgetType:
    """A widget, loaded.

    Attributes:
        folder: Where its files are.
        origin: Whose it is: the blog's own, a package's or ours.
        model: Its fields.
        constants: The variables that its template needs (see `compiled`).
        example: A call, as a user would write it.
        purpose: What it is for: `purpose` in its fields.yaml, or the first line of its widget.py.
        package: The distribution it came with; "" for others.
    """

    name: str
    folder: Path
    origin: Origin
    model: type[Fields]
    template: jinja2.Template
    constants: Mapping[str, FixedCall]
    style: styles.StyleSheet
    example: str
    purpose: str = ""
    package: str = ""


@cache
def builtin_folder() -> Path:
    """Return the folder of the built-in widgets: in the installed package or in the source tree."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "_widgets"
    return installed if installed.is_dir() else package.parent / "widgets"


def without_python(folder: Path) -> bool:
    """Return whether using a widget runs no Python of its own."""
    return not os.path.lexists(folder / "widget.py")


class Registry:
    """The widgets of some folders, loaded on first use. Earlier folders override later ones.

    Args:
        folders: They hold widgets' folders.
        packages: Asked once a widget is looked up; what it returns comes before the built-in ones.
        allowed: Whether a widget's folder may be used; installed and built-in ones always are.
            Without it, Python runs from no folder.
        cache: Keeps what was compiled and read for the next process.

    Attributes:
        allowed: Whether a widget's folder may be used.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        *,
        packages: Callable[[], Sequence[Offer]] | None = None,
        allowed: Callable[[Path], bool] = without_python,
        cache: CodeCache = NO_CODE_CACHE,
    ) -> None:
        self._given = [Path(folder) for folder in folders]
        self._packages = packages
        self.allowed = allowed
        self._cache = cache
        self._loaded: dict[str, WidgetType] = {}
        self._looks: dict[tuple[str, Profile, Theme, bool, Typesetting], Look] = {}

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
    def _found(self) -> list[Path]:
        """The folder of every widget, including those that are left out or replaced."""
        return [
            folder
            for parent in self._parents
            for folder in widget_folders(parent)
            if self._is_meant(folder)
        ]

    @cached_property
    def left_out(self) -> dict[str, Path]:
        """The folders of widgets that are not allowed, by name."""
        return {
            folder.name: folder
            for folder in self._found
            if self._is_own(folder) and not self.allowed(folder)
        }

    @cached_property
    def _folders(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in self._found:
            if folder != self.left_out.get(folder.name):
                found.setdefault(folder.name, folder)
        return dict(sorted(found.items()))

    @property
    def replacing(self) -> list[str]:
        """The names of own widgets that packages or blogkit have, too."""
        others = {folder.name for folder in self._found if not self._is_own(folder)}
        return [
            name
            for name, folder in self._folders.items()
            if self._is_own(folder) and name in others
        ]

    def notices(self) -> Iterator[str]:
        """Yield what the user should know about the own widgets, a sentence each."""
        for name in filter(is_widget_name, self.left_out):
            folder = self.left_out[name]
            place = f"{folder.parent.name}/{name}"
            instead = "; blogkit's own is used instead" if name in self._folders else ""
            yield f"{place} is left out: you have not trusted its files{instead}; {_TRUST}"
        for name in self.replacing:
            folder = self._folders[name]
            yield f"{folder.parent.name}/{name} is used in place of the installed widget {name}"

    def _is_own(self, folder: Path) -> bool:
        return folder.parent in self._given and folder.parent != builtin_folder()

    def _is_meant(self, folder: Path) -> bool:
        """Return whether a folder is a widget.

        A package may have other folders next to its widgets.
        """
        return folder.parent in self._given or any(
            (folder / name).is_file() for name in MODEL_FILES
        )

    @cached_property
    def _environment(self) -> jinja2.Environment:
        return environment(self._parents)

    @cached_property
    def _sandbox(self) -> jinja2.Environment:
        return environment(self._parents, sandboxed=True)

    def __contains__(self, name: str) -> bool:
        return name in self._folders

    def __iter__(self) -> Iterator[str]:
        """Yield every widget's name, including incomplete ones."""
        return iter(self._folders)

    def __getitem__(self, name: str) -> WidgetType:
        """Return a widget.

        Raises:
            UsageError: The widget does not exist.
            ContentError: Its files are faulty.
        """
        if name not in self._folders:
            raise UsageError(self.why_missing(name), hint=self.suggest(name))
        if name not in self._loaded:
            self._loaded[name] = self._load(name, self._folders[name])
        return self._loaded[name]

    def look(
        self,
        kind: WidgetType,
        profile: Profile,
        theme: Theme,
        right_to_left: bool,
        typesetting: Typesetting = LATIN,
    ) -> Look:
        """Return how a widget looks in all posts of one profile, theme, direction and script.

        It is worked out once.
        """
        key = (kind.name, profile, theme, right_to_left, typesetting)
        look = self._looks.get(key)
        if look is None:
            stylist = Stylist(
                kind.name,
                kind.style,
                profile,
                theme,
                right_to_left,
                typesetting=typesetting,
                # A blog's own copy of a built-in widget begins with the same look.
                ours=(builtin_folder() / kind.name).is_dir(),
            )
            look = self._looks[key] = look_of(stylist, kind.constants)
        return look

    def names(self) -> list[str]:
        """Return every widget's name.

        Raises:
            ContentError: A folder is incomplete.
        """
        missing = [problem for folder in self._folders.values() for problem in incomplete(folder)]
        if missing:
            raise ContentError(missing)
        return list(self._folders)

    def why_missing(self, name: str) -> str:
        """Return why a name is not a widget's."""
        if name in self.left_out:
            return f'the widget "{name}" is left out: you have not trusted its files'
        return f'no widget is named "{name}"'

    def suggest(self, name: str) -> str:
        """Return a hint for a name that is not a widget's."""
        if name in self.left_out:
            return _TRUST
        return nearest(name, self._folders) or "see their names with blogkit widget list"

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
        css = folder / "style.css"
        style = styles.kept_styles(css, name, css.read_text(encoding="utf-8"), self._cache)
        # An installed package could run Python anyway; a widget in a blog's folder may be copied
        # from anywhere.
        jinja = self._sandbox if origin == "workspace" else self._environment
        try:
            template = compiled(
                jinja, f"{name}/template.html", folder / "template.html", style.rules, self._cache
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
        model, purpose = load_model(folder, origin, self._cache)
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


def usual(
    own: Path | None = None,
    allowed: Callable[[Path], bool] = without_python,
    cache: CodeCache = NO_CODE_CACHE,
) -> Registry:
    """Return the widgets of a blog's folder, of installed packages, and the built-in ones.

    Args:
        own: The blog's folder of widgets.
        allowed: Whether a folder in it may be used.
        cache: Keeps what was compiled and read for the next process.
    """
    folders = [*([own] if own else []), builtin_folder()]
    return Registry(folders, packages=lambda: offered(cache), allowed=allowed, cache=cache)
