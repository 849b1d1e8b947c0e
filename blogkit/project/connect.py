"""Connect to sites and open the journal. The only module that knows every platform adapter."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from blogkit.config import Config, Site
from blogkit.credentials import Credentials, config_folder, system_keyring
from blogkit.platforms.base import Platform

if TYPE_CHECKING:  # requests and the databases are imported when they are needed
    from blogkit.http import Auth, Request
    from blogkit.journal.store import Journal


def utc_now() -> datetime:
    """Return the machine's time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Settings:
    """What a connection is made from: the blog's configuration, its credentials, the clock.

    Attributes:
        config: The blog's folder and the settings in `blogkit.toml`.
        environ: The environment, which may hold credentials.
        clock: Returns the current time, with a time zone.
        sleep: Waits for a number of seconds.
    """

    config: Config
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    clock: Callable[[], datetime] = utc_now
    sleep: Callable[[float], None] = time.sleep

    def credentials(self) -> Credentials:
        """Return the credentials, from all the places that `blogkit.credentials` names."""
        return Credentials(
            environ=self.environ,
            dotenv=self.config.root / ".env",
            config=config_folder(self.environ),
            keyring=system_keyring(),
        )


def open_journal(settings: Settings) -> Journal:
    """Return the blog's journal, created if there is none.

    Args:
        settings: `BLOGKIT_DATABASE_URL` in its credentials names a database; the default is a file.

    Raises:
        JournalError: The journal cannot be opened.
    """
    from blogkit.journal.dialect import VARIABLE
    from blogkit.journal.store import Journal

    file = settings.config.private / "journal.sqlite"
    url = settings.credentials().setting(VARIABLE)
    if url is None:
        return Journal.open(file, clock=settings.clock)
    lock = file.with_name(file.name + ".lock")
    return Journal.connect(url.secret.reveal(), clock=settings.clock, lock=lock)


def address_of(site: Site) -> str:
    """Return the address and the account, which tell apart sites of one name in two folders."""
    parts = urlsplit(site.url)
    account = f"{site.username}@" if site.username else ""
    return f"{account}{parts.netloc}{parts.path.rstrip('/')}"


def connect(site: Site, settings: Settings) -> Platform:
    """Return the adapter of a site. Sends nothing, and needs no secret before its first request.

    Args:
        site: The site's settings in blogkit.toml.
        settings: Credentials, clock and folder.
    """
    return _ADAPTERS[site.platform](site, settings)


def _folder(site: Site, settings: Settings) -> Platform:
    from blogkit.platforms.folder import Folder

    config = settings.config
    return Folder(
        site.name,
        config.root / site.folder,
        title=config.title,
        language=config.language,
        zone=config.zone,
        clock=settings.clock,
    )


def _blogger(site: Site, settings: Settings) -> Platform:
    from blogkit.http import HttpClient
    from blogkit.platforms.blogger.adapter import Blogger
    from blogkit.platforms.blogger.auth import TOKEN_URL, RefreshToken, access_token
    from blogkit.platforms.blogger.errors import throttled

    clock, sleep = settings.clock, settings.sleep

    def signer() -> Auth:
        secrets, address = settings.credentials(), address_of(site)
        refresh = secrets.get(site.name, "refresh_token", address)
        access = secrets.get(site.name, "access_token", address)
        if access and not refresh:
            # It is valid for an hour, which is enough to try blogkit without a Google project.
            return access_token(access.secret.reveal())
        return RefreshToken(
            HttpClient(site.name, clock=clock, sleep=sleep),
            url=f"{site.api_base.rstrip('/')}/token" if site.api_base else TOKEN_URL,
            client_id=secrets.require(site.name, "client_id", address).reveal(),
            client_secret=secrets.require(site.name, "client_secret", address).reveal(),
            refresh_token=secrets.require(site.name, "refresh_token", address).reveal(),
        )

    auth = _Deferred(signer)
    return Blogger(
        site.name,
        site.url,
        http=HttpClient(site.name, auth=auth, clock=clock, sleep=sleep, throttled=throttled),
        zone=settings.config.zone,
        api_base=site.api_base,
        blog_id=site.blog_id,
        slug_by_title=site.slug_by_title,
        min_interval=3.0 if site.min_interval is None else site.min_interval,
        writers=site.writers or 1,
        clock=clock,
    )


def _wordpress(site: Site, settings: Settings) -> Platform:
    from blogkit.http import HttpClient
    from blogkit.platforms.wordpress.adapter import WordPress
    from blogkit.platforms.wordpress.auth import ApplicationPassword

    clock, sleep = settings.clock, settings.sleep

    def signer() -> Auth:
        password = settings.credentials().require(site.name, "app_password", address_of(site))
        return ApplicationPassword(site.api_base or site.url, site.username, password.reveal())

    auth = _Deferred(signer)
    body: Literal["blocks", "html"] = "html" if site.body == "html" else "blocks"
    return WordPress(
        site.name,
        site.api_base or site.url,
        http=HttpClient(site.name, auth=auth, clock=clock, sleep=sleep, allow_http=site.allow_http),
        zone=settings.config.zone,
        body=body,
        writers=site.writers or 4,
        clock=clock,
    )


class _Deferred:
    """Fetch a site's secrets when its first request is signed; checks and rendering need none."""

    def __init__(self, signer: Callable[[], Auth]) -> None:
        self._signer = signer
        self._auth: Auth | None = None

    def __call__(self, request: Request, renew: bool) -> Mapping[str, str]:
        self._auth = self._auth or self._signer()
        return self._auth(request, renew)


_ADAPTERS: dict[str, Callable[[Site, Settings], Platform]] = {
    "folder": _folder,
    "blogger": _blogger,
    "wordpress": _wordpress,
}
