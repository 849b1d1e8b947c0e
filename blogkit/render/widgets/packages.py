"""Widgets that installed packages offer: the entry-point group `blogkit.widgets`.

A package declares it in its pyproject.toml, and has its widgets' folders next to its modules. With
these lines, the folder of `exam_widgets` holds exam-card/, exam-table/ and so on:

    [project.entry-points."blogkit.widgets"]
    exams = "exam_widgets"

See https://packaging.python.org/en/latest/specifications/entry-points/
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from blogkit.errors import ConfigError
from blogkit.render.widgets.code_cache import NO_CODE_CACHE, CodeCache

GROUP = "blogkit.widgets"


class Offer(NamedTuple):
    """The widgets of one installed package.

    Attributes:
        package: The distribution's name.
        folder: Holds the widgets' folders.
    """

    package: str
    folder: Path


def offered(cache: CodeCache = NO_CODE_CACHE) -> tuple[Offer, ...]:
    """Return the widgets' folders of installed packages.

    Args:
        cache: Keeps which packages have some, for the next process.

    Raises:
        ConfigError: A folder cannot be found.
    """
    path = tuple(stamp for folder in sys.path for stamp in _stamps(folder))
    return tuple(
        Offer(package, folder)
        for package, value in _entry_points(path, cache)
        for folder in _folders(package, value)
    )


def _stamps(folder: str) -> list[str]:
    """Return what changes when a package is installed in a folder, changed or removed there."""
    folder = os.path.abspath(folder)  # noqa: PTH100  # "" is the current folder
    try:
        metadata = sorted(
            entry.path for entry in os.scandir(folder) if entry.name.lower().endswith("-info")
        )
    except OSError:  # it does not exist, or is a zip file
        metadata = []
    return [folder, *(f"{path} {_changed(f'{path}/entry_points.txt')}" for path in metadata)]


def _changed(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns  # noqa: PTH116  # one for each package
    except OSError:
        return 0


@lru_cache(maxsize=1)
def _entry_points(path: tuple[str, ...], cache: CodeCache) -> list[tuple[str, str]]:
    """Return the packages with widgets, each with its module."""
    return cache.get(("packages", *path), lambda: _read_entry_points(path))


@lru_cache(maxsize=1)  # a first run asks with a cache and without
def _read_entry_points(path: tuple[str, ...]) -> list[tuple[str, str]]:
    """Read every distribution's metadata, which takes as long as a small command.

    Args:
        path: Changes when the answer may.
    """
    del path  # only the memory's key
    from importlib.metadata import entry_points  # slow to load, and most commands ask for no widget

    return sorted(
        {
            (point.dist.name if point.dist else point.name, point.value)
            for point in entry_points(group=GROUP)
        }
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
