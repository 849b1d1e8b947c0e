"""The words of bylines in the languages that widgets speak, besides English.

A byline is a line such as "Published on: …", "By …" or "Category: …". The words are those of
Blogger's and WordPress's themes, and of the blog posts that people paste.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from blogkit.importers.html.dates import date_abroad


class _Words(NamedTuple):
    """One language's words. An author's name follows a colon, or what `by` has."""

    published: str
    updated: str
    author: str
    categories: str
    by: str = ""


_BY_LANGUAGE = {
    "bn": _Words(
        "প্রকাশিত|প্রকাশ|প্রকাশের তারিখ|প্রকাশকাল|তারিখ",
        "হালনাগাদ|সর্বশেষ হালনাগাদ|আপডেট|সর্বশেষ আপডেট",
        "লেখক|লেখিকা|লিখেছেন|লেখা",
        "বিভাগ|শ্রেণি|শ্রেণী|বিষয়|ক্যাটাগরি|লেবেল|ট্যাগ",
    ),
    "es": _Words(
        "Publicad[oa](?: el)?|Publicación|Fecha(?: de publicación)?",
        "Actualizad[oa](?: el)?|Última actualización|Actualización",
        "Autora?",
        "Categorías?|Etiquetas?|Temas?",
        "Por|Escrito por",
    ),
    "gu": _Words(
        "પ્રકાશિત|પ્રકાશન તારીખ|તારીખ",
        "અપડેટ|અપડેટ કર્યું|અપડેટેડ|છેલ્લું અપડેટ|અદ્યતન|સુધારેલ",
        "લેખક|લેખિકા",
        "શ્રેણી|વિભાગ|વિષય|કેટેગરી|લેબલ|ટૅગ|ટેગ",
    ),
    "hi": _Words(
        "प्रकाशित|प्रकाशित तिथि|प्रकाशन तिथि|पोस्ट किया गया|दिनांक|तारीख|तिथि",
        "अद्यतन|अंतिम अद्यतन|अपडेट|अपडेटेड|अपडेट किया गया|संशोधित",
        "लेखक|लेखिका|द्वारा",
        "श्रेणी|श्रेणियाँ|श्रेणियां|विषय|वर्ग|लेबल|टैग",
    ),
    "id": _Words(
        "Diterbitkan(?: pada)?|Dipublikasikan(?: pada)?|Diposting(?: pada)?|Terbit|Tanggal",
        "Diperbarui(?: pada)?|Terakhir diperbarui|Pembaruan",
        "Penulis",
        "Kategori|Label|Tag|Topik",
        "Oleh|Ditulis oleh",
    ),
    "mr": _Words(
        "प्रकाशित|प्रकाशन दिनांक|प्रसिद्धी दिनांक|दिनांक|तारीख",
        "अद्ययावत|अद्यतन|अद्यतनित|अपडेट|शेवटचे अपडेट",
        "लेखक|लेखिका",
        "श्रेणी|वर्ग|वर्गवारी|विषय|लेबल|टॅग",
    ),
    "pt": _Words(
        "Publicad[oa](?: em)?|Postado em|Data(?: de publicação)?",
        "Atualizad[oa](?: em)?|Última atualização",
        "Autora?",
        "Categorias?|Marcadores|Etiquetas?|Temas?",
        "Por|Escrito por",
    ),
    "ta": _Words(
        "வெளியிடப்பட்டது|வெளியீடு|வெளியான தேதி|வெளியிட்ட நாள்|தேதி|நாள்",
        "புதுப்பிக்கப்பட்டது|கடைசியாகப் புதுப்பிக்கப்பட்டது|புதுப்பிப்பு",
        "எழுதியவர்|ஆசிரியர்|எழுத்து",
        "வகை|வகைகள்|பிரிவு|தலைப்பு|லேபிள்கள்|குறிச்சொற்கள்",
    ),
    "te": _Words(
        "ప్రచురణ|ప్రచురించబడింది|ప్రచురించినది|ప్రచురణ తేదీ|తేదీ",
        "నవీకరణ|నవీకరించబడింది|నవీకరించినది|చివరి నవీకరణ",
        "రచయిత|రచయిత్రి|రచన",
        "వర్గం|వర్గాలు|విభాగం|విషయం|లేబుల్స్|ట్యాగ్స్",
    ),
    "ur": _Words(
        "تاریخِ اشاعت|تاریخ اشاعت|اشاعت|شائع شدہ|شائع|تاریخ",
        "تازہ کاری|آخری تازہ کاری|اپ ڈیٹ|تجدید",
        "تحریر|مصنف|مصنفہ|از",
        "زمرہ|زمرے|موضوع|لیبل|ٹیگ",
    ),
    "vi": _Words(
        "Đăng ngày|Ngày đăng|Đã đăng|Xuất bản(?: ngày)?|Ngày xuất bản|Ngày",
        "Cập nhật(?: ngày| lần cuối)?|Ngày cập nhật",
        "Tác giả|Người viết",
        "Danh mục|Chuyên mục|Thể loại|Nhãn|Thẻ|Chủ đề",
        "Bởi|Viết bởi",
    ),
}
_COLON = " ?[:：]"


def fact_abroad(text: str) -> tuple[str, str, str] | None:
    """Return one part of a byline that is not in English.

    Args:
        text: The part, without an icon before it.

    Returns:
        Its kind (published, updated, author or categories), the words before it with their colon,
        and its value; None for other text.
    """
    for kind, pattern in _patterns().items():
        if found := pattern.fullmatch(text):
            return kind, found["before"], found["value"]
    return None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    date = date_abroad()
    author = rf"(?P<before>(?:{_any('author')}){_COLON}|(?:{_any('by')})) ?(?P<value>\S.{{0,60}})"
    return {
        "published": re.compile(rf"(?P<before>(?:{_any('published')})(?:{_COLON})?) ?{date}"),
        "updated": re.compile(rf"(?P<before>(?:{_any('updated')})(?:{_COLON})?) ?{date}"),
        "categories": re.compile(rf"(?P<before>(?:{_any('categories')}){_COLON}) ?(?P<value>\S.*)"),
        "author": re.compile(author),
    }


def _any(kind: str) -> str:
    return "|".join(filter(None, (getattr(words, kind) for words in _BY_LANGUAGE.values())))
