from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, ICONS, call, draw, draw_html, said

FIRST = BODY_LINE + 1


def lines(html: str) -> list[str]:
    return [p.get_text() for p in BeautifulSoup(html, "html.parser").find_all("p")]


def test_the_badge_reads_as_a_word_before_the_headline() -> None:
    html = draw_html(call("hero", "badge: {text: LATEST}\ndeck: Why it matters", "Mission cleared"))
    assert BeautifulSoup(html, "html.parser").get_text() == "LATEST Mission cleared Why it matters"


@for_each(
    ("badge", "words", "colour"),
    [
        ("Breaking", "Breaking", "--bk-breaking"),
        ('"BREAKING:"', "BREAKING:", "--bk-breaking"),
        ('"Live\\\\:"', "Live:", ""),
        ("Just in", "Just in", ""),
        ("{tone: explainer}", "Explainer", ""),
        ("{text: Revised, tone: updated, until: 2026-12-31}", "Revised", "--bk-updated"),
    ],
)
def test_a_badge_in_full_or_as_its_word(badge: str, words: str, colour: str) -> None:
    html = draw_html(call("hero", f"badge: {badge}\ndeck: a"))
    assert lines(html)[0] == words
    assert f"{colour}," in html if colour else "background:var" not in html


@pytest.mark.parametrize(
    ("yaml", "first"),
    [("deck: a", "🔋🔌 a"), ("title: t\ndeck: a", "🔋🔌 t"), ("badge: New\ntitle: t", "🔋🔌 New")],
)
def test_icons_stand_before_the_first_words(yaml: str, first: str) -> None:
    html = draw_html(call("hero", f"icons: [🔋, 🔌]\n{yaml}"), theme=ICONS)
    assert lines(html)[0] == first
    assert html.count("🔋") == 1


def test_a_picture_says_who_made_it() -> None:
    picture = (
        "image: {src: https://example.com/a.jpg, alt: A mine, credit: Own work, ai_generated: true}"
    )
    html = draw_html(call("hero", f"deck: a\n{picture}"))
    image = BeautifulSoup(html, "html.parser").img
    assert image
    assert (image["src"], image["alt"]) == ("https://example.com/a.jpg", "A mine")
    assert lines(html) == ["", "AI-generated image · Own work", "a"]
    assert (
        lines(draw_html(call("hero", f"deck: a\n{picture.replace(', credit: Own work', '')}")))[1]
        == "AI-generated image"
    )


def test_a_picture_of_the_workspace_is_uploaded(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "mine.jpg").write_bytes(b"jpg")
    document = draw(
        call("hero", "deck: a\nimage: {src: images/mine.jpg, alt: A mine}"), root=tmp_path
    )
    assert [(asset.name, asset.alt) for asset in document.assets] == [("images/mine.jpg", "A mine")]


@for_each(
    ("yaml", "line", "words"),
    [
        ("icons: [🔋]", BODY_LINE, "neither a title nor deck:"),
        ("deck: a\nimage: {src: a.jpg}", FIRST + 1, '"alt" is missing in "image"'),
        (
            "deck: a\nimage: {src: a.jpg, alt: b, credits: c}",
            FIRST + 1,
            'unknown field "credits" in "image"',
        ),
        ("deck: a\nimage: {src: no.jpg, alt: b}", FIRST + 1, "no.jpg"),
        (
            "deck: a\nbadge: {tone: loud}",
            FIRST + 1,
            '"tone" in "badge" must be one of latest, breaking',
        ),
        (
            "deck: a\nbadge: {text: New, until: Friday}",
            FIRST + 1,
            '"until" in "badge" must be a date',
        ),
    ],
)
def test_what_is_refused(yaml: str, line: int, words: str) -> None:
    problem = said(call("hero", yaml))[0]
    assert problem[0] == line
    assert words in problem[2]
