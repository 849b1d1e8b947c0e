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
