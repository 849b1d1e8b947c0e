"""Sign in to a site: ask for its credentials, test them, and store them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from blogkit.config import Site
from blogkit.credentials import (
    Credentials,
    Secret,
    SecretName,
    StoredSecret,
    origin_variable,
    require_origin,
    variable,
)
from blogkit.errors import ConfigError, UsageError
from blogkit.origins import GOOGLE, origin_of
from blogkit.project.connect import Settings, address_of, connect
from blogkit.project.health import HealthCheck
from blogkit.project.sign_in.ends import check_sign_in_end

Secrets = dict[SecretName, Secret]


@dataclass(frozen=True)
class Question:
    """Something that only the user knows.

    Attributes:
        name: What is asked for, such as "password".
        explanation: What it is and where to find it; may be empty.
        secret: Whether the answer must not show on a screen.
    """

    name: str
    explanation: str = ""
    secret: bool = False


Ask = Callable[[Question], str]
"""Asks the user. Returns an empty text if there is no answer."""


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
        no_browser: Blogger: ask for the address at which the user's browser ends.
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
        AuthenticationError: The user declined, or Google refused.
        Unreachable: The site or Google does not answer.
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
            secrets, ends = _google(site, settings, client, no_browser, ask, show)
        else:
            secrets = _password(site, ask)
    checks = _try(settings, site, secrets)
    if not _works(checks) and site.platform == "wordpress":
        checks = _through_http_login(settings, site, secrets, checks, ask, show)
    if not _works(checks):
        return LoginReport(name, checks)
    stored = _keep(settings, site, secrets, ends)
    return LoginReport(name, checks, stored, _overriding(settings, site, secrets))


def _try(settings: Settings, site: Site, secrets: Secrets) -> list[HealthCheck]:
    """Check the site with the new credentials before they are stored."""
    trial = {variable(site.name, name): secret.reveal() for name, secret in secrets.items()}
    if trial:  # they come from the user, who was told where they go
        trial[origin_variable(site.name)] = _target(site)
    tried = replace(settings, environ={**settings.environ, **trial})
    checks = [HealthCheck(*check) for check in connect(site, tried).health().checks]
    return [*checks, *check_sign_in_end(tried, site.name)]


def _works(checks: list[HealthCheck]) -> bool:
    # Other checks may fail, such as that of a permission: the credentials are right, and are kept.
    return all(check.ok for check in checks if check.name in ("reachable", "signed in"))


def _through_http_login(
    settings: Settings,
    site: Site,
    secrets: Secrets,
    checks: list[HealthCheck],
    ask: Ask,
    show: Callable[[str], None],
) -> list[HealthCheck]:
    """Ask for the login of the web server in front of the site, if there is one, and try again.

    Args:
        settings: The blog's folder, and where its credentials are.
        site: The site.
        secrets: The new secrets; the HTTP login is added.
        checks: The result without it.
        ask: Asks the user.
        show: Shows a text to the user.

    Returns:
        The checks with it; as they were if the site has no HTTP login.

    Raises:
        UsageError: The user gave no answer.
    """
    from blogkit.http import HttpClient
    from blogkit.platforms.wordpress import http_login

    if not checks[0].ok:  # it is not reachable
        return checks
    http, front = HttpClient(site.name, clock=settings.clock), site.api_base or site.url
    realm = http_login.realm_at(http, front, site.rest)
    if realm is None:
        return checks
    called = http_login.called(realm)
    known = settings.credentials().get(site.name, "http_login", address_of(site))
    text, place = (known.secret.reveal(), known.place) if known else ("", "")
    refused = http_login.realm_at(http, front, site.rest, text) is not None
    if refused and not (known and known.pin):  # a variable comes before an answer
        text, place = _http_login(site, called, ask), "as you entered them"
        secrets["http_login"] = Secret(text)
        refused = http_login.realm_at(http, front, site.rest, text) is not None
    if refused:
        message = f"the HTTP login {called} does not accept its user and password ({place})"
        return [
            checks[0],
            HealthCheck("signed in", False, message, f"try them in a browser: {front}"),
        ]
    checks = _try(settings, site, secrets)
    if _works(checks):
        return checks
    show(http_login.MU_PLUGIN)
    fix = http_login.not_passed_on(_target(site))
    return [replace(one, fix=fix) if one.name == "signed in" else one for one in checks]


def _http_login(site: Site, realm: str, ask: Ask) -> str:
    where = f"{_target(site)} is behind an HTTP login of its web server, {realm}. Its user:"
    user = ask(Question("user", where)).strip()
    password = ask(Question("password", "The password of that user:", secret=True)) if user else ""
    if not user or ":" in user or not password.strip():
        raise UsageError(
            f"site {site.name} is behind an HTTP login ({realm}), and no user and password for it"
            " were given",
            hint=f"run blogkit login {site.name} on a terminal, or set"
            f" {variable(site.name, 'http_login')}=user:password beside the application password",
        )
    return f"{user}:{password.strip(chr(10) + chr(13))}"


def _keep(settings: Settings, site: Site, secrets: Secrets, ends: datetime | None) -> list[str]:
    store, address, origins = settings.credentials(), address_of(site), [_target(site)]
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
    found = [store.get(site.name, name, address_of(site)) for name in names]
    return [secret for secret in found if secret] if all(found) else []


def _target(site: Site) -> str:
    """Return the server that a site's credentials go to, besides Google's."""
    return origin_of(site.api_base or site.url)


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


def _password(site: Site, ask: Ask) -> Secrets:
    where = (
        f"Application password of {site.username} for {_target(site)} (Users > Profile >"
        " Application Passwords):"
    )
    # Blanks at the ends come from copying. WordPress shows the password in groups and ignores what
    # is between them:
    # https://developer.wordpress.org/reference/functions/wp_authenticate_application_password/
    value = ask(Question("password", where, secret=True)).strip("\ufeff \t\r\n")
    if not value:
        raise UsageError(
            "no application password given",
            hint=f"pipe it in: blogkit login {site.name} < password.txt",
        )
    return {"app_password": Secret(value)}


def _google(
    site: Site,
    settings: Settings,
    client: Path | None,
    no_browser: bool,
    ask: Ask,
    show: Callable[[str], None],
) -> tuple[Secrets, datetime | None]:
    """Return the secrets that the user grants, and when the sign-in ends, if it does."""
    from blogkit.platforms.blogger.auth import TOKEN_URL
    from blogkit.platforms.blogger.sign_in import sign_in

    client_id, client_secret, origins = _client(site, settings, client, ask)
    token_url = f"{site.api_base.rstrip('/')}/token" if site.api_base else TOKEN_URL
    require_origin(site.name, "the client secret", client_secret, origins, token_url)
    refresh_token, seconds = sign_in(
        client_id,
        client_secret,
        api_base=site.api_base,
        no_browser=no_browser,
        show=show,
        ask=lambda name: ask(Question(name)),
    )
    secrets: Secrets = {
        "client_id": Secret(client_id),
        "client_secret": Secret(client_secret),
        "refresh_token": Secret(refresh_token),
    }
    return secrets, settings.clock() + timedelta(seconds=seconds) if seconds else None


def _client(
    site: Site, settings: Settings, file: Path | None, ask: Ask
) -> tuple[str, str, tuple[str, ...]]:
    """Return the OAuth client's id and secret, and the servers that they are for.

    They come from Google's file, from the stored secrets, or from the user.
    """
    store, address = settings.credentials(), address_of(site)
    usual = (*GOOGLE, *store.confirmed(site.name))
    if file:
        return (*_client_in(file), usual)
    client_id = store.get(site.name, "client_id", address)
    client_secret = store.get(site.name, "client_secret", address)
    if client_id and client_secret:
        return client_id.secret.reveal(), client_secret.secret.reveal(), client_secret.origins
    typed_id = ask(Question("client id")).strip()
    typed_secret = ask(Question("client secret", secret=True)).strip()
    if not (typed_id and typed_secret):
        raise UsageError(
            f"site {site.name} has no OAuth client",
            hint=f"blogkit login {site.name} --client client_secret.json",
        )
    return typed_id, typed_secret, usual


def _client_in(file: Path) -> tuple[str, str]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))["installed"]
        return str(data["client_id"]), str(data["client_secret"])
    except (ValueError, KeyError, TypeError, OSError):
        raise ConfigError(
            f'{file} is not a client file of type "Desktop app"',
            hint="download it again from the Google Cloud console",
        ) from None
