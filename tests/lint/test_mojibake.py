"""Broken text: what was meant is among the fixes, what is certain is exact, and good text of any
language is left alone.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.lint.mojibake import ENCODINGS, find_mojibake, repair
from tests.cases import for_each


def mangled(text: str, encoding: str, *, lossy: bool) -> str:
    """UTF-8 read as another encoding. lossy: bytes that Windows-1252 leaves undefined are gone,
    as after a copy from a browser.
    """
    out = []
    for byte in text.encode():
        name = (
            "ascii"
            if byte < 0x80
            else "cp1252"
            if encoding == "iso8859_7" and byte < 0xA0
            else encoding
        )
        try:
            out.append(bytes([byte]).decode(name))
        except UnicodeDecodeError:
            out.append("\ufffd" if byte > 0x9F else "" if lossy else chr(byte))
    return "".join(out)


EXACT = ["🇺🇸", "🇷🇺 Delegation", "📅 Key details", "📚", "🇺🇸📅 two", "a 🎯 b"]


@for_each("encoding", ENCODINGS)
@for_each("text", EXACT)
def test_what_is_certain_is_exact(text: str, encoding: str) -> None:
    broken = mangled(text, encoding, lossy=False)
    assert broken != text
    assert repair(broken) == text


@for_each("text", ["🤝", "📍 Location", "🏛️ Ministry", "🕒"])
def test_lost_bytes_make_ranked_choices(text: str) -> None:
    broken = mangled(text, "iso8859_7", lossy=True)
    assert repair(broken) == broken or "\ufe0f" in repair(broken)
    assert not find_mojibake(broken)[0].certain
    assert repair(broken, guess=True) == text


@for_each(
    ("broken", "text"),
    [
        ("cafÃ©, naÃ¯ve, Ã©tÃ©, dÃ©jÃ\u00a0 vu", "café, naïve, été, déjà vu"),
        ("Donâ€™t â€œquoteâ€\x9d â€” everâ€¦", "Don’t “quote” — ever…"),
        ("20Â°C for Â£5, â‚¹76,000 crore, â‚¬3, Acmeâ„¢", "20°C for £5, ₹76,000 crore, €3, Acme™"),
        ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
        ("Ð¼Ð¸Ñ€", "мир"),
        ("à¤¹à¤¿à¤¨à¥\x8dà¤¦à¥€", "हिन्दी"),
        ("ΰ€Ήΰ€Ώΰ€¨ΰ₯\x8dΰ€¦ΰ₯€", "हिन्दी"),
        ("Î•Î»Î»Î·Î½Î¹ÎºÎ¬", "Ελληνικά"),
        ("âœ… done, âš\u00a0ï¸\x8f careful", "✅ done, ⚠️ careful"),
        ("в‚№76 вЂ” вЂњraisedвЂќ", "₹76 — “raised”"),
    ],
)
def test_common_cases(broken: str, text: str) -> None:
    assert repair(broken) == text


def test_what_is_half_lost_is_not_half_repaired() -> None:
    broken = mangled("हिन्दी", "cp1252", lossy=True)
    assert repair(broken) == broken
    assert repair(broken, guess=True) == "हिन्दी"
    broken = mangled("сайт", "cp1252", lossy=True)
    assert repair(broken) == broken


CLEAN = [
    "π r² and π·r², 10 Å², 5 Å³, the letter “Å”, “AMANHÃ”… IRMÃ… «NÃO», 20 °C, №5",
    "É… “café”… café»… « déjà »… où ? Ça va… naïveté ; Noël — l’été à Orléans…",
    "„Co vidíš“ říkal, „příliš žluťoučký kůň“… Ještě š…, Úľ, Ľúbi, Ďž",
    "Ăştia sunt „ei”… Înţelegi? Şi… pâ”…",
    "Рёбра жёсткости. США и С… «Россия»… Её ёлка — «всё»… Сёстры, Рёв",
    "Її твоєї моєї, „п’ять“ міністрів ґудзик… аўіў, Црногорџ „њ“ љубав",
    "Ελληνικά: «π»… ΕΛΛΆΔΑ, Β’ Παγκόσμιος, Γ’ τάξη, απ’ όλα… ’Ολα, μΐα ΰ",
    "हिन्दी में “भारत”… प्रश्न—उत्तर ‘नीति’, ₹76,000 करोड़",
    "SJÖ… HÄ“ Ä° ÅÄÖ æøå — „Größe“… weiß… Straß’, ÜÖÄ»",
    "Türkçe: ğıİşŞ “ağ”… dağ’ın İstanbul’da ğ…",
    "日本語「テスト」…、한국어… ‘테스트’, עברית ”אבג”…, العربية «نص»…",
    "🇺🇸🤝🇷🇺 📅 🏛️ ✅ 👨‍👩‍👧 → ≤ ≥ × ½ ™ © ®",
    "Ã©"[:1] + " alone, Â alone, â alone, ð and þ in Icelandic: það, góð…",
]


@for_each("text", CLEAN)
def test_good_text_is_left_alone(text: str) -> None:
    assert find_mojibake(text) == []


EMOJI = st.characters(min_codepoint=0x1F300, max_codepoint=0x1F64F, categories=["So"])


@given(EMOJI, st.sampled_from(ENCODINGS), st.booleans())
def test_an_emoji_is_among_its_fixes(char: str, encoding: str, lossy: bool) -> None:
    broken = mangled(char, encoding, lossy=lossy)
    if (
        len(broken) >= 3 and "\ufffd" not in broken
    ):  # more than one byte lost leaves nothing to go by
        (hit,) = find_mojibake(broken)
        assert char in hit.choices
        assert (hit.start, hit.end) == (0, len(broken))


LETTERS = {
    "DEVANAGARI": st.text(st.characters(min_codepoint=0x0905, max_codepoint=0x0939), min_size=3),
    "CYRILLIC": st.text(st.characters(min_codepoint=0x0410, max_codepoint=0x044F), min_size=3),
}


@given(
    st.sampled_from(sorted(LETTERS)).flatmap(LETTERS.__getitem__),
    st.sampled_from(["cp1252", "cp1251", "cp1250"]),
)
def test_words_of_other_scripts_come_back(word: str, encoding: str) -> None:
    broken = mangled(word, encoding, lossy=False)
    assert repair(f"so {broken} so", guess=True) == f"so {word} so"


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_ascii_is_never_broken(text: str) -> None:
    assert find_mojibake(text) == []


ALPHABETS = {
    "Greek": st.characters(min_codepoint=0x370, max_codepoint=0x3FF, categories=["Ll"]),
    "Russian and Ukrainian": st.sampled_from("абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя"),
    "Hindi": st.characters(min_codepoint=0x900, max_codepoint=0x97F, categories=["Lo", "Mn", "Mc"]),
    "Latin": st.characters(min_codepoint=0xE0, max_codepoint=0xFF, categories=["Ll"]),
}


@for_each("language", ALPHABETS)
def test_words_of_a_script_are_never_broken(language: str) -> None:
    @given(st.text(ALPHABETS[language], max_size=12))
    def words(word: str) -> None:
        assert find_mojibake(f"{word}, {word.capitalize()}… “{word}”… «{word}» {word}’s") == []

    words()


@pytest.mark.slow
def test_a_long_text_is_read_once() -> None:
    """Every character is looked at a bounded number of times: the longest hit costs no more per
    character than the shortest.
    """
    hits = find_mojibake("πŸ‡ΊπŸ‡Έ" * 20_000)
    assert sum(hit.end - hit.start for hit in hits) == 160_000
