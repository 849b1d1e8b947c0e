"""Choose the widgets that a name or a folder means, and check each against the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem, UsageError
from blogkit.render.widgets.packages import offered
from blogkit.render.widgets.registry import Registry, builtin_folder, widget_folders
from blogkit.render.widgets.widget_files import MODEL_FILES, REQUIRED, is_widget_name
from blogkit.widget_tools import conformance, expected_output


@dataclass(frozen=True)
class CheckedWidget:
    """One widget and what is wrong with it.

    Attributes:
        folder: The widget's folder, which has its name.
        problems: The broken rules; none if it follows all.
        sizes: The bytes of its example in each form.
        accepted: The files of `expected/` that were written.
    """

    folder: Path
    problems: tuple[Problem, ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)
    accepted: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Subject:
    """A folder to check.

    Attributes:
        registry: Finds the widget and those that its example calls.
        guarded: Whether it is not the user's, so read-only.
    """

    folder: Path
    registry: Registry
    guarded: bool = False


def check_widgets(
    name: str, *, start: Path, root: Path, registry: Registry, accept: bool = False
) -> Iterator[CheckedWidget]:
    """Check widgets one after another.

    Args:
        name: A widget's name, its folder, or a folder of widgets; "" for all of the blog's own.
        start: The folder that a relative `name` is in.
        root: The blog's folder.
        registry: The blog's widgets.
        accept: Write the example's current output to `expected/` first.

    Yields:
        Each widget with its problems.

    Raises:
        UsageError: The name means no widget, or one that is not the user's is to be accepted.
    """
    for subject in _subjects(name, start, root / "widgets", registry):
        if accept and subject.guarded:
            widget = subject.folder.name
            raise UsageError(
                f'"{widget}" is not one of your own widgets',
                hint=f"copy it first: blogkit widget eject {widget}",
            )
        yield _checked(subject, root, accept=accept)


def _subjects(name: str, start: Path, own: Path, registry: Registry) -> list[_Subject]:
    folder = (start / name).resolve() if name else own
    # A folder of this name comes first: it is what the shell completes.
    if name and is_widget_name(name) and name in registry and not folder.is_dir():
        widget = registry[name]
        return [_Subject(widget.folder, registry, guarded=widget.origin != "workspace")]
    if name and not folder.is_dir():
        _ = registry[name]  # raises an error that suggests the nearest name
    is_widget = any((folder / part).is_file() for part in (*MODEL_FILES, *REQUIRED))
    found = [folder] if is_widget else list(widget_folders(folder))
    if name and not found:
        raise UsageError(
            f"no widgets found in {name}", hint="name a widget, its folder, or a folder of widgets"
        )
    return [_Subject(each, _around(each, own, registry)) for each in found]


def _around(folder: Path, own: Path, registry: Registry) -> Registry:
    """Return the widgets that an example may call: its neighbours override all others."""
    folders = [folder.parent, own, builtin_folder()]
    return Registry(folders, packages=offered, allowed=registry.allowed)


def _checked(subject: _Subject, root: Path, *, accept: bool) -> CheckedWidget:
    folder, registry = subject.folder, subject.registry
    if registry.left_out.get(folder.name) == folder:
        return CheckedWidget(
            folder, (_untrusted(folder, is_own=folder.parent == root / "widgets"),)
        )
    home = root if folder.is_relative_to(root) else folder.parent
    accepted: list[Path] = []
    try:
        # Before the check, which compares the output with what is accepted.
        accepted = expected_output.accept(folder, registry, home) if accept else []
        report = conformance.check_widget(folder, registry, home)
    except ContentError as error:
        return CheckedWidget(folder, error.problems, accepted=tuple(accepted))
    return CheckedWidget(folder, report.problems, report.sizes, tuple(accepted))


def _untrusted(folder: Path, *, is_own: bool) -> Problem:
    hint = "blogkit trust" if is_own else f"blogkit widget check {folder} --trust"
    message = "the widget was not checked: you have not trusted its files"
    return Problem(str(folder), 0, message, f"read them, then run: {hint}", "untrusted-widget")
