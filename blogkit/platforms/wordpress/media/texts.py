"""The alternative text, caption and title of a featured image, which the media library keeps.

They are the settings `image_alt`, `image_caption` and `image_title` of a post. Listings of posts
do not tell them, so a plan asks for those that it needs. The fields:
https://developer.wordpress.org/rest-api/reference/media/#schema
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from blogkit.errors import NotFound, OutcomeUnknown, PermissionDenied, Rejected
from blogkit.html import decode
from blogkit.platforms.base import Draft, Remote
from blogkit.platforms.settings import arrow, changed_settings
from blogkit.platforms.wordpress.client import Client, Reply
from blogkit.platforms.wordpress.settings import IMAGE_TEXTS

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import FileTexts

_ROUTE = "/wp/v2/media/"
# `caption.raw` finds nothing (6.1 to 7.1).
_EDIT = (("context", "edit"), ("_fields", "id,alt_text,title,caption"))
_VIEW = (("_fields", "id,alt_text"),)
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\w+|\w+);")


class ImageTexts:
    """The texts of a site's images.

    Args:
        client: The site.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    def of(self, remote: Remote, names: Collection[str]) -> Remote:
        """Return a post with the texts of its featured image among its settings.

        Args:
            remote: The post.
            names: The settings that are needed; nothing is asked for if none of them is a text.
        """
        if not remote.featured_id or not IMAGE_TEXTS.keys() & set(names):
            return remote
        return with_more(remote, self._read(remote.featured_id))

    def set(
        self, image: int, wanted: Mapping[str, Any], seen: Remote | None = None
    ) -> dict[str, Any]:
        """Return the texts of an image after those that differ were sent.

        Args:
            image: Its id.
            wanted: Settings of a post; others than texts of images are left out.
            seen: The post as it was last read. If it shows these texts, nothing is asked for.

        Raises:
            PermissionDenied: The account may not change this image.
            Rejected: The site kept something else.
        """
        texts = {name: value for name, value in wanted.items() if name in IMAGE_TEXTS}
        if not image or not texts:
            return {}
        if seen and seen.featured_id == str(image) and texts.items() <= seen.settings.items():
            return texts
        found = self._read(str(image))
        changed = [name for name in texts if texts[name] != found.get(name)]
        if not changed:
            return found
        now = self._send(image, {name: texts[name] for name in changed})
        if lost := changed_settings(texts, now):
            name = lost[0]
            raise Rejected(
                f"site {self._client.site} did not keep"
                f" {arrow(name, texts[name], now[name])} of the featured image",
                site=self._client.site,
                hint=f"change {name}: in the post's file",
            )
        return now

    def _send(self, image: int, texts: Mapping[str, Any]) -> dict[str, Any]:
        fields = {IMAGE_TEXTS[name]: _written(name, value) for name, value in texts.items()}
        doing = f"change the texts of the featured image (file {image} of the media library)"
        try:
            reply = self._client.post(
                f"{_ROUTE}{image}", fields, _EDIT, repeatable=True, doing=doing
            )
        except OutcomeUnknown:
            return self._read(str(image))
        return _texts(reply)

    def _read(self, image: str) -> dict[str, Any]:
        """Return an image's texts, as far as the account may see them; {} if it may not."""
        for params in (_EDIT, _VIEW):  # another person's image shows its public texts only
            with suppress(PermissionDenied, NotFound):
                return _texts(self._client.get(f"{_ROUTE}{image}", params, decides=True))
        return {}


def with_more(remote: Remote, texts: Mapping[str, Any]) -> Remote:
    """Return a post with these settings, too.

    Args:
        remote: The post.
        texts: The texts of its featured image; {} if they are not known.
    """
    return replace(remote, settings={**remote.settings, **texts}) if texts else remote


def with_image_settings(draft: Draft) -> Draft:
    """Return a draft without settings of an image that it does not have.

    Args:
        draft: The post as it would be sent.
    """
    has = draft.featured or draft.featured_url
    kept = {name: v for name, v in draft.settings.items() if has or name not in IMAGE_TEXTS}
    alt = {n: " ".join(str(v).split()) for n, v in kept.items() if n == "image_alt"}
    return replace(draft, settings={**kept, **alt})


def _texts(reply: Reply) -> dict[str, Any]:
    from blogkit.platforms.wordpress.models import FileTexts

    found: FileTexts = reply.read(FileTexts, "file")
    texts = {"image_alt": decode(found.alt_text)}
    for name, text in (("image_caption", found.caption), ("image_title", found.title)):
        if text is not None:
            texts[name] = _plain(text.raw)
    return texts


def _plain(raw: str) -> str:
    """Return the text that `_written` turns into this HTML again."""
    text = decode(raw)
    is_text = escape(text, quote=False) == raw and not _MARKUP.search(text)
    return text if is_text else raw


def _written(name: str, text: str) -> str:
    """Return a text as WordPress takes it: captions and titles are HTML there."""
    return text if name == "image_alt" or _MARKUP.search(text) else escape(text, quote=False)
