"""What Blogger would refuse, lose or ignore, said before anything is sent. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.platforms.base import Capabilities, Draft, State, Target

MAX_BODY = 900 * 1024
LARGE_BODY = 500 * 1024
MAX_SLUG = 38
LONG_TITLE = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_DROPPED = re.compile(r"-(a|an|the)(?=-)")


def labels_of(draft: Draft) -> tuple[str, ...]:
    """Blogger knows only labels: categories and tags join them, once each, in order."""
    trimmed = (label.strip() for label in (*draft.labels, *draft.categories, *draft.tags))
    return tuple(dict.fromkeys(label for label in trimmed if label))


def problems(draft: Draft, target: Target | None, can: Capabilities) -> Iterator[Problem]:
    """Every problem; path is left to the caller, and line except where the draft knows it."""
    yield from _labels(draft, can)
    yield from _images(draft)
    yield from _text(draft)
    yield from _slug(draft, target, can)
    if draft.kind == "page" and target and target.state is State.SCHEDULED:
        yield _error("page-schedule", "Blogger cannot schedule pages", "write `publish: now` or `publish: draft`")


def _error(code: str, message: str, hint: str, line: int = 0) -> Problem:
    return Problem("", line, message, hint, code)


def _warning(code: str, message: str, hint: str) -> Problem:
    return Problem("", 0, message, hint, code, "warning")


def _labels(draft: Draft, can: Capabilities) -> Iterator[Problem]:
    labels = labels_of(draft)
    if labels and draft.kind == "page":
        yield _warning("page-labels", "Blogger's pages have no labels: they will not be sent", "")
        return
    length = len(", ".join(labels))
    if len(labels) > can.max_labels:
        over = len(labels) - can.max_labels
        yield _error("labels", f"{len(labels)} labels: Blogger takes {can.max_labels} a post", f"remove {over}")
    if length > can.max_labels_chars:
        sentence = f"labels of {length} characters in all: Blogger takes {can.max_labels_chars}, commas and spaces included"
        yield _error("labels", sentence, f"shorten them by {length - can.max_labels_chars}")
    for label in labels:
        if "," in label:
            yield _error(
                "labels", f'a comma in the label "{label}": Blogger separates labels by commas', "write two labels, or leave the comma out"
            )


def _images(draft: Draft) -> Iterator[Problem]:
    for asset in draft.assets:
        hint = "host it and use its https:// address (a WordPress media library, a web space, a photo host with permanent links)"
        yield _error("local-image", f"{asset.name}: Blogger has no image upload", hint, asset.line)
    if draft.featured or draft.featured_url:
        yield _warning("featured", "Blogger has no featured image: it shows the first image of the body", "put the image into the body")
    if draft.excerpt:
        yield _warning("excerpt", "Blogger's API takes no excerpt: it will not be sent", "set the search description in Blogger's editor")


def _text(draft: Draft) -> Iterator[Problem]:
    if not draft.title.strip():
        yield _error("title", "the title is empty", "write `title:`")
    elif len(draft.title) > LONG_TITLE:
        yield _warning("title", f"a title of {len(draft.title)} characters: themes and search results cut it", f"stay under {LONG_TITLE}")
    size = len(draft.body.encode())
    if size > MAX_BODY:
        sentence = f"a body of {size // 1024} KB: Blogger serves at most 1 MB a page, and more is cut off or refused"
        yield _error("too-large", sentence, "split the post; host images instead of embedding them")
    elif size > LARGE_BODY:
        yield _warning("large", f"a body of {size // 1024} KB loads slowly", "split the post; host images instead of embedding them")


def _slug(draft: Draft, target: Target | None, can: Capabilities) -> Iterator[Problem]:
    if not draft.slug:
        return
    if can.slug != "by-title":
        sentence = "Blogger makes the address from the title: `slug:` is not used"
        yield _warning(
            "slug", sentence, "`slug_by_title = true` in blogkit.toml publishes under the slug as title, then sets the real title"
        )
        return
    if not _SLUG.match(draft.slug) or len(draft.slug) > MAX_SLUG:
        sentence = (
            f'Blogger cannot make the address "{draft.slug}": it knows a-z, 0-9 and single hyphens, and cuts at {MAX_SLUG} characters'
        )
        yield _error("slug", sentence, "shorten the slug, or leave it out")
    elif dropped := _DROPPED.search(draft.slug):
        yield _warning("slug", f'Blogger drops the word "{dropped.group(1)}" from addresses', "leave it out of the slug")
    if target and target.state is State.SCHEDULED:
        sentence = "whether Blogger uses the slug of a scheduled post is not certain: it may make the address from the title on the day"
        yield _warning("slug", sentence, "look at the address when the post is live")
