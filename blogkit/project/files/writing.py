"""Errors of the disk, as errors that name the file and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from blogkit.errors import ConfigError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Translate errors while a post's file is written.

    Raises:
        ConfigError: There is a file of this name already, or the system refuses.
    """
    try:
        yield
    except FileExistsError:
        raise already_exists(path) from None
    except OSError as error:
        hint = "check the disk, and that you can write to the file and its folder"
        raise ConfigError(f"cannot write {path}: {error.strerror}", hint=hint) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Translate errors while a post's file is read.

    Raises:
        ConfigError: The system refuses.
    """
    try:
        yield
    except OSError as error:
        hint = "check that it is a file, and that you can read it"
        raise ConfigError(f"cannot read {path}: {error.strerror}", hint=hint) from error


def already_exists(path: Path) -> ConfigError:
    """Return the error for a new file whose name is taken."""
    message = f"{path} already exists; nothing was written"
    return ConfigError(message, hint="rename it or move it to another folder")
