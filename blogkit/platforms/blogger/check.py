"""Find what Blogger would refuse, lose or ignore, before anything is sent. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.platforms.base import Capabilities, Draft, State, Target
from blogkit.platforms.blogger.by_hand import SET_BY_HAND
from blogkit.platforms.blogger.settings import BLOGGER_KEYS
from blogkit.platforms.settings import lacking
from blogkit.platforms.statuses import unknown_status

# Bytes. Blogger cuts off pages at 1 MB, and the theme needs some of that.
MAX_BODY = 900 * 1024
LARGE_BODY = 500 * 1024
# Blogger keeps an address of 40 characters that it makes from a title whole, and drops articles.
MAX_SLUG = 40
LONG_TITLE = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_DROPPED = re.compile(r"-(a|an|the)(?=-)")


def labels_of(draft: Draft) -> tuple[str, ...]:
    """Return labels, categories and tags as one list of labels, without duplicates, in order."""
    trimmed = (label.strip() for label in (*draft.labels, *draft.categories, *draft.tags))
    return tuple(dict.fromkeys(label for label in trimmed if label))


def blogger_problems(draft: Draft, target: Target | None, can: Capabilities) -> Iterator[Problem]:
    """Find what Blogger would refuse, lose or ignore.

    Args:
        draft: The post as it would be sent.
        target: The state it should get; None if only its content is sent.
        can: The limits of this site.

    Yields:
        Problems without a path; the caller adds it, and the line unless an asset has one.
    """
    yield from _labels(draft, can)
    yield from _images(draft, can)
    yield from _text(draft)
    yield from _slug(draft, can)
    yield from lacking(draft.settings, BLOGGER_KEYS | SET_BY_HAND, "Blogger", draft.kind)
    yield from _by_hand(draft)
    yield from unknown_status(target, "Blogger")
    if draft.kind == "page" and target and target.state is State.SCHEDULED:
        yield _error(
            "page-schedule",
            "Blogger cannot schedule pages",
            "use `publish: now` or `publish: draft`",
        )


def _error(code: str, message: str, hint: str, line: int = 0) -> Problem:
    return Problem("", line, message, hint, code)


def _warning(code: str, message: str, hint: str) -> Problem:
    return Problem("", 0, message, hint, code, "warning")


def _labels(draft: Draft, can: Capabilities) -> Iterator[Problem]:
    labels = labels_of(draft)
    if labels and draft.kind == "page":
        yield _warning(
            "page-labels",
            "Blogger's pages have no labels, so the post's labels will not be sent",
            "",
        )
        return
    # What is between them does not count: 20 labels of 10 characters are accepted.
    length = len("".join(labels))
    if len(labels) > can.max_labels:
        over = len(labels) - can.max_labels
        yield _error(
            "labels",
            f"the post has {len(labels)} labels; Blogger allows {can.max_labels}",
            f"remove {over}",
        )
    if length > can.max_labels_chars:
        sentence = (
            f"the labels have {length} characters in total; Blogger allows {can.max_labels_chars}"
        )
        yield _error("labels", sentence, f"shorten them by {length - can.max_labels_chars}")
    for label in labels:
        if "," in label:
            yield _error(
                "labels",
                f'the label "{label}" contains a comma, which separates labels on Blogger',
                "write two labels, or remove the comma",
            )


def _images(draft: Draft, can: Capabilities) -> Iterator[Problem]:
    for asset in () if can.image_host else draft.assets:
        hint = (
            'set host in [images] of blogkit.toml, such as host = "manual", or use the https://'
            " address of an image on the web"
        )
        yield _error(
            "local-image",
            f"cannot upload {asset.name}: Blogger's API does not accept images",
            hint,
            asset.line,
        )
    if draft.featured or draft.featured_url:
        yield _warning(
            "featured",
            "Blogger has no featured image; it shows the first image of the body",
            "put the image in the body",
        )
    if draft.excerpt:
        yield _warning(
            "excerpt",
            "Blogger's API does not accept an excerpt, so it will not be sent",
            "set it as search description in Blogger's editor: blogkit todo has text and link",
        )


def _text(draft: Draft) -> Iterator[Problem]:
    if not draft.title.strip():
        yield _error("title", "the title is empty", "write `title:`")
    elif len(draft.title) > LONG_TITLE:
        yield _warning(
            "title",
            f"the title has {len(draft.title)} characters; themes and search results cut it off",
            f"use fewer than {LONG_TITLE}",
        )
    size = len(draft.body.encode())
    if size > MAX_BODY:
        sentence = (
            f"the body has {size // 1024} KB; Blogger serves at most 1 MB per page and cuts off or"
            " rejects the rest"
        )
        yield _error("too-large", sentence, "split the post; host images instead of embedding them")
    elif size > LARGE_BODY:
        yield _warning(
            "large",
            f"the body has {size // 1024} KB and will load slowly",
            "split the post; host images instead of embedding them",
        )


def _by_hand(draft: Draft) -> Iterator[Problem]:
    if draft.settings.get("seo.title"):
        yield _warning("seo-title", "Blogger has no title for search engines", "remove it")
    names = {"seo.description": "a search description", "seo.robots": "robots tags"}
    for what in (what for name, what in names.items() if draft.settings.get(name)):
        yield _warning(
            "by-hand",
            f"Blogger's API does not accept {what}",
            "set it in Blogger's editor after publishing; blogkit todo has the text and the link",
        )


def _slug(draft: Draft, can: Capabilities) -> Iterator[Problem]:
    if not draft.slug:
        return
    if can.slug != "by-title":
        sentence = "Blogger makes the address from the title and ignores `slug:`"
        yield _warning(
            "slug",
            sentence,
            "set `slug_by_title = true` in blogkit.toml to publish with the slug as title and then"
            " set the real title",
        )
        return
    if not _SLUG.match(draft.slug) or len(draft.slug) > MAX_SLUG:
        sentence = (
            f'Blogger cannot make the address "{draft.slug}": it allows a-z, 0-9 and single'
            f" hyphens, up to {MAX_SLUG} characters"
        )
        yield _error("slug", sentence, "shorten or remove the slug")
    elif dropped := _DROPPED.search(draft.slug):
        yield _warning(
            "slug",
            f'Blogger removes the word "{dropped.group(1)}" from addresses',
            "remove it from the slug",
        )
