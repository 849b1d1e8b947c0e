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
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blogkit.errors import OutcomeUnknown, Rejected
from blogkit.platforms.base import Uploaded
from blogkit.platforms.items import DamagedItem
from blogkit.platforms.wordpress.client import Client
from blogkit.render.document import Asset

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import File

IMAGE_TYPES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic"})
"""What a stock WordPress takes, the newest version at least."""

# `media_details.sizes` finds nothing (6.1 to 7.1).
_FIELDS = (("_fields", "id,slug,source_url,media_details"),)


class Media:
    """A site's media library. Nothing is replaced or deleted there: other posts may use it.

    Args:
        client: The site.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[str, Uploaded] = {}
        self._lock = threading.Lock()

    def upload(self, asset: Asset) -> Uploaded:
        """Return the file's address; upload it unless the library has its content.

        Raises:
            Rejected: The type is not supported, the file is too large, or it changed meanwhile.
            OutcomeUnknown: It may have been stored, but is not in the library yet.
        """
        with self._lock:  # two posts with the same picture, published at the same time
            if asset.sha256 not in self._known:
                self._known[asset.sha256] = self._find(asset) or self._send(asset)
            return self._known[asset.sha256]

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
        return _uploaded(min(found, key=lambda item: item.id)) if found else None

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
        from blogkit.platforms.wordpress.models import File

        content = asset.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != asset.sha256:
            raise Rejected(
                f"{asset.name} changed while it was being published",
                hint="run the same command again",
            )
        name = upload_file_name(asset)
        # WordPress compares the digest with what arrived
        # (https://developer.wordpress.org/reference/classes/wp_rest_attachments_controller/upload_from_data/).
        headers = {
            "Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-MD5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        }
        # Fields beside a raw body go into the address, so that a file is never stored without its
        # text.
        texts = (("alt_text", asset.alt),) if asset.alt else ()
        try:
            reply = self._client.put_file(
                content, headers, (*texts, *_FIELDS), doing=f"accept the file {asset.name}"
            )
            return _uploaded(reply.read(File, "file"))
        except OutcomeUnknown:
            # The upload may have worked although its answer was lost, and a second one would leave
            # the picture in the library twice: https://github.com/WordPress/gutenberg/issues/80741
            arrived = self._find(asset)
            if arrived:
                return arrived
            raise


def upload_file_name(asset: Asset) -> str:
    """Return `<stem>-<first 12 of the hash>.<ext>` in ASCII.

    WordPress renames files with other characters, and such that exist.
    """
    plain = (
        unicodedata.normalize("NFKD", asset.path.stem).encode("ascii", "ignore").decode().lower()
    )
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "image"
    return f"{stem}-{asset.sha256[:12]}{asset.path.suffix.lower()}"


def _uploaded(file: File) -> Uploaded:
    """Return the file as the editor would show it: the large rendition, if it is that wide."""
    large = file.media_details.sizes.get("large")
    return Uploaded(large.source_url if large else file.source_url, str(file.id))


def _same_address(one: str, other: str) -> bool:
    """Compare addresses regardless of http and https: WordPress writes its configured scheme."""
    return one.partition("://")[2] == other.partition("://")[2]
