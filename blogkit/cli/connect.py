"""From a `[sites.NAME]` table and its secrets to a platform that can be talked to. The only place that knows all adapters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from blogkit.platforms.base import Platform
from blogkit.secrets import Secrets, config_folder, system_keyring
from blogkit.workspace import Site, Workspace


def secrets_of(workspace: Workspace, environ: Mapping[str, str]) -> Secrets:
    """The secrets of a workspace, from all the places that `blogkit.secrets` names."""
    return Secrets(environ=environ, dotenv=workspace.root / ".env", config=config_folder(environ), keyring=system_keyring())


def address_of(site: Site) -> str:
    """What tells apart sites of one name in two workspaces: the host."""
    return urlsplit(site.url).netloc


def connect(site: Site, workspace: Workspace, environ: Mapping[str, str], clock: Callable[[], datetime]) -> Platform:
    """The platform of a site. Sends nothing yet. Raises `ConfigError` where a secret is missing."""
    return _ADAPTERS[site.platform](site, workspace, secrets_of(workspace, environ), clock)


def _folder(site: Site, workspace: Workspace, _secrets: Secrets, clock: Callable[[], datetime]) -> Platform:
    from blogkit.platforms.folder import Folder

    return Folder(
        site.name, workspace.root / site.folder, title=workspace.title, language=workspace.language, zone=workspace.zone, clock=clock
    )


def _blogger(site: Site, workspace: Workspace, secrets: Secrets, clock: Callable[[], datetime]) -> Platform:
    raise NotImplementedError


def _wordpress(site: Site, workspace: Workspace, secrets: Secrets, clock: Callable[[], datetime]) -> Platform:
    raise NotImplementedError


_ADAPTERS: dict[str, Callable[[Site, Workspace, Secrets, Callable[[], datetime]], Platform]] = {
    "folder": _folder,
    "blogger": _blogger,
    "wordpress": _wordpress,
}
