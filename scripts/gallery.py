"""Writes docs/gallery.md: every widget's example, what it looks like on a phone in light and in
dark, and its fields.

    python -m scripts.gallery            takes the pictures of widgets that changed, in Chromium,
    and writes the page python -m scripts.gallery --check    names the widgets that changed since
    their pictures were taken, and exits 1

The page keeps a digest of each example and of what it renders to; pixels are not compared, since
fonts differ between machines.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path

from blogkit.posts.post import Post
from blogkit.render.document import Document
from blogkit.render.page import whole
from blogkit.render.renderer import render_post
from blogkit.render.widgets.registry import Registry, WidgetType, builtin_folder
from blogkit.sanitizers.profiles import FOLDER, STRICT, Profile
from scripts.docs import ROOT, widget

PAGE = ROOT / "docs/gallery.md"
PICTURES = ROOT / "docs/images/gallery"
SCHEMES = ("light", "dark")
WIDTH = 360
HEADINGS = (
    "\n\n## What happened\n\n## What it means\n\n### For prices\n\n### For the exam\n\n##"
    " Conclusion\n"
)
"""Stand below each example, for the widgets that list the headings of a post."""
TOP = """\
# Gallery

Every widget: how to write it, how it looks on a phone (360 pixels wide, light and dark), and which fields it has.
To add a widget to a post, see [Writing posts](posts.md#widgets). For the same fields on one page without pictures,
see [Widgets](widgets.md).
"""


def document(kind: WidgetType, profile: Profile) -> Document:
    """A post that is a widget's example."""
    post = Post(ROOT / "gallery.md", "gallery", "post", "Gallery", kind.example + HEADINGS, 1, "md")
    return render_post(
        post,
        registry=Registry([kind.folder.parent, builtin_folder()], allowed=lambda _folder: True),
        profile=profile,
        quiz_url="https://example.com/quiz",
        root=ROOT,
    )


def drawn(kind: WidgetType, profile: Profile) -> str:
    """The widget alone."""
    return next(part.html for part in document(kind, profile).fragments if part.widget)


def digest(kind: WidgetType) -> str:
    """What tells whether a widget is still what its pictures show."""
    parts = (kind.example, drawn(kind, STRICT), drawn(kind, FOLDER), document(kind, FOLDER).sheet)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def picture(kind: WidgetType, scheme: str) -> Path:
    return PICTURES / f"{kind.name}-{scheme}.png"


def section(kind: WidgetType) -> str:
    """The part of the page about one widget: as in docs/widgets.md, with the pictures after the
    example.
    """
    shown = " ".join(
        f'<img src="images/gallery/{picture(kind, scheme).name}" alt="{kind.name} on a phone,'
        f' {scheme}" width="{WIDTH}">'
        for scheme in SCHEMES
    )
    taken = f"<!-- taken of {kind.name} {digest(kind)} -->"
    return widget(kind).replace("\n\n| field |", f"\n\n{taken}\n{shown}\n\n| field |", 1)


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
        or not all(picture(kind, scheme).is_file() for scheme in SCHEMES)
    ]


def strangers() -> list[Path]:
    """Pictures of widgets that are no more."""
    registry = Registry([builtin_folder()])
    known = {picture(registry[name], scheme) for name in registry.names() for scheme in SCHEMES}
    return [path for path in sorted(PICTURES.glob("*")) if path not in known]


def take(kinds: list[WidgetType]) -> None:
    """Take the pictures of some widgets, all in one Chromium. Needs what `make e2e` needs."""
    from tests.e2e import node
    from tests.e2e.wordpress import machine

    machine.ensure(machine.BROWSER)
    PICTURES.mkdir(parents=True, exist_ok=True)
    pictures = [
        {
            "html": _alone(kind),
            "scheme": scheme,
            "part": "#shown",
            "file": str(picture(kind, scheme)),
        }
        for kind in kinds
        for scheme in SCHEMES
    ]
    question = {"chromium": shutil.which("chromium"), "width": WIDTH, "pictures": pictures}
    node.ask(str(Path(__file__).with_suffix(".cjs")), question)


def _alone(kind: WidgetType) -> str:
    html = f'<div id="shown">{drawn(kind, FOLDER)}</div>'
    return whole(
        kind.name,
        html,
        sheet=document(kind, FOLDER).sheet + "main{padding:0 16px}#shown{display:flow-root}",
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
        take(stale)
    for path in lost:
        path.unlink()
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    weight = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    sys.stdout.write(
        f"{PAGE.relative_to(ROOT)}: {len(stale)} widgets taken anew, {weight // 1024} KB of"
        " pictures in all\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
