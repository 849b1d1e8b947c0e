"""Know where local images of posts were uploaded: to the site, or to its image host."""

from __future__ import annotations

from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Platform, Uploaded


def known_upload(platform: Platform, journal: Journal, sha256: str) -> Uploaded | None:
    """Return where a file of this content was uploaded for a site, or None if it was not.

    Args:
        platform: The site.
        journal: Knows what was uploaded to it, and to image hosts.
        sha256: The digest of the file's bytes, in hexadecimal digits.
    """
    host = platform.capabilities.image_host
    if host:
        picture = journal.pictures.find(host, sha256)
        return Uploaded(picture.url, picture.key) if picture else None
    home = journal.asset(platform.name, sha256)
    return Uploaded(home.url, home.id) if home else None


def with_known_uploads(
    draft: Draft, platform: Platform, journal: Journal, like: str = "", *, renew: bool = False
) -> Draft:
    """Return the draft with the addresses of files that were uploaded before.

    Args:
        draft: A draft with placeholders for its files.
        platform: The site.
        journal: Knows what was uploaded to it.
        like: The post's body on the site, which tells more after a lost journal.
        renew: As for `Platform.with_uploads`.
    """
    known = {asset.url: known_upload(platform, journal, asset.sha256) for asset in draft.assets}
    uploaded = {url: home for url, home in known.items() if home}
    return platform.with_uploads(draft, uploaded, like, renew=renew)
