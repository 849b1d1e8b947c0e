from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from blogkit.render.document import Document
from blogkit.render.page import render_page
from blogkit.sanitizers.profiles import FOLDER
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, own_widget, said


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "images").mkdir()
    for name in ("a.png", "my pic & co.jpg"):
        (tmp_path / "images" / name).write_bytes(name.encode())
    (tmp_path / ".env").write_text("SECRET=1")
    (tmp_path.parent / "outside.png").write_bytes(b"x")
    return tmp_path


def names(document: Document) -> list[tuple[str, str, int]]:
    return [(asset.name, asset.alt, asset.line) for asset in document.assets]


def test_local_images_become_promises(root: Path) -> None:
    body = (
        "Text\n\n![An *a*](images/a.png)\n\n![](<images/my pic & co.jpg>)\n\n<p><img"
        " alt='src=\"x.png\"' src=../images/a.png></p>\n"
    )
    document = draw(body, root=root)
    digest = hashlib.sha256(b"a.png").hexdigest()
    assert names(document) == [
        ("images/a.png", "An a", BODY_LINE + 2),
        ("images/my pic & co.jpg", "", BODY_LINE + 4),
    ]
    assert document.html.count(f'src="blogkit-asset://{digest}/a.png"') == 2
    assert all(asset.url in document.html for asset in document.assets)
    assert "alt='src=\"x.png\"'" in document.html


STRAY_QUOTE = '<p><img src="../images/{}" alt="A map"" width="10"></p>\n'


def test_a_stray_quote_does_not_hide_an_image(root: Path) -> None:
    """It went live with its local address, and without the picture."""
    document = draw(STRAY_QUOTE.format("a.png"), root=root)
    assert names(document) == [("images/a.png", "A map", BODY_LINE)]
    assert "../images" not in document.html
    assert [(line, code) for line, code, _ in said(STRAY_QUOTE.format("b.png"), root=root)] == [
        (BODY_LINE, "missing-image")
    ]


@for_each(
    "address",
    [
        "https://example.com/a.png",
        "//example.com/a.png",
        "data:image/gif;base64,AA",
        "/wp-content/a.png",
    ],
)
def test_other_images_stay(root: Path, address: str) -> None:
    document = draw(f'<p><img src="{address}" alt=""></p>\n', root=root)
    assert document.assets == ()
    assert f'src="{address}"' in document.html


def test_a_path_from_the_root_is_the_workspaces_when_there_is_such_a_file(root: Path) -> None:
    assert names(draw("![x](/images/a.png)", root=root)) == [("images/a.png", "x", BODY_LINE)]


@for_each(
    ("address", "code"),
    [
        ("images/b.png", "missing-image"),
        ("../../outside.png", "bad-path"),
        ("../.env", "bad-image"),
        (".env", "bad-image"),
        ("images", "missing-image"),
    ],
)
def test_what_is_no_image_of_the_workspace_is_refused_at_its_line(
    root: Path, address: str, code: str
) -> None:
    assert [(line, c) for line, c, _ in said(f"Text\nmore ![x]({address})\n", root=root)] == [
        (BODY_LINE + 1, code)
    ]


def test_links_that_lead_out_are_followed_and_refused(root: Path) -> None:
    (root / "images" / "link.png").symlink_to(root.parent / "outside.png")
    assert said("![x](images/link.png)", root=root)[0][1] == "bad-path"


def test_the_featured_image(root: Path) -> None:
    front = {"image": "images/a.png", "image_alt": "Alt", "lines": {"image": 3}}
    featured = draw("x", root=root, front=front).featured
    assert featured
    assert (featured.name, featured.alt, featured.line) == ("images/a.png", "Alt", 3)
    assert (
        draw("x", root=root, front={"image": "https://example.com/a.png"}).featured_url
        == "https://example.com/a.png"
    )
    assert [
        (line, c)
        for line, c, _ in said(
            "x", root=root, front={"image": "images/b.png", "lines": {"image": 3}}
        )
    ] == [(3, "missing-image")]


def test_images_in_a_widgets_body(root: Path) -> None:
    document = draw(
        call("box", "Words\n\n![x](images/a.png)"), root=root, registry=own_widget(root / "widgets")
    )
    assert names(document) == [("images/a.png", "x", BODY_LINE + 3)]
    assert document.assets[0].url in document.html


def test_a_page_shows_the_files_themselves(root: Path) -> None:
    document = draw(
        "![x](images/a.png)\n\n" + call("quiz-button", "label: Go\nurl: https://example.com/"),
        FOLDER,
        root=root,
    )
    html = render_page(document, "A <title>", language="en")
    assert (root / "images/a.png").as_uri() in html
    assert "blogkit-asset" not in html
    assert "<title>A &lt;title&gt;</title>" in html
    assert '<html lang="en">' in html
    assert 'name="viewport"' in html
    assert ".bk-quiz-button a:hover" in html
    assert 'src="files/a.png"' in render_page(
        document, "T", asset_url=lambda asset: f"files/{asset.path.name}"
    )
    assert '<html lang="ar" dir="rtl">' in render_page(document, "T", language="ar")


def test_an_image_knows_its_caption_and_its_title(root: Path) -> None:
    yaml = "src: images/a.png\nalt: A boat\ncredit: Asha & co"
    widget = call("image", yaml, "The *boat* at noon")
    other = '![Two](<images/my pic & co.jpg> "Two boats")\n\n<figcaption>Of nothing</figcaption>\n'
    document = draw(f"{widget}\n\n{other}", root=root)
    assert [(asset.caption, asset.title) for asset in document.assets] == [
        ("The boat at noon · Credit: Asha & co", ""),
        ("", "Two boats"),
    ]


def test_the_featured_image_has_the_texts_of_its_own_lines(root: Path) -> None:
    """The body may show the same file with another text."""
    settings = {"image_caption": "By Asha", "image_title": "A boat"}
    front = {"image": "images/a.png", "image_alt": "Cover", "settings": settings}
    document = draw("![Inside](images/a.png)\n", root=root, front=front)
    assert document.featured is not None
    texts = document.featured
    assert (texts.alt, texts.caption, texts.title) == ("Cover", "By Asha", "A boat")
    assert names(document) == [("images/a.png", "Inside", BODY_LINE)]
