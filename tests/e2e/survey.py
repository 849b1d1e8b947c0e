"""Every widget on one page, in every form and inside other people's themes, looked at by
axe-core and a ruler.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from blogkit.posts.post import Post
from blogkit.render.document import Document
from blogkit.render.formats.bidi import is_right_to_left
from blogkit.render.page import whole
from blogkit.render.renderer import Theme, render_post
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import Profile
from tests.e2e import node
from tests.e2e.browser import served
from tests.e2e.in_language import in_language
from tests.e2e.sample import QUIZ

HOSTS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).with_name("hosts").glob("*.html"))
}
"""Themes of blogs, by name; `{{ content }}` and the like stand where a post goes."""

READER = "img{max-width:100%;height:auto}table{display:block;overflow-x:auto}"
"""What feed readers do with what comes without styles."""

PROSE = "Words before it, with a [link](https://example.com/)."


@dataclass(frozen=True)
class Page:
    """A page to look at.

    html: all of it, or its address if it is served already; schemes: what the reader prefers, light
    or dark; within: the element that axe-core keeps to, "" for the whole page; button: the least
    height of a quiz button, in pixels; structure: whether axe-core checks more than layout and
    colours; paper: whether words must be dark in print, too; in_turn: whether each width gets one of the schemes, the
    first, the second and so on, instead of all.
    """

    html: str
    widths: tuple[int, ...]
    schemes: tuple[str, ...] = ("light",)
    within: str = ""
    button: int = 44
    structure: bool = True
    paper: bool = False
    in_turn: bool = False

    @property
    def views(self) -> list[tuple[int, tuple[str, ...]]]:
        """Each width with its schemes."""
        if self.in_turn:
            return [(width, (one,)) for width, one in zip(self.widths, self.schemes, strict=True)]
        return [(width, self.schemes) for width in self.widths]


@dataclass(frozen=True)
class Look:
    """What is wrong with a page at one width; every list is empty when nothing is.

    violations: axe-core's; sideways: what makes the page scroll sideways; small: targets that a
    finger misses; collisions: words on top of words; glued: widgets whose words run together or
    change places without styles; pale: words that fade on paper; foreign: requests to other hosts, but for
    images; errors: of scripts.
    """

    width: int
    scheme: str
    violations: list[str]
    sideways: list[str]
    small: list[str]
    collisions: list[str]
    glued: list[str]
    pale: list[str]
    foreign: list[str]
    errors: list[str]

    @property
    def faults(self) -> list[str]:
        """All of it, in words."""
        kinds = (
            "violations",
            "sideways",
            "small",
            "collisions",
            "glued",
            "pale",
            "foreign",
            "errors",
        )
        return [
            f"{self.width} px, {self.scheme}, {kind}: {words}"
            for kind in kinds
            for words in getattr(self, kind)
        ]


def every_widget(profile: Profile, *, language: str = "en", theme: Theme | None = None) -> Document:
    """A post that is the examples of all widgets, each below a heading of its own."""
    registry = Registry([builtin_folder()])
    parts = [
        in_language(f"## The {name}\n\n{PROSE}\n\n{registry[name].example}", language)
        for name in registry.names()
    ]
    root = Path("/nonexistent/workspace")
    post = Post(
        root / "every.md",
        "every",
        "post",
        "Every widget",
        "\n\n".join(parts),
        1,
        "md",
        language=language,
    )
    return render_post(
        post, registry=registry, profile=profile, quiz_url=QUIZ, root=root, theme=theme
    )


def marked(document: Document) -> str:
    """A body whose widgets stand in elements that name them."""
    return "\n".join(
        f'<div data-widget="{part.widget}">{part.html}</div>' if part.widget else part.html
        for part in document.fragments
    )


def alone(document: Document, *, language: str = "en", sheet: str = "") -> str:
    """The page that blogkit itself puts around a post."""
    return whole(
        "Every widget",
        "<h1>Every widget</h1>\n" + marked(document),
        language=language,
        sheet=document.sheet + sheet,
    )


def hosted(host: str, document: Document, *, language: str = "en") -> str:
    """A post in the page of a theme."""
    words = {
        "content": marked(document),
        "sheet": document.sheet,
        "language": language,
        "direction": "rtl" if is_right_to_left(language, "") else "ltr",
    }
    page = HOSTS[host]
    for name, text in words.items():
        page = page.replace(f"{{{{ {name} }}}}", text)
    return page


def survey(pages: Mapping[str, Page]) -> dict[str, list[Look]]:
    """Look at pages, by their names, in as many browsers as there are processors."""
    addresses = [
        page.html if page.html.startswith("http") else f"/{number}"
        for number, page in enumerate(pages.values())
    ]
    with served(
        {address: page.html for address, page in zip(addresses, pages.values(), strict=True)}
    ) as root:
        visits = [
            vars(page)
            | {"html": "", "url": address if address.startswith("http") else root + address}
            | {"schemes": [schemes for _, schemes in page.views]}
            for address, page in zip(addresses, pages.values(), strict=True)
        ]
        question = {
            "chromium": shutil.which("chromium"),
            "hands": min(os.cpu_count() or 1, 4),
            "visits": visits,
        }
        answers = node.ask("survey.cjs", question)
    return {
        name: [Look(**look) for look in looks] for name, looks in zip(pages, answers, strict=True)
    }


def faults(pages: Mapping[str, Page]) -> list[str]:
    """What is wrong with pages, in words."""
    return [
        f"{name} at {fault}"
        for name, looks in survey(pages).items()
        for look in looks
        for fault in look.faults
    ]
