"""Find pictures that readers do not get any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Literal
from urllib.parse import urlsplit

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ImageNotServed
from blogkit.hosting import prove_served
from blogkit.http.probe import Probe, ProbeError
from blogkit.images import measure
from blogkit.journal.pictures import StoredPicture
from blogkit.project.context import ProjectContext
from blogkit.project.images.found import (
    FoundPicture,
    live_posts,
    pictures_in_files,
    pictures_in_post,
)
from blogkit.project.images.servers import server_in
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.sync.execute.uploads import placed_of

ImageState = Literal["ok", "dead", "wrong", "unclear", "refused"]
_PAUSE = 0.2
"""Seconds between two visits to a server."""
_PATIENCE = (10.0, 30.0)
_GONE = {401, 403, 404, 410, 451}
_UNREAD = (".svg", ".bmp")


@dataclass(frozen=True)
class CheckedImage:
    """The outcome of one address.

    Attributes:
        url: The address.
        state: `ok`; `dead` (the server does not show it, or there is no such server); `wrong` (it
            answers with something else than this picture); `unclear` (the server has a problem,
            perhaps for a moment); or `refused` (not asked: it is in a private network).
        detail: What the server answered, in words; "" if it is fine.
        places: Where it is shown, or linked to.
    """

    url: str
    state: ImageState
    detail: str
    places: tuple[FoundPicture, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is known to be wrong with it."""
        return self.state in ("ok", "unclear", "refused")


@dataclass
class ImageReport:
    """What a look at the pictures of posts found.

    Attributes:
        images: The outcome of each address.
        left_out: Why posts and sites were left out.
    """

    images: list[CheckedImage] = field(default_factory=list)
    left_out: list[BlogkitError] = field(default_factory=list)

    @property
    def dead(self) -> list[CheckedImage]:
        """The pictures that readers do not get."""
        return [one for one in self.images if not one.ok]


def check_images(
    context: ProjectContext, *, site: str, files: bool, private: bool, on_progress: OnProgress
) -> ImageReport:
    """Ask for each picture that posts show, in their files and on the sites.

    Args:
        context: The call's context.
        site: Only this site's live posts; "" for all sites.
        files: Whether the files count, too.
        private: Also ask servers on this machine and in private networks.
        on_progress: Told each post and each address.

    Returns:
        The outcome of each address, in the order in which they were found.

    Raises:
        UsageError: The site does not exist.
    """
    report = ImageReport()
    places: dict[str, list[FoundPicture]] = {}
    with context.journal() as journal:
        known = {one.url: one for one in journal.pictures.all()}
        found = list(pictures_in_files(context)) if files else []
        for post in live_posts(context, journal, site, on_progress, report.left_out):
            found += pictures_in_post(post)
    for one in found:
        places.setdefault(one.url, []).append(one)
    report.images = list(_checked(context, places, known, private, on_progress))
    return report


def _checked(
    context: ProjectContext,
    places: dict[str, list[FoundPicture]],
    known: dict[str, StoredPicture],
    private: bool,
    on_progress: OnProgress,
) -> Iterable[CheckedImage]:
    probe, visited = Probe(private=private, timeout=_PATIENCE), set()
    advance = advancing(on_progress, "checking pictures", len(places))
    for url, where in places.items():
        server = server_in(url)
        if server in visited:
            context.settings.sleep(_PAUSE)
        visited.add(server)
        state, detail = _outcome(probe, url, known.get(url))
        advance(url)
        yield CheckedImage(url, state, detail, tuple(where))


def _outcome(probe: Probe, url: str, stored: StoredPicture | None) -> tuple[ImageState, str]:
    # A browser takes the page's scheme for an address without one.
    address = f"https:{url}" if url.startswith("//") else url
    try:
        answer = probe.fetch(address)
    except ProbeError as error:
        return ("refused" if error.refused else "dead"), str(error)
    if answer.status != 200:
        state: ImageState = "dead" if answer.status in _GONE else "unclear"
        return state, f"the server answered {answer.status}"
    if stored:
        try:
            prove_served(placed_of(stored), lambda _: answer)
        except ImageNotServed as error:
            return "wrong", error.message.partition(": ")[2]
        return "ok", ""
    if answer.type.startswith("image/svg") or urlsplit(address).path.lower().endswith(_UNREAD):
        return "ok", ""
    try:
        measure(answer.content, url, whole=True)
    except BlogkitError:
        return "wrong", f"the server answered with {answer.type or 'something'}, not a picture"
    return "ok", ""
