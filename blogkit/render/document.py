"""A rendered post, which a platform turns into a body."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from blogkit.dataclass import dataclass
from blogkit.posts.post import BlockKind


@dataclass(frozen=True)
class Asset:
    """A local file that a body refers to.

    The HTML has `url`, a placeholder that the platform replaces or refuses.

    Attributes:
        path: The file's absolute path.
        name: Its name in the blog's folder, for messages.
        sha256: Of its bytes, in hex.
        alt: The image's text; "" if it is decorative.
        line: Where the post mentions it.
        caption: The text below the image; "" for none.
        title: The image's name for people; "" if the post gives it none.
    """

    path: Path
    name: str
    sha256: str
    alt: str
    line: int
    caption: str = ""
    title: str = ""

    @property
    def url(self) -> str:
        """Return the placeholder address until the file has a real one.

        Stable, so that plans can be compared.
        """
        return f"blogkit-asset://{self.sha256}/{quote(self.path.name)}"


@dataclass(frozen=True)
class Fragment:
    """One top-level piece of the body as finished HTML.

    Attributes:
        kind: As `Block.kind`.
        line: Where it begins in the post's file; 0 if unknown.
        level: Of a heading, 1 to 6.
        language: Of a code block.
        anchor: The id of a heading.
        widget: The widget's name for kind "widget".
        mixed: Whether this prose block contains a widget.
        last: The last line of it in the post's file; 0 if it is not known, or not in one place.
    """

    kind: BlockKind
    html: str
    line: int = 0
    level: int = 0
    language: str = ""
    anchor: str = ""
    widget: str = ""
    mixed: bool = False
    last: int = 0


@dataclass(frozen=True)
class Document:
    """A post's body, rendered for one profile.

    Attributes:
        key: The post's key.
        fragments: The top-level pieces, in order.
        assets: Every local file in the body.
        featured: The featured image, if it is a local file.
        featured_url: The featured image, if it is an address.
        sheet: The style sheet of enhancements; "" if the profile keeps none.
        pending_quiz_links: Names of quiz links that are still pending.
        files: Every file beside the post that was read or looked for, there or not.
    """

    key: str
    fragments: tuple[Fragment, ...]
    assets: tuple[Asset, ...] = ()
    featured: Asset | None = None
    featured_url: str = ""
    sheet: str = ""
    pending_quiz_links: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()

    @cached_property
    def html(self) -> str:
        """The whole body as HTML, with a newline between top-level pieces."""
        return "\n".join([fragment.html for fragment in self.fragments])
