"""Read one character of UTF-8 from the characters that its bytes were taken for."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import product

from blogkit.dataclass import dataclass
from blogkit.lint.mojibake.code_pages import lost_bytes, possible_bytes
from blogkit.patterns import lazy_pattern

_EMOJI = lazy_pattern(
    r"[🀄🃏\U0001f170-\U0001f19a\U0001f1e6-\U0001f265\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f900-\U0001f9ff\U0001fa70-\U0001faff]"
)
_LIKELY = "✅📌📍📚📝📊📅🎯🏛🕒🤝🔥💡⚠🚀👉🔗📖🎓🏆🌍🔔📢💰🛑❌✔⭐🗓📈🔍👇🙏😀🌐🔑🏅🧠🎉🗳⚖🚨"


@dataclass(frozen=True)
class BrokenCharacter:
    """One character in the place of which others are shown.

    Attributes:
        start: Where they begin.
        end: The offset behind them.
        size: The bytes of the character in UTF-8.
        choices: The characters that it may be.
    """

    start: int
    end: int
    size: int
    choices: tuple[str, ...]

    @property
    def scripts(self) -> frozenset[str]:
        """The scripts of the letters it may be."""
        return _scripts(self.choices)


def read_broken(text: str, at: int, encoding: str) -> BrokenCharacter | None:
    """Return the UTF-8 character that begins at an offset, whatever it is.

    Args:
        text: The text.
        at: The offset.
        encoding: The code page that the bytes were read with.
    """
    found = _read_first(text[at : at + 6], encoding)
    if found is None:
        return None
    length, size, choices = found
    return BrokenCharacter(at, at + length, size, choices)


@lru_cache(maxsize=4096)
def _read_first(text: str, encoding: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the length, the bytes and the choices of the UTF-8 character that begins a text."""
    table = possible_bytes(encoding)
    # C0, C1 and F5 to FF never begin a character: https://www.rfc-editor.org/rfc/rfc3629#section-4
    lead = next((value for value in table.get(text[0], ()) if 0xC2 <= value <= 0xF4), 0)
    if not lead:
        return None
    size = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    tails = [[value for value in table.get(char, ()) if value < 0xC0] for char in text[1:size]]
    known = next((index for index, values in enumerate(tails) if not values), len(tails))
    if known == size - 1:
        length, choices = size, _decoded(lead, tails)
    elif known == size - 2:
        length = 1 + known
        choices = _with_lost(
            lead, tails[:known], lost_bytes(encoding), following=text[1 + known : 3 + known]
        )
    else:
        return None
    return (length, size, choices) if choices else None


def _decoded(lead: int, tails: list[list[int]]) -> tuple[str, ...]:
    found = []
    for values in product(*tails):
        try:
            found.append(bytes([lead, *values]).decode())
        except UnicodeDecodeError:
            continue
    return _ranked(found)


def _with_lost(
    lead: int, tails: list[list[int]], lost: list[int], *, following: str
) -> tuple[str, ...]:
    """Return the possible originals of a character with a lost byte, if only mojibake looks so."""
    if lead == 0xF0 and tails[:1] == [[0x9F]]:
        places = (1, 2)
    elif lead == 0xEF and tails == [[0xB8]]:
        return ("\ufe0f",)
    elif lead == 0xE2 and tails and 0x80 in tails[0]:
        return ("\u200d", "”") if following[1:2] == "Ÿ" else ("”", "\u200d")
    elif lead == 0xE0:
        return tuple(
            sorted(
                _decoded(lead, [*tails, lost]),
                key=lambda char: "VIRAMA" not in unicodedata.name(char, ""),
            )
        )
    else:
        return ()
    found = [
        char for place in places for char in _decoded(lead, [*tails[:place], lost, *tails[place:]])
    ]
    return _ranked([char for char in found if is_emoji(char)])


def _ranked(chars: list[str]) -> tuple[str, ...]:
    """Return choices by likelihood.

    What is common in blogs comes first, then letters of flags, then emojis, then the rest.
    """

    def rank(char: str) -> tuple[int, int]:
        if char in _LIKELY:
            return 0, _LIKELY.index(char)
        return (1 if "🇦" <= char <= "🇿" else 2 if is_emoji(char) else 3), ord(char)

    return tuple(sorted(dict.fromkeys(chars), key=rank))


def is_emoji(char: str) -> bool:
    """Return whether a character is a picture that blogs use."""
    return bool(_EMOJI.match(char)) and unicodedata.category(char) in {"So", "Sk"}


@cache
def _scripts(chars: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(script_of, chars))


@cache
def script_of(char: str) -> str:
    """Return the first word of a letter's Unicode name; "" for others, and for dead scripts."""
    if (
        unicodedata.category(char)[0] not in "LM"
        or not char > "\u024f"
        or "\u0460" <= char <= "\u0489"
    ):
        return ""
    return unicodedata.name(char, "").partition(" ")[0]
