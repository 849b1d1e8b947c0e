"""The pictures of a project's posts: list, check and move them, add an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.project.files.making import PathLike
from blogkit.project.live.selection import Selection
from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:
    from blogkit.journal.pictures import StoredPicture
    from blogkit.project.context import ProjectContext
    from blogkit.project.images.checking import ImageReport
    from blogkit.project.images.listing import ListedImage
    from blogkit.project.images.moving import MovePlan


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
            UsageError: No image host is set, the file does not exist, or the address is not valid.
            ImageNotServed: Readers do not get the picture at this address.
            BlogkitError: The picture cannot be read.
            JournalError: Another process is publishing, or the journal cannot be written.
        """
        from blogkit.project.images.adding import add_address

        return add_address(self.new_context(), Path(picture), address)

    def check(
        self,
        *,
        site: str = "",
        files: bool = True,
        private: bool = False,
        on_progress: OnProgress = silent,
    ) -> ImageReport:
        """Find pictures that readers do not get any more, in posts' files and in live posts.

        Each address is asked for once, without cookies or credentials. A picture that blogkit
        uploaded must have its bytes; any other must be a picture.

        Args:
            site: Only this site's live posts; empty means all sites.
            files: Also look at the files of posts.
            private: Also ask servers on this machine and in private networks.
            on_progress: Told each post and each address.

        Returns:
            The outcome of each address, with the places where it is shown.

        Raises:
            UsageError: The site does not exist.
        """
        from blogkit.project.images.checking import check_images

        return check_images(
            self.new_context(), site=site, files=files, private=private, on_progress=on_progress
        )

    def move(
        self,
        to: str,
        *,
        posts: Sequence[str] | Selection = (),
        site: str = "",
        servers: Sequence[str] = (),
        private: bool = False,
        on_progress: OnProgress = silent,
    ) -> MovePlan:
        """Plan to move the pictures of live posts to the image host of `[images]`.

        Only their addresses change: in the posts, and in the files of the posts. Planning fetches
        the pictures; `apply` uploads each once and proves it before its posts are edited. Pictures
        that cannot be fetched stay. `Project.undo` puts all old addresses back.

        Args:
            to: The host, as `host` in `[images]` names it, to be sure.
            posts: References to posts, or a `Selection`; none means all posts of the site.
            site: The site; empty means the default site.
            servers: Only pictures on these servers, such as "i.imgur.com"; none means all.
            private: Also fetch from servers on this machine and in private networks.
            on_progress: Told each post.

        Returns:
            The plan; nothing is uploaded or changed before its `apply`.

        Raises:
            UsageError: `[images]` names another host, or the site does not exist.
        """
        from blogkit.project.images.moving import plan_picture_move

        chosen = posts if isinstance(posts, Selection) else Selection(tuple(posts), site)
        if not (chosen.posts or chosen.listed or chosen.exact):
            chosen = Selection(site=site, all=True)
        context = self.new_context()
        with context.journal() as journal:
            return plan_picture_move(
                context,
                journal,
                to,
                chosen,
                servers=servers,
                private=private,
                on_progress=on_progress,
            )
