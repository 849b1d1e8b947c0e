"""Tell what a line of multiple-choice questions is: a question, an option, an answer, a key."""

from __future__ import annotations

import re
from itertools import pairwise

from blogkit.importers.answers import BOLD
from blogkit.importers.option_letters import ENDED, LETTER, are_in_order
from blogkit.importers.question_words import QUESTION_LABEL

ASKED = re.compile(
    rf"{BOLD}(?:(?:MCQ|{QUESTION_LABEL})\.?\s*(?:No\.?\s*)?"
    rf"(?P<number>\d{{1,3}})\s*[.):：–।۔-]*|"
    rf"(?:Q(?:uestion)?)\s*[.):：]+|(?P<plain>\d{{1,3}})\s*[.)۔]+){BOLD}\s*(?P<rest>.*)",
    re.IGNORECASE,
)
OPTION = re.compile(
    rf"(?:\[[ xX]?\]\s*|[○◯⚪☐]\s*)?{BOLD}(?:[(\[](?P<round>{LETTER})[)\]]|"
    rf"(?P<letter>{LETTER})\s*[).:]){BOLD}[.)]?\s+"
    r"(?P<rest>\S.*)",
    re.IGNORECASE,
)
LIKE_OPTION = re.compile(
    rf"{BOLD}[(\[]?(?:{LETTER}|[ivx]{{1,4}}|\d){ENDED}\s*[)\].:]{BOLD}\s+\S.*", re.IGNORECASE
)
STATEMENT = re.compile(r"(?:Statement\s+)?(?:\d|[IVX]{1,4}|[ivx]{1,4})\s*[.):]\s+(?P<rest>\S.*)")
ANSWER = re.compile(
    rf"(?:[✅✔☑️👉➤]+\s*)?{BOLD}(?:the\s+)?(?:correct|right|सही|সঠিক|درست|صحیح|சரியான|సరైన|સાચો|योग्य)?\s*"
    r"(?:answer|ans|option|उत्तर|जवाब|विकल्प|উত্তর|جواب|விடை|பதில்|జవాబు|సమాధానం|જવાબ|ઉત્તર|"
    r"(?:ال)?إجابة(?: الصحيحة)?|(?:ال)?اجابة(?: الصحيحة)?|الجواب(?: الصحيح)?|ה?תשובה(?: ה?נכונה)?)"
    rf"(?:{BOLD}\s*[.:：–۔-]+{BOLD}|\s+is{BOLD}\b\s*:?|{BOLD}\s+(?=[(\[]?{LETTER}[)\].]*{BOLD}\s*$))"
    rf"\s*(?P<rest>{BOLD}\S.*)",
    re.IGNORECASE,
)
WHY = re.compile(
    rf"(?:💡\s*)?{BOLD}(?:explanation|reason(?:ing)?|solution|rationale|why|व्याख्या|ব্যাখ্যা|"
    rf"स्पष्टीकरण|وضاحت|விளக்கம்|వివరణ|સમજૂતી|(?:ال)?شرح|التفسير|הסבר){BOLD}\s*[:：–-]+{BOLD}\s*(?P<rest>.*)",
    re.IGNORECASE,
)
UNFOLD = re.compile(
    r"(?:show|view|see|reveal|click (?:here )?(?:to|for)(?: \w+)?|check)?\s*"
    r"(?:the\s+)?(?:correct )?(?:answers?|solution)(?: (?:and|&) explanation)?[.:…]*",
    re.IGNORECASE,
)
KEY_HEAD = re.compile(
    rf"{BOLD}(?:answer keys?|answers|key|solutions?|उत्तर कुंजी|उत्तरमाला)\s*:?{BOLD}\s*:?\s*"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
KEY_ITEMS = re.compile(
    rf"(?:Q\.?\s*)?(\d{{1,3}})\s*[.):–-]*\s*[(\[]?({LETTER}){ENDED}[)\]]?", re.IGNORECASE
)
NAMED = re.compile(rf"{BOLD}(?:MCQ|{QUESTION_LABEL})\.?\s*\d+\b", re.IGNORECASE)
_INLINE = re.compile(rf"(?:(?<=\s)|^)[(\[]?({LETTER})[).\]]\s+(?=\S)", re.IGNORECASE)


def option_pieces(text: str) -> list[str]:
    """Return a line with all its options, such as "(a) one (b) two", in pieces that join to it."""
    marks = [*_INLINE.finditer(text)]
    if len(marks) < 2 or not are_in_order([found[1] for found in marks]):
        return [text]
    places = [0, *(found.start() for found in marks if found.start()), len(text)]
    return [text[a:b] for a, b in pairwise(places)]


def begins_question(text: str) -> bool:
    """Return whether a line has the mark of a question, such as "Q1." or "1)"."""
    return bool(ASKED.fullmatch(text))


def begins_option(text: str) -> bool:
    """Return whether a line has the letter of an option."""
    return bool(OPTION.fullmatch(text))


def is_first_option(text: str) -> bool:
    """Return whether a line is an option with the first letter of an alphabet."""
    found = OPTION.fullmatch(text)
    return found is not None and are_in_order([found["round"] or found["letter"]])


def without_bold(text: str) -> str:
    """Return a text without bold around all of it, or a mark whose partner is gone."""
    text = text.strip()
    if text.count("**") == 1:
        text = text.replace("**", "")
    if text.startswith("**") and text.endswith("**") and text.count("**") == 2:
        text = text[2:-2]
    if text.endswith("*") and text.count("*") == 1:
        text = text[:-1]
    return text.strip()


def without_emphasis(text: str) -> str:
    """Return a text without the marks of bold text, italic text and code."""
    return re.sub(r"[*_`\\]", "", text).strip()
