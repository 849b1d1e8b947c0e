"""Which answers are read from multiple-choice questions, and which are left to the author."""

from __future__ import annotations

import re

from blogkit.importers.convert import convert_pasted, read_pasted
from blogkit.importers.report import Imported
from tests.cases import for_each
from tests.importers.reading import missing


def imported(text: str, name: str = "quiz.md") -> Imported:
    return convert_pasted(read_pasted(text.encode(), name), name="quiz")


def answers(result: Imported) -> str:
    return "".join(re.findall(r'answer: "(.)"', result.text))


def reasons(result: Imported) -> list[str]:
    return [
        f"{one.line} {one.kind}: {one.words.partition(': ')[2] or one.words}"
        for one in result.entries
        if one.kind in ("left", "needed")
    ]


INDIA = "# India\n\nQ1. India is?\nA) a monarchy\nB) a republic\nC) a union\n"
LETTERED = {
    "Answer: B": "B",
    "Answer: A republic": "B",
    "Answer: a republic.": "B",
    "Answer: B) A republic": "B",
    "Answer: B – a republic": "B",
    "Answer: B. A republic. The head of state is elected.": "B",
    "**Answer: a union**": "C",
    "*Answer: B*": "B",
    "*Answer: B. It elects its head.*": "B",
    "**Answer:** *a union*": "C",
    "Answer: a republic. Its head is elected.": "B",
    "Answer: B. A republic elects its head.": "B",
    "Answer: B because its head is elected": "B",
    "Correct answer: Option C": "C",
    "The correct answer is (c).": "C",
    "Answer: B ✅": "B",
}
AGAIN = "correct the text, and import it again"
NO_OPTION = "which is not one of its options"
TEXT_OF_B = f"with the text of option B; {AGAIN}"
REFUSED = {
    "Answer: A country": f'left: question 1 has the answer "A country", {NO_OPTION}',
    "Answer: It depends": f'left: question 1 has the answer "It depends", {NO_OPTION}',
    "Answer: A and C": 'left: question 1 has two answers: "A and C"',
    "Answer: (a), (c)": 'left: question 1 has two answers: "(a), (c)"',
    "Answer: A/B": 'left: question 1 has two answers: "A/B"',
    "Answer: A & C are right": 'left: question 1 has two answers: "A & C are right"',
    "Answer: A C": 'left: question 1 has two answers: "A C"',
    "Answer: A, not B": f'left: question 1 has the answer "A, not B", {NO_OPTION}',
    "Answer: D": 'left: question 1 has the answer "D", which is not an option',
    "Answer: A) a republic": f"needed: question 1 has the answer A, {TEXT_OF_B}",
    "Answer: A) a republic. It is.": f"needed: question 1 has the answer A, {TEXT_OF_B}",
    "Answer: (c) it is a republic": f"needed: question 1 has the answer C, {TEXT_OF_B}",
}


@for_each("line", LETTERED)
def test_an_answer_names_an_option(line: str) -> None:
    result = imported(f"{INDIA}{line}\n")
    assert (answers(result), reasons(result), missing(result)) == (LETTERED[line], [], [])
    assert 'explanation: "republic' not in result.text


@for_each("line", REFUSED)
def test_an_answer_that_is_not_certain_stays(line: str) -> None:
    result = imported(f"{INDIA}{line}\n")
    assert (answers(result), reasons(result)) == ("", [f"3 {REFUSED[line]}"])
    assert line in result.text


TWO = "# Two\n\n1. First of them?\nA) x\nB) y\n{}\n\n2. Second of them?\nA) v\nB) w\n{}\n\n{}\n"
KEYS = {
    ("Answer: A", "Answer: B", "Answer Key: 1-A, 2-B"): ("AB", []),
    ("Answer: A", "Answer: B", "Answer Key: 1-B, 2-B"): (
        "B",
        [f"3 needed: question 1 has the answer A, and the answer key has B; {AGAIN}"],
    ),
    ("", "", "**Answer Key:** 1. b, 2. a"): ("BA", []),
    ("", "", "Answer Key: 1-A, 1-B, 2-A"): (
        "A",
        [f"3 needed: question 1 has two answers in the answer key; {AGAIN}"],
    ),
    ("", "", "Answer Key: 1-A, C, 2-B"): (
        "",
        ["3 left: question 1 has no answer", "7 left: question 2 has no answer"],
    ),
    ("", "", "Answer Key: 1. A republic 2. B"): (
        "",
        ["3 left: question 1 has no answer", "7 left: question 2 has no answer"],
    ),
}


