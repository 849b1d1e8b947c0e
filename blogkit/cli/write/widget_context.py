"""Where a widget command works: in a blog's folder or, if it needs none, anywhere."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli.shared import current_project, start_folder, trusts_all
from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, Problem
from blogkit.paths import shown

if TYPE_CHECKING:
    from blogkit.project.live.snippet import WidgetData
    from blogkit.project.project import Project
    from blogkit.project.widget import Widget
    from blogkit.render.looks.theme import Theme
    from blogkit.render.widgets.registry import Registry


@dataclass(frozen=True)
class WidgetContext:
    """Where a widget command works.

    Attributes:
        root: The blog's folder, or the folder where the command was started.
        registry: The widgets.
        project: The blog; None outside of one.
    """

    root: Path
    registry: Registry
    project: Project | None = None

    @property
    def own(self) -> Path:
        """Return the folder of the blog's own widgets."""
        return self.root / "widgets"

    @property
    def theme(self) -> Theme | None:
        """Return the blog's theme; None outside of a blog."""
        return self.project.theme if self.project else None

    @property
    def language(self) -> str:
        """Return the blog's language; "" outside of a blog."""
        return self.project.config.language if self.project else ""

    @property
    def sites(self) -> list[str]:
        """Return the names of the blog's sites."""
        return list(self.project.config.sites) if self.project else []

    def widget(self, name: str, data: WidgetData) -> Widget:
        """Return a widget with these fields, to be rendered.

        Args:
            name: The widget's name.
            data: Its fields.

        Raises:
            UsageError: The widget does not exist.
        """
        from blogkit.project.widget import Widget

        _ = self.registry[name]
        words = self.project.config.words if self.project else None
        return Widget(
            name, data.source(), self.registry, self.root, self.language, self.theme, words
        )

    def relative(self, path: Path) -> str:
        """Return a path as the user would type it."""
        return shown(path.relative_to(self.root) if path.is_relative_to(self.root) else path)

    def shown(self, problem: Problem) -> Problem:
        """Return a problem with its path as the user would type it."""
        return replace(problem, path=self.relative(Path(problem.path)))


def find_context(*, needs_workspace: bool = False) -> WidgetContext:
    """Return the blog around the start folder.

    If there is none and none is needed, it has the start folder and the built-in widgets.

    Args:
        needs_workspace: Whether the command needs a blog.

    Raises:
        ConfigError: The folder is not a blog's, and a blog is needed.
    """
    from blogkit.config import CONFIG
    from blogkit.project.connect import trust_of
    from blogkit.render.widgets.registry import usual

    start = start_folder().resolve()
    if needs_workspace or any((folder / CONFIG).is_file() for folder in (start, *start.parents)):
        project = current_project()
        return WidgetContext(project.config.root.resolve(), project.widgets, project)
    trust = trust_of(start, os.environ, everything=trusts_all())
    return WidgetContext(start, usual(None, trust.allows_widget))


def widget_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of widgets for the shell's completion.

    Args:
        ctx: The command that is being completed.
        _param: Click passes the argument.
        incomplete: What is typed so far.
    """
    # The shell completes without running a command, so nothing has prepared the context.
    ctx.ensure_object(dict)
    # nor has anything taken the log, which Python would print between the names
    logging.getLogger("blogkit").addHandler(logging.NullHandler())
    try:
        with ctx:
            return [name for name in find_context().registry if name.startswith(incomplete)]
    except (BlogkitError, OSError):
        return []
