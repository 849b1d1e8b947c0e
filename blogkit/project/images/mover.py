"""Fetch the pictures that move to the image host, and upload each once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ImageNotServed
from blogkit.files import replace_file
from blogkit.hosting import Hosting, LocalImage, Placed
from blogkit.http.probe import Probe, ProbeError
from blogkit.images import measure
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.images.found import FoundPicture
from blogkit.project.images.listing import local_images
from blogkit.sync.execute.uploads import placed_of, stored_picture

KEPT = "pictures"
"""The folder, in the blog's private folder, of pictures that were fetched from other hosts."""
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".gif"}
_PATIENCE = (10.0, 30.0)


@dataclass(frozen=True)
class StayingPicture:
    """A picture that cannot be moved, because its server does not give it.

    Attributes:
        url: Its address.
        reason: What the server answered, in words.
        places: Where it is shown, or linked to.
    """

    url: str
    reason: str
    places: tuple[FoundPicture, ...]


class PictureMover:
    """The pictures to move, and their files on this machine.

    Args:
        context: The call's context.
        hosting: The host.
        private: Also fetch from servers on this machine and in private networks.

    Attributes:
        pictures: The addresses that were fetched, each with why it could not be; "" if it was.
    """

    def __init__(self, context: ProjectContext, hosting: Hosting, *, private: bool) -> None:
        self._context = context
        self._probe = Probe(private=private, timeout=_PATIENCE)
        self._files: dict[str, LocalImage] = {}
        self.pictures: dict[str, str] = {}
        self._staying: dict[str, list[FoundPicture]] = {}
        with context.journal() as journal:
            stored = journal.pictures.all()
        self._there = {one.url for one in stored if one.host == hosting.identity}
        images = context.config.images
        home = images.folder_url or context.config.site(images.site).url.rstrip("/")
        self._home = home.partition(":")[2] + "/"
        self._digests = {one.url: one.sha256 for one in stored}
        self._own = {
            sha256: LocalImage(asset.path, asset.name, sha256, asset.alt)
            # Posts need not be rendered if none of their pictures is on a host.
            for sha256, (asset, _) in (local_images(context) if stored else {}).items()
        }

    def is_there(self, url: str) -> bool:
        """Return whether the host has the picture of this address already."""
        return url in self._there or url.partition(":")[2].startswith(self._home)

    @property
    def staying(self) -> list[StayingPicture]:
        """The pictures that cannot be moved, with the posts that keep them."""
        return [
            StayingPicture(url, self.pictures[url], tuple(places))
            for url, places in self._staying.items()
        ]

    def keep(self, url: str, places: Iterable[FoundPicture]) -> None:
        """Note where a picture stays that cannot be fetched.

        Args:
            url: Its address.
            places: Where one post shows it.
        """
        self._staying.setdefault(url, []).extend(places)

    def fetch(self, url: str) -> None:
        """Have a picture on this machine, from the blog's folder or from its old host.

        Args:
            url: Its address.
        """
        if url in self.pictures:
            return
        self.pictures[url] = ""
        own = self._own.get(self._digests.get(url, ""))
        try:
            self._files[url] = own or self._fetched(url)
        except (ProbeError, BlogkitError) as error:
            refused = isinstance(error, ProbeError) and error.refused
            self.pictures[url] = f"{error}; --private asks there, too" if refused else str(error)

    def _fetched(self, url: str) -> LocalImage:
        address = f"https:{url}" if url.startswith("//") else url
        answer = self._probe.fetch(address)
        if answer.status != 200:
            raise ProbeError(f"the server answered {answer.status}")
        stem = Path(unquote(urlsplit(address).path)).stem
        name = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:60] or "picture"
        if answer.type == "image/svg+xml":
            suffix = ".svg"
        else:
            suffix = _SUFFIXES[measure(answer.content, url, whole=True).format]
        digest = hashlib.sha256(answer.content).hexdigest()
        folder = self._context.config.private / KEPT / digest[:16]
        file = folder / f"{name}{suffix}"
        if not file.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            replace_file(file, answer.content)
        return LocalImage(file, f"{name}{suffix}", digest)

    def upload(self, journal: Journal, hosting: Hosting, url: str) -> str:
        """Return the new address of a picture, proven; upload it unless the host has it.

        Args:
            journal: Knows where pictures are, and learns it.
            hosting: The host.
            url: The old address, which was fetched.

        Raises:
            BlogkitError: It cannot be uploaded, or readers do not get it.
        """
        image = self._files[url]
        known = journal.pictures.find(hosting.identity, image.sha256)
        if known:
            try:
                return _proven(journal, hosting, image, placed_of(known))
            except ImageNotServed as error:
                if not error.gone:
                    raise
        placed = hosting.upload(image)
        journal.pictures.note(stored_picture(hosting, image.sha256, placed))
        return _proven(journal, hosting, image, placed, new=True)


def _proven(
    journal: Journal, hosting: Hosting, image: LocalImage, placed: Placed, *, new: bool = False
) -> str:
    proof = hosting.prove(placed, new=new)
    journal.pictures.verified(hosting.identity, image.sha256, proof)
    return placed.url
