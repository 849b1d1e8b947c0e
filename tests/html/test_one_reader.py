"""Every part of blogkit that reads HTML sees the same: one table of sources, one answer for each,
and every reader asked.

The answer is that of html5lib's parser, which is asked, too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import html5lib

from blogkit.html import Tree, pieces
from blogkit.importers.html.elements import build
from blogkit.lint.markup import tags_of
from blogkit.render.assets import Assets
from blogkit.render.encode import escape_stable
from tests.cases import for_each

A, B = "images/a.png", "images/b.png"

SOURCES: dict[str, tuple[str, list[str]]] = {
    # what is odd about it: the source, and the addresses of the images that readers see
    "a stray quote": ('<img src="images/a.png" alt="A map"" width="10">', [A]),
    "a stray quote before the address": ('<img alt="A map"" src="images/a.png">', [A]),
    "an odd number of apostrophes": (
        "<img src=images/a.png alt=it's><img src='images/b.png'>",
        [A, B],
    ),
    "> in quotes": ('<img alt="a > b" src="images/a.png">', [A]),
    "< in quotes": ('<img alt="a < b" src="images/a.png">', [A]),
    "no quotes": ("<img src=images/a.png>", [A]),
    "no quotes, and a slash": ("<img src=images/a.png/>", [A + "/"]),
    "spaces around =": ('<img src = "images/a.png">', [A]),
    "no space between attributes": ('<img alt="x"src="images/a.png">', [A]),
    "a slash for a space": ('<img/src="images/a.png"/>', [A]),
    "a line break in the tag": ('<img\n\tsrc="images/a.png"\n>', [A]),
    "capital letters": ('<IMG SRC="images/a.png">', [A]),
    "the attribute twice": ('<img src="images/a.png" src="images/b.png">', [A]),
    "= before the name": ('<img ="x" src="images/a.png">', [A]),
    "a reference in the address": ('<img src="images/&#97;.png">', [A]),
    "a parameter that looks like a reference": ('<img src="x?a=1&copy=2">', ["x?a=1&copy=2"]),
    "a comment": ('<!-- <img src="images/b.png"> --><img src="images/a.png">', [A]),
    "a comment that ends at once": ('<!--><img src="images/a.png">-->', [A]),
    "a comment that ends at once, longer": ('<!---><img src="images/a.png">-->', [A]),
    "a comment that ends in --!>": ('<!-- x --!><img src="images/a.png">', [A]),
    "a comment with > in it": ('<!-- a > <img src="images/b.png"> -->', []),
    "a comment without an end": ('<img src="images/a.png"><!-- <img src="images/b.png">', [A]),
    "a processing instruction": ('<?php <img src="images/b.png"> ?>', []),
    "a doctype": ('<!doctype html><img src="images/a.png">', [A]),
    "an end tag that is none": ('</ <img src="images/b.png">', []),
    "an empty end tag": ('</><img src="images/a.png">', [A]),
    "an end tag with attributes": ("<p></p title='<img src=images/b.png>'>", []),
    "a tag without an end": ('<img src="images/a.png"><img src="images/b.png"', [A]),
    "a quote without an end": ('<img src="images/a.png"><img src="images/b.png>', [A]),
    "a bare <": ('a < b <3 <img src="images/a.png">', [A]),
    "a script": ('<script>"<img src=images/b.png>"</script><img src="images/a.png">', [A]),
    "a script in a comment in a script": (
        (
            '<script><!-- <script></script> <img src="images/b.png"> --></script><img'
            ' src="images/a.png">'
        ),
        [A],
    ),
    "a script that ends in a space": ('<script></script ><img src="images/a.png">', [A]),
    "a script that seems to end": ('<script></scripts><img src="images/b.png"></script>', []),
    "a style sheet": ('<style><img src="images/b.png"></style>', []),
    "a text field": ('<textarea><img src="images/b.png"></textarea>', []),
    "a title": ('<title><img src="images/b.png"></title>', []),
    "an old example": ('<xmp><img src="images/b.png"></xmp>', []),
    "a frame": ('<iframe><img src="images/b.png"></iframe>', []),
    "what is shown without scripts": ('<noscript><img src="images/a.png"></noscript>', [A]),
    "the title of a drawing": ('<svg><title><img src="images/a.png"></title></svg>', [A]),
    "the style sheet of a drawing": ('<svg><style>a<img src="images/a.png"></style></svg>', [A]),
    "a CDATA section in a drawing": ('<svg><![CDATA[<img src="images/b.png">]]></svg>', []),
    "a CDATA section elsewhere": ('<![CDATA[<img src="images/b.png">]]>', []),
}


def of_tree(html: str) -> list[str]:
    """The reader of live posts, where scripts run or not."""
    return [
        element.attributes.get("src", "")
        for element in Tree(html, scripting=False).elements
        if element.name == "img"
    ]


def of_pieces(html: str) -> list[str]:
    """The reader of finished HTML."""
    return [
        piece.attribute("src") or ""
        for piece in pieces(html)
        if piece.kind == "start" and piece.name == "img"
    ]


def of_lint(html: str) -> list[str]:
    """The reader of `check`."""
    return [tag.attributes.get("src") or "" for tag in tags_of(html) if tag.name == "img"]


def of_import(html: str) -> list[str]:
    """The reader of `import`."""
    return [
        element.attributes.get("src", "")
        for element in build(html).descendants()
        if element.name == "img"
    ]


def of_sealed(html: str) -> list[str]:
    """What is sent to WordPress, read again."""
    return of_pieces(escape_stable(html))


READERS: list[Callable[[str], list[str]]] = [of_tree, of_pieces, of_lint, of_import, of_sealed]


@for_each("reader", READERS, ids=lambda reader: reader.__name__)
def test_every_reader_sees_the_same_images(reader: Callable[[str], list[str]]) -> None:
    differ = {
        why: reader(html) for why, (html, images) in SOURCES.items() if reader(html) != images
    }
    assert differ == {}


def test_a_browser_sees_these_images() -> None:
    """html5lib moves no image, so their order is that of the source."""
    seen = {
        why: [
            image.get("src")
            for image in html5lib.parseFragment(html, namespaceHTMLElements=False).iter("img")
        ]
        for why, (html, _) in SOURCES.items()
    }
    assert {why: found for why, found in seen.items() if found != SOURCES[why][1]} == {}


@for_each(
    "html",
    [html for html, images in SOURCES.values() if images and images[0] in {A, B}],
    ids=lambda html: html,
)
def test_every_local_image_is_uploaded(tmp_path: Path, html: str) -> None:
    """The stray quote put `src="images/a.png"` live without the picture, and `check` found
    nothing.
    """
    images = next(images for source, images in SOURCES.values() if source == html)
    (tmp_path / "images").mkdir()
    for name in (A, B):
        (tmp_path / name).write_bytes(b"\x89PNG")
    assets = Assets(tmp_path, tmp_path / "posts/a.md", "posts/a.md")
    made = assets.localise(html, lambda _: 1)
    assert [asset.name for asset in assets.found.values()] == [
        name for name in images if name in {A, B}
    ]
    assert of_pieces(made) == [asset.url for asset in assets.found.values()]
