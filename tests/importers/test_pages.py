"""Whole pages as people paste them: what becomes of each, and that no word of any is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from blogkit.importers.html.convert import convert
from blogkit.importers.report import Imported
from blogkit.importers.source import read_source
from tests.cases import for_each
from tests.importers.reading import added, missing, post_of, rendered

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def imported(name: str) -> Imported:
    path = Path(__file__).parent / "pages" / f"{name}.html"
    return convert(read_source(path.read_bytes(), path.name), name=path.stem)


def widgets(result: Imported) -> dict[str, int]:
    return dict(Counter(made.widget for made in result.recognised))


EXPECTED: dict[str, tuple[str, str, dict[str, int]]] = {
    "whole-page": (
        "md",
        "🇺🇸🇷🇺 US-RUSSIA TALKS IN MIAMI",
        {"meta-box": 1, "byline": 1, "timeline": 1, "questions": 1, "table": 1, "quiz-button": 1},
    ),
    "greek-mojibake": ("md", "🇺🇸🇷🇺 US-Russia Talks: What Aspirants Must Know", {"meta-box": 1}),
    "latin-mojibake": (
        "md",
        "India’s Critical Minerals Mission – Explained",
        {"byline": 1, "table": 1},
    ),
    "chat-answer": ("md", "Article 370: A Timeline for Prelims", {"timeline": 1, "quiz-button": 1}),
    "blogger-page": ("md", "Monsoon Session 2024 at a Glance", {"meta-box": 1}),
    "fragment": ("md", "Fragment", {"byline": 1, "meta-box": 1}),
    "crlf": ("html", "GST Council: 55th Meeting", {"table": 1}),
    "bom": ("md", "ISRO’s SpaDeX Mission", {}),
    "cp1252": ("md", "Fundamental Rights – “Part III”", {}),
    "questions": ("md", "Federalism in India", {"questions": 2}),
    "quiz-sections": ("md", "Test Your Polity Knowledge", {"quiz-button": 2}),
    "unsure": ("md", "Indus Waters Treaty & its Future", {}),
    "markdown-inside": ("md", "Lok Sabha Elections 2024", {"table": 1}),
    "hindi": ("md", "भारत का संविधान: मुख्य तथ्य", {"meta-box": 1}),
    "wordpress-blocks": ("md", "Green Hydrogen: Key Terms", {"table": 1}),
}


def test_every_page_is_expected() -> None:
    assert sorted(EXPECTED) == [path.stem for path in PAGES]


@for_each("name", EXPECTED)
def test_a_page_becomes_the_post_that_it_is(name: str) -> None:
    result = imported(name)
    assert (result.format, result.title, widgets(result)) == EXPECTED[name]
    post = post_of(result)
    assert (post.title, list(post.labels)) == (result.title, list(result.labels))


@for_each("name", EXPECTED)
def test_no_word_is_lost_and_none_is_made_up(name: str) -> None:
    result = imported(name)
    assert missing(result) == []
    captionless = sum(made.widget == "table" for made in result.recognised)
    extra = [word for word in added(result) if not word.isdigit()]
    assert extra == ["Table"] * len(extra)
    assert len(extra) <= captionless


@for_each("name", EXPECTED)
def test_the_pieces_are_the_whole_page_and_what_is_kept_stands_as_it_stood(name: str) -> None:
    result = imported(name)
    at = 0
    for piece in result.pieces:
        assert piece.start == at < piece.end
        at = piece.end
        if piece.kind == "kept":
            assert result.source[piece.start : piece.end] == piece.text
            for line in filter(None, (line.strip() for line in piece.text.split("\n"))):
                assert line in result.text
    assert at == len(result.source)


@pytest.mark.slow
@for_each("name", EXPECTED)
def test_the_same_page_gives_the_same_post(name: str) -> None:
    assert imported(name) == imported(name)


@for_each("name", EXPECTED)
def test_what_is_left_out_is_listed(name: str) -> None:
    result = imported(name)
    lines = {entry.line for entry in result.dropped}
    for start, end in result.left_out:
        words = result.source[start:end].strip()
        first = (
            result.source.count(
                "\n",
                0,
                start + len(result.source[start:end]) - len(result.source[start:end].lstrip()),
            )
            + 1
        )
        assert (
            first in lines
            or not words
            or words.lower().startswith(("<!doctype", "<html", "<body", "</"))
        )


def test_the_day_is_a_remark_and_not_a_wish() -> None:
    result = imported("whole-page")
    assert "# publish: 2024-12-20 07:00 " in result.text
    assert post_of(result).at is None


def test_mojibake_that_may_mean_several_things_is_left_to_its_author() -> None:
    result = imported("greek-mojibake")
    assert 'label: "πŸ“ Location"' in result.text
    assert [fixed.new for fixed in result.repaired] == ["🇺🇸🇷🇺", "📚", "🇺🇸", "🇷🇺"]


def test_the_instruction_goes_and_the_button_waits() -> None:
    result = imported("whole-page")
    assert "YOUR_MOCK_TEST_LINK_HERE" not in result.text
    assert (result.quiz, post_of(result).quiz) == ("", "")
    reasons = {entry.line: entry.why for entry in result.dropped}
    assert reasons[55] == "an instruction to the author"
    assert reasons[60] == "the script of the quiz button"
    assert "Start Mock Test" in rendered(result)


def test_the_first_address_is_the_posts_own() -> None:
    result = imported("quiz-sections")
    assert result.quiz == post_of(result).quiz == "https://forms.example.com/polity-10"
    assert 'url: "https://forms.example.com/economy"' in result.text
    assert [entry.line for entry in result.kept] == [10, 11]
    assert "http://quiz.example.com/old" in result.text


def test_a_blogs_theme_is_left_out_around_its_post() -> None:
    result = imported("blogger-page")
    assert result.labels == ("Polity", "Economy")
    assert result.date == "2024-07-23"
    assert post_of(result).excerpt == "What Parliament did in July 2024, for Prelims and Mains."
    assert post_of(result).language == "en-IN"
    assert "Blogger" not in result.text


def test_what_is_not_certain_says_why() -> None:
    assert [(entry.line, entry.widget) for entry in imported("unsure").kept] == [
        (4, "timeline"),
        (6, "table"),
        (7, "table"),
        (8, "meta-box"),
        (11, "timeline"),
    ]
    assert "<blockquote>Post a Comment</blockquote>" in imported("unsure").text
