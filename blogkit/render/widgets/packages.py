"""Widgets that installed packages offer: the entry-point group `blogkit.widgets`.

A package declares it in its pyproject.toml, and has its widgets' folders next to its modules. With
these lines, the folder of `exam_widgets` holds exam-card/, exam-table/ and so on:

    [project.entry-points."blogkit.widgets"]
    exams = "exam_widgets"

See https://packaging.python.org/en/latest/specifications/entry-points/
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from blogkit.errors import ConfigError

GROUP = "blogkit.widgets"


@dataclass(frozen=True)
class Offer:
    """The widgets of one installed package.

    Attributes:
        package: The distribution's name.
        folder: Holds the widgets' folders.
    """

    package: str
    folder: Path


def offered() -> tuple[Offer, ...]:
    """Return the widgets' folders of installed packages.

    Raises:
        ConfigError: A folder cannot be found.
    """
    from importlib.metadata import entry_points  # slow to load, and most commands ask for no widget

    found = {
        (point.dist.name if point.dist else point.name, point.value)
        for point in entry_points(group=GROUP)
    }
    return tuple(
        Offer(package, folder)
        for package, value in sorted(found)
        for folder in _folders(package, value)
    )


def _folders(package: str, value: str) -> list[Path]:
    """Return the folders of a module without running it; its parent packages are run."""
    from importlib.util import find_spec

    name = value.partition(":")[0].strip()
    try:
        spec = find_spec(name)
    except Exception as error:  # whatever the packages around it raise
        raise _lost(package, name, f"{type(error).__name__}: {error}") from error
    places = (
        []
        if spec is None
        else list(spec.submodule_search_locations or []) or [str(Path(spec.origin or "").parent)]
    )
    folders = [Path(place) for place in places if Path(place).is_dir()]
    if spec is None or not folders:
        raise _lost(
            package,
            name,
            "the module does not exist" if spec is None else "it is not installed as a folder",
        )
    return folders


def _lost(package: str, name: str, reason: str) -> ConfigError:
    return ConfigError(
        f'the package "{package}" offers widgets in "{name}", but that cannot be found: {reason}',
        hint=f"reinstall it, or remove it: pip uninstall {package}",
    )
