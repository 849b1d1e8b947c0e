"""What the tests here publish: every widget's own example, the same widgets full of text that
sites love to rewrite, and a whole post.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

from blogkit.posts.post import Post
from blogkit.render.document import Document
from blogkit.render.renderer import render_post
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import STRICT, Profile
from tests.widgets.samples import NAMES, TEXTS, below, written

WIDGETS = tuple(NAMES)
EVERYTHING = Path(__file__).with_name("everything.md").read_text()
"""A post with everything in it that Markdown and blogkit know."""

QUIZ = "https://example.com/quiz?paper=1&set=b"

HOSTILE = (
    "“curly”, \"straight\", 'single' -- and --- dashes... done",
    "[gallery] [caption]x[/caption] [[escaped]]",
    "smile :) wink ;-) or 8-) at 10x20 (c) (tm)",
    "4 < 5 and 6 > 3 & R&D &amp; &#8217; &notreal;",
    "Wordpress says <script>alert(1)</script> & <b>bold</b>",
    "आज की मुख्य ख़बरें 📍 👩‍🏫 🇮🇳",
    "أخبار اليوم: ٣ أسئلة",
    "https://example.com/?a=1&b=2 C:\\new\\0 100% {{ braces }}",
)
"""Texts that quotes, shortcodes, smilies, filters and encodings are known to break."""


class Make(Protocol):
    """One of the two functions below."""

    def __call__(self, widget: str, root: Path, *, profile: Profile = STRICT) -> Document: ...


def example(widget: str, root: Path, *, profile: Profile = STRICT) -> Document:
    """A widget's own example."""
    return document(Registry([builtin_folder()])[widget].example, root, profile=profile)


def hostile(widget: str, root: Path, *, profile: Profile = STRICT) -> Document:
    """A post that puts every hostile text into every text field of a widget."""
    fields = [
        json.dumps(_put(TEXTS[widget], text), ensure_ascii=False) for text in map(_literal, HOSTILE)
    ]
    calls = [f"```{{{widget}}}\n{written(widget, yaml)}\n```" for yaml in fields]
    headings = ["## A heading", "### Another"] if below(widget) else []
    return document("\n\n".join([*calls, *headings]), root, profile=profile)


def document(
    body: str,
    root: Path,
    *,
    profile: Profile = STRICT,
    quiz_url: str = QUIZ,
    allow_http: bool = False,
) -> Document:
    """Markdown as the document that a site gets."""
    post = Post(root / "sample.md", "sample", "post", "Sample", body, 1, "md")
    registry = Registry([builtin_folder()])
    return render_post(
        post,
        registry=registry,
        profile=profile,
        quiz_url=quiz_url,
        allow_http=allow_http,
        root=root,
    )


def _literal(text: str) -> str:
    """Inline Markdown that means exactly this text."""
    return "".join(
        f"\\{character}" if character in "\\`*_[]<>&~:" else character for character in text
    )


def _put(fields: Any, text: str) -> Any:
    """The fields with the text where W stands; icons keep to a character."""
    if isinstance(fields, dict):
        return {
            name: "📍" if name == "icon" else _put(value, text) for name, value in fields.items()
        }
    if isinstance(fields, list):
        return [_put(item, text) for item in fields]
    return text if fields == "W" else fields
