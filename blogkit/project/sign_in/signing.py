"""Sign the requests to a site with its secrets, which leave for its own servers only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blogkit.config import Site
from blogkit.credentials import Credentials, SecretName, StoredSecret, require_origin
from blogkit.origins import WORDPRESS_COM

if TYPE_CHECKING:  # requests is imported when it is needed
    from blogkit.http import Auth, Request

_TOKENS: dict[str, tuple[SecretName, ...]] = {
    "blogger": ("refresh_token", "access_token"),
    "wordpress": ("wordpress_com_token",),
}


def address_of(site: Site) -> str:
    """Return the address and the account, which tell apart sites of one name in two folders."""
    parts = urlsplit(site.url)
    account = f"{site.username}@" if site.username else ""
    return f"{account}{parts.netloc}{parts.path.rstrip('/')}"


def account_of(site: Site, secrets: Credentials) -> str:
    """Return a name of the account whose requests the platform counts. It tells no secret.

    Args:
        site: The site's settings in blogkit.toml.
        secrets: The blog's credentials.
    """
    if site.platform == "wordpress" and not site.at_wordpress_com:
        return address_of(site)
    address = address_of(site)
    for name in _TOKENS[site.platform]:
        if found := secrets.get(site.name, name, address):
            return hashlib.sha256(found.secret.reveal().encode()).hexdigest()[:16]
    return address


def wordpress_signer(site: Site, secrets: Credentials) -> Auth:
    """Return what signs the requests to a WordPress site.

    Args:
        site: The site's settings in blogkit.toml.
        secrets: The blog's credentials.

    Raises:
        ConfigError: There is no password, or it may not go to the site's address.
    """
    from blogkit.platforms.wordpress.auth import ApplicationPassword
    from blogkit.platforms.wordpress.wordpress_com.auth import BearerToken

    if site.at_wordpress_com:
        api = site.api_base or WORDPRESS_COM
        token = required_secret(site, "wordpress_com_token", secrets, api)
        return BearerToken(token.secret.reveal(), api)
    home, text = site.api_base or site.url, ""
    found = required_secret(site, "app_password", secrets, home)
    if http_login := secrets.get(site.name, "http_login", address_of(site)):
        _require(site.name, "http_login", http_login, home)
        text = http_login.secret.reveal()
    return ApplicationPassword(home, site.username, found.secret.reveal(), text)


class BoundAuth:
    """Signs with a secret, or with a token that it bought, for its own servers only.

    Args:
        site: The site's name in blogkit.toml.
        name: The secret's name.
        stored: The secret, with the servers that may get it.
        auth: Signs a request with it.
    """

    def __init__(self, site: str, name: str, stored: StoredSecret, auth: Auth) -> None:
        self._site = site
        self._name = name
        self._stored = stored
        self._auth = auth

    def __call__(self, request: Request, renew: bool) -> Mapping[str, str]:
        """Return the headers that sign a request, if it goes to one of the secret's servers."""
        _require(self._site, self._name, self._stored, request.url)
        return self._auth(request, renew)


def required_secret(site: Site, name: SecretName, secrets: Credentials, url: str) -> StoredSecret:
    """Return a secret that is about to be sent to an address, if it may go there.

    Args:
        site: The site's settings in blogkit.toml.
        name: The secret.
        secrets: The blog's credentials.
        url: The address.

    Raises:
        ConfigError: There is no such secret, or it may not go there.
    """
    found = secrets.require(site.name, name, address_of(site))
    _require(site.name, name, found, url)
    return found


def _require(site: str, name: str, stored: StoredSecret, url: str) -> None:
    what = f"the {name.replace('_', ' ')} ({stored.place})"
    require_origin(site, what, stored.secret.reveal(), stored.origins, url, stored.pin)


class DeferredAuth:
    """Fetch a site's secrets when its first request is signed; checks and rendering need none.

    Args:
        signer: Fetches them, and returns what signs with them.
    """

    def __init__(self, signer: Callable[[], Auth]) -> None:
        self._signer = signer
        self._auth: Auth | None = None

    def __call__(self, request: Request, renew: bool) -> Mapping[str, str]:
        """Return the headers that sign a request."""
        self._auth = self._auth or self._signer()
        return self._auth(request, renew)
