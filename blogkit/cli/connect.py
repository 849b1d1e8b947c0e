"""From a `[sites.NAME]` table and its secrets to a platform that can be talked to. The only place that knows all adapters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from blogkit.platforms.base import Platform
from blogkit.secrets import Secrets, config_folder, system_keyring
from blogkit.workspace import Site, Workspace

if TYPE_CHECKING:  # requests is imported when a site is connected to
    from blogkit.cli.workbench import Workbench
    from blogkit.http import Auth, Request


def secrets_of(workspace: Workspace, environ: Mapping[str, str]) -> Secrets:
    """The secrets of a workspace, from all the places that `blogkit.secrets` names."""
    return Secrets(environ=environ, dotenv=workspace.root / ".env", config=config_folder(environ), keyring=system_keyring())


def address_of(site: Site) -> str:
    """What tells apart sites of one name in two workspaces: the address, and the account."""
    parts = urlsplit(site.url)
    account = f"{site.username}@" if site.username else ""
    return f"{account}{parts.netloc}{parts.path.rstrip('/')}"


def connect(site: Site, bench: Workbench) -> Platform:
    """The platform of a site. Sends nothing, and needs no secret before its first request."""
    return _ADAPTERS[site.platform](site, bench)


def _folder(site: Site, bench: Workbench) -> Platform:
    from blogkit.platforms.folder import Folder

    workspace = bench.workspace
    return Folder(
        site.name,
        workspace.root / site.folder,
        title=workspace.title,
        language=workspace.language,
        zone=bench.workspace.zone,
        clock=bench.clock,
    )


def _blogger(site: Site, bench: Workbench) -> Platform:
    from blogkit.http import Http
    from blogkit.platforms.blogger.adapter import Blogger
    from blogkit.platforms.blogger.auth import TOKEN_URL, RefreshToken, access_token
    from blogkit.platforms.blogger.refusals import throttled

    def signer() -> Auth:
        secrets, address = secrets_of(bench.workspace, bench.environ), address_of(site)
        refresh, access = (secrets.get(site.name, name, address) for name in ("refresh_token", "access_token"))
        if access and not refresh:
            return access_token(access.secret.reveal())
        return RefreshToken(
            Http(site.name, clock=bench.clock, sleep=bench.sleep),
            url=f"{site.api_base.rstrip('/')}/token" if site.api_base else TOKEN_URL,
            client_id=secrets.require(site.name, "client_id", address).reveal(),
            client_secret=secrets.require(site.name, "client_secret", address).reveal(),
            refresh_token=secrets.require(site.name, "refresh_token", address).reveal(),
        )

    http = Http(site.name, auth=_Deferred(signer), clock=bench.clock, sleep=bench.sleep, throttled=throttled)
    return Blogger(
        site.name,
        site.url,
        http=http,
        zone=bench.workspace.zone,
        api_base=site.api_base,
        blog_id=site.blog_id,
        slug_by_title=site.slug_by_title,
        min_interval=3.0 if site.min_interval is None else site.min_interval,
        writers=site.writers or 1,
        clock=bench.clock,
    )


def _wordpress(site: Site, bench: Workbench) -> Platform:
    from blogkit.http import Http
    from blogkit.platforms.wordpress.adapter import WordPress
    from blogkit.platforms.wordpress.auth import ApplicationPassword

    def signer() -> Auth:
        password = secrets_of(bench.workspace, bench.environ).require(site.name, "app_password", address_of(site))
        return ApplicationPassword(site.api_base or site.url, site.username, password.reveal())

    http = Http(site.name, auth=_Deferred(signer), clock=bench.clock, sleep=bench.sleep, allow_http=site.allow_http)
    body: Literal["blocks", "html"] = "html" if site.body == "html" else "blocks"
    return WordPress(
        site.name,
        site.api_base or site.url,
        http=http,
        zone=bench.workspace.zone,
        body=body,
        writers=site.writers or 4,
        clock=bench.clock,
    )


class _Deferred:
    """Fetches a site's secrets when its first request is signed: checking and rendering need none."""

    def __init__(self, signer: Callable[[], Auth]) -> None:
        self._signer = signer
        self._auth: Auth | None = None

    def __call__(self, request: Request, renew: bool) -> Mapping[str, str]:
        self._auth = self._auth or self._signer()
        return self._auth(request, renew)


_ADAPTERS: dict[str, Callable[[Site, Workbench], Platform]] = {
    "folder": _folder,
    "blogger": _blogger,
    "wordpress": _wordpress,
}
