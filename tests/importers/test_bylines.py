"""Bylines are read in every language that widgets speak."""

from __future__ import annotations

import pytest

from blogkit.importers.html.convert import convert
from blogkit.importers.html.dates import day_of
from blogkit.importers.html.quizzes import byline_facts
from blogkit.render.formats.dates import day
from blogkit.render.phrases.lookup import languages, word_list
from tests.cases import for_each
from tests.importers.reading import added, missing, post_of

LINES = {
    "bn": "প্রকাশিত: ২০ ডিসেম্বর, ২০২৪ | লেখক: আশা রায় | বিভাগ: অর্থনীতি, রাজনীতি",
    "es": "Publicado el 20 de diciembre de 2024 · Por Asha Rao · Categoría: Economía, Política",
    "gu": "પ્રકાશિત: 20 ડિસેમ્બર, 2024 | લેખક: આશા રાવ | શ્રેણી: અર્થતંત્ર, રાજનીતિ",
    "hi": "📅 प्रकाशित: शुक्रवार, 20 दिसम्बर 2024 | लेखक: आशा राव | श्रेणी: अर्थव्यवस्था, राजनीति",
    "id": "Diterbitkan pada 20 Desember 2024 | Oleh Asha Rao | Kategori: Ekonomi, Politik",
    "mr": "प्रकाशन दिनांक: २० डिसेंबर, २०२४ | लेखक: आशा राव | श्रेणी: अर्थव्यवस्था, राजकारण",
    "pt": "Publicado em 20 de dezembro de 2024 | Por Asha Rao | Categoria: Economia, Política",
    "ta": "வெளியிடப்பட்டது: 20 டிசம்பர், 2024 | எழுதியவர்: ஆஷா | பிரிவு: பொருளாதாரம், அரசியல்",
    "te": "ప్రచురణ తేదీ: 20 డిసెంబర్, 2024 | రచయిత: ఆశా | వర్గం: ఆర్థికం, రాజకీయం",
    "ur": "تاریخِ اشاعت: 20 دسمبر، 2024 | تحریر: آشا راؤ | زمرہ: معیشت، سیاست",
    "vi": "Ngày đăng: 20 tháng 12, 2024 | Bởi Asha Rao | Danh mục: Kinh tế, Chính trị",
}
PROSE = {
    "bn": "প্রকাশ পেয়েছে নতুন নীতি, আর তারিখ ২০ ডিসেম্বর।",
    "es": "Por la tarde se publicó el texto | Fecha por confirmar",
    "gu": "તારીખ હજી નક્કી નથી | વિષય મહત્વનો છે.",
    "hi": "विषय: यह बहुत लंबा वाक्य है जो किसी श्रेणी का नाम नहीं, बल्कि पाठ का हिस्सा है।",
    "id": "Oleh karena itu tanggal 20 Desember 2024 dipilih.",
    "mr": "तारीख अजून ठरलेली नाही | विषय महत्त्वाचा आहे.",
    "pt": "Por isso, a data de 20 de dezembro de 2024 foi escolhida.",
    "ta": "நாள் 20 டிசம்பர் 2024 முக்கியமானது.",
    "te": "తేదీ 20 డిసెంబర్ 2024 ముఖ్యమైనది.",
    "ur": "تاریخ 20 دسمبر 2024 اہم ہے۔",
    "vi": "Ngày 20 tháng 12 năm 2024 rất quan trọng.",
}


def test_every_language_is_in_the_tables() -> None:
    assert [*LINES] == [*PROSE] == [name for name in languages() if name != "en"]


@for_each("language", LINES)
def test_a_byline_becomes_a_widget(language: str) -> None:
    imported = convert(f"<p>{LINES[language]}</p><p>Text</p>")
    assert "{byline}" in imported.text
    assert (missing(imported), added(imported)) == ([], [])
    post = post_of(imported)
    facts = [fact for fact in byline_facts(LINES[language]) if fact]
    assert [kind for kind, _, _ in facts] == ["published", "author", "categories"]
    assert day_of(facts[0][2]) == "2024-12-20"
    assert len(post.labels) == 2


@for_each("language", PROSE)
def test_prose_is_no_byline(language: str) -> None:
    assert "{byline}" not in convert(f"<p>{PROSE[language]}</p>").text


@for_each("language", languages())
@pytest.mark.parametrize("month", range(1, 13))
def test_our_own_words_and_dates_are_read(language: str, month: int) -> None:
    words = word_list(language)
    written = day(f"2024-{month:02}-04", language)
    line = " · ".join(
        [
            f"{words['Published on']} {written}",
            f"{words['Updated on']} {written}",
            f"{words['By']} Asha",
            f"{words['Category:']} A, B",
        ]
    )
    facts = byline_facts(line)
    assert None not in facts
    assert [fact[0] for fact in facts if fact] == ["published", "updated", "author", "categories"]
    assert day_of(written) == f"2024-{month:02}-04"
