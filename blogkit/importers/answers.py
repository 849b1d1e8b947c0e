"""Read which option the line below a multiple-choice question names as the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogkit.dataclass import dataclass
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.option_letters import ENDED, LETTER, OPTION_LETTERS, place_of

BOLD = r"(?:\*{1,3}|__?)?"
_MARK = (
    rf"{BOLD}(?:option\s+)?{BOLD}(?:[(\[](?P<round>{LETTER})[)\]]|(?P<letter>{LETTER}){ENDED})"
    rf"(?P<stop>\s*[)\].:]*{BOLD}[)\].:]*(?:\s*[–—-](?=\s))?)"
)
_MARKED = re.compile(_MARK + r"\s*(?P<rest>.*)", re.IGNORECASE)
_SECOND = re.compile(
    r"\s*[)\].]?\s*(?:[,/&;+]|\band\b|\bor\b|और|तथा|व(?=\s)|या|এবং|ও(?=\s)|اور|و(?=\s)|یا|மற்றும்|"
    rf"మరియు|અને|आणि)[\s,]*(?:and\s+|or\s+)?{BOLD}(?:option\s+)?"
    rf"(?:[(\[]{LETTER}[)\]]|(?-i:[A-H]){ENDED}|{LETTER}(?:[).\]]|{BOLD}\.?\s*$))|"
    rf"\s*[)\].]?\s+[(\[]?{LETTER}[)\].]?{BOLD}\s*$",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\(|,?\s*(?:because|since|as|due)\b", re.IGNORECASE)
_SIGNS = "*_ ✅✔☑\ufe0f"
_ENDS = re.compile(r"[.!?।۔]")


@dataclass(frozen=True)
class NamedAnswer:
    """An answer.

    Attributes:
        place: The index of the option.
        explanation: What follows it, as an end of the line. The option's own words are not in it.
    """

    place: int
    explanation: str = ""


class Undecided(Uncertain):
    """The source contradicts itself, so only its author can decide."""


def answer_of(words: str, letters: Sequence[str], options: Sequence[str]) -> NamedAnswer:
    """Return the answer that the words behind "Answer:" name.

    The whole text is compared with the options first: "A republic" is an option's text more often
    than a letter with an explanation.

    Args:
        words: The words, as Markdown.
        letters: The letters of the options.
        options: The texts of the options, as Markdown.

    Raises:
        Uncertain: They name no option, or two.
        Undecided: The letter and the text are those of two options.
    """
    texts = [bare(option) for option in options]
    marked = _MARKED.match(words)
    by_text = _by_text(words, texts)
    if by_text and not (marked and _is_sure(marked)):
        return by_text
    if not marked:
        raise Uncertain(f'has the answer "{_short(words)}", which is not one of its options')
    letter, rest = marked["round"] or marked["letter"], marked["rest"].strip()
    place = place_of(letter, letters)
    if by_text and by_text.place != place:
        raise _contradiction(letter, by_text.place)
    repeated = _by_text(rest, texts)
    if repeated and repeated.place == place:
        return repeated
    if _SECOND.match(words[marked.end("round" if marked["round"] else "letter") :]):
        raise Uncertain(f'has two answers: "{_short(words)}"')
    if not 0 <= place < len(options):
        raise Uncertain(f'has the answer "{letter}", which is not an option')
    other = repeated.place if repeated else _near(rest, place, texts)
    if other >= 0:
        raise _contradiction(letter, other)
    if not _is_sure(marked) and not _BECAUSE.match(rest):
        raise Uncertain(f'has the answer "{_short(words)}", which is not one of its options')
    return NamedAnswer(place, rest if rest.strip(_SIGNS) else "")


def _is_sure(marked: re.Match[str]) -> bool:
    """Return whether it is a letter, and not the first word of a text: "(A)", "A.", or "A"."""
    return bool(
        marked["round"]
        or marked["stop"].strip()
        or not marked["rest"].strip(_SIGNS)
        or "option" in marked[0][: marked.start("letter")].lower()
    )


def _by_text(words: str, texts: Sequence[str]) -> NamedAnswer | None:
    """Return the option whose text this is, alone or before an explanation."""
    same = [place for place, text in enumerate(texts) if text and text == bare(words)]
    if same:
        return NamedAnswer(same[0]) if len(same) == 1 else None
    for place, text in sorted(enumerate(texts), key=lambda one: -len(one[1])):
        if not text:
            continue
        pattern = r"[*_`\\.\s]*".join(re.escape(sign) for sign in text if not sign.isspace())
        found = re.match(
            rf"[*_`\\\s]*{pattern}[*_]*\s*[.:–—-]+[*_]*\s+(?=\S)", words, re.IGNORECASE
        )
        if found:
            return NamedAnswer(place, words[found.end() :])
    return None


def _near(rest: str, place: int, texts: Sequence[str]) -> int:
    """Return another option whose text is in a few words that have the answer's own not; -1."""
    words = bare(rest)
    if _ENDS.search(words) or len(words) > max(map(len, texts)) + 12 or texts[place] in words:
        return -1
    there = [
        other
        for other, text in enumerate(texts)
        if text and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words)
    ]
    return there[0] if there else -1


def _contradiction(letter: str, other: int) -> Undecided:
    return Undecided(
        f"has the answer {letter.upper()}, with the text of option {OPTION_LETTERS[other]}"
    )


def bare(text: str) -> str:
    """Return a text without marks, capitals and full stops, to compare it."""
    return " ".join(re.sub(r"[*_`\\.।۔]", "", text).split()).casefold()


def _short(words: str) -> str:
    words = words.strip(" *_")
    return words if len(words) <= 40 else words[:39].rstrip() + "…"
