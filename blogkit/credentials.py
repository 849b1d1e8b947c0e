"""Find and keep passwords and tokens. A `Secret` never shows itself by accident.

They are looked for in the environment, `.env` in the blog's folder, the system's keyring, and a
file with mode 0600 in the user's configuration folder, in this order.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from blogkit.errors import ConfigError
from blogkit.files import replace_file
from blogkit.origins import GOOGLE, SANDBOX, is_loopback, origin_of
from blogkit.paths import shown

SERVICE = "blogkit"
_IN_DOTENV = " in .env"

SecretName = Literal["client_id", "client_secret", "refresh_token", "access_token", "app_password"]
"""Blogger: client_id, client_secret, refresh_token (or access_token alone, for an hour).
WordPress: app_password.
"""


class Secret:
    """A value that prints as dots. `reveal()` is the one way to read it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself, to be handed to a request and to nothing else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._value)


def variable(site: str, name: SecretName) -> str:
    """Return the environment variable of a site's secret.

    ("main", "refresh_token") is BLOGKIT_MAIN_REFRESH_TOKEN.

    Args:
        site: The site's name in blogkit.toml. Names that differ only in "-" and "_" have one
            variable, so the configuration refuses them.
        name: One of `SecretName`.
    """
    return _variable(site, name)


def origin_variable(site: str) -> str:
    """Return the environment variable that names the server a site's secrets may be sent to.

    "school" has BLOGKIT_SCHOOL_ORIGIN.

    Args:
        site: The site's name in blogkit.toml.
    """
    return _variable(site, "origin")


def _variable(site: str, name: str) -> str:
    return f"BLOGKIT_{re.sub(r'[^A-Za-z0-9]', '_', site).upper()}_{name.upper()}"


@dataclass(frozen=True)
class StoredSecret:
    """A secret, where it came from, and where it may go.

    Attributes:
        secret: The value.
        place: Where it came from, for messages.
        origins: The servers it may be sent to.
        pin: The variable that names a server for it, if it came from the environment or `.env`.
    """

    secret: Secret
    place: str
    origins: tuple[str, ...] = ()
    pin: str = ""


