"""How studies, figures and sources are named, by language."""

from __future__ import annotations

import re

from blogkit.patterns import lazy_pattern

STUDY = lazy_pattern(
    r"(?:রিপোর্ট|প্রতিবেদন|গবেষণা|সমীক্ষা|জরিপ|পরিসংখ্যান|আদমশুমারি) (?:অনুযায়ী|অনুসারে)"
    r"|\bsegún (?:un|una|el|la|los) (?:\w+ ){0,2}(?:informe|estudio|encuesta|datos|censo)\b"
    r"|(?:અહેવાલ|અભ્યાસ|સર્વેક્ષણ|આંકડા|સંશોધન)(?:ઓ)? (?:અનુસાર|મુજબ)"
    r"|(?:रिपोर्ट|अध्ययन|सर्वेक्षण|शोध|आँकड़ों|आंकड़ों|जनगणना) के (?:अनुसार|मुताबिक)"
    r"|\bmenurut (?:sebuah )?(?:laporan|studi|survei|penelitian|sensus)\b"
    r"|(?:अहवाला|अभ्यासा|सर्वेक्षणा|संशोधना|आकडेवारी|जनगणने)नुसार"
    r"|\b(?:segundo|de acordo com) (?:um|uma|o|a|os) (?:\w+ ){0,2}"
    r"(?:relatório|estudo|pesquisa|dados|censo)\b"
    r"|(?:அறிக்கையி|ஆய்வி|கணக்கெடுப்பி|தரவுகளி)ன் ?படி"
    r"|(?:నివేదిక|అధ్యయనం|సర్వే|గణాంకాల|జనాభా లెక్కల) ప్రకారం"
    r"|(?:رپورٹ|تحقیق|سروے|مطالعے|اعداد و شمار|مردم شماری) کے مطابق"
    r"|\btheo (?:một )?(?:báo cáo|nghiên cứu|khảo sát|số liệu|thống kê)\b",
    re.IGNORECASE,
)
"""A study that is cited. One pattern: most of its alternatives are of other scripts."""

FIGURE = lazy_pattern(
    r"\d[\d,.]{0,30} (?:लाख|करोड़|करोड|অর্বুদ|লাখ|লক্ষ|কোটি|લાખ|કરોડ|லட்சம்|கோடி|లక్షల|కోట్ల|لاکھ|کروڑ"
    r"|millones|milhões|bilhões|juta|miliar|triliun|triệu|tỷ|tỉ)"
    r"|\d{1,30}(?:[.,]\d{1,30})? ?(?:٪|प्रतिशत|फ़ीसदी|फीसदी|टक्के|শতাংশ|ટકા|சதவீத|விழுக்காடு|శాతం|فیصد"
    r"|por ciento|por cento|persen|phần trăm)"
)
"""A figure of the kind that has a source."""

_SOURCES = (
    "সূত্র|তথ্যসূত্র|উৎস|fuentes?|referencias?|સ્રોત|સ્રોતો|સ્ત્રોત|સ્ત્રોતો|સંદર્ભ|स्रोत|स्त्रोत|स्रोते|संदर्भ|सन्दर्भ|sumber|referensi|fontes?|referências?"
    "|ஆதாரம்|ஆதாரங்கள்|மூலம்|மூலங்கள்|சான்றுகள்|మూలం|మూలాలు|ఆధారం|ఆధారాలు|ماخذ|حوالہ|حوالہ جات|ذرائع"
    "|nguồn|nguồn tham khảo|tài liệu tham khảo"
)
SOURCE_LINE = lazy_pattern(
    rf"^[^\w\n]*(?:{_SOURCES})[ \t]*(?:[:：ः–—-]|$)", re.IGNORECASE | re.MULTILINE
)
"""A line or a heading that names sources. Hindi is often typed with a visarga for the colon."""
