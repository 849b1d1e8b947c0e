"""Fit help and tables into a narrow terminal, such as a phone's or half a screen's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

import click

_NARROW = 60
"""Below this number of columns, help and tables put one thing below the other."""
_COLUMN = 24
"""The least width of a column of sentences."""


class Formatter(click.HelpFormatter):
    """Click's formatter, for terminals with fewer than the 50 columns that it expects.

    Args:
        indent_increment: As click's.
        width: As click's; None takes the terminal's if it is narrow.
        max_width: As click's.
    """

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        columns = terminal_columns()
        narrow = max(columns - 1, 20) if columns < _NARROW else None
        usual = max(min(columns, max_width or 80) - 2, 50)  # as click's
        super().__init__(indent_increment, width or narrow or usual, max_width)

    def write_text(self, text: str) -> None:
        """Write text, and also wrap the preformatted lines after a line with a backspace.

        See https://click.palletsprojects.com/en/stable/documentation/
        """
        super().write_text(
            _folded(text, self.width - self.current_indent) if self.width < _NARROW else text
        )

    def write_dl(  # type: ignore[override]
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write each description below its name if it does not fit beside it."""
        # Click passes any iterable, and this one is read twice.
        rows = list(rows)
        first = max((len(name) for name, _ in rows), default=0) + col_spacing
        if self.width - self.current_indent - first >= _COLUMN:
            super().write_dl(rows, col_max, col_spacing)
            return
        for name, about in rows:
            for text, indent in ((name, self.current_indent), (about, self.current_indent + 4)):
                for line in _wrapped(text, self.width, " " * indent, " " * indent):
                    self.write(f"{line}\n")


class NarrowContext(click.Context):
    """A context whose help fits narrow terminals."""

    formatter_class = Formatter


def terminal_columns() -> int:
    """Return the width of the terminal; 80 without one.

    As `shutil.get_terminal_size`, without the compressors that `shutil` imports.
    """
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # closed, or no terminal
        return 80


def narrowed(command: click.Command) -> click.Command:
    """Return the command, with help that fits.

    Each subcommand is listed with its whole first sentence.
    """
    command.context_class = NarrowContext
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        paragraph = " ".join((inner.help or "").partition("\n\n")[0].split())
        inner.short_help = paragraph.partition(". ")[0].removesuffix(".") + "."
        narrowed(inner)
    return command


def format_table(rows: Iterable[Sequence[str]], head: Sequence[str], columns: int) -> list[str]:
    """Return the lines of a table. The first one is its head, if there is room for one.

    Columns are as wide as their widest cells, measured in terminal cells so that Hindi and emoji
    line up. If the table is too wide, its last column is wrapped; if that is not enough, each row
    becomes lines.

    Args:
        rows: The cells.
        head: The columns' headings.
        columns: The width of the terminal; 0 for no limit.
    """
    from rich.cells import cell_len

    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(cell_len(line[i]) for line in lines) for i in range(len(head))]
    before = sum(widths[:-1]) + 2 * (len(head) - 1)
    if columns and before + widths[-1] > columns:
        if columns - before < _COLUMN:
            return [line for row in lines[1:] for line in _stacked(row, head, columns)]
        return [
            line
            for row in lines
            for line in _hanging(_aligned(row, [*widths[:-1], 0]), columns, before)
        ]
    return [_aligned(line, widths) for line in lines]


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    from rich.cells import cell_len

    return "  ".join(
        cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)
    ).rstrip()


def _hanging(line: str, columns: int, indent: int) -> list[str]:
    return _wrapped(line, columns, "", " " * indent)


def _stacked(row: Sequence[str], head: Sequence[str], columns: int) -> list[str]:
    lines = _wrapped(row[0], columns, "", "  ")
    for name, cell in zip(head[1:], row[1:], strict=True):
        if cell:
            lines += _wrapped(f"{name}: {cell}", columns, "  ", "    ")
    return lines


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    """Wrap a text between words only, so that a long address can still be copied."""
    import textwrap  # only help and tables are wrapped

    wrapper = textwrap.TextWrapper(
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
    return [line for part in text.split("\n") for line in wrapper.wrap(part)]


def _folded(text: str, width: int) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        _folded_lines(each, width) if each.lstrip().startswith("\b") else each
        for each in paragraphs
    )


def _folded_lines(paragraph: str, width: int) -> str:
    out = []
    for line in paragraph.split("\n"):
        if len(line) <= width:
            out.append(line)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        name, gap, about = line.strip().partition("  ")
        out += _wrapped(name, width, indent, f"{indent}  ")
        out += _wrapped(about.strip(), width, f"{indent}    ", f"{indent}    ") if gap else []
    return "\n".join(out)
