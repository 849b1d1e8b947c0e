"""Writes docs/gallery.md: every widget's example, what it looks like on a phone in two looks, what
it looked like before there were looks, and its fields.

    python -m scripts.gallery            takes the pictures of widgets that changed, in Chromium,
    and writes the page python -m scripts.gallery --check    names the widgets that changed since
    their pictures were taken, and exits 1

The page keeps a digest of each example and of what it renders to; pixels are not compared, since
fonts differ between machines.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from blogkit.posts.post import Post
from blogkit.render.document import Document
from blogkit.render.looks.theme import theme_from_settings
from blogkit.render.page import whole
from blogkit.render.renderer import render_post
from blogkit.render.widgets.registry import Registry, WidgetType, builtin_folder
from blogkit.sanitizers.profiles import FOLDER, STRICT, Profile
from scripts.docs import ROOT, widget
from scripts.pictures import Shot, take

PAGE = ROOT / "docs/gallery.md"
PICTURES = ROOT / "docs/images/gallery"
BEFORE = ROOT / "docs/images/before"
"""Pictures of the widgets before there were presets; nobody takes them again."""
VIEWS = (("minimal", "light"), ("exam", "light"), ("exam", "dark"))
"""The presets and colours of the pictures."""
WIDTH = 360
SHOWN = 210
"""How wide the page shows them."""
HEADINGS = (
    "\n\n## What happened\n\n## What it means\n\n### For prices\n\n### For the exam\n\n##"
    " Conclusion\n"
)
"""Stand below each example, for the widgets that list the headings of a post."""
TOP = """\
# Gallery

Every widget: how to write it, how it looks on a phone (360 pixels wide), and which fields it has. The pictures show it before
there were presets, in the preset `minimal`, and in `exam`, light and dark. [Looks](looks.md) has a whole post in each of the six.
To add a widget to a post, see [Writing posts](posts.md#widgets). For the same fields on one page without pictures,
see [Widgets](widgets.md).
"""


def document(kind: WidgetType, profile: Profile, preset: str) -> Document:
    """A post that is a widget's example."""
    post = Post(ROOT / "gallery.md", "gallery", "post", "Gallery", kind.example + HEADINGS, 1, "md")
    return render_post(
        post,
        registry=Registry([kind.folder.parent, builtin_folder()], allowed=lambda _folder: True),
        profile=profile,
        quiz_url="https://example.com/quiz",
        root=ROOT,
        theme=theme_from_settings({"preset": preset}),
    )


def drawn(kind: WidgetType, profile: Profile, preset: str) -> str:
    """The widget alone."""
    return next(part.html for part in document(kind, profile, preset).fragments if part.widget)


def digest(kind: WidgetType) -> str:
    """What tells whether a widget is still what its pictures show."""
    parts = [kind.example]
    for preset in dict.fromkeys(preset for preset, _ in VIEWS):
        parts += [drawn(kind, profile, preset) for profile in (STRICT, FOLDER)]
        parts.append(document(kind, FOLDER, preset).sheet)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def picture(kind: WidgetType, preset: str, scheme: str) -> Path:
    return PICTURES / f"{kind.name}-{preset}-{scheme}.png"


def section(kind: WidgetType) -> str:
    """The part of the page about one widget: as in docs/widgets.md, with the pictures after the
    example.
    """
    shown = []
    if (BEFORE / f"{kind.name}.png").is_file():
        shown.append(("before", f"../before/{kind.name}.png"))
    for preset, scheme in VIEWS:
        shown.append((f"{preset}, {scheme}", picture(kind, preset, scheme).name))
    cells = [
        f'<img src="images/gallery/{name}" alt="{kind.name} on a phone, {what}" width="{SHOWN}">'
        for what, name in shown
    ]
    rows = ([what for what, _ in shown], ["---"] * len(shown), cells)
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    table = table.replace("images/gallery/../", "images/")
    taken = f"<!-- taken of {kind.name} {digest(kind)} -->"
    return widget(kind).replace("\n\n| field |", f"\n\n{taken}\n\n{table}\n\n| field |", 1)


def page() -> str:
    """The whole page as it should be."""
    registry = Registry([builtin_folder()])
    return TOP + "".join(section(registry[name]) for name in registry.names())


def changed() -> list[WidgetType]:
    """The widgets whose pictures are missing or show something else."""
    written = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    taken = dict(re.findall(r"^<!-- taken of ([\w-]+) (\w+) -->$", written, re.MULTILINE))
    kinds = [Registry([builtin_folder()])[name] for name in Registry([builtin_folder()]).names()]
    return [
        kind
        for kind in kinds
        if taken.get(kind.name) != digest(kind)
        or not all(picture(kind, *view).is_file() for view in VIEWS)
    ]


def strangers() -> list[Path]:
    """Pictures of widgets that are no more."""
    registry = Registry([builtin_folder()])
    known = {picture(registry[name], *view) for name in registry.names() for view in VIEWS}
    return [path for path in sorted(PICTURES.glob("*")) if path not in known]


def shots(kinds: list[WidgetType]) -> list[Shot]:
    """The pictures of some widgets."""
    return [
        Shot(
            picture(kind, preset, scheme),
            WIDTH,
            scheme,
            html=_alone(kind, preset),
            part="#shown",
        )
        for kind in kinds
        for preset, scheme in VIEWS
    ]


def _alone(kind: WidgetType, preset: str) -> str:
    return whole(
        kind.name,
        f'<div id="shown">{drawn(kind, FOLDER, preset)}</div>',
        sheet=document(kind, FOLDER, preset).sheet
        + "main{padding:0 16px}#shown{display:flow-root}",
    )


def main(check: bool) -> int:
    """Writes the page, or says what is out of date."""
    stale = changed()
    lost = strangers()
    if check:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        for name in (*(kind.name for kind in stale), *(path.name for path in lost)):
            sys.stdout.write(f"{name} changed since the gallery was made: make gallery\n")
        return 0 if fresh and not stale and not lost else 1
    if stale:
        take(shots(stale))
    for path in lost:
        path.unlink()
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    weight = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    sys.stdout.write(
        f"{PAGE.relative_to(ROOT)}: {len(stale)} widgets taken again, {weight // 1024} KB of"
        " pictures in all\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
