"""The one file that prints. Results go to standard output, everything about them to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from blogkit.errors import BlogkitError, ContentError, Problem

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "bold": "1", "dim": "2"}


class Output:
    """Where a command's words go. json: a report on standard output instead of sentences; quiet: errors only."""

    def __init__(
        self, *, as_json: bool = False, quiet: bool = False, no_color: bool = False, out: IO[str] | None = None, err: IO[str] | None = None
    ) -> None:
        self.as_json = as_json
        self.quiet = quiet
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self._no_color = no_color or bool(os.environ.get("NO_COLOR"))

    def paint(self, text: str, colour: str, stream: IO[str]) -> str:
        """`text` in a colour where the stream is a terminal that wants one."""
        if self._no_color or not stream.isatty() or os.environ.get("TERM") == "dumb":
            return text
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"

    def say(self, text: str = "", colour: str = "") -> None:
        """A sentence for a person: nothing under --quiet, nothing on standard output under --json."""
        if not self.quiet and not self.as_json:
            print(self.paint(text, colour, self.out) if colour else text, file=self.out)

    def note(self, text: str) -> None:
        """An aside on standard error, such as progress in a log."""
        if not self.quiet:
            print(self.paint(text, "dim", self.err), file=self.err)

    def result(self, text: str) -> None:
        """What the command was asked for, such as HTML: always printed, as it is."""
        self.out.write(text if text.endswith("\n") else text + "\n")

    def report(self, data: Any) -> None:
        """The JSON report, when one was asked for."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=2, default=str), file=self.out)

    def warn(self, text: str) -> None:
        """Something the user should know that stops nothing."""
        print(f"{self.paint('warning:', 'yellow', self.err)} {text}", file=self.err)

    def problem(self, problem: Problem) -> None:
        """One problem of a file: `file:line: message`, and the fix below it."""
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        colour = "red" if problem.severity == "error" else "yellow"
        print(
            f"{self.paint(place, 'bold', self.err)}: {self.paint(problem.severity + ':', colour, self.err)} {problem.message}",
            file=self.err,
        )
        if problem.hint:
            print(f"    {problem.hint}", file=self.err)

    def error(self, error: BlogkitError) -> None:
        """An error, its reason and the next step."""
        if isinstance(error, ContentError):
            for problem in error.problems:
                self.problem(problem)
        else:
            print(f"{self.paint('error:', 'red', self.err)} {error.message}", file=self.err)
        if error.hint:
            print(f"    {error.hint}", file=self.err)

    def table(self, rows: Sequence[Sequence[str]], head: Sequence[str]) -> None:
        """Columns as wide as their widest cell (in terminal cells, so that Hindi and emoji line up)."""
        from rich.cells import cell_len

        if self.quiet or self.as_json:
            return
        lines = [tuple(head), *(tuple(row) for row in rows)]
        widths = [max(cell_len(line[i]) for line in lines) for i in range(len(head))]
        for number, line in enumerate(lines):
            text = "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
            print(self.paint(text, "bold", self.out) if number == 0 else text, file=self.out)

    def confirm(self, question: str) -> bool:
        """Ask a person; only called on a terminal."""
        print(f"{question} [y/N] ", end="", file=self.err, flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    @contextmanager
    def progress(self, total: int, what: str) -> Iterator[Any]:
        """Yields `advance(label)`. A bar on a terminal; silent in a pipe, in cron, with --quiet or --json."""
        if self.quiet or self.as_json or not self.err.isatty() or total < 2:
            yield lambda _label: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(file=self.err, no_color=self._no_color)
        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=total)
            yield lambda label: bar.update(task, advance=1, description=label)


def interactive() -> bool:
    """A person is there to answer: both ends are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
