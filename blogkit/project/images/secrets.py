"""The secrets of the image host: their names, and the server that they may be sent to."""

from __future__ import annotations

from collections.abc import Mapping

from blogkit.config import Images
from blogkit.credentials import Credentials, SecretName, StoredSecret, require_origin
from blogkit.origins import AMAZON_S3, GITHUB

HOST_NAME = "images"
"""What stands for the host where other secrets have the name of their site."""
SECRETS: Mapping[str, tuple[SecretName, ...]] = {
    "s3": ("access_key_id", "secret_access_key"),
    "github": ("github_token",),
}
"""The secrets that each kind of host has."""


def server_of_host(images: Images) -> str:
    """Return the address that gets the requests."""
    if images.host == "s3":
        return images.endpoint or AMAZON_S3
    return images.api_base or GITHUB


def address_of_host(images: Images) -> str:
    """Return what the stored secrets are for: a bucket or a repository on a server."""
    place = images.bucket or images.repository
    return f"{place}@{server_of_host(images).partition('://')[2].rstrip('/')}"


def host_secret(
    images: Images, name: SecretName, secrets: Credentials, server: str
) -> StoredSecret:
    """Return a secret of the image host, if it may go to a server.

    Args:
        images: The host's settings.
        name: The secret.
        secrets: The blog's credentials.
        server: The server's address.

    Raises:
        ConfigError: There is no such secret, or it may not go there.
    """
    found = secrets.require(HOST_NAME, name, address_of_host(images))
    what = f"the {name.replace('_', ' ')} ({found.place})"
    require_origin(HOST_NAME, what, found.secret.reveal(), found.origins, server, found.pin)
    return found
