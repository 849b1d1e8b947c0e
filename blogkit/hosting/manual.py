"""Let a person upload pictures, and take the addresses that they paste."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from blogkit.errors import BlogkitError
from blogkit.files import replace_file
from blogkit.hosting.host import LocalImage, Placed, ready_to_send
from blogkit.images import Limits

UPLOADS = "upload"
"""The folder, in the blog's private folder, of pictures that are ready to be uploaded."""


class ManualHost:
    """Any place on the web where a person can put a picture, such as Blogger's editor.

    Args:
        folder: Where pictures are written that are ready to be uploaded.
        shown: What messages call a file in that folder.
    """

    label = "your own upload"
    waits: Sequence[float] = ()
    deploys = False

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder, self._shown = folder, shown

    def upload(self, image: LocalImage, limits: Limits) -> Placed:
        """Write the picture as it is to be uploaded, and ask for it.

        Args:
            image: The picture.
            limits: What it may be like.

        Returns:
            Never.

        Raises:
            BlogkitError: Always: it names the file to upload.
        """
        place = f"{self._shown}/{self.write(image, limits).name}"
        where = f"at {image.lost} any more" if image.lost else "on the web yet"
        raise BlogkitError(
            f"{image.name} is not {where}",
            hint=f"upload {place} in Blogger's editor, then: blogkit images add {image.name}"
            " ADDRESS",
        )

    def write(self, image: LocalImage, limits: Limits) -> Path:
        """Return the file with a picture as it is to be uploaded.

        Args:
            image: The picture.
            limits: What it may be like.
        """
        ready = ready_to_send(image, limits)
        file = self._folder / ready.name
        if not (file.is_file() and file.read_bytes() == ready.content):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, ready.content)
        return file
