"""Remember what the user trusts in a blog's folder, in a file outside of it.

A folder may come from another person: unpacked, cloned, shared. Nothing in it can prove that it is
harmless, so the answer is kept in the user's configuration folder.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, NamedTuple

from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, reason_of
from blogkit.files import replace_file
from blogkit.paths import shown

TRUST_VARIABLE = "BLOGKIT_TRUST"
"""With the value 1, everything is trusted: for jobs that run on folders of your own."""
OWN_WIDGETS = "widgets"
_MOST_FILES = 500
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class WidgetCode:
    """The files of a widget that need trust.

    Attributes:
        lines: How many lines each has, by its path in the widget's folder.
        digest: A hash of their names and contents; "" if there are none.
    """

    lines: Mapping[str, int] = field(default_factory=dict)
    digest: str = ""


class Trust:
    """What the user trusts in one blog's folder.

    Args:
        root: The blog's folder.
        file: Where the answers are kept.
        everything: Trust all of it in this run, whatever the file has.
    """

    def __init__(self, root: Path, file: Path, *, everything: bool = False) -> None:
        self.root = Path(os.path.realpath(root))
        self.everything = everything
        self._file = file

    def allows_widget(self, folder: Path) -> bool:
        """Return whether a widget may be used: it needs no trust, or has it."""
        if self.everything:
            return True
        try:
            digest = self.code_of(folder).digest
        except (ConfigError, OSError):
            return False
        is_own = folder.parent.name == OWN_WIDGETS and self._is_root(folder.parent.parent)
        return not digest or (is_own and self.widgets.get(folder.name) == digest)

    def allows_owner(self, owner: int) -> bool:
        """Return whether files of this user are used, as if they were the user's own."""
        return self.everything or self.owner == owner

    def allows_folder(self, real: Path) -> bool:
        """Return whether blogkit may write to a folder outside of the blog's folder."""
        return self.everything or str(real) in self.folders

    def allows_database(self, url: str) -> bool:
        """Return whether the journal may be in the database that `.env` names."""
        return self.everything or self.database == database_digest(url)

    @property
    def database(self) -> str:
        """The digest of the trusted database's address."""
        return str(self._mine().get("database", ""))

    @property
    def owner(self) -> int | None:
        """The other user whose files are trusted."""
        return self._mine().get("owner")

    @property
    def widgets(self) -> dict[str, str]:
        """The digest of each trusted widget."""
        return dict(self._mine().get("widgets", {}))

    @property
    def folders(self) -> list[str]:
        """The trusted folders outside."""
        return list(self._mine().get("folders", []))

    def remember(
        self,
        *,
        owner: int | None,
        widgets: Mapping[str, str],
        folders: Iterable[str],
        database: str = "",
    ) -> None:
        """Add to what is trusted.

        Args:
            owner: The other user who owns the folder; None keeps what is known.
            widgets: The digest of each widget.
            folders: Real paths outside of the blog's folder.
            database: The digest of a database's address; "" keeps what is known.

        Raises:
            ConfigError: The file cannot be read.
        """
        mine = {
            "owner": self.owner if owner is None else owner,
            "widgets": self.widgets | dict(widgets),
            "folders": sorted({*self.folders, *folders}),
            "database": database or self.database,
        }
        self._write(self._read() | {str(self.root): mine})

    def forget(self) -> bool:
        """Trust nothing in the folder any more.

        Returns:
            Whether anything was trusted.
        """
        known = self._read()
        found = known.pop(str(self.root), None) is not None
        if found:
            self._write(known)
        return found

    def code_of(self, folder: Path) -> WidgetCode:
        """Return the files of a widget that need trust.

        Its Python does, and so does what a link brings in: it may be a file that must stay private.

        Args:
            folder: The widget's folder.

        Raises:
            ConfigError: There are too many of them, or one is too large to be a widget's.
        """
        entries = _entries(folder)
        runs = os.path.lexists(folder / "widget.py")
        linked = os.path.realpath(folder) != str(self.root / OWN_WIDGETS / folder.name)
        risky = [
            path
            for path in entries
            if path.is_symlink() or (path.is_file() and (linked or (runs and path.suffix == ".py")))
        ]
        if not risky:
            return WidgetCode()
        lines, digest = {}, hashlib.sha256()
        for path in risky:
            name, data = path.relative_to(folder).as_posix(), _content(path)
            target = str(path.readlink()) if path.is_symlink() else ""
            # With names and lengths: bytes that move from one file to the next would go unnoticed.
            digest.update(json.dumps([name, target, len(data)]).encode() + data)
            lines[name] = data.count(b"\n")
        return WidgetCode(lines, digest.hexdigest())

    def _is_root(self, folder: Path) -> bool:
        return os.path.realpath(folder) == str(self.root)

    def _mine(self) -> dict[str, Any]:
        found = self._read().get(str(self.root))
        return found if isinstance(found, dict) else {}

    def _read(self) -> dict[str, Any]:
        hint = f"repair or delete it, then: blogkit trust   (in {self.root})"
        try:
            # Others may read what is trusted; they must not change it.
            if os.name != "nt" and self._file.stat().st_mode & 0o022:
                raise ConfigError(
                    f"other users of this machine can change {self._file}",
                    hint=f"run: chmod 600 {self._file}",
                )
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(
                f"cannot read {self._file}: {reason_of(error)}", hint="check its permissions"
            ) from None
        except ValueError:
            raise ConfigError(
                f"cannot read {self._file}: it is not valid JSON", hint=hint
            ) from None
        return data if isinstance(data, dict) else {}

    def _write(self, data: Mapping[str, Any]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(self._file, json.dumps(data, indent=1).encode(), mode=0o600)


def database_digest(url: str) -> str:
    """Return what is remembered of a database's address, which may hold a password."""
    return hashlib.sha256(url.encode("utf-8", "surrogateescape")).hexdigest()


class Owner(NamedTuple):
    """A user of this machine.

    Attributes:
        number: What the system knows the user by.
        name: The user's name.
    """

    number: int
    name: str


def foreign_owner(paths: Iterable[Path], environ: Mapping[str, str]) -> Owner | None:
    """Return another user who owns one of these paths; None if there is none.

    Under sudo, the files of the user who called it count as root's own, as in git
    (https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory).
    Windows has no such owners.

    Args:
        paths: Files and folders; those that do not exist are passed over.
        environ: May have SUDO_UID.
    """
    current = getattr(os, "geteuid", None)
    if current is None:
        return None
    mine = {current()}
    caller = environ.get("SUDO_UID", "")
    if 0 in mine and caller.isascii() and caller.isdigit():
        mine.add(int(caller))
    found = [path for path in paths if path.exists() and path.stat().st_uid not in mine]
    return _owner(found[0]) if found else None


def _owner(path: Path) -> Owner:
    number = path.stat().st_uid
    try:
        return Owner(number, path.owner())
    except (KeyError, NotImplementedError):  # the user was deleted, or is of another machine
        return Owner(number, f"user {number}")


def _entries(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in _walk(folder):
        found.append(path)
        if len(found) > _MOST_FILES:
            raise ConfigError(
                f"{shown(folder)} has more than {_MOST_FILES} files",
                hint="a widget is a small folder; move the rest elsewhere",
            )
    return sorted(found)


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        yield from (Path(where, name) for name in (*folders, *names))


def _content(path: Path) -> bytes:
    """Return the bytes of a file; none of a folder that a link leads to."""
    if not path.is_file():
        return b""
    if path.stat().st_size > _MOST_BYTES:
        raise ConfigError(
            f"{shown(path)} is larger than {_MOST_BYTES:,} bytes",
            hint="a widget's files are small; move it elsewhere",
        )
    return path.read_bytes()
