"""Upload a post's local images before the post is touched, each once.

A site without an upload has an image host. Then the post goes on only after readers get each image
from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from blogkit.errors import BlogkitError, ImageNotServed, JournalError
from blogkit.platforms.base import State
from blogkit.render.document import Asset
from blogkit.sync.actions import ActionKind
from blogkit.sync.execute.attempt import Attempt
from blogkit.sync.uploads import known_upload

if TYPE_CHECKING:  # most sites take their pictures themselves
    from blogkit.hosting import Hosting, Placed
    from blogkit.journal.pictures import StoredPicture

_FROM_FILES = (ActionKind.CREATE, ActionKind.UPDATE)
_OTHER_BYTES = "{} is served in other bytes than were uploaded; its format and size are right"


def upload_files(attempt: Attempt, assets: Iterable[Asset]) -> None:
    """Upload what the site, or its image host, does not have yet.

    Args:
        attempt: The attempt at a post.
        assets: The post's local images.

    Raises:
        ImageNotServed: The image host has an image, and readers do not get it.
        BlogkitError: An image cannot be uploaded.
    """
    platform, journal = attempt.platform, attempt.journal
    for asset in assets:
        if platform.capabilities.image_host and attempt.hosting:
            _to_host(attempt, attempt.hosting, asset)
        elif known_upload(platform, journal, asset.sha256) is None:
            attempt.step(f"upload {asset.name}")
            home = platform.upload(asset)
            # At once, and not with the post: if that fails, the next run must not upload the file
            # again.
            journal.remember_asset(attempt.action.site, asset.sha256, home.url, home.id)


def upload_ahead(attempts: Iterable[Attempt]) -> None:
    """Upload the images of all posts before the first post, if their host takes time to show them.

    So the host is waited for once, and not for each post. What fails here fails again with its
    post, which reports it.

    Args:
        attempts: The attempts of a run.
    """
    for attempt in attempts:
        action, hosting = attempt.action, attempt.hosting
        if hosting is None or not hosting.deploys or action.kind not in _FROM_FILES:
            continue
        for asset in action.desired.draft.assets:
            if attempt.journal.pictures.find(hosting.identity, asset.sha256) is None:
                try:
                    _upload(attempt, hosting, asset)
                except JournalError:
                    raise
                except BlogkitError:
                    return


def prove_files(attempt: Attempt) -> None:
    """Check that readers will get the images of a draft before it goes live.

    Args:
        attempt: The attempt at a post whose content is on its site already.

    Raises:
        ImageNotServed: They do not get one; the journal has the action as failed.
    """
    action, hosting = attempt.action, attempt.hosting
    goes_live = action.target is not None and action.target.state is not State.DRAFT
    if hosting is None or not goes_live or action.desired.path is None:
        return
    for asset in action.desired.draft.assets:
        known = attempt.journal.pictures.find(hosting.identity, asset.sha256)
        if known:
            try:
                _prove(attempt, hosting, asset, placed_of(known))
            except ImageNotServed as error:
                attempt.failed(error.message)
                raise


def _to_host(attempt: Attempt, hosting: Hosting, asset: Asset) -> None:
    lost = ""
    known = attempt.journal.pictures.find(hosting.identity, asset.sha256)
    if known:
        placed = placed_of(known)
        attempt.step(f"look at {asset.name}")
        try:
            _prove(attempt, hosting, asset, placed, new=not known.verified)
        except ImageNotServed as error:
            if not (error.gone and known.verified):
                raise
            lost = known.url
        else:
            return
    attempt.step(f"upload {asset.name} to {hosting.label}")
    _prove(attempt, hosting, asset, _upload(attempt, hosting, asset, lost), new=True)


def _upload(attempt: Attempt, hosting: Hosting, asset: Asset, lost: str = "") -> Placed:
    from blogkit.hosting import LocalImage

    placed = hosting.upload(LocalImage(asset.path, asset.name, asset.sha256, asset.alt, lost))
    # Before the look: if that fails, the next run must not upload the file again.
    attempt.journal.pictures.note(stored_picture(hosting, asset.sha256, placed))
    return placed


def _prove(
    attempt: Attempt, hosting: Hosting, asset: Asset, placed: Placed, *, new: bool = False
) -> None:
    try:
        proof = hosting.prove(placed, new=new)
    except ImageNotServed as error:
        if error.gone:
            attempt.journal.pictures.lost(hosting.identity, asset.sha256)
        raise
    attempt.journal.pictures.verified(hosting.identity, asset.sha256, proof)
    if proof == "picture":
        attempt.notes.append(_OTHER_BYTES.format(placed.url))


def placed_of(picture: StoredPicture) -> Placed:
    """Return a picture of the ledger as its host has it."""
    from blogkit.hosting import Placed

    return Placed(
        picture.url,
        picture.key,
        picture.size,
        picture.type,
        picture.digest,
        picture.width,
        picture.height,
    )


def stored_picture(hosting: Hosting, sha256: str, placed: Placed) -> StoredPicture:
    """Return a picture on a host for the ledger.

    Args:
        hosting: The host.
        sha256: The digest of the local file's bytes.
        placed: Where the picture is.
    """
    from blogkit.journal.pictures import StoredPicture

    return StoredPicture(hosting.identity, sha256, **asdict(placed))