class Credentials:
    """The secrets of one blog's sites.

    Args:
        environ: The process's environment.
        dotenv: The `.env` in the blog's folder; it may be absent.
        config: The folder of the credentials file; see `config_folder`.
        keyring: The keyring package, or None where it is not installed; see `system_keyring`.
    """

    def __init__(
        self,
        *,
        environ: Mapping[str, str],
        dotenv: Path,
        config: Path,
        keyring: ModuleType | None = None,
    ) -> None:
        self._environ = environ
        self._dotenv_path = dotenv
        self._file = config / "credentials.json"
        self._confirmed = config / "origins.json"
        self._keyring = keyring
        self._dotenv: dict[str, str] | None = None

    def get(self, site: str, name: SecretName, address: str) -> StoredSecret | None:
        """Return a secret from the environment, `.env`, the keyring or the file, or None.

        Args:
            site: The site's name in blogkit.toml.
            name: One of `SecretName`.
            address: The site's address. What `store` kept for another address is not found, so that
                a changed `url` in blogkit.toml cannot send a password elsewhere.

        Raises:
            ConfigError: The file or `.env` cannot be read, or other users of the machine can read
                the file.
        """
        known = GOOGLE if name != "app_password" else ()
        if found := self.setting(variable(site, name)):
            pin = origin_variable(site)
            origins = (
                *known,
                *self._pinned(pin, found),
                *self.confirmed(site),
            )
            return replace(found, origins=origins, pin=pin)
        account = _account(site, name, address)
        # The keyring first: a file may be left over from before there was one.
        place, text = "system keyring", self._from_keyring(account)
        if not text:
            place, text = str(self._file), self._read(self._file).get(account, "")
        if not text:
            return None
        value, origins = _unpack(text, address)
        return StoredSecret(Secret(value), place, (*known, *origins))

    def allow(self, site: str, address: str, origin: str) -> None:
        """Let every secret of a site be sent to one more server.

        Args:
            site: The site's name in `blogkit.toml`.
            address: The blog's address and account.
            origin: Scheme, host and port. It is kept outside the blog's folder.

        Raises:
            ConfigError: A file with secrets cannot be read.
        """
        for name in get_args(SecretName):
            found = self.get(site, name, address)
            if found and not found.pin:
                self.store(site, name, address, found.secret, (*found.origins, origin))
        allowed = dict.fromkeys((*self.confirmed(site), origin))
        self._write(self._confirmed, {**self._read(self._confirmed), site: list(allowed)})

    def confirmed(self, site: str) -> tuple[str, ...]:
        """Return the servers that the user has allowed for a site, outside of the blog's folder.

        Args:
            site: The site's name in blogkit.toml.

        Raises:
            ConfigError: The file that lists them cannot be read.
        """
        return tuple(map(str, self._read(self._confirmed).get(site, ())))

    def _pinned(self, pin: str, found: StoredSecret) -> tuple[str, ...]:
        """Return the server that is named beside a secret.

        `.env` lies in the blog's folder, so it names servers for its own secrets only.
        """
        named = self._environ.get(pin) or (
            self._from_dotenv(pin) if found.place.endswith(_IN_DOTENV) else ""
        )
        try:
            return (origin_of(named),) if named else ()
        except ValueError:
            raise ConfigError(
                f'{pin} is "{named}", which is not an address', hint="write https://… in it"
            ) from None

    def setting(self, key: str) -> StoredSecret | None:
        """Return a secret that belongs to no site, from the environment, else from `.env`.

        Args:
            key: Its variable, such as BLOGKIT_DATABASE_URL.
        """
        if exported := self._environ.get(key):
            return StoredSecret(Secret(exported), f"environment variable {key}")
        if written := self._from_dotenv(key):
            return StoredSecret(Secret(written), f"{key}{_IN_DOTENV}")
        return None

    def require(self, site: str, name: SecretName, address: str) -> StoredSecret:
        """Return a secret that must be there.

        Args:
            site: The site's name in blogkit.toml.
            name: One of `SecretName`.
            address: The site's address, as in `get`.

        Raises:
            ConfigError: It is not set; the message names the variable and the command that stores
                it.
        """
        found = self.get(site, name, address)
        if found is None:
            raise ConfigError(
                f"site {site}: {name.replace('_', ' ')} is not set",
                hint=f"run: blogkit login {site}   (or set {variable(site, name)} in .env)",
            )
        return found

    def store(
        self, site: str, name: SecretName, address: str, secret: Secret, origins: Sequence[str]
    ) -> str:
        """Store a secret in the keyring, else in the 0600 file.

        Args:
            site: The site's name in blogkit.toml.
            name: One of `SecretName`.
            address: The site's address that the secret is for.
            secret: The secret.
            origins: The servers it may be sent to.

        Returns:
            Where it is now, in words for the user.
        """
        account = _account(site, name, address)
        text = json.dumps({"secret": secret.reveal(), "origins": list(dict.fromkeys(origins))})
        if self._keyring is not None:
            try:
                self._keyring.set_password(SERVICE, account, text)
            # backends raise their own types; the file below always works
            except Exception:  # noqa: S110
                pass
            else:
                return "system keyring"
        self._write(self._file, {**self._read(self._file), account: text})
        return str(self._file)

    def exposed(self) -> list[str]:
        """Return files with secrets that other users of this machine can read."""
        files = [self._dotenv_path, self._file]
        return [shown(f) for f in files if f.is_file() and _others_read(f.stat().st_mode)]

    def _from_dotenv(self, key: str) -> str:
        if self._dotenv is None:
            self._dotenv = _read_dotenv(self._dotenv_path)
        return self._dotenv.get(key, "")

    def _from_keyring(self, account: str) -> str:
        if self._keyring is None:
            return ""
        try:
            return self._keyring.get_password(SERVICE, account) or ""
        except Exception:  # a locked or absent keyring is "not there": cron must go on
            return ""

    def _read(self, file: Path) -> dict[str, Any]:
        try:
            # As OpenSSH does with private keys: one that others can read is not used.
            if _others_read(file.stat().st_mode):
                raise ConfigError(
                    f"other users of this machine can read {file}", hint=f"run: chmod 600 {file}"
                )
            data = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"cannot read {file}: {type(error).__name__}",
                hint="repair or delete it, then: blogkit login SITE",
            ) from None
        return data if isinstance(data, dict) else {}

    def _write(self, file: Path, data: Mapping[str, Any]) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(file, json.dumps(data, indent=1).encode(), mode=0o600)


