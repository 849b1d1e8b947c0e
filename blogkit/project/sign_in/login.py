"""Sign in to a site: ask for its credentials, test them, and store them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path

from blogkit.config import Site
from blogkit.credentials import Credentials, SecretName, StoredSecret
from blogkit.dataclass import dataclass
from blogkit.errors import UsageError
from blogkit.origins import origin_of
from blogkit.project.connect import Settings
from blogkit.project.health import HealthCheck
from blogkit.project.sign_in.choose_blog import choose_blog
from blogkit.project.sign_in.google import ask_google
from blogkit.project.sign_in.questions import Ask, Secrets
from blogkit.project.sign_in.signing import address_of
from blogkit.project.sign_in.trial import accepted, on_trial, server_of, try_credentials
from blogkit.project.sign_in.wordpress import ask_password, through_http_login
from blogkit.project.sign_in.wordpress_com import ask_wordpress_com


@dataclass(frozen=True)
class LoginReport:
    """The outcome of a login.

    Attributes:
        site: The site's name.
        checks: What the site answered to the new credentials.
        stored: Where each credential was stored; empty if they do not work.
        overridden_by: Places with other values, which take precedence.
    """

    site: str
    checks: list[HealthCheck]
    stored: list[str] = field(default_factory=list)
    overridden_by: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the credentials work and were stored."""
        return bool(self.stored)


def log_in(
    settings: Settings,
    name: str,
    *,
    client: Path | None,
    no_browser: bool,
    origin: str,
    ask: Ask,
    show: Callable[[str], None],
) -> LoginReport:
    """Store a site's credentials, if the site accepts them.

    With `origin`, credentials that are known already stay, and may be sent there, too.

    Args:
        settings: The blog's folder, and where its credentials are.
        name: The site's name.
        client: Blogger: the client file from the Google Cloud console.
        no_browser: Blogger and WordPress.com: ask for the address at which the user's browser ends.
        origin: The address of one more server that the site's credentials may be sent to; "" for
            none.
        ask: Asks the user.
        show: Shows a text to the user.

    Returns:
        What the site answered, and where the credentials are now.

    Raises:
        UsageError: The site does not exist, it needs no login, or an answer is missing.
        ConfigError: The client file cannot be used, or a known credential is not for the server
            that `url` or `api_base` names.
        AuthenticationError: The user declined, or Google or WordPress.com refused.
        Unreachable: The site, Google or WordPress.com does not answer.
    """
    site = settings.config.site(name)
    if site.platform == "folder":
        raise UsageError(
            f"site {name} is a folder and needs no login",
            hint=f"publish to it: blogkit publish --site {name}",
        )
    store, address = settings.credentials(), address_of(site)
    # Before the test, which sends the secrets to this very server.
    if origin:
        store.allow(name, address, _origin(origin))
    secrets: Secrets = {}
    ends: datetime | None = None
    if not (origin and _known(store, site)):
        if site.platform == "blogger":
            secrets, ends = ask_google(site, settings, client, no_browser, ask, show)
        elif site.at_wordpress_com:
            secrets = ask_wordpress_com(site, settings, no_browser, ask, show)
        else:
            secrets = ask_password(site, ask)
    if site.platform == "blogger" and secrets:
        site = choose_blog(on_trial(settings, site, secrets), site, ask)
    checks = try_credentials(settings, site, secrets)
    if not accepted(checks) and site.platform == "wordpress" and not site.at_wordpress_com:
        checks = through_http_login(settings, site, secrets, checks, ask, show)
    if not accepted(checks):
        return LoginReport(name, checks)
    stored = _keep(settings, site, secrets, ends)
    return LoginReport(name, checks, stored, _overriding(settings, site, secrets))


def _keep(settings: Settings, site: Site, secrets: Secrets, ends: datetime | None) -> list[str]:
    store, address, origins = settings.credentials(), address_of(site), [server_of(site)]
    places = [
        store.store(
            site.name,
            name,
            address,
            secret,
            origins,
            ends=ends if name == "refresh_token" else None,
        )
        for name, secret in secrets.items()
    ]
    return places or [found.place for found in _known(store, site)]


def _known(store: Credentials, site: Site) -> list[StoredSecret]:
    """Return the credentials that a site can be used with; none if one is missing."""
    names: tuple[SecretName, ...] = ("app_password",)
    if site.platform == "blogger":
        names = ("client_id", "client_secret", "refresh_token")
    elif site.at_wordpress_com:
        names = ("wordpress_com_token",)
    found = [store.get(site.name, name, address_of(site)) for name in names]
    return [secret for secret in found if secret] if all(found) else []


def _origin(address: str) -> str:
    try:
        return origin_of(address)
    except ValueError:
        raise UsageError(f'"{address}" is not an address', hint="write https://…") from None


def _overriding(settings: Settings, site: Site, secrets: Secrets) -> list[str]:
    """Return the places that take precedence over the stored secrets and hold other values."""
    # Read again: what was just stored is compared with what the next command will find.
    store = settings.credentials()
    found = [
        (store.get(site.name, name, address_of(site)), secret) for name, secret in secrets.items()
    ]
    return [
        there.place for there, secret in found if there and there.secret.reveal() != secret.reveal()
    ]
