"""The pictures of a project's posts: list them, add an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.project.files.making import PathLike

if TYPE_CHECKING:
    from blogkit.journal.pictures import StoredPicture
    from blogkit.project.context import ProjectContext
    from blogkit.project.images.listing import ListedImage


@dataclass(frozen=True)
class ProjectImages:
    """The pictures of posts. Get it as `Project.images`.

    Attributes:
        new_context: Makes the context of one call.
    """

    new_context: Callable[[], ProjectContext]

    def list(self) -> list[ListedImage]:
        """Return the local images of posts whose site has an image host. Sends nothing.

        With `host = "manual"`, each image that is not on the web yet is written to
        `.blogkit/upload/` as it is to be uploaded: small enough, and without private metadata.
        """
        from blogkit.project.images.listing import list_images

        return list_images(self.new_context())

    def add(self, picture: PathLike, address: str) -> StoredPicture:
        """Record the address of a picture that a person has uploaded, if readers get it there.

        Args:
            picture: The picture's file in the blog's folder.
            address: Its address on the web.

        Returns:
            What is recorded. Its `proof` is "picture" if the address serves a copy in another size
            or format.

        Raises:
            UsageError: No image host is set, there is no such file, or the address is not one.
            ImageNotServed: Readers do not get the picture at this address.
            BlogkitError: The picture cannot be read.
            JournalError: Another process is publishing, or the journal cannot be written.
        """
        from blogkit.project.images.adding import add_address

        return add_address(self.new_context(), Path(picture), address)
