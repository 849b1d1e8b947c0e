"""Questions that are elements side by side below a heading become widgets, as in Markdown."""

from __future__ import annotations

import re

from blogkit.importers.html.convert import convert
from blogkit.importers.report import Imported
from tests.cases import for_each
from tests.importers.reading import missing

MCQS = {
    "bold questions, bullets, bold labels": (
        "<p><strong>Q1. Where is it?</strong></p><ul><li>A) Assam</li><li>B) Goa</li></ul>"
        "<p><strong>Answer:</strong> B</p>"
        "<p><strong>Q2. When is it?</strong></p><ul><li>A) Now</li><li>B) Later</li></ul>"
        "<p><strong>Answer:</strong> A</p>"
    ),
    "lettered lists and folds": (
        '<p>1. Where is it?</p><ol type="A"><li>Assam</li><li>Goa</li></ol>'
        "<details><summary>Show answer</summary><p>B. Goa</p></details>"
        '<p>2. When is it?</p><ol type="A"><li>Now</li><li>Later</li></ol>'
        "<details><summary>Show answer</summary><p>A</p></details>"
    ),
    "a paragraph for each line": (
        "<p>1. Where is it?</p><p>(a) Assam</p><p>(b) Goa</p><p>Ans: (b)</p>"
        "<p>2. When is it?</p><p>(a) Now</p><p>(b) Later</p><p>Ans: (a)</p>"
    ),
    "headings": (
        "<h3>Question 1</h3><p>Where is it?</p><p>A) Assam<br>B) Goa</p><p>Answer: B</p>"
        "<h3>Question 2</h3><p>When is it?</p><p>A) Now<br>B) Later</p><p>Answer: A</p>"
    ),
    "an answer key": (
        "<p>1. Where is it?</p><p>(a) Assam</p><p>(b) Goa</p>"
        "<p>2. When is it?</p><p>(a) Now</p><p>(b) Later</p><p>Answer key: 1-b, 2-a</p>"
    ),
    "text outside elements": (
        "1. Where is it?<br>(a) Assam<br>(b) Goa<br>Ans: (b)<br><br>"
        "2. When is it?<br>(a) Now<br>(b) Later<br>Ans: (a)<br>"
    ),
    "comments of the block editor": (
        "<!-- wp:paragraph --><p>1. Where is it?</p><!-- /wp:paragraph --><p>(a) Assam</p>"
        "<p>(b) Goa</p><p>Ans: (b)</p>"
        "<p>2. When is it?</p><p>(a) Now</p><p>(b) Later</p><p>Ans: (a)</p>"
    ),
}
FAQS = {
    "headings": "<h3>Why is it?</h3><p>Of rain.</p><h3>When is it?</h3><p>In June.</p>",
    "folds": (
        "<details><summary>Why is it?</summary><p>Of rain.</p></details>"
        "<details><summary>When is it?</summary><p>In June.</p></details>"
    ),
    "bold questions": (
        "<p><strong>Why is it?</strong></p><p>Of rain.</p>"
        "<p><strong>When is it?</strong></p><p>In June.</p>"
    ),
    "labels in one paragraph": (
        "<p>Q: Why is it?<br>A: Of rain.</p><p>Q: When is it?<br>A: In June.</p>"
    ),
    "labels without question marks": (
        "<p>Q1: Why it is</p><p>A: Of rain.</p><p>Q2: When it is</p><p>A: In June.</p>"
    ),
    "boxes": (
        "<div><p><b>Why is it?</b></p><p>Of rain.</p></div>"
        "<div><p><b>When is it?</b></p><p>In June.</p></div>"
    ),
    "a section": "<section><p>Why is it?</p><p>Rain.</p><p>When?</p><p>June.</p></section>",
    "an introduction": (
        "<p>Readers ask this.</p><p><b>Why is it?</b></p><p>Rain.</p>"
        "<p><b>When?</b></p><p>June.</p>"
    ),
    "numbers": "<p>1. Why is it?</p><p>Rain.</p><p>2. When is it?</p><p>June.</p>",
    "a rule below": (
        "<p><b>Why is it?</b></p><p>Rain.</p><p><b>When?</b></p><p>June.</p><hr><p>More.</p>"
    ),
}
UNSURE = {
    "an answer of two paragraphs": (
        "<p><b>Why is it?</b></p><p>Rain.</p><p>And wind.</p><p><b>When?</b></p><p>June.</p>",
        'may be a faq: "And wind." is neither a question nor its answer',
    ),
    "a question without an answer": (
        "<h3>Why is it?</h3><h3>When is it?</h3><p>In June.</p>",
        'may be a faq: "Why is it?" has no answer below it',
    ),
    "an answer that asks": (
        "<p>Why is it?</p><p>Rain.</p><p>Or is it?</p><p>When is it?</p>",
        'may be a faq: "Or is it?" has no answer below it',
    ),
    "one question": (
        "<p>Why is it?</p><p>Rain.</p>",
        "may be a faq: it has only one question",
    ),
    "headings that do not ask": (
        "<h3>The talks</h3><p>They began.</p><h3>The end</h3><p>They ended.</p>",
        "may be a faq: most of it is not written as questions",
    ),
    "an image in an answer": (
        '<p>Why is it?</p><p>Rain.</p><p>When is it?</p><p>June <img src="https://example.com/a.png" alt=""></p>',
        "may be a faq: ",
    ),
}


