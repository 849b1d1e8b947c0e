from __future__ import annotations

import re

from bs4 import BeautifulSoup

from blogkit.html import declarations
from blogkit.render.looks.presets import preset_names
from blogkit.render.looks.theme import theme_from_settings
from blogkit.sanitizers.profiles import BLOGGER, FEED, STRICT
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, said


@for_each(
    ("facts", "shown"),
    [
        (
            "exam: UPSC Mains, year: 2023, paper: GS-III, marks: 15, words: 250",
            "UPSC Mains 2023 GS-III 15 marks 250 words",
        ),
        ("kind: Essay, subject: Economy, marks: 12.50", "Essay Economy 12.50 marks"),
        ("year: 2020, marks: 1", "2020 1 mark"),
        ("marks: १५ अंक, words: about 250", "१५ अंक about 250"),
        ("exam: SSC CGL, source: '[paper](https://example.com/)'", "SSC CGL Source: paper"),
    ],
)
def test_what_is_known_of_a_question(facts: str, shown: str) -> None:
    html = draw_html(call("questions", f"items: [{{text: Why?, {facts}}}]"))
    lines = [p.get_text() for p in BeautifulSoup(html, "html.parser").find_all("p")]
    assert [line.replace("\xa0", " ") for line in lines] == ["Q1 Why?", shown]


def test_facts_have_frames_that_do_not_break_and_dots_where_no_styles_are() -> None:
    body = call("questions", "items: [{text: a, marks: 15, source: 'A very long name of a paper'}]")
    chips = BeautifulSoup(draw_html(body), "html.parser").find_all("span")
    assert [c.get_text() for c in chips] == ["15\xa0marks", "Source: A very long name of a paper"]
    assert "<p>15 marks · Source: A very long name of a paper</p>" in draw_html(body, FEED)


def test_every_answer_is_named_by_its_question() -> None:
    soup = BeautifulSoup(
        draw_html(
            call("questions", "start: 3\nitems: [{text: a, answer: x}, {text: b, answer: y}]")
        ),
        "html.parser",
    )
    assert [text.p.get_text() for text in soup.select("div > div")] == ["Q3 a", "Q4 b"]
    assert [tag.get_text() for tag in soup.find_all("summary")] == [
        "Show a model answer to question 3",
        "Show a model answer to question 4",
    ]


def test_options_are_lettered_without_styles_too() -> None:
    soup = BeautifulSoup(
        draw_html(call("questions", "items: [{text: a, options: [b, c]}]"), FEED), "html.parser"
    )
    assert [option.get_text() for option in soup.select("ul > li")] == ["A b", "B c"]


def test_the_badge_reads_as_a_word_before_the_heading() -> None:
    def heading(yaml: str, title: str) -> str:
        found = BeautifulSoup(
            draw_html(call("questions", f"{yaml}\nitems: [{{text: a}}]", title)), "html.parser"
        ).p
        assert found
        return found.get_text()

    assert heading("badge: PYQs", "On minerals") == "PYQs On minerals"
    assert heading("badge: PYQs", "") == "PYQs"
    assert heading("", "On minerals") == "On minerals"


def test_an_answer_unfolds_without_a_script_and_is_printed() -> None:
    body = call("questions", "items: [{text: a, answer: b}]")
    assert "<details style=" in draw_html(body, STRICT)
    assert "<details open style=" in draw_html(
        call("questions", "open: true\nitems: [{text: a, answer: b}]")
    )
    assert "details" not in draw_html(body, FEED)
    label = "<p><strong>Show a model answer to question 1</strong></p>"
    assert f"{label} <p>b</p>" in draw_html(body, FEED)
    assert "@media print{.bk-questions details::details-content{" in draw(body, BLOGGER).sheet


@for_each("name", preset_names())
@for_each("widget", ["questions", "mcq"])
def test_what_is_pressed_is_a_bordered_row_high_enough_for_a_finger(widget: str, name: str) -> None:
    item = "{text: a, options: [b, c], answer: A}"
    html = draw_html(call(widget, f"items: [{item}]"), theme=theme_from_settings({"preset": name}))
    summary = BeautifulSoup(html, "html.parser").summary
    assert summary
    style = dict(declarations(str(summary["style"])))
    # 16 px of text are the lowest line that it may have; WCAG 2.2 asks for 44 px (2.5.5).
    padding, border = (int(re.findall(r"(\d+)px", style[key])[0]) for key in ("padding", "border"))
    assert 2 * (padding + border) + 16 >= 44


def test_a_label_of_the_author_shows_its_number() -> None:
    html = draw_html(call("questions", "answer_label: उत्तर\nitems: [{text: a, answer: b}]"))
    assert "<strong>उत्तर 1</strong></summary>" in html


def test_options_after_z_have_letters_too() -> None:
    options = ", ".join(map(str, range(28)))
    html = draw_html(call("questions", f"items: [{{text: a, options: [{options}]}}]"))
    letters = [li.strong.text for li in BeautifulSoup(html, "html.parser").select("ul > li")]
    assert letters[25:] == ["Z", "AA", "AB"]


@for_each(
    ("yaml", "line", "words"),
    [
        ("items:\n- {kind: Essay}", 2, '"text" is missing in "items"'),
        ("items:\n- text: a\n  year: 20223", 3, '"year" in "items" must be at most 2150'),
        ("items:\n- text: a\n  year: last", 3, '"year" in "items" must be a whole number'),
        ("items:\n- text: a\n  mark: 3", 3, 'unknown field "mark"'),
    ],
)
def test_what_is_refused(yaml: str, line: int, words: str) -> None:
    problem = said(call("questions", yaml))[0]
    assert problem[0] == BODY_LINE + line
    assert words in problem[2]