@for_each("lines", KEYS)
def test_an_answer_key_agrees_with_the_answers(lines: tuple[str, str, str]) -> None:
    result = imported(re.sub("\n\n\n+", "\n\n", TWO.format(*lines)))
    assert (answers(result), reasons(result)) == KEYS[lines]


def quiz(*questions: str) -> str:
    return "# A series\n\n" + "\n\n".join(questions) + "\n"


MANY = {
    quiz(
        "Q7. Which?\nA) x\nB) y\nAnswer: A",
        "Q8. Who?\nA) v\nB) w\nAnswer: A and B",
        "Q9. Why?\nA) m\nB) n\nAnswer: B",
    ): ("AB", ['8 left: question 8 has two answers: "A and B"']),
    quiz(
        "1. Which?\n   A) x\n   B) y\n   Answer: A\n2. Who?\n   A) v\n   B) w\n"
        "3. Why?\n   A) m\n   B) n\n   Answer: B"
    ): ("AB", ["7 left: question 2 has no answer"]),
    quiz(
        "Q1. Consider:\n\n1. This\n2. That\n\nWhich?\n\nA) 1 only\nB) 2 only\n\nAnswer: A, B",
        "Q2. Why?\n\nA) m\nB) n\n\nAnswer: B",
    ): ("B", ['3 left: question 1 has two answers: "A, B"']),
    quiz("Q1. Which?\ni) x\nii) y\nAnswer: i", "Q2. Who?\nA) v\nB) w\nAnswer: B"): (
        "B",
        ["3 left: question 1 has options that are not lettered A), B), C) in order"],
    ),
    quiz("Q1. Which?\nA) x\nA) y\nAnswer: A"): (
        "",
        ["3 left: question 1 has options that are not lettered A), B), C) in order"],
    ),
    quiz("Q1. Which?\nA) x\nB) y\nB) z\nAnswer: A"): (
        "",
        ["3 left: question 1 has options that are not lettered A), B), C) in order"],
    ),
    quiz("Q1. What is <b>it</b>?\nA) <i>x</i>\nB) y\nAnswer: A"): (
        "",
        ["3 left: the widget would change or move some of its text"],
    ),
    quiz(
        "Q1. Which?\nA) x\nB) y\nAnswer: B",
        "Q2. Who is <b>it</b>?\nA) v\nB) w\nAnswer: A",
        "Q3. Why?\nA) m\nB) n\nAnswer: B",
        "Q4. When?\nA) k\nB) l\nAnswer: A",
    ): ("BBA", ["8 left: the widget would change or move some of its text"]),
    quiz("Q1. Which?\nA) x\nB) y\nAnswer: A\nAnswer: B"): (
        "",
        ["3 left: question 1 has two lines with an answer"],
    ),
    quiz("Q1. Which?\nA) x\nB) y\nAnswer: A\nMore on it."): (
        "",
        ["3 left: other text follows a question without an empty line"],
    ),
    quiz("## Questions and answers", "Q1. Which?\nA) x\nB) y", "Q2. Who?\nA) v\nB) w"): (
        "",
        ["5 left: question 1 has no answer", "9 left: question 2 has no answer"],
    ),
    quiz("Q1. Which?\nA) a\nB) b\nC) c\nD) d\nE) e\nF) f\nG) g\nAnswer: G"): ("G", []),
    quiz("Q1. Sky?\nA) red\nB) blue", "*Answer: B*", "**Explanation:** It is\nso.", "More."): (
        "B",
        [],
    ),
    quiz("Q1. Sky?\nA) red\nB) blue", "**Answer: blue**", "*Explanation: It is.*", "More."): (
        "B",
        [],
    ),
    quiz("## FAQ", "**Q: What is it?** A: A thing.", "**Q: Where is it?** A: There."): (
        "",
        ["5 left: the first question has no answer in the line below it"],
    ),
    quiz("## FAQ", "**Q: What is it?**\nA: A thing."): (
        "",
        ["5 left: it has only one question with an answer below it"],
    ),
    quiz("प्रश्न १. सबसे लंबी?\n(क) यमुना\n(ख) गंगा\nउत्तर: (ख)"): ("B", []),
    quiz("प्रश्न 1. सबसे लंबी?\n(अ) यमुना\n(ब) गंगा\n(स) कोसी\nसही उत्तर: स) कोसी"): ("C", []),
    quiz("वह क्या है?\n(क) कि यह\n(ख) वह\nउत्तर: कि यह"): ("A", []),
    quiz("প্রশ্ন ১. কোনটি দীর্ঘ?\n(ক) পদ্মা\n(খ) গঙ্গা\nউত্তর: (খ)"): ("B", []),
    quiz("வினா 1. எது நீளம்?\n(அ) காவிரி\n(ஆ) கங்கை\nவிடை: ஆ"): ("B", []),
    quiz("سوال 1۔ کون سا لمبا ہے؟\n(الف) راوی\n(ب) سندھ\nدرست جواب: (ب)"): ("B", []),
    quiz("प्रश्न 1. सबसे लंबी?\n(क) यमुना\n(ख) गंगा\nउत्तर: (क) और (ख)"): (
        "",
        ['3 left: question 1 has two answers: "(क) और (ख)"'],
    ),
}


