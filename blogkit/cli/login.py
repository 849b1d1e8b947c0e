"""`blogkit login SITE`: get a site's credentials, test them, keep them where only their owner can read."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from blogkit.cli.connect import address_of, secrets_of
from blogkit.cli.options import common, site_names
from blogkit.cli.output import Output, interactive
from blogkit.cli.workbench import Workbench, open_workbench, the_output
from blogkit.errors import ConfigError, UsageError
from blogkit.secrets import Secret, variable
from blogkit.workspace import Site


@click.command(epilog="Example: blogkit login main --client client_secret.json")
@click.argument("site", shell_complete=site_names)
@click.option(
    "--client", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Blogger: the client file from Google's console."
)
@click.option("--no-browser", is_flag=True, help="Blogger, on a server: print the address, paste back where the browser lands.")
@common
def login(site: str, client: Path | None, no_browser: bool) -> int:
    """Store and test a site's credentials.

    \b
    Blogger: bring your own OAuth client (Google Cloud console, "Desktop app", Blogger API v3 enabled).
    WordPress: make an application password (Users > Profile > Application Passwords) and paste it when asked,
    or pipe it in: blogkit login school < password.txt

    Kept in the system keyring (extra "keyring"), else in a file that only you can read. For cron, the same values
    may stand in the environment or in .env, whose first lines name them.
    """
    output, bench = the_output(), open_workbench()
    settings = bench.workspace.site(site)
    if settings.platform == "folder":
        raise UsageError(f"site {site} is a folder and needs no login", hint=f"publish to it: blogkit publish --site {site}")
    secrets = _google(settings, bench, client, no_browser, output) if settings.platform == "blogger" else _password(settings, output)
    checks = _try(bench, settings, secrets)
    for name, passed, sentence, fix in checks:
        output.say(f"  {'ok ' if passed else 'FIX'} {name}: {sentence}" + ("" if passed or not fix else f"\n        {fix}"))
    signed_in = all(passed for name, passed, _, _ in checks if name in ("reachable", "signed in"))
    places = _keep(bench, settings, secrets) if signed_in else []
    output.report({"site": site, "stored": places, "ok": signed_in, "checks": [list(check) for check in checks]})
    output.say(f"Stored in {places[0]}." if places else "Nothing was stored.")
    for place in _shadowed(bench, settings, secrets) if places else []:
        output.warn(f"{place} holds another value, and that one is used: remove it there")
    return 0 if signed_in else 1


def _try(bench: Workbench, site: Site, secrets: dict[str, Secret]) -> list[tuple[str, bool, str, str]]:
    """Look at the site with the new credentials, before they are kept."""
    trial = {variable(site.name, name): secret.reveal() for name, secret in secrets.items()}
    return list(replace(bench, environ={**bench.environ, **trial}, _platforms={}).platform(site.name).health().checks)


def _keep(bench: Workbench, site: Site, secrets: dict[str, Secret]) -> list[str]:
    store = secrets_of(bench.workspace, bench.environ)
    return [store.store(site.name, name, address_of(site), secret) for name, secret in secrets.items()]


def _shadowed(bench: Workbench, site: Site, secrets: dict[str, Secret]) -> list[str]:
    """Places that are asked before the one where the new secrets are, and say something else."""
    store = secrets_of(bench.workspace, bench.environ)
    found = [(store.get(site.name, name, address_of(site)), secret) for name, secret in secrets.items()]
    return [there.place for there, secret in found if there and there.secret.reveal() != secret.reveal()]


def _password(site: Site, output: Output) -> dict[str, Secret]:
    if interactive():
        output.note(f"Application password of {site.username} at {site.url} (Users > Profile > Application Passwords):")
        value = click.prompt("password", hide_input=True, err=True)
    else:
        value = sys.stdin.readline()
    value = value.strip("\ufeff \t\r\n")
    if not value:
        raise UsageError("no application password was given", hint=f"pipe it in: blogkit login {site.name} < password.txt")
    return {"app_password": Secret(value)}


def _google(site: Site, bench: Workbench, client: Path | None, no_browser: bool, output: Output) -> dict[str, Secret]:
    from blogkit.cli.google import sign_in

    client_id, client_secret = _client(site, bench, client)
    refresh = sign_in(client_id, client_secret, api_base=site.api_base, no_browser=no_browser, say=output.note, ask=_ask)
    return {"client_id": Secret(client_id), "client_secret": Secret(client_secret), "refresh_token": refresh}


def _ask(question: str) -> str:
    if interactive():
        return str(click.prompt(question, err=True))
    return sys.stdin.readline()


def _client(site: Site, bench: Workbench, file: Path | None) -> tuple[str, str]:
    """The OAuth client: from Google's file, else from where secrets are, else asked for."""
    if file:
        try:
            data = json.loads(file.read_text(encoding="utf-8"))["installed"]
            return str(data["client_id"]), str(data["client_secret"])
        except (ValueError, KeyError, TypeError, OSError):
            raise ConfigError(
                f'{file} is not a client file of the kind "Desktop app"', hint="download it again from Google's console"
            ) from None
    secrets = secrets_of(bench.workspace, bench.environ)
    known = [secrets.get(site.name, name, address_of(site)) for name in ("client_id", "client_secret")]
    if known[0] and known[1]:
        return known[0].secret.reveal(), known[1].secret.reveal()
    if not interactive():
        raise UsageError(f"site {site.name}: no OAuth client", hint=f"blogkit login {site.name} --client client_secret.json")
    return str(click.prompt("client id", err=True)).strip(), str(click.prompt("client secret", hide_input=True, err=True)).strip()
