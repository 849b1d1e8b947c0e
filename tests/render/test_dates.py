from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from babel.dates import format_date, format_skeleton

from blogkit.render.formats.dates import NEED_NO_BABEL, day, locale
from blogkit.render.formats.numbers import _GROUPS
from blogkit.render.formats.plurals import plural_category
from tests.cases import for_each
from tests.render.drawing import call, draw_html, own_widget


@for_each(
    ("partial", "language", "words"),
    [
        ("2026", "en", "2026"),
        ("2026-12", "en", "December 2026"),
        ("2026-12-01", "en", "December 1, 2026"),
        ("2026-12-01", "en-IN", "1 December 2026"),
        ("2026-12-01", "hi", "1 दिसंबर 2026"),
        ("2026-12", "fr-FR", "décembre 2026"),
        ("2026-12-01", "xx", "2026-12-01"),
        ("2026-12-01", "no language", "2026-12-01"),
    ],
)
def test_dates_in_words(partial: str, language: str, words: str) -> None:
    assert day(partial, language) == words


def test_dates_are_in_the_posts_language_or_the_blogs(tmp_path: Path) -> None:
    registry = own_widget(tmp_path, template="<p>{{ '2026-12-01' | day }}</p>")
    assert "December 1, 2026" in draw_html(call("box", ""), registry=registry)
    assert "1. Dezember 2026" in draw_html(call("box", ""), registry=registry, language="de")
    assert "1 décembre 2026" in draw_html(
        call("box", ""), registry=registry, language="de", front={"language": "fr"}
    )


def test_dates_in_english_are_those_of_babel() -> None:
    """Written without it, because it takes longer to load than a post to render."""
    for language in NEED_NO_BABEL:
        known = locale(language)
        for month in range(1, 13):
            for year, number in ((1, 1), (987, 9), (1947, 15), (2026, 28)):
                partial = f"{year:04}-{month:02}"
                when = date(year, month, number)
                assert day(partial, language) == format_skeleton("yMMMM", when, locale=known)
                assert day(f"{partial}-{number:02}", language) == format_date(
                    when, "long", locale=known
                )


def test_plural_forms_in_english_are_those_of_babel() -> None:
    assert _GROUPS.keys() == NEED_NO_BABEL
    for language in NEED_NO_BABEL:
        known = locale(language)
        assert known
        for number in ("0", 1, "-1", "01", "1.0", "1.5", 2, 11, "101"):
            assert plural_category(number, language) == known.plural_form(Decimal(number)), number