def _unpack(text: str, address: str) -> tuple[str, tuple[str, ...]]:
    """Return a stored secret and where it may go.

    Versions before 0.2 stored the value alone; it was for the blog's own address, by TLS.
    """
    try:
        data = json.loads(text)
        return str(data["secret"]), tuple(map(str, data["origins"]))
    except (ValueError, KeyError, TypeError):
        host = address.rpartition("@")[2].partition("/")[0]
        return text, (f"https://{host}",)


def _others_read(mode: int, system: str = os.name) -> bool:
    """Return whether a file's mode lets others in.

    Windows makes a mode up (https://docs.python.org/3/library/os.html#os.chmod); there the user's
    folders are closed to others anyway.
    """
    return system != "nt" and bool(stat.S_IMODE(mode) & 0o077)


def _account(site: str, name: SecretName, address: str) -> str:
    # with the address: a secret is never found for another one
    return f"{site} {address} {name}"


def _read_dotenv(path: Path) -> dict[str, str]:
    from dotenv import dotenv_values

    if not path.is_file():
        return {}
    try:
        return {
            # interpolate=False: a password may contain "${"
            key: value
            for key, value in dotenv_values(path, interpolate=False).items()
            if value
        }
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"cannot read {path}: {type(error).__name__}",
            hint="save it as UTF-8 text with one NAME=value per line",
        ) from None


def config_folder(environ: Mapping[str, str]) -> Path:
    r"""Return the folder of blogkit's files that belong to no project.

    An absolute `XDG_CONFIG_HOME` counts on every system. Without it, the folder is
    `~/.config/blogkit` on Linux (https://specifications.freedesktop.org/basedir-spec/latest/),
    `~/Library/Application Support/blogkit` on macOS and `%LOCALAPPDATA%\blogkit` on Windows,
    where secrets do not roam with the user's profile.

    Args:
        environ: The environment, which may name another folder than the process's does.
    """
    from platformdirs import user_config_path

    base = Path(environ.get("XDG_CONFIG_HOME", ""))
    return base / "blogkit" if base.is_absolute() else user_config_path("blogkit", appauthor=False)


def system_keyring() -> ModuleType | None:
    """Return the keyring package if it is installed and has a real store; None otherwise."""
    try:
        import keyring
        from keyring.backends import fail
    except ImportError:
        return None
    module: ModuleType = keyring
    return None if isinstance(keyring.get_keyring(), fail.Keyring) else module


def require_origin(
    site: str, what: str, value: str, origins: Iterable[str], url: str, pin: str = ""
) -> None:
    """Refuse to send a secret to a server that it was not stored for.

    `blogkit.toml` names the address that requests go to, and lies in a folder that others may have
    written. A secret therefore carries the servers that it is for.

    Args:
        site: The site's name in `blogkit.toml`.
        what: The secret and its place, such as "the app password in the system keyring".
        value: The secret itself; it is not quoted.
        origins: Where it may go.
        url: Where it would go now.
        pin: The variable that names an origin, for a secret from the environment.

    Raises:
        ConfigError: `url` is on another server; both origins and the way to allow it are named.
    """
    target = origin_of(url)
    allowed = tuple(dict.fromkeys(origins))
    if target in allowed:
        return
    if value == SANDBOX and is_loopback(urlsplit(url).hostname or ""):
        return
    allow = f"blogkit login {site} --origin {target}"
    if not allowed:
        raise ConfigError(
            f"site {site}: {what} is bound to no address yet, and is not sent to {target}",
            hint=f"if that is your blog, set {pin}={target} beside it, or run: {allow}",
        )
    raise ConfigError(
        f"site {site}: {what} is for {' and '.join(allowed)} only, and is not sent to {target}",
        hint=f"check `url` and `api_base` in blogkit.toml; if {target} is yours, run: {allow}",
    )
