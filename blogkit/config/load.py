"""Find `blogkit.toml` and load it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from blogkit.config.reader import ConfigReader
from blogkit.config.settings import CONFIG, Config
from blogkit.errors import ConfigError, ContentError

_HINTS = {
    "Expected ']' at the end of a table": "close the table's name with a bracket: [blog]",
    "Cannot": "write each table and each setting once",
    "Invalid value": 'text values need quotes: url = "https://…"',
    "Illegal character": 'text values need a quote at both ends: url = "https://…"',
}
"""What to do, by how Python's reason begins."""


def discover(start: Path) -> Config:
    """Return the settings of the blog's folder that a folder is in.

    Args:
        start: The folder to search from, upwards.

    Raises:
        ConfigError: `blogkit.toml` is missing there and above, or cannot be read.
        ContentError: The file has problems; all of them are in it.
    """
    return load_config(find_root(start))


def find_root(start: Path) -> Path:
    """Return the blog's folder that a folder is in. Nothing in it is read.

    Args:
        start: The folder to search from, upwards.

    Raises:
        ConfigError: `blogkit.toml` is missing there and above.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise ConfigError(
        f"no {CONFIG} in {start} or above it",
        hint=(
            "go to your blog's folder with cd, or name it: blogkit -C DIR …   (a new blog: blogkit"
            " init DIR)"
        ),
    )


def load_config(root: Path) -> Config:
    """Return the settings in a folder's `blogkit.toml`.

    Args:
        root: The folder that contains the file.

    Raises:
        ConfigError: The file cannot be read, or is not TOML or not UTF-8.
        ContentError: The file has problems; all of them are in it.
    """
    path = root / CONFIG
    try:
        text = path.read_bytes().decode("utf-8-sig")  # Notepad writes a byte order mark
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: not UTF-8 (byte {error.start})", hint="save the file as UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        # Python 3.14 has the line as an attribute, older ones only in the text:
        # https://docs.python.org/3/library/tomllib.html#tomllib.TOMLDecodeError
        reason, _, place = str(error).partition(" (at line ")
        line = f":{place.split(',')[0]}" if place else ""
        raise ConfigError(
            f"{path}{line}: not valid TOML: {reason}",
            hint=_hint(reason),
        ) from error
    except OSError as error:
        raise ConfigError(
            f"cannot read {path}: {error.strerror}", hint="check its permissions"
        ) from error
    reader = ConfigReader(text)
    config = reader.config(root, data)
    if reader.problems:
        raise ContentError(reader.problems)
    return config


def _hint(reason: str) -> str:
    usual = 'write tables as [blog] and settings as title = "My blog", each on its own line'
    return next((hint for start, hint in _HINTS.items() if reason.startswith(start)), usual)
