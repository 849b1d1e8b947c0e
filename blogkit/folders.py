"""Find where this machine keeps a user's files of no project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def config_folder(environ: Mapping[str, str]) -> Path:
    r"""Return the folder of blogkit's files that belong to no project.

    An absolute `XDG_CONFIG_HOME` counts on every system. Without it, the folder is
    `~/.config/blogkit` on Linux (https://specifications.freedesktop.org/basedir-spec/latest/),
    `~/Library/Application Support/blogkit` on macOS and `%LOCALAPPDATA%\blogkit` on Windows,
    where secrets do not roam with the user's profile.

    Args:
        environ: The environment, which may name another folder than the process's does.
    """
    base = Path(environ.get("XDG_CONFIG_HOME", ""))
    if base.is_absolute():
        return base / "blogkit"
    from platformdirs import user_config_path

    return user_config_path("blogkit", appauthor=False)


def cache_folder(environ: Mapping[str, str]) -> Path:
    r"""Return the folder of what blogkit can make again, for all projects.

    An absolute `XDG_CACHE_HOME` counts on every system. Without it, the folder is
    `~/.cache/blogkit` on Linux, `~/Library/Caches/blogkit` on macOS and
    `%LOCALAPPDATA%\blogkit\Cache` on Windows.

    Args:
        environ: The environment, which may name another folder than the process's does.
    """
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    if base.is_absolute():
        return base / "blogkit"
    from platformdirs import user_cache_path

    return user_cache_path("blogkit", appauthor=False)
