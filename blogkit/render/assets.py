"""Local images of a post: find and hash them, and put placeholders into the HTML.

A platform replaces the placeholders by the addresses of the uploaded files.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from blogkit.errors import Problem, nearest
from blogkit.html import Piece, change, decode, pieces
from blogkit.paths import flaw, is_text, leads_out
from blogkit.render.data.data_files import inside, is_file
from blogkit.render.document import Asset

# At least two letters: `C:` is a drive of Windows, and no scheme is that short.
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//|#|\Z")


_MOST_IMAGES = 1000


def is_local(address: str) -> bool:
    """Return whether an address names a local file: it has no scheme, host or fragment alone."""
    return not _URL.match(address.strip())


def _space(piece: Piece) -> str:
    """Return the space that a tag leaves between two words."""
    return " " if piece.name in ("p", "br", "div") else ""


class Assets:
    """Collects the local files that one post mentions.

    Paths are relative to the blog's folder, or to the post's own folder.

    Args:
        root: The blog's folder, with symbolic links resolved.
        post: The post's file, with symbolic links resolved.
        place: The post's path, for messages.

    Attributes:
        found: The files, by the placeholder's address.
        problems: What is wrong with addresses.
        looked_for: Every path that was tried, there or not, so that a cache can watch them.
    """

    def __init__(self, root: Path, post: Path, place: str) -> None:
        self.root, self.post, self.place = root, post, place
        self.found: dict[str, Asset] = {}
        self.problems: list[Problem] = []
        self.looked_for: set[Path] = set()
        self._known: dict[str, Asset | Problem | None] = {}

    @cached_property
    def _home(self) -> str:
        """The folder of the post's file, in the blog's folder."""
        inside_it = self.post.is_relative_to(self.root)
        return self.post.parent.relative_to(self.root).as_posix() if inside_it else ""

    def localise(self, html: str, line_of: Callable[[str], int]) -> str:
        """Return the HTML with each local image's address replaced by its placeholder.

        Args:
            html: A piece of the post's body.
            line_of: Returns the line of an address in the post's file.
        """

        def edit(piece: Piece) -> str:
            source = (
                piece.attribute("src") if piece.kind == "start" and piece.name == "img" else None
            )
            if source is None or not is_local(source):
                return piece.text
            alt, title = piece.attribute("alt") or "", piece.attribute("title") or ""
            asset = self.find(source.strip(), alt, line_of(source), title)
            return piece.with_attribute("src", asset.url) if asset else piece.text

        localised = change(html, edit) if "<img" in html.lower() else html
        if "<figcaption" in localised:
            self._note_captions(localised)
        return localised

    def _note_captions(self, html: str) -> None:
        """Give each image the caption that follows it in the same figure."""
        image = ""
        caption: list[str] | None = None
        for piece in pieces(html):
            if piece.name in ("figure", "figcaption", "img") and piece.kind in ("start", "end"):
                if caption is not None and image in self.found:
                    found, words = self.found[image], " ".join("".join(caption).split())
                    self.found[image] = replace(found, caption=found.caption or words)
                caption = [] if (piece.kind, piece.name) == ("start", "figcaption") else None
                image = (piece.attribute("src") or "") if piece.name == "img" else image
                image = "" if piece.name == "figure" else image
            elif caption is not None:
                caption.append(decode(piece.text) if piece.kind == "text" else _space(piece))

    def find(self, address: str, alt: str, line: int, title: str = "") -> Asset | None:
        """Return the file of an address; None if there is none.

        A missing file is a problem, except for `/…`, which may be an address on the site.

        Args:
            address: As the post has it; it may be percent-encoded.
            alt: The image's text.
            line: Where the post mentions it.
            title: The image's name for people; "" for none.
        """
        if address not in self._known:
            self._known[address] = self._look_up(address, alt, line, title)
        found = self._known[address]
        if isinstance(found, Problem):
            self.problems.append(replace(found, line=line))
            return None
        return found

    def _look_up(self, address: str, alt: str, line: int, title: str) -> Asset | Problem | None:
        if len(self._known) >= _MOST_IMAGES:
            message = f"the post has more than {_MOST_IMAGES:,} different images of its own"
            return Problem(self.place, line, message, "split the post", "too-many-images")
        # A file may be called "50%25.png" itself, so the name as written comes first.
        names = dict.fromkeys((address.lstrip("/"), unquote(address.lstrip("/"))))
        if reason := next(filter(None, map(flaw, names)), ""):
            return None if address.startswith("/") else self._refusal(address, reason, line)
        # The blog's folder comes first: it is how other posts and messages name the file.
        folders = [""] if address.startswith("/") else ["", self._home]
        places = [(name, folder) for folder in folders for name in names]
        paths = [path for name, folder in places if (path := inside(self.root, name, folder))]
        self.looked_for.update(paths)
        # As written, too: a link may lead elsewhere tomorrow.
        self.looked_for.update(
            self.root / folder / name for name, folder in places if not leads_out(folder, name)
        )
        file = next((path for path in paths if is_file(path)), None)
        from mimetypes import guess_type  # few posts have images beside them

        # Only images are uploaded: a link to blogkit.toml in a post must not publish it.
        if file is not None and (guess_type(file.name)[0] or "").startswith("image/"):
            return self._asset(file, alt, line, title)
        if file is not None:
            hint = "use a .jpg, .png, .gif, .webp or .avif file"
            return Problem(self.place, line, f'"{address}" is not an image', hint, "bad-image")
        return None if address.startswith("/") else self._missing(address, line)

    def _refusal(self, address: str, reason: str, line: int) -> Problem:
        other = unquote(address).replace("\\", "/")
        hint = "copy it into images/" if flaw(other) or leads_out("", other) else f'write "{other}"'
        message = f'"{address}" is not the name of a file in your blog\'s folder: {reason}'
        return Problem(self.place, line, message, hint, "bad-path")

    def _asset(self, file: Path, alt: str, line: int, title: str) -> Asset | Problem:
        name = file.relative_to(self.root).as_posix()
        try:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            message = f'cannot read the image "{name}": {error.strerror}'
            return Problem(self.place, line, message, code="missing-image")
        asset = Asset(file, name, digest, alt, line, title=title)
        return self.found.setdefault(asset.url, asset)

    def _missing(self, address: str, line: int) -> Problem:
        if not inside(self.root, unquote(address), self._home if address.startswith("..") else ""):
            message, hint, code = (
                f'the image "{address}" is outside your blog\'s folder',
                "copy it into images/",
                "bad-path",
            )
        else:
            message, code = (
                f'the image "{address}" does not exist in your blog\'s folder',
                "missing-image",
            )
            folder = inside(self.root, posixpath.dirname(unquote(address)))
            files = folder.iterdir() if folder and folder.is_dir() else ()
            names = [path.relative_to(self.root).as_posix() for path in files if is_text(path.name)]
            hint = nearest(unquote(address), names) or f"paths are relative to {self.root.name}/"
        return Problem(self.place, line, message, hint, code)
