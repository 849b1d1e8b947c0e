"""The only file that prints.

Results go to standard output, messages about them to standard error.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

import click

from blogkit.cli.progress_bar import Advance, progress_bar
from blogkit.cli.visible import readable_address, visible, visible_lines
from blogkit.errors import BlogkitError, ContentError, Problem
from blogkit.paths import readable, shown

if TYPE_CHECKING:
    from rich.console import Console

_GONE = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}
"""The reader of a pipe has gone away; Windows reports that as EINVAL
(https://bugs.python.org/issue35754).
"""
_COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "bold": "1", "dim": "2"}


class Output:
    """The printer of a command.

    If the reader goes away (`blogkit publish | head`) or the disk is full, the printing stops, not
    the work.

    Args:
        as_json: Print one report on standard output instead of sentences.
        quiet: Print errors only.
        no_color: Print without colours; `NO_COLOR` in the environment does the same
            (https://no-color.org/).
        out: Instead of standard output.
        err: Instead of standard error.

    Attributes:
        partial: The report of what was done so far, for a run that ends early.
    """

    def __init__(
        self,
        *,
        as_json: bool = False,
        quiet: bool = False,
        no_color: bool = False,
        out: IO[str] | None = None,
        err: IO[str] | None = None,
    ) -> None:
        self.as_json = as_json
        self.quiet = quiet
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        # Any value but an empty one: https://no-color.org
        self.no_color = no_color or bool(os.environ.get("NO_COLOR"))
        self._above: Console | None = None
        """Prints above the progress bar while there is one; other output would break the bar."""
        self.partial: dict[str, Any] = {}
        self._reported = False
        self._trouble = ""

    def paint(self, text: str, colour: str, stream: IO[str]) -> str:
        """Return one line, safe to print; in a colour if the stream is a terminal with colours."""
        return self._coloured(visible(text), colour, stream)

    def _coloured(self, text: str, colour: str, stream: IO[str]) -> str:
        if not colour or self.no_color or not stream.isatty() or os.environ.get("TERM") == "dumb":
            return text
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"

    def say(self, text: str = "", colour: str = "") -> None:
        """Print a sentence for a person, on one line; nothing with --quiet or --json."""
        if not self.quiet and not self.as_json:
            self._print(self.paint(text, colour, self.out), self.out)

    def lines(self, text: str, colour: str = "") -> None:
        """Print lines for a person, with their long gaps; nothing with --quiet or --json.

        Never pass a text in which a title or a site's answer could begin a line of its own.
        """
        if not self.quiet and not self.as_json:
            self._print(self._coloured(visible_lines(text), colour, self.out), self.out)

    def note(self, text: str) -> None:
        """Print a note on standard error, such as progress in a log."""
        if not self.quiet:
            self._print(self.paint(text, "dim", self.err), self.err)

    def result(self, text: str) -> None:
        """Print what the command was asked for, such as HTML.

        It is unchanged in a pipe or a file, and without control codes on a terminal. If the output
        is not UTF-8, other characters become character references.
        """
        if self.out.isatty():
            text = visible_lines(text)
        if not _is_utf8(self.out):
            text = text.encode("ascii", "xmlcharrefreplace").decode()
        self._print(text.removesuffix("\n"), self.out)

    def address(self, url: str) -> str:
        """Return an address: readable on a terminal, unchanged for programs."""
        return readable_address(url) if self.out.isatty() and _is_utf8(self.out) else url

    def report(self, data: Mapping[str, Any]) -> None:
        """Print the JSON report if --json was given: one document a run."""
        if self.as_json:
            # Set first: a report that cannot be written must not be followed by a second one.
            self._reported = True
            self._print(self._json(data, indent=2), self.out)

    def line(self, data: Mapping[str, Any]) -> None:
        """Print one JSON object on a line of its own if --json was given: for long runs' logs."""
        if self.as_json:
            self._reported = True
            self._print(self._json(data), self.out)
            self.flush()

    def close(self, data: Mapping[str, Any]) -> None:
        """Print the report of a run that ended early, with `partial`: what was done until then."""
        if not self._reported:
            self.report({**self.partial, **data})

    def warn(self, text: str) -> None:
        """Print a warning that stops nothing."""
        if not self.quiet:
            self._print(
                f"{self.paint('warning:', 'yellow', self.err)} {self.paint(text, '', self.err)}",
                self.err,
            )

    def fail(self, text: str, hint: str = "") -> None:
        """Print an error and the next step."""
        self._print(
            f"{self.paint('error:', 'red', self.err)} {self.paint(text, '', self.err)}", self.err
        )
        self._hint(hint)

    def problem(self, problem: Problem) -> None:
        """Print a problem of a file: `file:line: message`, and the fix below it."""
        if self.quiet and problem.severity != "error":
            return
        place = self.paint(
            f"{problem.path}:{problem.line}" if problem.line else problem.path, "bold", self.err
        )
        kind = self.paint(
            f"{problem.severity}:", "red" if problem.severity == "error" else "yellow", self.err
        )
        self._print(f"{place}: {kind} {self.paint(problem.message, '', self.err)}", self.err)
        self._hint(problem.hint)

    def error(self, error: BlogkitError) -> None:
        """Print an error, its reason and the next step."""
        if not isinstance(error, ContentError):
            self.fail(error.message, error.hint)
            return
        for problem in error.problems:
            self.problem(problem)
        self._hint(error.hint)

    def end(self, message: str, *, hint: str, exit_code: int) -> None:
        """Print the last message of a run that did not finish."""
        self._print(f"\n{visible(message)}", self.err)
        self._hint(hint)
        self.close({"error": message, "hint": hint, "problems": [], "exit_code": exit_code})

    def finish(self, code: int) -> int:
        """Flush the output.

        Args:
            code: The command's exit code.

        Returns:
            The exit code: 1 instead of 0 if the output could not be written.
        """
        for stream in (self.out, self.err):
            self._flush(stream)
        if not self._trouble:
            return code
        self._print(
            f"{self.paint('error:', 'red', self.err)} cannot write standard output:"
            f" {self._trouble}",
            self.err,
        )
        self._flush(self.err)
        return code or 1

    def table(self, rows: Sequence[Sequence[str]], head: Sequence[str]) -> None:
        """Print a table that fits the terminal; in a pipe it is as wide as its cells."""
        from blogkit.cli.layout import format_table, terminal_columns

        if self.quiet or self.as_json:
            return
        cells = [tuple(visible(readable(cell)) for cell in row) for row in rows]
        columns = terminal_columns() if self.out.isatty() else 0
        for number, text in enumerate(format_table(cells, head, columns)):
            self._print(
                self._coloured(
                    text, "bold" if number == 0 and text.startswith(head[0]) else "", self.out
                ),
                self.out,
            )

    def confirm(self, question: str) -> bool:
        """Return the answer to a yes-or-no question. Only call it on a terminal."""
        self._print(f"{visible(question)} [y/N] ", self.err, end="")
        self._flush(self.err)
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    @contextmanager
    def progress(self, total: int, what: str) -> Iterator[Advance]:
        """Show a progress bar, and yield the function that advances it.

        Pipes, cron, --quiet and --json get no bar. If only standard output is a pipe,
        its reader may print on the same terminal, as `tee` does, and the bar would be on the
        same line as that text.

        Args:
            total: The number of steps; 0 if unknown.
            what: What is being done.
        """
        plain = self.no_color or os.environ.get("TERM") == "dumb"  # a bar needs to move the cursor
        plain = plain or not self.err.isatty() or _is_pipe(self.out)
        if self.quiet or self.as_json or plain or total == 1:
            yield Advance(lambda _step, _label: None)
            return
        with progress_bar(total, what, self.err, no_color=self.no_color) as (advance, console):
            self._above = console
            try:
                yield advance
            finally:
                self._above = None

    def flush(self) -> None:
        """Flush standard output, so that a waiting reader sees it."""
        self._flush(self.out)

    def _json(self, data: Mapping[str, Any], indent: int | None = None) -> str:
        import json  # sentences need none

        ascii_only = not _is_utf8(self.out)
        return json.dumps(_readable(data), ensure_ascii=ascii_only, indent=indent, default=str)

    def _hint(self, hint: str) -> None:
        if hint:
            self._print(f"    {self.paint(hint, '', self.err)}", self.err)

    def _print(self, text: str, stream: IO[str], end: str = "\n") -> None:
        try:
            if self._above and stream.isatty():
                from rich.text import Text

                self._above.print(
                    Text.from_ansi(readable(text)), end=end, soft_wrap=True, highlight=False
                )
            else:
                # It turns colours into calls where a terminal knows no codes, as on older Windows.
                click.echo(readable(text), file=stream, nl=end == "\n", color=True)
        except OSError as error:
            self._silence(stream, error)

    def _flush(self, stream: IO[str]) -> None:
        try:
            stream.flush()
        except OSError as error:
            self._silence(stream, error)

    def _silence(self, stream: IO[str], error: OSError) -> None:
        """Send this stream to nowhere from now on.

        Its buffer would raise again at every flush, even the interpreter's last:
        https://docs.python.org/3/library/signal.html#note-on-sigpipe
        """
        if error.errno not in _GONE and stream is self.out:
            self._trouble = error.strerror or type(error).__name__
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
            stream.flush()


def interactive() -> bool:
    """Return whether a person can answer: input and error output are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ready_streams() -> None:
    """Send closed standard streams (`>&-`) nowhere, and let the others take any character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            # Opened in this order, the files get the numbers 0, 1 and 2: otherwise the journal
            # would get one of them, and be written into. They are open until the process ends.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif mode == "w" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _readable(data: Any) -> Any:
    """Return a report's data with readable file names: JSON readers refuse half a character."""
    if isinstance(data, str):
        return readable(data)
    if isinstance(data, Mapping):
        return {_readable(key): _readable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_readable(value) for value in data]
    return shown(data) if isinstance(data, PurePath) else data


def _is_pipe(stream: IO[str]) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):  # not a file of the system, or closed
        return False


def _is_utf8(stream: IO[str]) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-") in (
        "utf-8",
        "utf8",
    )
