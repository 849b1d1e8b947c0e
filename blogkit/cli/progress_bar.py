"""The progress bar on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from blogkit.cli.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 80
"""From this number of columns, a bar and the remaining time fit beside the text."""


class Advance:
    """Advance a progress bar by one step; `label` only shows what is being done."""

    def __init__(self, update: Callable[[int, str], None]) -> None:
        self._update = update

    def __call__(self, label: str) -> None:
        """Advance by one step, and show what was done."""
        self._update(1, label)

    def label(self, label: str) -> None:
        """Show what is being done, without a step."""
        self._update(0, label)


@contextmanager
def progress_bar(
    total: int, what: str, stream: IO[str], *, no_color: bool
) -> Iterator[tuple[Advance, Console]]:
    """Show a progress bar; yield what advances it, and what prints above it.

    Args:
        total: The number of steps; 0 if unknown.
        what: What is being done.
        stream: The terminal.
        no_color: Draw without colours.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.table import Column

    console = Console(file=stream, no_color=no_color)
    one_line = Column(no_wrap=True, overflow="ellipsis")
    columns: list[ProgressColumn] = [
        TextColumn(escape(visible(what)), table_column=one_line),
        MofNCompleteColumn(),
    ]
    if console.width >= _WIDE:
        columns[1:1] = [BarColumn()]
        columns += [TimeRemainingColumn()]
    columns += [TextColumn("{task.description}", table_column=one_line)]
    with Progress(*columns, console=console, transient=True) as bar:
        # Rich shows a moving bar without an end if the total is None; 0 would be a full one.
        task = bar.add_task("", total=total or None)
        yield (
            Advance(
                lambda step, label: bar.update(
                    task, advance=step, description=escape(visible(label))
                )
            ),
            bar.console,
        )
