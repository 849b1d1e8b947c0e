"""Find the secrets of a blog's sites, and store them."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from blogkit.credentials.secret import (
    IN_DOTENV,
    Secret,
    SecretName,
    StoredSecret,
    origin_variable,
    variable,
)
from blogkit.errors import ConfigError, MissingSecret, reason_of
from blogkit.files import replace_file
from blogkit.origins import AMAZON_S3, GITHUB, GOOGLE, WORDPRESS_COM, origin_of
from blogkit.paths import shown

SERVICE = "blogkit"
_KNOWN: Mapping[SecretName, tuple[str, ...]] = {
    "app_password": (),
    "http_login": (),
    "wordpress_com_token": (WORDPRESS_COM,),
    "access_key_id": (AMAZON_S3,),
    "secret_access_key": (AMAZON_S3,),
    "github_token": (GITHUB,),
}
"""Where secrets may go unasked; all others are for Google."""


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
        known = _KNOWN.get(name, GOOGLE)
        # The environment first, so that one run can use another account without touching what is
        # stored.
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
        value, origins, ends = _unpack(text, address)
        return StoredSecret(Secret(value), place, (*known, *origins), ends=ends)

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
            # A secret in a variable has its servers in one beside it, and must not be copied out of
            # `.env`.
            if found and not found.pin:
                origins = (*found.origins, origin)
                self.store(site, name, address, found.secret, origins, ends=found.ends)
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
        named = self._environ.get(pin) or (self._from_dotenv(pin) if found.in_dotenv else "")
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
            return StoredSecret(Secret(written), f"{key}{IN_DOTENV}")
        return None

    def require(self, site: str, name: SecretName, address: str) -> StoredSecret:
        """Return a secret that must be there.

        Args:
            site: The site's name in blogkit.toml.
            name: One of `SecretName`.
            address: The site's address, as in `get`.

        Raises:
            MissingSecret: It is not set; the message names the variable and the command that
                stores it.
        """
        found = self.get(site, name, address)
        if found is None:
            raise MissingSecret(
                f"site {site}: {name.replace('_', ' ')} is not set",
                hint=f"run: blogkit login {site}   (or set {variable(site, name)} in .env)",
            )
        return found

    def store(
        self,
        site: str,
        name: SecretName,
        address: str,
        secret: Secret,
        origins: Sequence[str],
        *,
        ends: datetime | None = None,
    ) -> str:
        """Store a secret in the keyring, else in the 0600 file.

        Args:
            site: The site's name in blogkit.toml.
            name: One of `SecretName`.
            address: The site's address that the secret is for.
            secret: The secret.
            origins: The servers it may be sent to.
            ends: When it is no longer accepted; None if this is not known.

        Returns:
            Where it is now, in words for the user.
        """
        account = _account(site, name, address)
        # The servers are stored in the same value: nothing that edits blogkit.toml can widen them.
        data = {"secret": secret.reveal(), "origins": list(dict.fromkeys(origins))}
        text = json.dumps(data | ({"ends": ends.isoformat()} if ends else {}))
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
        # Not `is_file` before: between the two, the file may be replaced.
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(
                f"cannot read {file}: {reason_of(error)}", hint="check its permissions"
            ) from None
        except ValueError:  # its text may quote a secret
            raise ConfigError(
                f"cannot read {file}: it is not valid JSON",
                hint="repair or delete it, then: blogkit login SITE",
            ) from None
        return data if isinstance(data, dict) else {}

    def _write(self, file: Path, data: Mapping[str, Any]) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(file, json.dumps(data, indent=1).encode(), mode=0o600)


def _unpack(text: str, address: str) -> tuple[str, tuple[str, ...], datetime | None]:
    """Return a stored secret, where it may go, and when it ends.

    Versions before 0.2 stored the value alone; it was for the blog's own address, by TLS.
    """
    try:
        data = json.loads(text)
        ends = datetime.fromisoformat(data["ends"]) if "ends" in data else None
        return str(data["secret"]), tuple(map(str, data["origins"])), ends
    except (ValueError, KeyError, TypeError):
        host = address.rpartition("@")[2].partition("/")[0]
        return text, (f"https://{host}",), None


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
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    try:
        return {
            # interpolate=False: a password may contain "${"
            key: value
            for key, value in dotenv_values(path, interpolate=False).items()
            if value
        }
    except OSError as error:
        raise ConfigError(
            f"cannot read {path}: {reason_of(error)}", hint="check its permissions"
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(
            f"cannot read {path}: it is not UTF-8 text",
            hint="save it as UTF-8 text with one NAME=value per line",
        ) from None
