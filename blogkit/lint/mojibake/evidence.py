"""Tell mojibake from letters that are meant: by its signs, its words and its scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blogkit.dataclass import dataclass
from blogkit.lint.mojibake.character import BrokenCharacter, is_emoji, script_of
from blogkit.lint.mojibake.code_pages import possible_bytes
from blogkit.patterns import lazy_pattern

_SHORT_WORDS = {
    "DEVANAGARI",
    "BENGALI",
    "GUJARATI",
    "GURMUKHI",
    "ORIYA",
    "TAMIL",
    "TELUGU",
    "KANNADA",
    "MALAYALAM",
}
_NATURAL = set("’‘“”…–—•‹›«»™®©°·²³¹ºª¶§\u00a0")
"""What may follow a letter in good text."""
_QUOTING = set("’‘“”„‚…–—•‹›«»\u00a0")
_PUNCTUATION = lazy_pattern(r"[‐-•…‰′″‹›‼⁉€₹₽₿№℃℅™←↑→↓↔↕⇐⇒⇔≈≠≤≥−]")
_SYMBOLS = lazy_pattern(r"[⌚⌛⏩-⏳■-◿☀-➿⬅-⬇⬛⬜⭐⭕]")


@dataclass(frozen=True)
class Mojibake:
    """Broken text.

    Attributes:
        start: Where it begins.
        end: The offset behind it.
        choices: Possible originals, the most likely first.
        partial: Whether it is next to broken text that cannot be read, so that nothing is certain.
    """

    start: int
    end: int
    choices: tuple[str, ...]
    partial: bool = False

    @property
    def certain(self) -> bool:
        """Whether there is only one possible original."""
        return len(self.choices) == 1 and not self.partial


Streak = dict[str, int]


def judged_run(text: str, run: list[BrokenCharacter], encoding: str) -> Iterator[Mojibake]:
    """Return the parts of a run that are certainly mojibake.

    Args:
        text: The text.
        run: Neighbouring characters that UTF-8 allows.
        encoding: The code page that the bytes were read with.
    """
    previous = False
    # broken text beside the run that could not be read: its letters may belong to this run
    partial = bool(run) and any(
        beside > "\x7f" and any(value >= 0xC2 for value in possible_bytes(encoding).get(beside, ()))
        for beside in (text[run[0].start - 1 : run[0].start], text[run[-1].end : run[-1].end + 1])
    )
    before = _streaks([piece.scripts for piece in run])
    after = _streaks([piece.scripts for piece in reversed(run)])[::-1]
    for index, piece in enumerate(run):
        choices = tuple(
            char
            for char in piece.choices
            if _alone(text, piece, char, encoding)
            or _in_script(piece, char, before[index], after[index])
        )
        # Only right behind something that is mojibake: the two characters alone are too short to
        # tell.
        if not choices and previous and piece.choices == ("\ufe0f",):
            choices = piece.choices
        previous = bool(choices)
        if choices:
            yield Mojibake(piece.start, piece.end, choices, partial)


def _alone(text: str, piece: BrokenCharacter, char: str, encoding: str) -> bool:
    """Return whether a character is mojibake regardless of its neighbours."""
    tails = text[piece.start + 1 : piece.end]
    if piece.size == 4:
        return is_emoji(char)
    if piece.size == 3:
        if _PUNCTUATION.match(char) or char in "\u200d”":
            return not set(tails) <= _NATURAL
        in_word = text[piece.start - 1 : piece.start].isalpha() and tails[-1] in _QUOTING
        return bool(_SYMBOLS.match(char)) and not set(tails) <= _NATURAL and not in_word
    if not ("\u00a0" <= char <= "\u017f") or encoding == "cp1251":
        return False
    before, after = text[piece.start - 1 : piece.start], text[piece.end : piece.end + 1]
    # An accented capital and a sign rarely follow a lower-case letter in good text: `cafÃ©`.
    if before.islower():
        return not (tails.isalpha() and encoding == "iso8859_7")
    if before.isupper() or tails in _QUOTING - {"\u00a0"} or encoding == "iso8859_7":
        return False
    if ord(char) < 0xC0:  # Â£, Â°: the character itself with a letter before it
        return True
    return not tails.isalpha() and (
        after.islower() or (tails == "\u00a0" and text[piece.start] == "Ã")
    )


def _in_script(piece: BrokenCharacter, char: str, before: Streak, after: Streak) -> bool:
    """Return whether a letter is among enough letters of its own script."""
    script = script_of(char)
    if not script:
        return False
    # of 3 bytes: Indian scripts, else Chinese and the like
    shortest = 3 if piece.size == 2 or script in _SHORT_WORDS else 5
    return before.get(script, 0) + after.get(script, 0) + 1 >= shortest


def _streaks(scripts: Sequence[frozenset[str]]) -> list[Streak]:
    """Return for each piece how many pieces right before it may be of each script, up to 4."""
    found: list[Streak] = []
    streak: Streak = {}
    for names in scripts:
        found.append(streak)
        streak = {name: min(streak.get(name, 0) + 1, 4) for name in names}
    return found
