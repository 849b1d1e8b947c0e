"""Hold a secret, and name the variables in which one may be."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from blogkit.dataclass import dataclass

IN_DOTENV = " in .env"
"""How the place of a secret from `.env` ends."""
SecretName = Literal[
    "client_id",
    "client_secret",
    "refresh_token",
    "access_token",
    "app_password",
    "http_login",
    "wordpress_com_token",
    "access_key_id",
    "secret_access_key",
    "github_token",
]
"""Blogger: client_id, client_secret, refresh_token (or access_token alone, for an hour).
WordPress: app_password, and http_login (user:password) where the web server has a login of its own;
at WordPress.com wordpress_com_token. The image host: access_key_id and secret_access_key of a
bucket, or github_token.
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
        # The same dots for any value, of which not even the length shows. Tracebacks and logs call
        # this, not `reveal`.
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
        ends: When it is no longer accepted; None if this is not known.
    """

    secret: Secret
    place: str
    origins: tuple[str, ...] = ()
    pin: str = ""
    ends: datetime | None = None

    @property
    def in_dotenv(self) -> bool:
        """Whether it came from `.env`, which lies in the blog's folder."""
        return self.place.endswith(IN_DOTENV)
