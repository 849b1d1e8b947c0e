from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER, FEED, STRICT
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, said


@for_each(
    ("facts", "shown"),
    [
        (
            "exam: UPSC Mains, year: 2023, paper: GS-III, marks: 15, words: 250",
            "UPSC Mains 2023 · GS-III · 15 marks · 250 words",
        ),
        ("kind: Essay, subject: Economy, marks: 12.50", "Essay · Economy · 12.50 marks"),
        ("year: 2020, marks: 1", "2020 · 1 mark"),
        ("marks: १५ अंक, words: about 250", "१५ अंक · about 250"),
        ("exam: SSC CGL, source: '[paper](https://example.com/)'", "SSC CGL · Source: paper"),
    ],
)
def test_what_is_known_of_a_question(facts: str, shown: str) -> None:
    html = draw_html(call("questions", f"items: [{{text: Why?, {facts}}}]"))
    assert [p.get_text() for p in BeautifulSoup(html, "html.parser").find_all("p")] == [
        "Why?",
        shown,
    ]


def test_numbers_come_from_a_real_list() -> None:
    soup = BeautifulSoup(
        draw_html(
            call("questions", "start: 3\nitems: [{text: a, answer: x}, {text: b, answer: y}]")
        ),
        "html.parser",
    )
    assert soup.ol
    assert soup.ol["start"] == "3"
    assert [tag.get_text() for tag in soup.find_all("summary")] == [
        "Answer to question 3",
        "Answer to question 4",
    ]


def test_options_are_lettered_without_styles_too() -> None:
    soup = BeautifulSoup(
        draw_html(call("questions", "items: [{text: a, options: [b, c]}]"), FEED), "html.parser"
    )
    letters = soup.select_one("ol ol")
    assert letters
    assert (letters["type"], letters.get_text()) == ("A", "b c")


def test_the_badge_reads_as_a_word_before_the_heading() -> None:
    def heading(yaml: str, title: str) -> str:
        found = BeautifulSoup(
            draw_html(call("questions", f"{yaml}\nitems: [{{text: a}}]", title)), "html.parser"
        ).p
        assert found
        return found.get_text()

    assert heading("badge: PYQs", "On minerals") == "PYQs: On minerals"
    assert heading("badge: PYQs", "") == "PYQs"
    assert heading("", "On minerals") == "On minerals"


def test_an_answer_unfolds_without_a_script_and_is_printed() -> None:
    body = call("questions", "items: [{text: a, answer: b}]")
    assert "<details><summary" in draw_html(body, STRICT)
    assert "<details open><summary" in draw_html(
        call("questions", "open: true\nitems: [{text: a, answer: b}]")
    )
    assert "details" not in draw_html(body, FEED)
    assert "<p><strong>Answer to question 1</strong></p> <p>b</p>" in draw_html(body, FEED)
    assert "@media print{.bk-questions details::details-content{" in draw(body, BLOGGER).sheet


def test_what_is_pressed_is_high_enough() -> None:
    assert '<summary style="padding:8px 0' in draw_html(
        call("questions", "items: [{text: a, answer: b}]")
    )


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
