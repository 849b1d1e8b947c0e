"""How questions of earlier years are called, and what asks a question, by language."""

from __future__ import annotations

import re

from blogkit.patterns import lazy_pattern

_BY_LANGUAGE = (
    r"\bPYQs?\b|\bprevious[- ]years?['’]?s?['’]? (?:questions?|papers?)\b",
    r"(?:বিগত|গত) (?:বছরের|সালের|বছরগুলির) প্রশ্ন",
    r"\bpreguntas de (?:años|exámenes) anteriores\b",
    r"(?:પાછલા|અગાઉના|ગત) વર્ષ(?:ના|ોના) (?:પ્રશ્ન|પેપર)",
    r"(?:पिछले|विगत|गत) (?:वर्ष|वर्षों|साल|सालों) (?:के |में पूछे गए )(?:प्रश्न|सवाल|पेपर)",
    r"\bsoal (?:tahun|ujian|tahun-tahun) (?:sebelumnya|lalu)\b",
    r"(?:मागील|गेल्या) वर्षां?(?:चे|च्या|तील|ंचे|ंच्या|ंतील) प्रश्न",
    r"\bquestões de (?:anos|provas|concursos) anteriores\b",
    r"முந்தைய (?:ஆண்டு|ஆண்டின்|ஆண்டுகளின்) (?:வினா|கேள்வி)",
    r"(?:గత|మునుపటి) (?:సంవత్సరం|సంవత్సరపు|సంవత్సరాల) (?:ప్రశ్న|పేపర్)",
    r"(?:گزشتہ|پچھلے) سال(?:وں)? کے (?:سوال|پرچ)",
    r"\b(?:đề thi|câu hỏi) (?:các )?năm trước\b",
)
EARLIER_YEARS = lazy_pattern("|".join(_BY_LANGUAGE), re.IGNORECASE)
"""A heading of questions that were asked in earlier years."""
TASK = lazy_pattern(
    r"[?؟]|\b(?:discuss|explain|analy[sz]e|examine|comment|evaluate|elucidate|short note"
    r"|describe)\b"
    r"|कीजिए|कीजिये|लिखिए|बताइए|समझाइए|स्पष्ट करा",
    re.IGNORECASE,
)
"""What makes an item of a list a question."""
