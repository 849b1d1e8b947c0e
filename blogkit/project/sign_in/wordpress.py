"""Ask for the credentials of a WordPress site, and of the web server in front of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from blogkit.config import Site
from blogkit.credentials import Secret, variable
from blogkit.errors import UsageError
from blogkit.project.connect import Settings
from blogkit.project.health import HealthCheck
from blogkit.project.sign_in.questions import Ask, Question, Secrets
from blogkit.project.sign_in.signing import address_of
from blogkit.project.sign_in.trial import accepted, server_of, try_credentials


def ask_password(site: Site, ask: Ask) -> Secrets:
    """Ask for an application password.

    Args:
        site: The site.
        ask: Asks the user.

    Returns:
        The password.

    Raises:
        UsageError: The user gave no answer.
    """
    where = (
        f"Application password of {site.username} for {server_of(site)} (Users > Profile >"
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


def through_http_login(
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
    checks = try_credentials(settings, site, secrets)
    if accepted(checks):
        return checks
    show(http_login.MU_PLUGIN)
    fix = http_login.not_passed_on(server_of(site))
    return [replace(one, fix=fix) if one.name == "signed in" else one for one in checks]


def _http_login(site: Site, realm: str, ask: Ask) -> str:
    where = f"{server_of(site)} is behind an HTTP login of its web server, {realm}. Its user:"
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
