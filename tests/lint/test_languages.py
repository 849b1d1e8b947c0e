"""Checks that read words know them in every language that widgets speak, or are silent there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blogkit.lint.dates import relative_date
from blogkit.lint.languages.link_words import says_nothing
from blogkit.lint.runner import run_rules
from blogkit.lint.widget_rules import run_widget_rules
from blogkit.render.phrases.lookup import languages, word_list
from tests.cases import for_each
from tests.lint.reader import found, reading

OTHERS = [name for name in languages() if name != "en"]

REMARKS = {
    "bn": ("এআই ভাষা মডেল হিসেবে আমি মতামত দিতে পারি না।", "অবশ্যই! এখানে আপনার পোস্টটি রইল:"),
    "es": (
        "Como modelo de lenguaje, no puedo dar opiniones.",
        "¡Claro! Aquí tienes el artículo:",
    ),
    "gu": ("એઆઈ ભાષા મોડેલ તરીકે હું અભિપ્રાય આપી શકતો નથી.", "ચોક્કસ! અહીં તમારો લેખ છે:"),
    "hi": ("एक एआई भाषा मॉडल के रूप में मैं राय नहीं दे सकता।", "ज़रूर! यहाँ आपका लेख है:"),
    "id": (
        "Sebagai model bahasa, saya tidak dapat memberi pendapat.",
        "Tentu! Berikut artikelnya:",
    ),
    "mr": ("एआय भाषा मॉडेल म्हणून मी मत देऊ शकत नाही.", "नक्कीच! येथे तुमचा लेख आहे:"),
    "pt": (
        "Como modelo de linguagem, não posso dar opiniões.",
        "Claro! Aqui está o artigo:",
    ),
    "ta": ("ஏஐ மொழி மாதிரியாக என்னால் கருத்து சொல்ல முடியாது.", "நிச்சயமாக! இதோ உங்கள் கட்டுரை:"),
    "te": ("ఏఐ భాషా మోడల్‌గా నేను అభిప్రాయం చెప్పలేను.".replace("\u200c", ""), "తప్పకుండా! ఇదిగో మీ వ్యాసం:"),
    "ur": ("اے آئی لینگویج ماڈل کے طور پر میں رائے نہیں دے سکتا۔", "ضرور! یہاں آپ کا مضمون ہے:"),
    "vi": (
        "Với tư cách là một mô hình ngôn ngữ, tôi không thể nêu ý kiến.",
        "Chắc chắn rồi! Dưới đây là bài viết:",
    ),
}
CLICKS = {
    "bn": "এখানে ক্লিক করুন",
    "es": "Haz clic aquí",
    "gu": "અહીં ક્લિક કરો",
    "hi": "यहां क्लिक करें »",
    "id": "Klik di sini",
    "mr": "येथे क्लिक करा",
    "pt": "Clique aqui!",
    "ta": "மேலும் படிக்க…",
    "te": "ఇక్కడ క్లిక్ చేయండి",
    "ur": "یہاں کلک کریں",
    "vi": "Xem thêm →",
}
PROSE = {
    "bn": (
        "বর্ষার আগেই নদীর ধারে বাঁধ মেরামত শেষ হয়েছে। সরকারের হিসাবে ৪০ শতাংশ জমি এখন সেচের আওতায়, আর খরচ হয়েছে ১২ কোটি টাকা।"
        " গবেষণা অনুযায়ী ফলন বেড়েছে ১৫ শতাংশ। এখানে নিচে যে মানচিত্রটি আছে, তা অবশ্যই দেখে নিন।"
    ),
    "es": (
        "Antes de las lluvias terminó la reparación del dique. Según el informe, el 40 % de las"
        " tierras ya tiene riego y la obra costó 12 millones. La cosecha creció un 15 por ciento."
        " Claro que aquí nadie esperaba tanto, y un modelo de lenguaje no cambia el campo."
    ),
    "gu": (
        "ચોમાસા પહેલાં નદીકાંઠાનો બંધ સમારાઈ ગયો. અહેવાલ મુજબ ૪૦ ટકા જમીનને હવે પાણી મળે છે અને ખર્ચ ૧૨ કરોડ થયો."
        " ઉપજ ૧૫ ટકા વધી. જરૂર પડે તો અહીં નીચે આપેલો નકશો જોવો."
    ),
    "hi": (
        "बारिश से पहले नदी के किनारे का बाँध ठीक हो गया। रिपोर्ट के अनुसार 40 प्रतिशत ज़मीन को अब पानी मिलता है और खर्च 12 करोड़ हुआ।"
        " उपज 15 प्रतिशत बढ़ी। यहाँ नीचे दिया नक्शा ज़रूर देखें; पिछले वर्ष का प्रश्न यह था कि पानी कहाँ से आएगा।"
    ),
    "id": (
        "Sebelum musim hujan, tanggul sungai selesai diperbaiki. Menurut laporan, 40 persen lahan"
        " kini mendapat air dan biayanya 12 miliar. Panen naik 15 persen. Tentu saja hal ini baik"
        " untuk petani di sini, dan detail peta ada di bawah."
    ),
    "mr": (
        "पावसाळ्यापूर्वी नदीकाठचा बांध दुरुस्त झाला. अहवालानुसार ४० टक्के जमिनीला आता पाणी मिळते आणि खर्च १२ कोटी झाला."
        " उत्पन्न १५ टक्के वाढले. खाली दिलेला नकाशा नक्कीच पाहा; इथे पूर्वी वाळवंट होते."
    ),
    "pt": (
        "Antes das chuvas terminou o conserto do dique. Segundo o relatório, 40% das terras têm"
        " agora água e a obra custou 12 milhões. A colheita cresceu 15 por cento. Claro que aqui"
        " ninguém esperava tanto, e um modelo de linguagem não muda o campo."
    ),
    "ta": (
        "மழைக்கு முன்பே ஆற்றங்கரை அணை சீர்செய்யப்பட்டது. அறிக்கையின்படி 40 சதவீத நிலத்துக்கு இப்போது நீர் கிடைக்கிறது;"
        " செலவு 12 கோடி. விளைச்சல் 15 சதவீதம் உயர்ந்தது. கீழே உள்ள வரைபடத்தை நிச்சயமாகப் பாருங்கள்."
    ),
    "te": (
        "వర్షాలకు ముందే నది ఒడ్డున కట్ట బాగు చేశారు. నివేదిక ప్రకారం 40 శాతం భూమికి ఇప్పుడు నీరు అందుతోంది; ఖర్చు 12 కోట్లు."
        " దిగుబడి 15 శాతం పెరిగింది. ఇక్కడ కింద ఉన్న పటాన్ని తప్పకుండా చూడండి."
    ),
    "ur": (
        "بارش سے پہلے دریا کے کنارے کا بند ٹھیک ہو گیا۔ رپورٹ کے مطابق 40 فیصد زمین کو اب پانی ملتا ہے اور خرچ 12 کروڑ ہوا۔"
        " پیداوار 15 فیصد بڑھی۔ یہاں نیچے دیا گیا نقشہ ضرور دیکھیں۔"
    ),
    "vi": (
        "Trước mùa mưa, con đê bên sông đã sửa xong. Theo báo cáo, 40 phần trăm đất nay có nước và"
        " chi phí là 12 tỷ đồng. Sản lượng tăng 15 phần trăm. Tất nhiên ở đây không ai ngờ được, và"
        " chi tiết nằm trong bản đồ dưới đây."
    ),
}
EARLIER = {
    "bn": "বিগত বছরের প্রশ্ন",
    "es": "Preguntas de exámenes anteriores",
    "gu": "પાછલા વર્ષના પ્રશ્નો",
    "hi": "पिछले वर्षों के प्रश्न",
    "id": "Soal tahun sebelumnya",
    "mr": "मागील वर्षांचे प्रश्न",
    "pt": "Questões de provas anteriores",
    "ta": "முந்தைய ஆண்டு வினாக்கள்",
    "te": "గత సంవత్సరపు ప్రశ్నలు",
    "ur": "گزشتہ سالوں کے سوالات",
    "vi": "Đề thi các năm trước",
}
YEARS = {"bn": "২০১৯", "gu": "૨૦૧૯", "hi": "२०१९", "mr": "२०१९", "ur": "۲۰۱۹"}


def test_every_language_is_in_the_tables() -> None:
    for table in (REMARKS, CLICKS, PROSE, EARLIER):
        assert list(table) == OTHERS


@for_each("language", OTHERS, ids=OTHERS)
def test_remarks_of_an_assistant_are_found(language: str) -> None:
    apology, opening = REMARKS[language]
    assert found("leaked-instruction", f"{opening}\n\n{apology}\n") == [4, 6]
    assert found("leaked-instruction", f"> {apology}\n") == [], "quotes are exempt"


@for_each("language", OTHERS, ids=OTHERS)
def test_links_that_say_nothing_are_found(language: str) -> None:
    assert found("cta-without-label", f"[{CLICKS[language]}](https://example.com/)\n") == [4]
    title = word_list(language)["Read next"]
    assert not says_nothing(f"{title}: {PROSE[language].split('.')[0]}")


@for_each("language", OTHERS, ids=OTHERS)
def test_claims_need_a_source_and_a_source_is_seen(language: str) -> None:
    text = "\n\n".join([PROSE[language]] * 6)
    assert found("claim-without-source", text) == [4]
    words = word_list(language)
    for line in (f"{words['Source:']} A", f"## {words['Sources']}\n\nA"):
        assert found("claim-without-source", f"{text}\n\n{line}\n") == []


@for_each("language", OTHERS, ids=OTHERS)
@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_prose_raises_no_alarm(language: str, named: bool) -> None:
    text = f"{PROSE[language]}\n\n" * 6
    link = f"[{' '.join(PROSE[language].split()[:6])}](https://example.com/)"
    head = f"title: {' '.join(PROSE[language].split()[:5])}"
    context = reading(
        f"{text}{link}\n\n{word_list(language)['Source:']} A\n",
        head=f"{head}\nlanguage: {language}" if named else head,
    )
    assert run_rules(context) == []
    assert run_widget_rules(context, None) == []


@for_each("language", OTHERS, ids=OTHERS)
def test_questions_of_earlier_years_need_a_year(language: str) -> None:
    mark = "؟" if language == "ur" else "?"
    year = YEARS.get(language, "2019")
    question = f"{PROSE[language].split()[0]}{mark}"
    assert found("pyq-without-year", f"## {EARLIER[language]}\n\n- {question}\n") == [4]
    assert found("pyq-without-year", f"## {EARLIER[language]}\n\n- {question} ({year})\n") == []
    call = f"```{{questions}} {EARLIER[language]}\nitems:\n  - {{text: '{question}'%s}}\n```\n"
    assert found("pyq-without-year", call % "") == [6]
    assert found("pyq-without-year", call % f", exam: '{year}'") == []


@for_each(
    ("blog", "post", "lines"),
    [("en-IN", "", [4]), ("hi", "", []), ("en", "es", []), ("hi", "en-GB", [4])],
)
def test_relative_dates_are_english(blog: str, post: str, lines: list[int]) -> None:
    head = f"title: Some talks\nlanguage: {post}" if post else "title: Some talks\nkey: talks"
    context = replace(reading("It was announced yesterday.\n", head=head), language=blog)
    assert [problem.line - 1 for problem in relative_date(context)] == lines


def test_a_link_to_the_top_has_an_address_in_every_language() -> None:
    for words in ("ऊपर जाएँ", "Volver arriba", "Về đầu trang", "اوپر جائیں", "Kembali ke atas"):
        assert found("empty-link", f"[{words}](#)\n") == []
    assert found("empty-link", "[अभी देखें](#)\n") == [4]
