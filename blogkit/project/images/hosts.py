"""Connect to the image host of `[images]`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from blogkit.project.connect import Settings, wordpress_client
from blogkit.project.images.limits import limits_of

_PATIENCE = (10.0, 30.0)
"""Seconds to connect to the image host, and for a whole picture."""

if TYPE_CHECKING:  # requests is imported when there is a picture to send
    from blogkit.hosting import Hosting, ImageHost
    from blogkit.hosting.github import GitHubHost
    from blogkit.hosting.manual import ManualHost
    from blogkit.hosting.s3 import S3Host
    from blogkit.http import Auth
    from blogkit.platforms.base import Platform


def hosting_for(settings: Settings, platform: Platform) -> Hosting | None:
    """Return the image host of a site's local images; None if the site takes them itself.

    Args:
        settings: The blog's configuration and credentials.
        platform: The site.
    """
    return hosting_of(settings) if platform.capabilities.image_host else None


def hosting_of(settings: Settings) -> Hosting | None:
    """Return the image host of `[images]`; None if none is set. Sends nothing.

    Args:
        settings: The blog's configuration and credentials.
    """
    images = settings.config.images
    if not images.host:
        return None
    from blogkit.hosting import Hosting
    from blogkit.http.probe import Probe

    return Hosting(
        settings.config.image_host,
        _HOSTS[images.host](settings),
        limits_of(settings.config),
        # The user has named this host, which may be a test server in the same network.
        fetch=Probe(private=True, timeout=_PATIENCE).fetch,
        sleep=settings.sleep,
    )


def _wordpress(settings: Settings) -> ImageHost:
    from blogkit.platforms.wordpress.media.host import WordPressHost

    site = settings.config.site(settings.config.images.site)
    return WordPressHost(wordpress_client(site, settings), f"the media library of {site.name}")


def manual_host(settings: Settings) -> ManualHost:
    """Return the host to which a person uploads.

    Args:
        settings: The blog's configuration and credentials.
    """
    from blogkit.hosting.manual import UPLOADS, ManualHost

    folder = settings.config.private / UPLOADS
    return ManualHost(folder, settings.config.relative(folder))


def s3_host(settings: Settings) -> S3Host:
    """Return the host that is a bucket.

    Args:
        settings: The blog's configuration and credentials.
    """
    from blogkit.hosting.s3 import Keys, S3Host
    from blogkit.project.images.secrets import host_secret, server_of_host

    images, server = settings.config.images, server_of_host(settings.config.images)

    def keys() -> Keys:
        secrets = settings.credentials()
        key = host_secret(images, "access_key_id", secrets, server)
        secret = host_secret(images, "secret_access_key", secrets, server)
        return Keys(key.secret.reveal(), secret.secret.reveal())

    return S3Host(
        images.bucket,
        images.prefix,
        images.folder_url,
        endpoint=images.endpoint,
        region=images.region,
        keys=keys,
    )


def github_host(settings: Settings) -> GitHubHost:
    """Return the host that is a repository.

    Args:
        settings: The blog's configuration and credentials.
    """
    from blogkit.hosting.github import GitHubHost, github_throttled
    from blogkit.http import HttpClient
    from blogkit.project.images.secrets import HOST_NAME, host_secret, server_of_host
    from blogkit.project.sign_in.signing import BoundAuth, DeferredAuth

    images, server = settings.config.images, server_of_host(settings.config.images)

    def signer() -> Auth:
        found = host_secret(images, "github_token", settings.credentials(), server)
        headers = {"Authorization": f"Bearer {found.secret.reveal()}"}
        return BoundAuth(HOST_NAME, "github_token", found, lambda *_: headers)

    http = HttpClient(
        HOST_NAME,
        auth=DeferredAuth(signer),
        clock=settings.clock,
        sleep=settings.sleep,
        throttled=github_throttled,
        on_request=settings.requests.add,
    )
    return GitHubHost(
        http,
        server,
        images.repository,
        branch=images.branch,
        folder=images.prefix,
        public_folder=images.folder_url,
    )


_HOSTS: dict[str, Callable[[Settings], ImageHost]] = {
    "wordpress": _wordpress,
    "s3": s3_host,
    "github": github_host,
    "manual": manual_host,
}
