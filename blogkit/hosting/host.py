"""The contract of an image host, and what it keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Protocol

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.images import Limits, Prepared, content_name, measure, prepare

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class LocalImage:
    """A picture on this machine.

    Attributes:
        path: Its file.
        name: What messages call it.
        sha256: Of its bytes, in hexadecimal digits.
        alt: Its text; "" if it has none.
        lost: The address where readers do not get it any more; "" if none is known.
    """

    path: Path
    name: str
    sha256: str
    alt: str = ""
    lost: str = ""


@dataclass(frozen=True)
class Placed:
    """A picture on its host.

    Attributes:
        url: Its public address.
        key: The host's own name of it; "" if it has none.
        size: The bytes that were uploaded.
        type: The media type, such as "image/jpeg".
        digest: The SHA-256 of the bytes that were uploaded; "" if the host keeps a copy of its own.
        width: Of the picture in pixels; 0 if it has no size of its own.
        height: In the same way.
    """

    url: str
    key: str
    size: int
    type: str
    digest: str
    width: int = 0
    height: int = 0


class ImageHost(Protocol):
    """A place on the web for pictures.

    Attributes:
        label: What messages call it.
        waits: Seconds to wait between looks until it serves what was just uploaded.
        deploys: Whether it publishes uploads some time later. An address that was asked for before
            is then kept by its cache as missing.
    """

    label: str
    waits: Sequence[float]
    deploys: bool

    def upload(self, image: LocalImage, limits: Limits) -> Placed:
        """Upload a picture, unless the host has one of its name, which is made from its content.

        Args:
            image: The picture.
            limits: What an uploaded picture may be like.

        Returns:
            Where it is.

        Raises:
            BlogkitError: The picture is damaged, or a person has to upload it.
            SiteError: The host refuses it, or does not answer.
        """


@dataclass(frozen=True)
class ReadyImage:
    """A picture as it is sent to a host.

    Attributes:
        content: The bytes.
        name: Its file name on the host, with part of the hash of the local file.
        type: The media type.
    """

    content: bytes
    name: str
    type: str


def ready_to_send(image: LocalImage, limits: Limits) -> ReadyImage:
    """Return a picture within the limits, upright and without metadata.

    Args:
        image: The picture.
        limits: What it may be like.

    Raises:
        BlogkitError: It is damaged, it cannot be read, or it changed meanwhile.
    """
    try:
        content = image.path.read_bytes()
    except OSError as error:
        raise BlogkitError(f"cannot read the image {image.name}: {error.strerror}") from None
    if hashlib.sha256(content).hexdigest() != image.sha256:
        message = f"{image.name} changed while it was being published"
        raise BlogkitError(message, hint="run the same command again")
    ready: Prepared = prepare(content, image.name, limits)
    if ready.suffix not in _TYPES:
        raise BlogkitError(
            f"{image.name} is not an image that browsers show",
            hint="save it as JPEG, PNG or WebP",
        )
    name = content_name(PurePath(image.path.name), image.sha256, ready.suffix)
    return ReadyImage(ready.content, name, _TYPES[ready.suffix])


def placed_at(url: str, key: str, ready: ReadyImage) -> Placed:
    """Return a picture that a host keeps as it was sent.

    Args:
        url: Its public address.
        key: The host's own name of it.
        ready: The picture as it was sent.
    """
    width = height = 0
    if ready.type != _TYPES[".svg"]:
        found = measure(ready.content, ready.name)
        width, height = found.width, found.height
    digest = hashlib.sha256(ready.content).hexdigest()
    return Placed(url, key, len(ready.content), ready.type, digest, width, height)
