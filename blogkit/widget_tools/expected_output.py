"""Render a widget's example in every format: the files of its `expected/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from blogkit.files import replace_file
from blogkit.render import renderer
from blogkit.render.call_writer import lone_post
from blogkit.render.document import Document
from blogkit.render.outputs import render_output
from blogkit.render.widgets.registry import Registry
from blogkit.sanitizers.profiles import BLOGGER, EMAIL, FEED, MARKDOWN, STRICT, TEXT, Profile

CHECKED_PROFILES = {"strict": STRICT, "full": BLOGGER, "feed": FEED}
"""The profiles whose HTML is in `expected/`, by file name."""

_WRITTEN = {"email.html": EMAIL, "text.txt": TEXT, "markdown.md": MARKDOWN}
"""The formats derived from that HTML, by file name."""

EXAMPLE_KEY = "example"


def expected(folder: Path, registry: Registry, root: Path) -> dict[Path, str]:
    """Return the files that a widget's `expected/` should have, with their texts.

    Args:
        folder: The widget's.
        registry: Finds this folder and the widgets of its example.
        root: The blog's folder.

    Raises:
        ContentError: The example cannot be rendered.
    """
    example = (folder / "example.md").read_text(encoding="utf-8")
    documents = {
        form: render_example(folder, example, profile, registry, root)
        for form, profile in CHECKED_PROFILES.items()
    }
    texts = {f"{form}.html": document.html for form, document in documents.items()} | {
        "full.css": documents["full"].sheet
    }
    for name, profile in _WRITTEN.items():
        texts[name] = render_output(
            render_example(folder, example, profile, registry, root), profile
        )
    # One line break at the end, as editors write it: a file saved by hand must not differ from the
    # output.
    return {folder / "expected" / name: text.rstrip("\n") + "\n" for name, text in texts.items()}


def accept(folder: Path, registry: Registry, root: Path) -> list[Path]:
    """Write a widget's rendered example to its `expected/`.

    Args:
        folder: The widget's.
        registry: Finds this folder and the widgets of its example.
        root: The blog's folder.

    Returns:
        The changed files.

    Raises:
        ContentError: The example cannot be rendered.
    """
    changed = []
    for path, text in expected(folder, registry, root).items():
        # Files that are right keep their time stamps, so that version control and editors see only
        # what changed.
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        path.parent.mkdir(exist_ok=True)
        replace_file(path, text.encode())
        changed.append(path)
    return changed


def render_example(
    folder: Path,
    body: str,
    profile: Profile,
    registry: Registry,
    root: Path,
    language: str = "en",
    **options: Any,
) -> Document:
    """Render a body as if it were the example of a widget's folder.

    Args:
        folder: The widget's.
        body: Markdown with a call.
        profile: What the site keeps of HTML.
        registry: Finds this folder and the widgets of its example.
        root: The blog's folder.
        language: Of the post.
        **options: Of `render_post`.

    Returns:
        The rendered example.

    Raises:
        ContentError: It cannot be rendered.
    """
    post = lone_post(body, path=folder / "example.md", key=EXAMPLE_KEY, language=language)
    return renderer.render_post(post, registry=registry, profile=profile, root=root, **options)
