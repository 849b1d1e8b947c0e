"""A WordPress site's media library as the image host of other sites."""

from __future__ import annotations

from collections.abc import Sequence

from blogkit.hosting import LocalImage, Placed, placed_at, ready_to_send
from blogkit.images import Limits
from blogkit.platforms.wordpress.client import Client
from blogkit.platforms.wordpress.media.library import Media
from blogkit.render.document import Asset


class WordPressHost:
    """Keeps pictures in a media library, which finds each by the hash in its name.

    Args:
        client: The site.
        label: What messages call it.
    """

    waits: Sequence[float] = (1.0, 2.0, 4.0)
    deploys = False

    def __init__(self, client: Client, label: str) -> None:
        self.label = label
        self._client = client
        self._media: dict[Limits, Media] = {}

    def upload(self, image: LocalImage, limits: Limits) -> Placed:
        """Return the picture at its full size; upload it unless the library has it.

        Args:
            image: The picture.
            limits: What it may be like.

        Raises:
            BlogkitError: As for `Media.upload`.
        """
        media = self._media.setdefault(limits, Media(self._client, limits))
        asset = Asset(image.path, image.name, image.sha256, image.alt, 0)
        found = media.full(asset)
        placed = placed_at(found.url, found.id, ready_to_send(image, limits))
        if found.width and (found.width, found.height) != (placed.width, placed.height):
            # WordPress shows a copy of a picture that is wider than 2560 pixels:
            # https://developer.wordpress.org/reference/hooks/big_image_size_threshold/
            return Placed(
                found.url, found.id, placed.size, placed.type, "", found.width, found.height
            )
        return placed
