"""Connect to sites and open the journal. The only module that knows every platform adapter."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from blogkit.config import STATE, Config, Site
from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError
from blogkit.folders import cache_folder, config_folder
from blogkit.project.timed.traffic import RequestCount
from blogkit.trust import TRUST_VARIABLE, Trust

if TYPE_CHECKING:  # rendering needs no site, no secrets, no requests and no database
    from blogkit.credentials import Credentials
    from blogkit.http import Auth, HttpClient
    from blogkit.http.rate_limit import RateLimiter
    from blogkit.journal.postgres_pool import ConnectionPool
    from blogkit.journal.store import Journal
    from blogkit.platforms.base import Platform
    from blogkit.platforms.wordpress.client import Client


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
        trust_all: Use everything in the folder, whether the user has trusted it or not.
        sign_in_ends: When the sign-ins of sites end, as far as answers told.
        requests: Counts the requests that are sent.
        limiter: Makes the rate limit of a site from its address and a function that names its
            account; None keeps one for each process.
        pool: The connections to the journal's database; None opens one each time.
        processes: How many processes may read and render posts; None leaves it to
            `BLOGKIT_PROCESSES`, else to the number of cores.
    """

    config: Config
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    clock: Callable[[], datetime] = utc_now
    sleep: Callable[[float], None] = time.sleep
    trust_all: bool = False
    sign_in_ends: dict[str, datetime] = field(default_factory=dict, compare=False, repr=False)
    requests: RequestCount = field(default_factory=RequestCount, compare=False, repr=False)
    limiter: Callable[[str, Callable[[], str]], RateLimiter] | None = None
    pool: ConnectionPool | None = field(default=None, compare=False, repr=False)
    processes: int | None = None

    @property
    def trust(self) -> Trust:
        """What the user trusts in the folder."""
        return trust_of(self.config.root, self.environ, everything=self.trust_all)

    @property
    def cache_folder(self) -> Path:
        """Where this user keeps what can be made again, for all projects."""
        return cache_folder(self.environ)

    def credentials(self) -> Credentials:
        """Return the credentials, from all the places that `blogkit.credentials` names."""
        from blogkit.credentials import Credentials, system_keyring

        return Credentials(
            environ=self.environ,
            dotenv=self.config.root / ".env",
            config=config_folder(self.environ),
            keyring=system_keyring(),
        )


def trust_of(root: Path, environ: Mapping[str, str], *, everything: bool) -> Trust:
    """Return what the user trusts in a blog's folder.

    Args:
        root: The folder with `blogkit.toml`.
        environ: The process's environment. `.env` does not count: it is part of the folder.
        everything: Trust all of it.
    """
    everything = everything or environ.get(TRUST_VARIABLE) == "1"
    return Trust(root, config_folder(environ) / "trust.json", everything=everything)


def open_journal(settings: Settings) -> Journal:
    """Return the blog's journal, created if there is none.

    Args:
        settings: `BLOGKIT_DATABASE_URL` in its credentials names a database; the default is a file.
            `state = "file"` in its configuration adds a state file.

    Raises:
        JournalError: The journal cannot be opened.
        ConfigError: `.env` names a database that the user has not trusted.
    """
    from blogkit.journal.dialect import VARIABLE
    from blogkit.journal.store import Journal

    file = settings.config.private / "journal.sqlite"
    url = settings.credentials().setting(VARIABLE)
    if (named := database_in_dotenv(settings)) and not settings.trust.allows_database(named):
        raise ConfigError(
            f"{VARIABLE} in .env is not used: you have not trusted it",
            hint="if the database is yours, run: blogkit trust   (or name it in the environment)",
        )
    if url is None:
        journal = Journal.open(file, clock=settings.clock)
    else:
        lock = file.with_name(file.name + ".lock")
        where, schema, pool = url.secret.reveal(), settings.config.schema, settings.pool
        journal = Journal.connect(where, clock=settings.clock, lock=lock, schema=schema, pool=pool)
    if settings.config.state == "file":
        from blogkit.journal.state_file import StateFile

        try:
            journal.mirror(StateFile(settings.config.root / STATE, settings.clock))
        except BaseException:
            journal.close()
            raise
    return journal


def database_in_dotenv(settings: Settings) -> str:
    """Return the address of the journal's database if `.env` names it; "" if not.

    `.env` is part of the folder, which may be another person's: its journal would get this blog's
    posts, and decide what is published.
    """
    from blogkit.journal.dialect import VARIABLE

    found = settings.credentials().setting(VARIABLE)
    return found.secret.reveal() if found and found.in_dotenv else ""


def connect(site: Site, settings: Settings) -> Platform:
    """Return the adapter of a site. Sends nothing, and needs no secret before its first request.

    Args:
        site: The site's settings in blogkit.toml.
        settings: Credentials, clock and folder.
    """
    return accepting(site, _ADAPTERS[site.platform](site, settings))


def accepting(site: Site, platform: Platform) -> Platform:
    """Return an adapter that also takes the rewrites that the user allows the site.

    Args:
        site: The site's settings in blogkit.toml.
        platform: Its adapter.
    """
    if site.accept:
        accept = (*platform.capabilities.accept, *site.accept)
        platform.capabilities = replace(platform.capabilities, accept=accept)
    return platform


def _folder(site: Site, settings: Settings) -> Platform:
    from blogkit.platforms.folder import Folder
    from blogkit.project.images.limits import limits_of
    from blogkit.project.rendering import phrases_of_pages, sheet_of_pages

    config = settings.config
    return Folder(
        site.name,
        config.root / site.folder,
        records=config.private / "sites",
        title=config.title,
        language=config.language,
        phrases=partial(phrases_of_pages, config),
        zone=config.zone,
        url=site.url,
        images=limits_of(config),
        sheet=partial(sheet_of_pages, config, settings.cache_folder),
        clock=settings.clock,
    )


