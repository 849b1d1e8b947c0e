"""What AI assistants write to the author, and templates about themselves, by language."""

from __future__ import annotations

import re

from blogkit.lint.required_words import Needles
from blogkit.patterns import lazy_pattern

_LINE = r"^[ \t]*"
_BY_LANGUAGE = {
    "bn": (
        r"(?:এআই|\bai) (?:ভাষা )?মডেল (?:হিসেবে|হিসাবে)",
        _LINE + r"(?:অবশ্যই|নিশ্চয়ই)[!,।] (?:এখানে|নিচে|নীচে|এই যে)",
        r"এই কোডটি [^\n]{0,40}পেস্ট করুন",
    ),
    "es": (
        r"\bcomo (?:un )?modelo de lenguaje[^.\n]{0,40}, no (?:puedo|tengo)",
        _LINE + r"¡?(?:claro|por supuesto|desde luego)(?: que sí)?[!,.] (?:aquí (?:tienes|está)"
        r"|a continuación)",
        r"\bdespués de pegar (?:este|el) código",
    ),
    "gu": (
        r"(?:એઆઈ|\bai) (?:ભાષા )?મોડેલ તરીકે",
        _LINE + r"(?:ચોક્કસ|જરૂર)[!,.] (?:અહીં|નીચે|આ રહ)",
        r"આ કોડ [^\n]{0,40}પેસ્ટ કરો",
    ),
    "hi": (
        r"(?:एआई|एआइ|\bai) (?:भाषा |लैंग्वेज )?(?:मॉडल|मॉडेल) (?:के रूप में|के तौर पर|होने के नाते)",
        _LINE + r"(?:ज़रूर|जरूर|बिल्कुल|बेशक|निश्चित रूप से)[!,।] (?:यहाँ|यहां|ये रह|यह रह|नीचे)",
        r"(?:इस|यह) कोड (?:को )?[^\n]{0,40}पेस्ट (?:करें|करने के बाद)",
    ),
    "id": (
        r"\bsebagai (?:sebuah )?model bahasa[^.\n]{0,40}, saya",
        _LINE + r"(?:tentu|baik|baiklah|pasti)(?: saja)?[!,.] (?:berikut|ini (?:dia|adalah))",
        r"\bsetelah menempel(?:kan)? kode ini",
    ),
    "mr": (
        r"(?:एआय|एआई|\bai) (?:भाषा )?मॉडेल म्हणून",
        _LINE + r"(?:नक्कीच|अर्थातच)[!,.] (?:येथे|इथे|हा घ्या|ही घ्या|खाली)",
        r"हा कोड [^\n]{0,40}पेस्ट (?:करा|केल्यानंतर)",
    ),
    "pt": (
        r"\bcomo (?:um )?modelo de linguagem[^.\n]{0,40}, (?:não|eu)",
        _LINE + r"(?:claro|certamente|com certeza)[!,.] (?:aqui (?:está|vai)|segue|abaixo)",
        r"\bdepois de colar (?:este|o) código",
    ),
    "ta": (
        r"(?:ஏஐ|\bai) (?:மொழி )?மாதிரியாக",
        _LINE + r"(?:நிச்சயமாக|கண்டிப்பாக)[!,.] (?:இதோ|கீழே)",
        r"இந்தக்? குறியீட்டை [^\n]{0,40}ஒட்டவும்",
    ),
    "te": (
        r"(?:ఏఐ|\bai) (?:భాషా )?(?:మోడల్|నమూనా)గా",
        _LINE + r"(?:తప్పకుండా|ఖచ్చితంగా)[!,.] (?:ఇదిగో|ఇక్కడ|కింద|క్రింద)",
        r"ఈ కోడ్\u200c?ను [^\n]{0,40}పేస్ట్ చేయండి",
    ),
    "ur": (
        r"(?:اے آئی|\bai) (?:لینگویج |زبان کے )?ماڈل کے طور پر",
        _LINE + r"(?:ضرور|بالکل|یقیناً)[!،۔] (?:یہاں|یہ رہ|ذیل میں)",
        r"(?:یہ|اس) کوڈ (?:کو )?[^\n]{0,40}پیسٹ کریں",
    ),
    "vi": (
        r"\bvới tư cách (?:là )?(?:một )?(?:mô hình ngôn ngữ|ai\b)",
        _LINE + r"(?:chắc chắn rồi|tất nhiên rồi|tất nhiên|được thôi)[!,.] (?:dưới đây|đây là|sau"
        r" đây)",
        r"\bsau khi dán (?:đoạn )?mã này",
    ),
}
_LATIN = ("es", "id", "pt", "vi")
"""The languages that are written in Latin letters."""
_STARTS = "claro|por supuesto|desde luego|tentu|baik|baiklah|pasti|certamente|com certeza"
"""How an assistant begins an answer, but for Vietnamese, most of whose words are not in ASCII."""
_LATIN_WORDS = (
    "modelo de|de pegar|sebagai model|sebagai sebuah model|setelah menempel|setelah menempelkan"
    "|depois de colar"
)
_VIETNAMESE = "tư cách |chắc chắn rồi|tất nhiên|được thôi|sau khi dán "
_OTHER_LETTERS = lazy_pattern("[\u0600-\u0dff]")
_OTHER_WORDS = (
    "মডেল |অবশ্যই|নিশ্চয়ই|এই কোডটি |મોડેલ |ચોક્કસ|જરૂર|આ કોડ |मॉडल |मॉडेल |ज़रूर|जरूर|बिल्कुल|बेशक|निश्चित |कोड "
    "|नक्कीच|अर्थातच|மாதிரியாக|நிச்சயமாக|கண்டிப்பாக|குறியீட்டை |మోడల్|నమూనా|తప్పకుండా|ఖచ్చితంగా|ఈ కోడ్|ماڈل |ضرور|بالکل"
    "|یقیناً|کوڈ "
)


def _is_start(code: str, pattern: str) -> bool:
    return code in _LATIN and code != "vi" and pattern.startswith(_LINE)


def _pattern(*, latin: bool, starts: bool = False) -> re.Pattern[str]:
    chosen = (
        pattern
        for code, patterns in _BY_LANGUAGE.items()
        for pattern in patterns
        if (code in _LATIN) is latin and _is_start(code, pattern) is starts
    )
    return lazy_pattern("|".join(chosen), re.IGNORECASE | re.MULTILINE)


INSTRUCTIONS_ABROAD = (
    Needles(
        _pattern(latin=True),
        tuple(_LATIN_WORDS.split("|")),
        tuple(_VIETNAMESE.split("|")),
        in_line=True,
    ),
    Needles(
        _pattern(latin=True, starts=True), tuple(_STARTS.split("|")), in_line=True, at_start=True
    ),
    Needles(
        _pattern(latin=False),
        parts=tuple(_OTHER_WORDS.split("|")),
        letters=_OTHER_LETTERS,
        in_line=True,
    ),
)
"""The patterns of all languages."""
