"""Posts made and rendered in one call, for the tests of this layer and of the widgets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from blogkit.errors import ContentError, Problem
from blogkit.posts.post import Post
from blogkit.render import renderer
from blogkit.render.document import Document
from blogkit.render.looks.theme import Theme
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import STRICT, Profile

OURS = Registry([builtin_folder()])
ICONS = Theme(own_marks=(("icons", True),))
"""The usual look, with the emoji that its preset leaves out."""
BODY_LINE = 4
NOWHERE = Path("/nonexistent/workspace")


def make_post(body: str, root: Path = NOWHERE, **front: Any) -> Post:
    values: dict[str, Any] = {
        "key": "a-post",
        "kind": "post",
        "title": "A post",
        "format": "md",
    } | front
    return Post(path=root / "posts/a.md", body=body, body_line=BODY_LINE, **values)


def draw(
    body: str,
    profile: Profile = STRICT,
    *,
    root: Path = NOWHERE,
    registry: Registry = OURS,
    front: Any = None,
    **options: Any,
) -> Document:
    """The document of a body; `front` are the post's fields, `options` those of `render`."""
    return renderer.render_post(
        make_post(body, root, **(front or {})),
        registry=registry,
        profile=profile,
        root=root,
        **options,
    )


def draw_html(body: str, profile: Profile = STRICT, **options: Any) -> str:
    return draw(body, profile, **options).html


def call(name: str, yaml: str, title: str = "") -> str:
    """A widget call, its fence longer than those of the calls in it."""
    fence = "`" * (1 + max([2, *map(len, re.findall("^ *(`{3,})", yaml, re.MULTILINE))]))
    return f"{fence}{{{name}}} {title}\n{yaml}\n{fence}\n"


def refused(body: str, **options: Any) -> list[Problem]:
    """The problems that rendering raises; none when it does not."""
    try:
        draw(body, **options)
    except ContentError as error:
        return list(error.problems)
    return []


def said(body: str, **options: Any) -> list[tuple[int, str, str]]:
    """Line, code and message of each problem."""
    return [(problem.line, problem.code, problem.message) for problem in refused(body, **options)]


def own_widget(folder: Path, name: str = "box", **files: str) -> Registry:
    """A registry with a workspace's widget beside ours. Files by stem: widget, template, style,
    example.
    """
    contents = {
        "widget": (
            "from __future__ import annotations\n"
            "from blogkit.render.widgets.fields import Field, Fields, Inline, Markdown\n\n\n"
            "class Widget(Fields):\n"
            '    title: Inline = Field("", description="The heading")\n'
            '    body: Markdown = Field("", description="The words")\n'
        ),
        "template": "<div {{ style() }}>\n  <p>{{ title }}</p>\n  {{ body }}\n</div>\n",
        "style": f".bk-{name} {{ margin: 0 }}\n",
        "example": f"```{{{name}}} Title\nWords\n```\n",
    } | files
    endings = {
        "widget": "widget.py",
        "template": "template.html",
        "style": "style.css",
        "example": "example.md",
    }
    (folder / name).mkdir(parents=True, exist_ok=True)
    for stem, text in contents.items():
        (folder / name / endings[stem]).write_text(text, encoding="utf-8")
    return Registry([folder, builtin_folder()], allowed=lambda _folder: True)
