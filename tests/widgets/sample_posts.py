"""The posts of `blogkit demo`, loaded as their author wrote them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.posts.loader import load_post
from blogkit.posts.post import Post
from blogkit.project.files import scaffold
from blogkit.render.document import Document
from blogkit.render.looks.theme import Theme
from blogkit.render.renderer import render_post
from blogkit.sanitizers.profiles import Profile
from tests.render.drawing import OURS

_FOLDER = Path(scaffold.__file__).parent / "sample"


def _load(path: Path) -> Post:
    text = path.read_bytes().replace(b"{{ next week }}", b"2030-01-31")
    return load_post(path, root=_FOLDER, zone=ZoneInfo("Asia/Kolkata"), text=text)


SAMPLES = {path.stem: _load(path) for path in sorted((_FOLDER / "posts").glob("*.md"))}


def drawn(post: Post, profile: Profile, theme: Theme | None = None) -> Document:
    """A sample as a site gets it."""
    return render_post(post, registry=OURS, profile=profile, root=_FOLDER, theme=theme)
