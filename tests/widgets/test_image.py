from __future__ import annotations

import hashlib
from pathlib import Path

from bs4 import BeautifulSoup

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, said

SRC = "src: https://example.com/a.jpg\nalt: A map"


def test_a_file_of_the_workspace_becomes_a_promise_with_its_alt_text(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a & b.png").write_bytes(b"x")
    document = draw(call("image", 'src: images/a & b.png\nalt: "A \\"map\\""'), root=tmp_path)
    (asset,) = document.assets
    assert (asset.name, asset.alt, asset.line) == ("images/a & b.png", 'A "map"', BODY_LINE + 1)
    assert f'src="blogkit-asset://{hashlib.sha256(b"x").hexdigest()}/' in document.html


def test_a_missing_file_is_told_with_its_line(tmp_path: Path) -> None:
    assert said(call("image", "alt: a\nsrc: images/a.png"), root=tmp_path)[0][:2] == (
        BODY_LINE + 2,
        "missing-image",
    )


@for_each(
    "src",
    [
        "http://example.com/a.jpg",
        "//example.com/a.jpg",
        "data:image/png;base64,AA",
        "ftp://example.com/a",
        "https:///a",
    ],
)
def test_other_addresses_are_refused(src: str) -> None:
    assert said(call("image", f"src: {src}\nalt: a"))[0][:2] == (BODY_LINE + 1, "bad-value")


def test_http_where_the_site_allows_it() -> None:
    assert 'src="http://example.com/a.jpg"' in draw_html(
        call("image", "src: http://example.com/a.jpg\nalt: a"), allow_http=True
    )


def test_an_image_says_what_it_shows() -> None:
    assert said(call("image", "src: https://example.com/a.jpg"))[0][1] == "missing-field"
    assert said(call("image", "src: https://example.com/a.jpg\nalt: ''"))[0][:2] == (
        BODY_LINE + 2,
        "bad-value",
    )


@for_each(
    ("yaml", "words"),
    [
        ("caption: Miami", ["Miami"]),
        ("credit: An agency", ["Credit: An agency"]),
        ("ai_generated: true", ["AI-generated"]),
        ("caption: Miami\ncredit: Me\nai_generated: true", ["Miami · AI-generated · Credit: Me"]),
    ],
)
def test_what_stands_below_it(yaml: str, words: list[str]) -> None:
    figure = BeautifulSoup(draw_html(call("image", f"{SRC}\n{yaml}")), "html.parser").figure
    assert figure
    assert [line.text for line in figure.select("figcaption")] == words


def test_nothing_stands_below_it_otherwise() -> None:
    assert "figcaption" not in draw_html(call("image", SRC))


def test_the_credit_links() -> None:
    assert '<a href="https://example.com/">Me</a>' in draw_html(
        call("image", f"{SRC}\ncredit: Me\ncredit_href: https://example.com/")
    )
    assert said(call("image", f"{SRC}\ncredit_href: https://example.com/"))[0][:2] == (
        BODY_LINE + 3,
        "missing-field",
    )


def test_its_size_is_whole_or_absent() -> None:
    assert 'width="4" height="3"' in draw_html(call("image", f"{SRC}\nwidth: 4\nheight: 3"))
    assert "width=" not in draw_html(call("image", SRC))
    for given in ("width", "height"):
        assert said(call("image", f"{SRC}\n{given}: 4"))[0][:2] == (BODY_LINE + 3, "missing-field")
