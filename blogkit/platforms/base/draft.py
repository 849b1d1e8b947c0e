"""A post to send, and the files that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass

if TYPE_CHECKING:  # a plan without changes reads no body and no picture
    from blogkit.platforms.base.post import PostKind
    from blogkit.render.document import Asset


@dataclass(frozen=True)
class Draft:
    """The desired content and metadata of a post, without its state.

    Attributes:
        key: The post's stable identity in the user's files, also in the body's sentinel.
        body: Final HTML with the sentinel; only assets may still have `blogkit-asset:`
            placeholders.
        exact: The body is another author's, to be sent byte for byte; of our own, a platform may
            change the spelling.
        labels: Blogger's labels; WordPress stores them as tags.
        categories: As the file names them, see `blogkit.platforms.term_names`; for a site whose
            labels have no hierarchy, names only.
        slug: The last part of the address; "" leaves it to the site.
        excerpt: Plain text; "" leaves it to the site.
        assets: The local files that the body shows.
        featured: A local image to upload as the post's featured image.
        featured_url: The address of a featured image that is already public.
        settings: More values, by the names in `blogkit.platforms.settings`; what is not in it is
            left to the site.
        cleared: The fields that are to be empty: "excerpt", "image", "categories", "labels",
            "tags".
        lines: The file's line of each of these values, for messages.
        type: The site's name of a custom type of post; "" for the usual one.
        language: The post's language, for a site with several; "" for the site's first one.
    """

    key: str
    kind: PostKind
    title: str
    body: str
    labels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    excerpt: str = ""
    assets: tuple[Asset, ...] = ()
    featured: Asset | None = None
    featured_url: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    cleared: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    exact: bool = False
    type: str = ""
    language: str = ""


@dataclass(frozen=True)
class Uploaded:
    """An uploaded file: its public address, and its id on the site ("" if it has none).

    Attributes:
        size: The site's name for the size of the image at that address; "" if it is unknown.
    """

    url: str
    id: str = ""
    size: str = ""


def with_addresses(
    draft: Draft, uploaded: Mapping[str, Uploaded], like: str = "", *, renew: bool = False
) -> Draft:
    """Return the draft with each uploaded asset's placeholder replaced by its address.

    Args:
        draft: The post; its body may contain `blogkit-asset:` placeholders.
        uploaded: What has been uploaded, keyed by `Asset.url`; other placeholders stay.
        like: As for `Platform.with_uploads`.
        renew: In the same way.
    """
    from html import escape

    known = {**uploaded, **addresses_in("" if renew else like, draft.assets)}
    body = draft.body
    for asset in draft.assets:
        if asset.url in known:
            # Only the hash counts: filters may have encoded the file name behind it.
            placeholder = re.compile(rf'blogkit-asset://{asset.sha256}/[^"<>]*')
            # The replacement is a template for `re.sub`, where a backslash would start an escape;
            # no address needs one (https://docs.python.org/3/library/re.html#re.sub).
            body = placeholder.sub(escape(known[asset.url].url).replace("\\", "%5C"), body)
    return replace(draft, body=body)


def addresses_in(body: str, assets: Iterable[Asset]) -> dict[str, Uploaded]:
    """Return where a body shows these files, keyed by `Asset.url`.

    Args:
        body: A post's HTML; the names of uploaded files contain part of their hash.
        assets: The files to look for.
    """
    from blogkit.html import decode_attribute

    found = {}
    for asset in assets if body else ():
        address = re.search(rf"""(?<=["'])[^"'<>]*{asset.sha256[:12]}[^"'<>]*""", body)
        if address:
            found[asset.url] = Uploaded(decode_attribute(address.group()))
    return found
