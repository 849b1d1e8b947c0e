"""List the local images of posts, and where each is on the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, UsageError
from blogkit.hosting import LocalImage
from blogkit.journal.pictures import StoredPicture
from blogkit.posts.post import Post
from blogkit.project.built_post import build_posts
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.render.document import Asset

_OPTIONS = PublishOptions(allow_pending_quiz=True)


@dataclass(frozen=True)
class ListedImage:
    """A local image of posts whose site has an image host.

    Attributes:
        name: Its file, relative to the blog's folder.
        sha256: The digest of its bytes, in hexadecimal digits.
        places: The posts that show it, each as `posts/miami.md:12`.
        url: Its address on the host; "" if it is not there.
        verified: When readers last got it, in UTC; "" if that was never proven.
        proof: "bytes" if they got the bytes that were uploaded, "picture" if in other bytes, or "".
        upload: The file to upload by hand, relative to the blog's folder; "" if there is none.
    """

    name: str
    sha256: str
    places: tuple[str, ...]
    url: str = ""
    verified: str = ""
    proof: str = ""
    upload: str = ""


def local_images(context: ProjectContext) -> dict[str, tuple[Asset, list[str]]]:
    """Return the local images that need an image host, and the posts that show each, by digest.

    Posts that cannot be rendered are left out: `blogkit check` reports them.

    Args:
        context: The call's context.
    """
    found: dict[str, tuple[Asset, list[str]]] = {}
    for asset, place in _assets(context):
        found.setdefault(asset.sha256, (asset, []))[1].append(place)
    return found


def _assets(context: ProjectContext) -> Iterator[tuple[Asset, str]]:
    posts, _ = context.posts.readable()
    for post in posts:
        seen: set[tuple[str, str]] = set()
        for site in _hosted_sites(context, post):
            try:
                built = build_posts(context, post, site, _OPTIONS)
            except ContentError:
                continue
            for asset in built.document.assets:
                place = f"{context.config.relative(post.path)}:{asset.line}"
                if (asset.sha256, place) not in seen:
                    seen.add((asset.sha256, place))
                    yield asset, place


def _hosted_sites(context: ProjectContext, post: Post) -> list[str]:
    """Return the sites of a post whose local images go to the image host."""
    try:
        sites = context.posts.sites_of(post, _OPTIONS)
    except UsageError:  # it goes nowhere yet
        return []
    return [site for site in sites if context.sites.platform(site).capabilities.image_host]


def list_images(context: ProjectContext) -> list[ListedImage]:
    """Return the local images that need an image host, in the order of the posts.

    Args:
        context: The call's context.
    """
    host = context.config.image_host
    with context.journal() as journal:
        known = {one.sha256: one for one in journal.pictures.all() if one.host == host}
    return [
        _listed(context, asset, places, known.get(sha256))
        for sha256, (asset, places) in local_images(context).items()
    ]


def _listed(
    context: ProjectContext, asset: Asset, places: list[str], stored: StoredPicture | None
) -> ListedImage:
    if stored and stored.there:
        found = (stored.url, stored.verified, stored.proof)
        return ListedImage(asset.name, asset.sha256, tuple(places), *found)
    file = prepared_file(context, asset)
    upload = context.config.relative(file) if file else ""
    return ListedImage(asset.name, asset.sha256, tuple(places), upload=upload)


def prepared_file(context: ProjectContext, asset: Asset) -> Path | None:
    """Return the file that a person has to upload, written if need be; None if blogkit uploads.

    Args:
        context: The call's context.
        asset: The image.
    """
    from blogkit.project.images.hosts import manual_host
    from blogkit.project.images.limits import limits_of

    if context.config.images.host != "manual":
        return None
    image = LocalImage(asset.path, asset.name, asset.sha256, asset.alt)
    return manual_host(context.settings).write(image, limits_of(context.config))
