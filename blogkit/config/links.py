"""Read and change `links.toml`: the addresses of links that posts name before they have one."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from blogkit.errors import ConfigError

LINKS = "links.toml"
"""The name of the file, in the blog's folder; it is committed."""
_HEAD = (
    "# The addresses of links that posts use by name (quiz: NAME). To set one and fill the posts\n"
    "# that wait for it, run: blogkit link set NAME URL\n"
)


def read_links(root: Path) -> Mapping[str, str]:
    """Return the addresses of links by name; none if there is no file.

    Args:
        root: The blog's folder.

    Raises:
        ConfigError: The file cannot be read, or it is not a list of names and addresses.
    """
    path = root / LINKS
    try:
        found = path.stat()
    except FileNotFoundError:
        return MappingProxyType({})
    except OSError as error:
        raise _unreadable(path, error) from error
    return _read(path, (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))


# A plan asks once for each post that names a link.
@lru_cache(maxsize=8)
def _read(path: Path, _as_of: tuple[int, ...]) -> Mapping[str, str]:
    # A link could lead out of a folder that is another person's, or to a file that never ends.
    if not path.is_file() or os.path.islink(path):  # noqa: PTH114
        raise ConfigError(f"{path} is not a regular file", hint="move it away")
    try:
        return MappingProxyType(parse_links(path.read_bytes(), str(path)))
    except OSError as error:
        raise _unreadable(path, error) from error


def parse_links(data: bytes, shown: str) -> dict[str, str]:
    """Return the addresses by name.

    Args:
        data: The file's bytes.
        shown: What messages call the file.

    Raises:
        ConfigError: It is not TOML, or a value is not a text.
    """
    try:
        links = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f"{shown} is not valid TOML: {error}",
            hint='write each link on a line: polity-12 = "https://…"',
        ) from error
    for name, url in links.items():
        if not isinstance(url, str):
            raise ConfigError(
                f'{shown}: the address of "{name}" is not a text',
                hint=f'write {json.dumps(name, ensure_ascii=False)} = "https://…"',
            )
    return links


def with_link(data: bytes | None, name: str, url: str, shown: str) -> bytes:
    """Return the file's bytes with the address of one link; other lines stay as they are.

    Args:
        data: The file's bytes; None if there is no file.
        name: The link's name.
        url: Its address.
        shown: What messages call the file.

    Raises:
        ConfigError: The file is not valid, or the link's line cannot be found.
    """
    old = _HEAD.encode() if data is None else data
    links = parse_links(old, shown)
    if links.get(name) == url:
        return old
    quoted = json.dumps(name, ensure_ascii=False)
    new_line = f"{quoted} = {json.dumps(url, ensure_ascii=False)}"
    text = old.decode()
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removesuffix("\n").removesuffix("\r").split(end) if text else []
    if name in links:
        lines = [new_line if _is_of(line, name) else line for line in lines]
    else:
        lines.append(new_line)
    new = "".join(f"{line}{end}" for line in lines).encode()
    if parse_links(new, shown) != {**links, name: url}:
        raise ConfigError(
            f'{shown}: the line of "{name}" was not found', hint=f"change it by hand to {new_line}"
        )
    return new


def _is_of(line: str, name: str) -> bool:
    try:
        return list(tomllib.loads(line.removeprefix("\ufeff"))) == [name]
    except tomllib.TOMLDecodeError:
        return False


def _unreadable(path: Path, error: OSError) -> ConfigError:
    return ConfigError(f"cannot read {path}: {error.strerror}", hint="check its permissions")
