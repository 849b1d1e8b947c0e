"""Uploaded images in a body, in the form that WordPress makes responsive.

WordPress adds `srcset`, `sizes`, `width`, `height` and `loading` when it shows a post, to each
`<img>` that names its file of the media library as `class="wp-image-ID"`
(https://developer.wordpress.org/reference/functions/wp_filter_content_tags/). The block editor
also writes the id and the chosen size into the block
(https://github.com/WordPress/gutenberg/tree/trunk/packages/block-library/src/image).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from blogkit.dataclass import dataclass
from blogkit.html import Piece, change
from blogkit.html.blocks import delimiter, serialize
from blogkit.platforms.base import Draft, Uploaded, addresses_in, with_addresses
from blogkit.platforms.wordpress.settings import IMAGE_SIZE
from blogkit.render.document import Asset

# As `gutenberg.to_blocks` writes an image.
_BLOCK = re.compile(
    r"<!-- wp:image(?: \{[^{}]*\})? -->\n"
    r'<figure class="wp-block-image">(?P<link><a href="[^"]*">)?'
    r'<img src="blogkit-asset://(?P<sha>[0-9a-f]{64})/[^"]*" alt="(?P<alt>[^"]*)"'
    r'(?P<title> title="[^"]*")?(?P<end> ?/>(?:</a>)?</figure>\n<!-- /wp:image -->)'
)
_PLACEHOLDER = re.compile(r"blogkit-asset://([0-9a-f]{64})/")
_CLASS = re.compile(r"wp-image-([0-9]+)")
_SIZE = re.compile(r"(?:^|\s)size-([a-z0-9_-]+)")
_RENDITION = re.compile(r"-[0-9]+x[0-9]+\.\w+\Z")
_CLOSING = re.compile(r"\s*/?>\Z")
# Other blocks derive the classes of their images from their attributes, and the editor calls a
# block invalid whose image has one more.
_FREE = frozenset({"", "html", "paragraph", "heading", "list-item", "table"})


USUAL_SIZE = "large"
"""What the editor chooses for a new image, and the size that `Media.upload` returns."""


@dataclass(frozen=True)
class Sizes:
    """The sizes in which a site shows images.

    Attributes:
        resized: Returns a file at another size, as `Media.resized` does.
        usual: The size of images, unless their post names one.
    """

    resized: Callable[[Uploaded, str], Uploaded] = lambda home, _size: home
    usual: str = USUAL_SIZE

    def at(self, home: Uploaded, wanted: str, shown: str) -> Uploaded:
        """Return a file at a size.

        Args:
            home: The file.
            wanted: The size; "" for the one that it has.
            shown: The size that it has; "" if it is unknown.
        """
        return self.resized(home, wanted) if home.id and wanted not in ("", shown) else home


_AS_UPLOADED = Sizes()


def with_images(
    draft: Draft,
    uploaded: Mapping[str, Uploaded],
    like: str = "",
    *,
    renew: bool = False,
    sizes: Sizes = _AS_UPLOADED,
) -> Draft:
    """Return the draft with its uploaded files in place.

    Args:
        draft: The post; its body may contain `blogkit-asset:` placeholders.
        uploaded: What has been uploaded, keyed by `Asset.url`; other placeholders stay. Without an
            id, a file gets nothing but its address.
        like: The body of the post on the site. Files that it shows are written as there, so that
            a post of an older version counts as unchanged. Only `image_size:` in the post changes
            their size.
        renew: Give files without an id the present form, too.
        sizes: The sizes of further images.
    """
    named = draft.settings.get(IMAGE_SIZE, "")
    there = images_in(like, draft.assets)
    if renew:
        there = {url: home for url, home in there.items() if home.id or url not in uploaded}
    new = {url: home for url, home in uploaded.items() if url not in there}
    known = {url: sizes.at(home, named or sizes.usual, USUAL_SIZE) for url, home in new.items()}
    known |= {url: sizes.at(home, named, home.size) for url, home in there.items()}
    by_hash = {asset.sha256: known[asset.url] for asset in draft.assets if asset.url in known}
    if any(home.id for home in by_hash.values()):
        draft = replace(draft, body=_with_ids(draft.body, by_hash))
    return with_addresses(draft, known)


def images_in(body: str, assets: Iterable[Asset]) -> dict[str, Uploaded]:
    """Return address, id and size of each file that a body shows, keyed by `Asset.url`.

    Args:
        body: A post's HTML on the site.
        assets: The files to look for.
    """
    found = addresses_in(body, assets)
    ids: dict[str, str] = {}
    sizes: dict[str, str] = {}
    figure = ""

    def note(piece: Piece) -> str:
        nonlocal figure
        if piece.name == "figure":
            sized = _SIZE.search(_class_of(piece) if piece.kind == "start" else "")
            figure = sized[1] if sized else ""
        if piece.kind == "start" and piece.name == "img":
            source, named = piece.attribute("src") or "", _CLASS.search(_class_of(piece))
            ids.setdefault(source, named[1] if named else "")
            sizes[source] = sizes.get(source) or figure
        return ""

    if found:
        change(body, note)
    return {
        url: replace(home, id=ids.get(home.url, ""), size=sizes.get(home.url, ""))
        for url, home in found.items()
    }


def _with_ids(body: str, by_hash: Mapping[str, Uploaded]) -> str:
    def block(found: re.Match[str]) -> str:
        home = by_hash.get(found["sha"])
        return _image_block(found, home) if home and home.id else found[0]

    return _with_classes(_BLOCK.sub(block, body), by_hash)


def _image_block(found: re.Match[str], home: Uploaded) -> str:
    """Return an image block with the id and the size of its file."""
    size = home.size or (USUAL_SIZE if _RENDITION.search(home.url) else "full")
    attributes = {
        "id": int(home.id),
        "sizeSlug": size,
        "linkDestination": "custom" if found["link"] else "none",
    }
    source, _, _ = found[0].partition('<img src="')[2].partition('"')
    return (
        f"<!-- wp:image {serialize(attributes)} -->\n"
        f'<figure class="wp-block-image size-{size}">{found["link"] or ""}'
        f'<img src="{source}" alt="{found["alt"]}" class="wp-image-{home.id}"'
        f"{found['title'] or ''}{found['end']}"
    )


def _with_classes(body: str, by_hash: Mapping[str, Uploaded]) -> str:
    """Return the body with the class on images outside of blocks that have attributes for it."""
    path: list[str] = []

    def edit(piece: Piece) -> str:
        if piece.kind == "comment" and (found := delimiter(piece.text)):
            if found.close:
                path[-1:] = []
            elif not found.void:
                path.append(found.name)
        if piece.kind != "start" or piece.name != "img" or (path or [""])[-1] not in _FREE:
            return piece.text
        named = _PLACEHOLDER.match(piece.attribute("src") or "")
        home = by_hash.get(named[1]) if named else None
        return _with_class(piece, f"wp-image-{home.id}") if home and home.id else piece.text

    return change(body, edit)


def _class_of(piece: Piece) -> str:
    return piece.attribute("class") or ""


def _with_class(piece: Piece, name: str) -> str:
    existing = piece.attribute("class")
    if existing is not None:
        return piece.with_attribute("class", f"{existing} {name}".strip())
    closing = _CLOSING.search(piece.text)
    at = closing.start() if closing else len(piece.text)
    return f'{piece.text[:at]} class="{name}"{piece.text[at:]}'