def blogger_client(site: Site, settings: Settings) -> HttpClient:
    """Return the client that signs in to Blogger. Needs no secret before its first request.

    Args:
        site: The site's settings in blogkit.toml.
        settings: Credentials, clock and folder.
    """
    from blogkit.http import HttpClient
    from blogkit.platforms.blogger.auth import TOKEN_URL, RefreshToken, access_token
    from blogkit.platforms.blogger.errors import throttled
    from blogkit.project.sign_in import signing

    clock, sleep, timeout = settings.clock, settings.sleep, timeout_of(site)
    count = settings.requests.add
    token_url = f"{site.api_base.rstrip('/')}/token" if site.api_base else TOKEN_URL

    def ends_in(seconds: float) -> None:
        settings.sign_in_ends[site.name] = clock() + timedelta(seconds=seconds)

    def signer() -> Auth:
        secrets, address = settings.credentials(), signing.address_of(site)
        refresh = secrets.get(site.name, "refresh_token", address)
        access = secrets.get(site.name, "access_token", address)
        if access and not refresh:
            # It is valid for an hour, which is enough to try blogkit without a Google project.
            return signing.BoundAuth(
                site.name, "access_token", access, access_token(access.secret.reveal())
            )
        client_id, client_secret, refresh_token = (
            signing.required_secret(site, name, secrets, token_url)
            for name in ("client_id", "client_secret", "refresh_token")
        )
        renewing = RefreshToken(
            HttpClient(site.name, clock=clock, sleep=sleep, timeout=timeout, on_request=count),
            url=token_url,
            client_id=client_id.secret.reveal(),
            client_secret=client_secret.secret.reveal(),
            refresh_token=refresh_token.secret.reveal(),
            on_lifetime=ends_in,
        )
        return signing.BoundAuth(site.name, "refresh_token", refresh_token, renewing)

    return HttpClient(
        site.name,
        auth=signing.DeferredAuth(signer),
        clock=clock,
        sleep=sleep,
        timeout=timeout,
        throttled=throttled,
        on_request=count,
        rate_limiter=_limiter(site, settings),
    )


def _blogger(site: Site, settings: Settings) -> Platform:
    from blogkit.platforms.blogger.adapter import Blogger
    from blogkit.project.images.limits import limits_of

    return Blogger(
        site.name,
        site.url,
        http=blogger_client(site, settings),
        zone=settings.config.zone,
        api_base=site.api_base,
        blog_id=site.blog_id,
        slug_by_title=site.slug_by_title,
        min_interval=3.0 if site.min_interval is None else site.min_interval,
        new_posts_in_a_row=15 if site.new_posts_in_a_row is None else site.new_posts_in_a_row,
        new_posts_per_hour=site.new_posts_per_hour or 3,
        writers=site.writers or 1,
        images=limits_of(settings.config),
        image_host=settings.config.image_host,
        clock=settings.clock,
    )


def wordpress_client(site: Site, settings: Settings) -> Client:
    """Return the client of a WordPress site. Needs no secret before its first request.

    Args:
        site: The site's settings in blogkit.toml.
        settings: Credentials, clock and folder.
    """
    from blogkit.platforms.wordpress.client import Client

    url, rest, http = _wordpress_connection(site, settings)
    return Client(site.name, url, http, rest, site.lang)


def _wordpress_connection(site: Site, settings: Settings) -> tuple[str, str, HttpClient]:
    """Return where a WordPress site is, where its API is, and what sends requests."""
    from blogkit.http import HttpClient
    from blogkit.platforms.wordpress.wordpress_com.addresses import rest_at_wordpress_com
    from blogkit.project.sign_in.signing import DeferredAuth, wordpress_signer

    url, rest = site.api_base or site.url, site.rest
    if site.at_wordpress_com:
        url, rest = site.url, rest_at_wordpress_com(site.url, site.api_base, site.blog_id)
    http = HttpClient(
        site.name,
        auth=DeferredAuth(lambda: wordpress_signer(site, settings.credentials())),
        clock=settings.clock,
        sleep=settings.sleep,
        timeout=timeout_of(site),
        allow_http=site.unencrypted_login,
        on_request=settings.requests.add,
        rate_limiter=_limiter(site, settings),
    )
    return url, rest, http


def _wordpress(site: Site, settings: Settings) -> Platform:
    from blogkit.platforms.wordpress.adapter import WordPress
    from blogkit.project.images.limits import limits_of

    url, rest, http = _wordpress_connection(site, settings)
    body: Literal["blocks", "html"] = "html" if site.body == "html" else "blocks"
    return WordPress(
        site.name,
        url,
        http=http,
        zone=settings.config.zone,
        body=body,
        rest=rest,
        types=site.types,
        taxonomies=site.taxonomies,
        languages=site.lang,
        writers=site.writers or 4,
        images=limits_of(settings.config),
        image_size=settings.config.images.size,
        clock=settings.clock,
    )


def _limiter(site: Site, settings: Settings) -> RateLimiter | None:
    from blogkit.project.sign_in.signing import account_of, address_of

    make = settings.limiter
    return (
        make(address_of(site), lambda: account_of(site, settings.credentials())) if make else None
    )


def timeout_of(site: Site) -> tuple[float, float]:
    """Return the seconds to connect, and those for one answer."""
    from blogkit.http import limits

    seconds = site.timeout or limits.SECONDS
    return min(limits.CONNECT_SECONDS, seconds), seconds


_ADAPTERS: dict[str, Callable[[Site, Settings], Platform]] = {
    "folder": _folder,
    "blogger": _blogger,
    "wordpress": _wordpress,
}
