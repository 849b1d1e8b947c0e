"""A widget's fields from the command line: a file of data, and --set FIELD=VALUE."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from blogkit.cli.shared import start_folder
from blogkit.errors import UsageError


def read_data(file: Path) -> tuple[str, bytes]:
    """Return the file's name for messages, and its bytes; "-" is standard input.

    Raises:
        UsageError: The file does not exist.
    """
    if str(file) == "-":
        return "stdin", sys.stdin.buffer.read()
    path = start_folder() / file
    if path.is_dir():
        raise UsageError(
            f"{file} is a folder, not a data file",
            hint="name a .yaml, .json, .csv or .tsv file, or - for standard input",
        )
    if not path.exists():
        raise UsageError(f"no such file: {file}", hint="name a data file, or - for standard input")
    return str(file), path.read_bytes()


def settings_of(given: Sequence[str]) -> dict[str, str]:
    """Return `--set FIELD=VALUE` as a mapping.

    Raises:
        UsageError: One is malformed or given twice.
    """
    found: dict[str, str] = {}
    for setting in given:
        field, equals, value = setting.partition("=")
        if not equals or not field.strip():
            raise UsageError(
                f'--set takes FIELD=VALUE, not "{setting}"',
                hint="for example: --set title='What to remember'",
            )
        if field.strip() in found:
            raise UsageError(f"--set {field.strip()} is given twice", hint="remove one of them")
        found[field.strip()] = value
    return found
