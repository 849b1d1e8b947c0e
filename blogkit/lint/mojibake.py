"""Find text that was UTF-8 and was read as another encoding: `cafÃ©`, `πŸ‡ΊπŸ‡Έ`. Restore it.

Each character is traced to the byte it stood for: 80–9F as Windows-1252 shows them, the rest by the
encoding in question (https://encoding.spec.whatwg.org/#legacy-single-byte-encodings). The five
bytes that Windows-1252 leaves undefined are often lost on the way. A reading counts when UTF-8
agrees and the result is a plausible character; one reading is a repair, several are suggestions.
Letters next to a quotation mark or an ellipsis (`É…`, `café”…`) are not mojibake: single letters
must be part of a word, and scripts must come in runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

ENCODINGS = ("cp1252", "cp1254", "cp1250", "cp1251", "iso8859_7")
_MOST = 8
"""Choices for neighbouring characters together."""
_ENOUGH = 200_000
"""So many broken characters of a line are read; what follows them is read once they are fixed."""
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
_PUNCTUATION = re.compile(r"[‐-•…‰′″‹›‼⁉€₹₽₿№℃℅™←↑→↓↔↕⇐⇒⇔≈≠≤≥−]")
_SYMBOLS = re.compile(r"[⌚⌛⏩-⏳■-◿☀-➿⬅-⬇⬛⬜⭐⭕]")
_EMOJI = re.compile(
    r"[🀄🃏\U0001f170-\U0001f19a\U0001f1e6-\U0001f265\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f900-\U0001f9ff\U0001fa70-\U0001faff]"
)
_LIKELY = "✅📌📍📚📝📊📅🎯🏛🕒🤝🔥💡⚠🚀👉🔗📖🎓🏆🌍🔔📢💰🛑❌✔⭐🗓📈🔍👇🙏😀🌐🔑🏅🧠🎉🗳⚖🚨"


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


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    size: int  # bytes of UTF-8
    choices: tuple[str, ...]

    @property
    def scripts(self) -> frozenset[str]:
        """The scripts of the letters it may be."""
        return _scripts(self.choices)


def may_be_mojibake(text: str) -> bool:
    """Return whether a text may hold mojibake; False is certain."""
    return not text.isascii() and bool(_possible().search(text))


def find_mojibake(text: str) -> list[Mojibake]:
    """Return all broken text in order. Neighbouring characters are one hit."""
    return list(_found(text)) if may_be_mojibake(text) else []


@lru_cache(maxsize=256)
def _found(text: str) -> tuple[Mojibake, ...]:
    """Return the hits. A check asks twice for each line: for its errors, and for everything."""
    found: list[Mojibake] = []
    for encoding in ENCODINGS:
        left = _ENOUGH
        for match in _suspicious(encoding).finditer(text):
            stop = min(match.end(), match.start() + left)
            found += _hits(text, match.start(), stop, encoding)
            left -= stop - match.start()
            if not left:
                break
    return tuple(_merged(sorted(found, key=lambda hit: (hit.start, hit.partial, -hit.end))))


def repair(text: str, *, guess: bool = False) -> str:
    """Return the text with certain fixes.

    Args:
        text: The text.
        guess: Whether to use the most likely choice elsewhere.
    """
    parts: list[str] = []
    at = 0
    for hit in find_mojibake(text):
        if hit.certain or guess:
            parts += [text[at : hit.start], hit.choices[0]]
            at = hit.end
    return "".join([*parts, text[at:]])


@cache
def _bytes_of(encoding: str) -> dict[str, tuple[int, ...]]:
    """Return the bytes that each character may come from, including raw C1 controls."""
    table: dict[str, list[int]] = {}
    for byte in range(0x80, 0x100):
        # a program that passes on what it cannot show leaves the control character itself
        names = {chr(byte)} if byte < 0xA0 else set()
        # What a code page leaves undefined, programs show as Windows-1252 has it. ISO 8859-7 has
        # only control characters at 80-9F, so it is the same there.
        for name in (
            (encoding, "cp1252")
            if encoding != "iso8859_7"
            else ("cp1252" if byte < 0xA0 else encoding,)
        ):
            try:
                names.add(bytes([byte]).decode(name))
                break
            except UnicodeDecodeError:
                continue
        for char in names:
            table.setdefault(char, []).append(byte)
    return {char: tuple(values) for char, values in table.items()}


@cache
def _lost(encoding: str) -> list[int]:
    """Return the bytes that an encoding leaves undefined; they are often deleted in transit."""
    return [
        byte
        for byte in range(0x80, 0xA0)
        if not bytes([byte]).decode("cp1252" if encoding == "iso8859_7" else encoding, "ignore")
    ]


@cache
def _suspicious(encoding: str) -> re.Pattern[str]:
    """Return runs of characters with a lead byte and its continuation."""
    return re.compile(f"(?:{_leads([encoding])}{_tails([encoding])}{{1,3}})+")


@cache
def _possible() -> re.Pattern[str]:
    """Return the pattern that every suspicious run begins with; most texts do not match it."""
    return re.compile(_leads(ENCODINGS) + _tails(ENCODINGS))


def _leads(encodings: Sequence[str]) -> str:
    """Return the pattern of a character that may stand for the first byte of several."""
    return _class_of(encodings, range(0xC2, 0xF5))


def _tails(encodings: Sequence[str]) -> str:
    return _class_of(encodings, range(0x80, 0xC0))


def _class_of(encodings: Sequence[str], wanted: range) -> str:
    chars = {
        char
        for encoding in encodings
        for char, values in _bytes_of(encoding).items()
        if any(value in wanted for value in values)
    }
    return f"[{''.join(map(re.escape, sorted(chars)))}]"


def _hits(text: str, start: int, stop: int, encoding: str) -> Iterator[Mojibake]:
    """Return the hits in one run of suspicious characters."""
    run: list[_Piece] = []
    at = start
    while at < stop:
        piece = _read(text, at, encoding)
        if piece is None:
            yield from _judged(text, run, encoding)
            run, at = [], at + 1
            continue
        run.append(piece)
        at = piece.end
    yield from _judged(text, run, encoding)


def _read(text: str, at: int, encoding: str) -> _Piece | None:
    """Return the UTF-8 character that begins at an offset, whatever it is."""
    found = _read_first(text[at : at + 6], encoding)
    if found is None:
        return None
    length, size, choices = found
    return _Piece(at, at + length, size, choices)


@lru_cache(maxsize=4096)
def _read_first(text: str, encoding: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the length, the bytes and the choices of the UTF-8 character that begins a text."""
    table = _bytes_of(encoding)
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
            lead, tails[:known], _lost(encoding), following=text[1 + known : 3 + known]
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
    return _ranked([char for char in found if _is_emoji(char)])


