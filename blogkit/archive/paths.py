"""Terms of WordPress as paths: "GS-III/Polity", where "//" is a slash in a name."""

from __future__ import annotations

_SLASH = "\0"


def split_path(path: str) -> tuple[str, ...]:
    """Return the names of a path, from the top."""
    parts = path.replace("//", _SLASH).split("/")
    return tuple(name for part in parts if (name := part.replace(_SLASH, "/").strip()))


def last_name(path: str) -> str:
    """Return the name of a term by its path."""
    return (split_path(path) or (path,))[-1]
