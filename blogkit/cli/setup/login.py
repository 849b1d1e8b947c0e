"""`blogkit login SITE`: get a site's credentials, test them, and store them where only their
owner can read them.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from blogkit.cli.options import common, site_names
from blogkit.cli.output import Output, interactive
from blogkit.cli.shared import current_project, the_output
from blogkit.config import Site
from blogkit.credentials import Secret, variable
from blogkit.errors import ConfigError, UsageError
from blogkit.project.connect import Settings, address_of, connect
from blogkit.project.project import context_of


@click.command(epilog="Example: blogkit login main --client client_secret.json")
@click.argument("site", shell_complete=site_names)
@click.option(
    "--client",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Blogger: the client file from the Google Cloud console.",
)
@click.option(
    "--no-browser",
    is_flag=True,
    help=(
        "Blogger, on a server: print the sign-in address, then paste the address that the browser"
        " ends on."
    ),
)
@common
def login(site: str, client: Path | None, no_browser: bool) -> int:
    """Store and test a site's credentials.

    \b Blogger: use your own OAuth client (Google Cloud console, "Desktop app", Blogger API v3
    enabled). WordPress: create an application password (Users > Profile > Application Passwords)
    and paste it when asked, or pipe it in: blogkit login school < password.txt

    The credentials go to the system keyring (extra "keyring"), or to a file that only you can read.
    For cron, you can put the same values in the environment or in .env; the first lines of .env
    show their names.
    """
    output, settings = the_output(), context_of(current_project()).settings
    account = settings.config.site(site)
    if account.platform == "folder":
        raise UsageError(
            f"site {site} is a folder and needs no login",
            hint=f"publish to it: blogkit publish --site {site}",
        )
    secrets = (
        _google(account, settings, client, no_browser, output)
        if account.platform == "blogger"
        else _password(account, output)
    )
    checks = _try(settings, account, secrets)
    for name, passed, sentence, fix in checks:
        output.say(f"  {'ok ' if passed else 'FIX'} {name}: {sentence}")
        if fix and not passed:
            output.say(f"        {fix}")
    signed_in = all(passed for name, passed, _, _ in checks if name in ("reachable", "signed in"))
    places = _keep(settings, account, secrets) if signed_in else []
    output.report(
        {
            "site": site,
            "stored": places,
            "ok": signed_in,
            "checks": [list(check) for check in checks],
        }
    )
    output.say(f"Stored in {places[0]}." if places else "Nothing was stored.")
    for place in _shadowed(settings, account, secrets) if places else []:
        output.warn(f"{place} has a different value, which takes precedence; remove it there")
    return 0 if signed_in else 1


def _try(
    settings: Settings, site: Site, secrets: dict[str, Secret]
) -> list[tuple[str, bool, str, str]]:
    """Check the site with the new credentials before they are stored."""
    trial = {variable(site.name, name): secret.reveal() for name, secret in secrets.items()}
    tried = replace(settings, environ={**settings.environ, **trial})
    return list(connect(site, tried).health().checks)


def _keep(settings: Settings, site: Site, secrets: dict[str, Secret]) -> list[str]:
    store = settings.credentials()
    return [
        store.store(site.name, name, address_of(site), secret) for name, secret in secrets.items()
    ]


def _shadowed(settings: Settings, site: Site, secrets: dict[str, Secret]) -> list[str]:
    """Return the places that take precedence over the stored secrets and hold other values."""
    store = settings.credentials()
    found = [
        (store.get(site.name, name, address_of(site)), secret) for name, secret in secrets.items()
    ]
    return [
        there.place for there, secret in found if there and there.secret.reveal() != secret.reveal()
    ]


def _password(site: Site, output: Output) -> dict[str, Secret]:
    if interactive():
        output.note(
            f"Application password of {site.username} at {site.url} (Users > Profile > Application"
            " Passwords):"
        )
        value = click.prompt("password", hide_input=True, err=True)
    else:
        value = sys.stdin.readline()
    value = value.strip("\ufeff \t\r\n")
    if not value:
        raise UsageError(
            "no application password given",
            hint=f"pipe it in: blogkit login {site.name} < password.txt",
        )
    return {"app_password": Secret(value)}


def _google(
    site: Site, settings: Settings, client: Path | None, no_browser: bool, output: Output
) -> dict[str, Secret]:
    from blogkit.cli.setup.google import sign_in

    client_id, client_secret = _client(site, settings, client)
    refresh = sign_in(
        client_id,
        client_secret,
        api_base=site.api_base,
        no_browser=no_browser,
        say=output.note,
        ask=_ask,
    )
    return {
        "client_id": Secret(client_id),
        "client_secret": Secret(client_secret),
        "refresh_token": refresh,
    }


def _ask(question: str) -> str:
    if interactive():
        return str(click.prompt(question, err=True))
    return sys.stdin.readline()


def _client(site: Site, settings: Settings, file: Path | None) -> tuple[str, str]:
    """Return the OAuth client: from Google's file, from the stored secrets, or from the user."""
    if file:
        try:
            data = json.loads(file.read_text(encoding="utf-8"))["installed"]
            return str(data["client_id"]), str(data["client_secret"])
        except (ValueError, KeyError, TypeError, OSError):
            raise ConfigError(
                f'{file} is not a client file of type "Desktop app"',
                hint="download it again from the Google Cloud console",
            ) from None
    secrets = settings.credentials()
    known = [
        secrets.get(site.name, name, address_of(site)) for name in ("client_id", "client_secret")
    ]
    if known[0] and known[1]:
        return known[0].secret.reveal(), known[1].secret.reveal()
    if not interactive():
        raise UsageError(
            f"site {site.name} has no OAuth client",
            hint=f"blogkit login {site.name} --client client_secret.json",
        )
    return (
        str(click.prompt("client id", err=True)).strip(),
        str(click.prompt("client secret", hide_input=True, err=True)).strip(),
    )
