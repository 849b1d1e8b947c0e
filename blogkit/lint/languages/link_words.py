"""Texts of links that fit any link, such as "click here", by language."""

from __future__ import annotations

import unicodedata

_BY_LANGUAGE = {
    "bn": "এখানে|এখানে ক্লিক করুন|ক্লিক করুন|আরও পড়ুন|আরো পড়ুন|বিস্তারিত|বিস্তারিত পড়ুন|আরও জানুন"
    "|এই লিংক|এই লিঙ্ক|লিংক|লিঙ্ক",
    "de": "hier|hier klicken",
    "el": "εδώ",
    "en": "click|click here|click this|click on this|click this link|here|tap here|press here|this"
    "|this link|link|go|go here|button|submit|more|read more|learn more|see more|continue|details",
    "es": "aquí|haz clic aquí|haga clic aquí|clic aquí|pulsa aquí|este enlace|enlace|más|leer más"
    "|ver más|saber más|más información|detalles|seguir leyendo",
    "fr": "ici|cliquez ici",
    "gu": "અહીં|અહીંયા|અહીં ક્લિક કરો|ક્લિક કરો|વધુ વાંચો|આગળ વાંચો|વધુ જાણો|આ લિંક|લિંક",
    "hi": "यहाँ|यहां|यहाँ क्लिक करें|यहां क्लिक करें|क्लिक करें|और पढ़ें|आगे पढ़ें|अधिक पढ़ें|पूरा पढ़ें|अधिक जानें|और जानें"
    "|इस लिंक पर|इस लिंक पर क्लिक करें|यह लिंक|लिंक",
    "id": "di sini|disini|klik di sini|klik disini|klik|tautan|tautan ini|link ini|selengkapnya"
    "|baca selengkapnya|lihat selengkapnya|baca lebih lanjut|pelajari lebih lanjut|detail",
    "mr": "येथे|इथे|येथे क्लिक करा|इथे क्लिक करा|क्लिक करा|अधिक वाचा|पुढे वाचा|अधिक जाणून घ्या|ही लिंक|लिंक",
    "pt": "aqui|clique aqui|toque aqui|este link|neste link|mais|leia mais|ler mais|saiba mais"
    "|ver mais|detalhes|continue lendo",
    "ru": "здесь|нажмите здесь",
    "ta": "இங்கே|இங்கு|இங்கே கிளிக் செய்யவும்|இங்கே சொடுக்கவும்|கிளிக் செய்யவும்|மேலும் படிக்க|மேலும் அறிய"
    "|இந்த இணைப்பு|இணைப்பு",
    "te": "ఇక్కడ|ఇక్కడ క్లిక్ చేయండి|క్లిక్ చేయండి|మరింత చదవండి|ఇంకా చదవండి|మరింత తెలుసుకోండి|ఈ లింక్|లింక్",
    "ur": "یہاں|یہاں کلک کریں|کلک کریں|مزید پڑھیں|مزید جانیں|یہ لنک|اس لنک پر کلک کریں|لنک",
    "vi": "ở đây|tại đây|đây|bấm vào đây|nhấn vào đây|nhấp vào đây|click vào đây|xem thêm|đọc thêm"
    "|xem tiếp|tìm hiểu thêm|liên kết này|liên kết|chi tiết",
}
VAGUE = frozenset(
    unicodedata.normalize("NFC", words)
    for group in _BY_LANGUAGE.values()
    for words in group.split("|")
)
"""All of them, folded."""
_SIGNS = "".join(char for char in map(chr, range(0x80)) if not char.isalnum())
_TOP = "top|arriba|inicio|topo|início|atas|đầu trang|ऊपर|वर जा|উপরে|ઉપર|மேலே|పైకి|اوپر"
TO_THE_TOP = frozenset(_TOP.split("|"))
"""Words of a link to `#` that means the top of the page."""


def says_nothing(text: str) -> bool:
    """Return whether a link's text fits any link.

    Args:
        text: The text. Signs around it, such as arrows, do not count.
    """
    if text.isascii():  # as most are
        return text.strip(_SIGNS).lower() in VAGUE
    letters = unicodedata.normalize("NFC", text).casefold()
    places = [place for place, char in enumerate(letters) if unicodedata.category(char)[0] in "LMN"]
    return bool(places) and letters[places[0] : places[-1] + 1] in VAGUE