def imported(heading: str, inner: str) -> Imported:
    done = convert(f"<h1>Rain</h1><p>A text.</p>{heading}{inner}<h2>End</h2><p>Bye.</p>")
    assert missing(done) == []
    return done


def in_section(heading: str, inner: str) -> Imported:
    done = convert(
        f"<h1>Rain</h1><p>A text.</p><section>{heading}{inner}</section><h2>End</h2><p>Bye.</p>"
    )
    assert missing(done) == []
    return done


@for_each("shape", MCQS)
def test_multiple_choice_questions_become_one_widget(shape: str) -> None:
    heads = ["<h2>MCQs</h2>", "<h2>अभ्यास प्रश्न</h2>", "<p><b>Practice test</b></p>"]
    if "<h3>" in MCQS[shape]:
        heads = heads[:2]  # a heading is not below a paragraph
    sections = [in_section(heads[0], MCQS[shape])]
    for done in [*sections, *(imported(head, MCQS[shape]) for head in heads)]:
        assert [one.widget for one in done.recognised] == ["mcq"]
        assert re.findall(r'answer: "(.)"', done.text) == ["B", "A"]
        assert not done.kept


@for_each("shape", FAQS)
def test_questions_with_answers_become_one_widget(shape: str) -> None:
    heads = ("<h2>FAQ</h2>", "<p><strong>Frequently asked questions</strong></p>")
    for head in heads:
        if head.startswith("<p>") and "<h3>" in FAQS[shape]:
            continue  # a heading is not below a paragraph
        done = imported(head, FAQS[shape])
        assert [one.widget for one in done.recognised] == ["faq"]
        assert done.text.count("question:") == 2
        assert not done.kept
        assert "End</h2>" in done.text


@for_each("name", UNSURE)
def test_what_is_not_certain_stays_with_its_reason(name: str) -> None:
    inner, why = UNSURE[name]
    done = imported("<h2>Questions and answers</h2>", inner)
    assert not done.recognised
    assert inner in done.text
    assert any(entry.kind == "left" and why in entry.words for entry in done.entries), done.entries


def test_one_bad_question_does_not_keep_the_others() -> None:
    asked = "".join(
        f"<p><b>Question {n}: Where is {n}?</b></p>\n<p>(a) Assam</p><p>(b) Goa</p>\n{answer}"
        for n, answer in enumerate(["<p>Ans: (a)</p>", "", "<p>Ans: (b)</p>", "<p>Ans: (d)</p>"], 1)
    )
    done = imported("<h2>Practice questions</h2>", asked)
    assert re.findall(r'answer: "(.)"', done.text) == ["A", "B"]
    assert [one.why for one in done.kept] == [
        "question 2 has no answer",
        'question 4 has the answer "d", which is not an option',
    ]


def test_other_sections_stay() -> None:
    for heading, inner in (
        ("<h2>Tests of the vaccine</h2>", "<p>It works?</p><p>It does.</p>"),
        ("<h2>The question of rain</h2>", "<ul><li>A) June</li><li>B) July</li></ul><p>So.</p>"),
        ("<h2>Quiz results</h2>", "<ol><li>Asha</li><li>Ravi</li></ol><p>Well done.</p>"),
    ):
        done = imported(heading, inner)
        assert heading + inner in done.text
        assert not done.kept
        assert not done.recognised
