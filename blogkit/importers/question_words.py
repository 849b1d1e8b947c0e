"""What tells questions with answers, in the languages that blogkit has words for and a few more."""

from __future__ import annotations

import re

QUESTION_MARKS = ("?", "؟")
QUESTION_LABEL = (
    "(?:Q(?:uestion|ues)?|प्रश्न|सवाल|প্রশ্ন|سوال|(?:ال)?سؤال|שאלה|வினா|கேள்வி|ప్రశ్న|પ્રશ્ન|"
    "pregunta|pergunta|pertanyaan|tanya|câu hỏi|hỏi)"
)
"""What a question's label begins with."""
ANSWER_LABEL = (
    "(?:A(?:ns(?:wer)?)?|उत्तर|जवाब|উত্তর|جواب|(?:ال)?إجابة|(?:ال)?اجابة|الجواب|תשובה|விடை|பதில்|"
    "జవాబు|సమాధానం|જવાબ|ઉત્તર|respuesta|resposta|jawab(?:an)?|trả lời|đáp)"
)
"""What an answer's label begins with."""
FAQ = re.compile(
    r"\bfaqs?\b|frequently[ _-]asked|\bq\s?(?:&|and)\s?a\b|questions? (?:and|&) answers?|"
    r"common questions|"
    r"अक्सर पूछे|बार-बार पूछे|अक्सर किए जाने वाले|"
    r"वारंवार विचारले|नेहमी विचारले|"
    r"প্রায়শই জিজ্ঞাসিত|সচরাচর জিজ্ঞাসিত|সাধারণ জিজ্ঞাসা|"
    r"વારંવાર પૂછા|"
    r"அடிக்கடி கேட்கப்படும்|"
    r"తరచుగా అడిగే|తరచూ అడిగే|"
    r"اکثر پوچھے|عمومی سوالات|"
    r"سؤالات متداول|سوالات متداول|پرسش[\u200c ]?های متداول|"
    r"الأسئلة (?:الشائعة|المتكررة)|أسئلة شائعة|"
    r"שאלות (?:נפוצות|ותשובות)|"
    r"preguntas (?:m[aá]s )?frecuentes|"
    r"perguntas (?:mais )?frequentes|"
    r"pertanyaan (?:yang )?(?:sering|umum)|tanya jawab|"
    r"câu hỏi thường gặp",
    re.IGNORECASE,
)
"""The heading, or the name of an element."""