@for_each("text", MANY)
def test_one_bad_question_does_not_keep_the_others(text: str) -> None:
    result = imported(text)
    assert (answers(result), reasons(result)) == MANY[text]


PAGE = "<h1>A page</h1><p>Q1. Which?<br>A) x<br>B) y<br>Answer: {}</p><p>Q2. Who?<br>(a) v<br>(b) w<br>Answer: w</p>"


def test_a_question_in_a_paragraph_of_a_page() -> None:
    assert answers(imported(PAGE.format("B"), "page.html")) == "BB"
    result = imported(PAGE.format("A and B"), "page.html")
    assert answers(result) == "B"
    assert reasons(result) == ['1 left: question 1 has two answers: "A and B"']


def test_a_question_of_a_page_in_hindi() -> None:
    page = "<h1>नदियाँ</h1><p>प्रश्न 1. सबसे लंबी?<br>(क) यमुना<br>(ख) गंगा<br>उत्तर: (ख)</p>"
    assert answers(imported(page, "page.html")) == "B"


ROWS = "# Rows\n\n| Question | A | B | Answer |\n|---|---|---|---|\n| Which letter? | {} | {} |\n"
WRONG = "3 needed: row 1 has the answer A, with the text of option B; {}"
CELLS = {
    ("X | Y", "Y"): ("B", []),
    ("X | Y", "(b)"): ("B", []),
    ("X | Y", "A) Y"): ("", [WRONG.format(AGAIN)]),
    ("B | A", "A"): ("", [WRONG.format(AGAIN)]),
    ("X | Y", "A and B"): ("", ['3 left: row 1 has two answers: "A and B"']),
    ("X | Y", "B. So."): (
        "",
        ['3 left: row 1 has the answer "B. So.", which is not one of its options'],
    ),
}


@for_each("cells", CELLS)
def test_an_answer_in_a_table(cells: tuple[str, str]) -> None:
    result = imported(ROWS.format(*cells))
    assert (answers(result), reasons(result)) == CELLS[cells]


def test_the_columns_of_a_table_have_letters_in_order() -> None:
    result = imported(ROWS.format("X | Y", "A").replace("| A | B |", "| B | A |"))
    why = "its columns with the options are not lettered A, B, C in order"
    assert (answers(result), reasons(result)) == ("", [f"3 left: {why}"])
