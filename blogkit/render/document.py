"""A rendered post, which a platform turns into a body."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from blogkit.posts.post import BlockKind


@dataclass(frozen=True)
class Asset:
    """A local file that a body refers to.

    The HTML has `url`, a placeholder that the platform replaces or refuses.

    path: absolute; name: file name in the workspace, for messages; sha256: of its bytes, hex; alt:
    text, "" if decorative; line: where the post mentions it.
    """

    path: Path
    name: str
    sha256: str
    alt: str
    line: int

    @property
    def url(self) -> str:
        """Return the placeholder address until the file has a real one.

        Stable, so that plans can be compared.
        """
        return f"blogkit-asset://{self.sha256}/{quote(self.path.name)}"


@dataclass(frozen=True)
class Fragment:
    """One top-level piece of the body as finished HTML.

    kind: as `Block.kind`; widget: the widget's name for kind "widget"; mixed: this prose block
    contains a widget.
    """

    kind: BlockKind
    html: str
    line: int = 0
    level: int = 0
    language: str = ""
    anchor: str = ""
    widget: str = ""
    mixed: bool = False


@dataclass(frozen=True)
class Document:
    """A post's body, checked against a profile.

    assets: every local file in the body; featured: the featured image if it is a local file;
    featured_url: if it is a URL; sheet: the enhancement style sheet, "" when the profile keeps
    none; open_promises: names of quiz links still open; files: every file beside the post that was
    read or looked for, there or not.
    """

    key: str
    fragments: tuple[Fragment, ...]
    assets: tuple[Asset, ...] = ()
    featured: Asset | None = None
    featured_url: str = ""
    sheet: str = ""
    open_promises: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def html(self) -> str:
        """Return the whole body as HTML, with a newline between top-level pieces."""
        return "\n".join(fragment.html for fragment in self.fragments)