def _ranked(chars: list[str]) -> tuple[str, ...]:
    """Return choices by likelihood.

    What is common in blogs comes first, then letters of flags, then emojis, then the rest.
    """

    def rank(char: str) -> tuple[int, int]:
        if char in _LIKELY:
            return 0, _LIKELY.index(char)
        return (1 if "🇦" <= char <= "🇿" else 2 if _is_emoji(char) else 3), ord(char)

    return tuple(sorted(dict.fromkeys(chars), key=rank))


def _is_emoji(char: str) -> bool:
    return bool(_EMOJI.match(char)) and unicodedata.category(char) in {"So", "Sk"}


def _judged(text: str, run: list[_Piece], encoding: str) -> Iterator[Mojibake]:
    """Return the parts of a run that are certainly mojibake."""
    previous = False
    # broken text beside the run that could not be read: its letters may belong to this run
    partial = bool(run) and any(
        beside > "\x7f" and any(value >= 0xC2 for value in _bytes_of(encoding).get(beside, ()))
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


def _alone(text: str, piece: _Piece, char: str, encoding: str) -> bool:
    """Return whether a character is mojibake regardless of its neighbours."""
    tails = text[piece.start + 1 : piece.end]
    if piece.size == 4:
        return _is_emoji(char)
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


def _in_script(piece: _Piece, char: str, before: Streak, after: Streak) -> bool:
    """Return whether a letter is among enough letters of its own script."""
    script = _script(char)
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


@cache
def _scripts(chars: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_script, chars))


@cache
def _script(char: str) -> str:
    """Return the first word of a letter's Unicode name; "" for others, and for dead scripts."""
    if (
        unicodedata.category(char)[0] not in "LM"
        or not char > "\u024f"
        or "\u0460" <= char <= "\u0489"
    ):
        return ""
    return unicodedata.name(char, "").partition(" ")[0]


def _merged(hits: list[Mojibake]) -> list[Mojibake]:
    """Merge neighbouring hits. If encodings disagree about a place, every reading is a choice."""
    apart: list[Mojibake] = []
    for hit in hits:
        last = apart[-1] if apart else None
        if last and hit.start < last.end:
            if (hit.start, hit.end) == (last.start, last.end) and hit.partial == last.partial:
                choices = tuple(dict.fromkeys([*last.choices, *hit.choices]))
                apart[-1] = Mojibake(hit.start, hit.end, choices, last.partial or hit.partial)
            continue
        apart.append(hit)
    groups: list[list[Mojibake]] = []
    count = end = 0
    for hit in apart:
        count *= len(hit.choices)
        if groups and end == hit.start and count <= _MOST:
            groups[-1].append(hit)
        else:
            groups.append([hit])
            count = len(hit.choices)
        end = hit.end
    return [_joined(group) for group in groups]


def _joined(hits: list[Mojibake]) -> Mojibake:
    """Return neighbouring hits as one, with every combination of their choices."""
    choices = tuple("".join(chosen) for chosen in product(*(hit.choices for hit in hits)))
    return Mojibake(hits[0].start, hits[-1].end, choices, any(hit.partial for hit in hits))
