"""Let the user sign in to Google with an OAuth client of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from blogkit.config import Site
from blogkit.credentials import Secret, require_origin
from blogkit.errors import ConfigError, UsageError
from blogkit.origins import GOOGLE
from blogkit.project.connect import Settings
from blogkit.project.sign_in.questions import Ask, Question, Secrets
from blogkit.project.sign_in.signing import address_of


def ask_google(
    site: Site,
    settings: Settings,
    client: Path | None,
    no_browser: bool,
    ask: Ask,
    show: Callable[[str], None],
) -> tuple[Secrets, datetime | None]:
    """Let the user sign in, in a browser.

    Args:
        site: The site.
        settings: The blog's folder, and where its credentials are.
        client: The client file from the Google Cloud console, if it is not known yet.
        no_browser: Ask for the address at which the user's browser ends.
        ask: Asks the user.
        show: Shows a text to the user.

    Returns:
        The secrets that the user grants, and when the sign-in ends; None if it does not.

    Raises:
        UsageError: An answer is missing.
        ConfigError: The client file cannot be used, or the client is not for this server.
        AuthenticationError: The user declined, or Google refused.
        Unreachable: Google does not answer.
    """
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
