"""Local images in the media library: each content once, whatever its file name.

WordPress numbers files of the same name instead of comparing them, so the name has part of the
content's hash.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
import threading
import unicodedata
from contextlib import suppress
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blogkit.dataclass import dataclass
from blogkit.errors import NotFound, OutcomeUnknown, PermissionDenied, Rejected
from blogkit.images import Limits, Prepared, content_name, prepare
from blogkit.platforms.base import Uploaded
from blogkit.platforms.items import DamagedItem
from blogkit.platforms.wordpress.client import Client
from blogkit.render.document import Asset

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import File

IMAGE_TYPES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic"})
"""What a stock WordPress takes, the newest version at least."""

_NEWER = frozenset({".webp", ".avif"})
_NOT_TAKEN = ("(rest_upload_sideload_error)", "(rest_upload_image_type_not_supported)")
"""Answers of sites that are too old for a type, or whose PHP cannot resize it."""
_LONG = 100
# `media_details.sizes` finds nothing (6.1 to 7.1).
_FIELDS = (("_fields", "id,slug,source_url,media_details"),)


@dataclass(frozen=True)
class FullImage:
    """A file of the library at its full size.

    Attributes:
        url: Its address.
        id: Its number.
        width: In pixels, as WordPress knows it; 0 if it does not.
        height: In the same way.
    """

    url: str
    id: str
    width: int = 0
    height: int = 0


class Media:
    """A site's media library. Nothing is replaced or deleted there: other posts may use it.

    Args:
        client: The site.
        limits: What the images that are uploaded may be like.
    """

    def __init__(self, client: Client, limits: Limits) -> None:
        self._client = client
        self._limits = limits
        self._known: dict[str, Uploaded] = {}
        self._files: dict[str, File] = {}
        self._lock = threading.Lock()

    def upload(self, asset: Asset) -> Uploaded:
        """Return the file's address; upload it unless the library has its content.

        Raises:
            Rejected: The type is not supported, the file is too large, or it changed meanwhile.
            BlogkitError: The image is damaged, or has too many pixels.
            OutcomeUnknown: It may have been stored, but is not in the library yet.
        """
        with self._lock:  # two posts with the same picture, published at the same time
            if asset.sha256 not in self._known:
                self._known[asset.sha256] = self._find(asset) or self._send(asset)
            return self._known[asset.sha256]

    def resized(self, home: Uploaded, size: str) -> Uploaded:
        """Return a file at the address of another size, or at its own if the library hides it.

        Args:
            home: A file of the library.
            size: One of `IMAGE_SIZES`. An image that is too small for it has only its full size.
        """
        file = self._files.get(home.id) or self._read(home.id)
        return _at_size(file, size) if file else home

    def full(self, asset: Asset) -> FullImage:
        """Return the file at its full size; upload it unless the library has its content.

        Args:
            asset: The file.

        Raises:
            BlogkitError: As for `upload`.
        """
        home = self.upload(asset)
        file = self._files.get(home.id) or self._read(home.id)
        if file is None:
            return FullImage(home.url, home.id)
        details = file.media_details
        return FullImage(file.source_url, home.id, details.width, details.height)

    def id_of(self, url: str) -> int:
        """Return the id of a file in this library.

        Args:
            url: Its address; http and https are the same.

        Raises:
            Rejected: No file of this library has the address.
        """
        wanted = PurePosixPath(urlsplit(url).path)
        for item in self._search(wanted.stem):
            if _same_address(item.source_url, url):
                return item.id
        raise Rejected(
            f"site {self._client.site}: the featured image is not in the site's media library:"
            f" {url}",
            site=self._client.site,
            hint="set `image:` to a local file, which blogkit uploads",
        )

    def _find(self, asset: Asset) -> Uploaded | None:
        digest = asset.sha256[:12]
        found = [
            item
            for item in self._search(digest)
            if f"-{digest}" in item.source_url.rpartition("/")[2]
        ]
        return self._uploaded(min(found, key=lambda item: item.id)) if found else None

    def _read(self, number: str) -> File | None:
        from blogkit.platforms.wordpress.models import File

        with suppress(NotFound, PermissionDenied):
            reply = self._client.get(f"/wp/v2/media/{number}", _FIELDS, decides=True)
            self._files[number] = file = reply.read(File, "file")
            return file
        return None

    def _uploaded(self, file: File) -> Uploaded:
        """Return the file as the editor would show it: the large rendition, if it is that wide."""
        self._files[str(file.id)] = file
        return _at_size(file, "large")

    def _search(self, text: str) -> list[File]:
        """Return the files with a text in their name, without damaged ones."""
        from blogkit.platforms.models import parse
        from blogkit.platforms.wordpress.models import File

        found = []
        for item in self._client.all("/wp/v2/media", (("search", text), *_FIELDS)):
            with suppress(DamagedItem):
                found.append(parse(File, item))
        return found

    def _send(self, asset: Asset) -> Uploaded:
        content = asset.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != asset.sha256:
            raise Rejected(
                f"{asset.name} changed while it was being published",
                hint="run the same command again",
            )
        image = prepare(content, asset.name, self._limits)
        try:
            return self._put(asset, image)
        except Rejected as error:
            if image.suffix not in _NEWER or not any(code in error.reason for code in _NOT_TAKEN):
                raise
            return self._put(asset, prepare(content, asset.name, self._limits, plain=True))

    def _put(self, asset: Asset, image: Prepared) -> Uploaded:
        from blogkit.platforms.wordpress.models import File

        name = upload_file_name(asset, image.suffix)
        # WordPress compares the digest with what arrived
        # (https://developer.wordpress.org/reference/classes/wp_rest_attachments_controller/upload_from_data/).
        headers = {
            "Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-MD5": hashlib.md5(image.content, usedforsecurity=False).hexdigest(),
        }
        # Fields beside a raw body go into the address, so that a file is never stored without its
        # texts.
        texts = tuple((field, text) for field, text in _texts(asset, name).items() if text)
        try:
            reply = self._client.put_file(
                image.content, headers, (*texts, *_FIELDS), doing=f"accept the file {asset.name}"
            )
            return self._uploaded(reply.read(File, "file"))
        except OutcomeUnknown:
            # The upload may have worked although its answer was lost, and a second one would leave
            # the picture in the library twice: https://github.com/WordPress/gutenberg/issues/80741
            arrived = self._find(asset)
            if arrived:
                return arrived
            raise


def upload_file_name(asset: Asset, suffix: str = "") -> str:
    """Return `<stem>-<first 12 of the hash>.<ext>` in ASCII.

    WordPress renames files with other characters, and such that exist.

    Args:
        asset: The file.
        suffix: The ending with the dot; "" for the file's own.
    """
    return content_name(asset.path, asset.sha256, suffix)


def _texts(asset: Asset, name: str) -> dict[str, str]:
    """Return what the media library tells about a file, by WordPress's names.

    Without a slug of its own, a file would get one from its title, and a page of that title
    another one (https://developer.wordpress.org/reference/functions/wp_unique_post_slug/).
    """
    return {
        "alt_text": asset.alt,
        "title": escape(human_title(asset), quote=False),
        "caption": escape(asset.caption, quote=False),
        "slug": name.rpartition(".")[0],
    }


def human_title(asset: Asset) -> str:
    """Return a file's title for people: its own, its text, its caption, or its name."""
    given = asset.title or asset.alt or asset.caption
    if given:
        return given if len(given) <= _LONG else f"{given[:_LONG].rpartition(' ')[0]} …"
    words = " ".join(re.split(r"[\s_-]+", unicodedata.normalize("NFC", asset.path.stem))).strip()
    return f"{words[:1].upper()}{words[1:]}"


def _at_size(file: File, size: str) -> Uploaded:
    copy = file.media_details.sizes.get(size)
    if copy:
        return Uploaded(copy.source_url, str(file.id), size)
    return Uploaded(file.source_url, str(file.id), "full")


def _same_address(one: str, other: str) -> bool:
    """Compare addresses regardless of http and https: WordPress writes its configured scheme."""
    return one.partition("://")[2] == other.partition("://")[2]
