from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER
from tests.render.drawing import BODY_LINE, call, draw_html, said


def test_the_newest_change_comes_first_and_of_one_day_the_later_one() -> None:
    dates = [
        ("2026-11-30", "b"),
        ("2026-12-01", "d"),
        ("2025", "a"),
        ("2026-12-01", "e"),
        ("2026-12", "c"),
    ]
    items = "\n".join(f"- {{date: {date}, text: {text}}}" for date, text in dates)
    soup = BeautifulSoup(draw_html(call("update-log", f"items:\n{items}")), "html.parser")
    assert "".join(item.text[-1] for item in soup.find_all("li")) == "edcba"


def test_a_date_is_in_words_and_marked_up() -> None:
    html = draw_html(
        call("update-log", "items: [{date: 2026-12-01, text: a}]"),
        BLOGGER,
        front={"language": "en-IN"},
    )
    assert '<strong><time datetime="2026-12-01">1 December 2026</time>:</strong> a' in html


def test_what_is_refused() -> None:
    assert said(call("update-log", "items:\n- {date: yesterday, text: a}"))[0][:2] == (
        BODY_LINE + 2,
        "bad-value",
    )
    assert said(call("update-log", "items:\n- {text: a}"))[0][:2] == (
        BODY_LINE + 2,
        "missing-field",
    )
    assert said(call("update-log", "items:\n- {date: 2026}"))[0][:2] == (
        BODY_LINE + 2,
        "missing-field",
    )
