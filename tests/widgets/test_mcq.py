from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER, FEED
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, said


def answer(options: str, written: str) -> str:
    html = draw_html(call("mcq", f"items: [{{text: a, options: {options}, answer: {written}}}]"))
    found = BeautifulSoup(html, "html.parser").select_one("details > p")
    assert found
    return found.get_text()


@for_each("written", ["B", "b", "(b)", "B.", "Doha", '"B)"'])
def test_the_answer_is_a_letter_or_the_option_itself(written: str) -> None:
    assert answer("[Geneva, Doha, Miami]", written) == "B Doha"


def test_an_option_that_is_a_letter_comes_first() -> None:
    assert answer("[C, A, B]", "A") == "B A"


def test_numbers_are_options_as_written() -> None:
    assert answer("[12, 2.50]", "2.50") == "B 2.50"


def test_a_question_has_its_parts_in_order() -> None:
    yaml = """
start: 7
items:
  - text: "Consider:"
    statements: [One., Two.]
    ask: Which is right?
    options: [1 only, 2 only]
    answer: A
    explanation: Because.
    exam: UPSC
    year: 2025
"""
    text = BeautifulSoup(draw_html(call("mcq", yaml, "T")), "html.parser").get_text()
    assert (
        text.replace("\xa0", " ")
        == "T Q7 Consider: One. Two. Which is right? A 1 only B 2 only UPSC 2025 Check the answer to"
        " question 7 A 1 only Because."
    )


def test_options_are_lettered_without_styles_too() -> None:
    soup = BeautifulSoup(
        draw_html(call("mcq", "items: [{text: a, options: [b, c], answer: A}]"), FEED),
        "html.parser",
    )
    assert [option.get_text() for option in soup.select("ul > li")] == ["A b", "B c"]


def test_an_answer_unfolds_without_a_script_and_is_printed() -> None:
    yaml = "items: [{text: a, options: [b, c], answer: A, explanation: d}]"
    assert "<details style=" in draw_html(call("mcq", yaml))
    assert "<details open style=" in draw_html(call("mcq", f"open: true\n{yaml}"))
    feed = draw_html(call("mcq", yaml), FEED)
    assert "details" not in feed
    assert (
        "<p><strong>Check the answer to question 1</strong></p>"
        " <p><strong>A</strong> <strong>b</strong></p> <p>d</p>" in feed
    )
    assert (
        "@media print{.bk-mcq details::details-content{" in draw(call("mcq", yaml), BLOGGER).sheet
    )


def test_the_words_to_press_in_another_language() -> None:
    html = draw_html(
        call("mcq", "answer_label: उत्तर\nitems: [{text: a, options: [b, c], answer: A}]")
    )
    assert "<strong>उत्तर 1</strong></summary>" in html


@for_each(
    ("item", "line", "words"),
    [
        (
            "text: a\n  options: [b, c]\n  answer: D",
            4,
            '"D" is not one of the options: use its letter, A to B',
        ),
        ("text: a\n  options: [b, c]\n  answer: d", 4, '"d" is not one of the options'),
        ("text: a\n  options: [b]\n  answer: A", 3, "must have 2 to 26 options, not 1"),
        ("text: a\n  options: [b, b]\n  answer: A", 3, "two of the options are the same"),
        ("text: a\n  options: [b, c]", 2, '"answer" is missing in "items"'),
        (
            "text: a\n  answer: A\n  options: [b, c]\n  statements: [d]",
            2,
            "statements: and ask: must be used together",
        ),
    ],
)
def test_what_is_refused(item: str, line: int, words: str) -> None:
    problem = said(call("mcq", f"items:\n- {item}"))[0]
    assert problem[0] == BODY_LINE + line
    assert words in problem[2]
