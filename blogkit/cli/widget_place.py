"""Where a widget command works: in the workspace around, or, for what needs none, outside of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli.workbench import Workbench, open_workbench, start_folder
from blogkit.errors import BlogkitError, Problem
from blogkit.paths import shown

if TYPE_CHECKING:
    from blogkit.render.registry import Registry
    from blogkit.render.theme import Theme


@dataclass(frozen=True)
class Place:
    """root: of the workspace, or the folder where the command was started; bench: None outside of a workspace."""

    root: Path
    registry: Registry
    bench: Workbench | None = None

    @property
    def own(self) -> Path:
        """The workspace's widgets."""
        return self.root / "widgets"

    @property
    def theme(self) -> Theme | None:
        return self.bench.theme() if self.bench else None

    @property
    def language(self) -> str:
        return self.bench.workspace.language if self.bench else ""

    @property
    def sites(self) -> list[str]:
        return list(self.bench.workspace.sites) if self.bench else []

    def relative(self, path: Path) -> str:
        """A path as the user would type it."""
        return shown(path.relative_to(self.root) if path.is_relative_to(self.root) else path)

    def shown(self, problem: Problem) -> Problem:
        """A problem with its path as the user would type it."""
        return replace(problem, path=self.relative(Path(problem.path)))


def find_place(*, needs_workspace: bool = False) -> Place:
    """The workspace around the start folder, or, unless it is needed, that folder with the widgets that everybody has."""
    from blogkit.render.registry import usual
    from blogkit.workspace import CONFIG

    start = start_folder().resolve()
    if needs_workspace or any((folder / CONFIG).is_file() for folder in (start, *start.parents)):
        bench = open_workbench()
        return Place(bench.workspace.root.resolve(), bench.registry, bench)
    return Place(start, usual())


def widget_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """For the shell's completion: the widgets there are."""
    ctx.ensure_object(dict)
    try:
        with ctx:
            return [name for name in find_place().registry if name.startswith(incomplete)]
    except (BlogkitError, OSError):
        return []
