"""Questions with answers become an `faq` in every language that widgets have words for."""

from __future__ import annotations

from blogkit.importers.convert import convert_pasted, read_pasted
from tests.cases import for_each
from tests.importers.reading import missing

HEADINGS = (
    "FAQs",
    "अक्सर पूछे जाने वाले प्रश्न",
    "सीटीईटी 2026: बार-बार पूछे जाने वाले सवाल",
    "वारंवार विचारले जाणारे प्रश्न",
    "প্রায়শই জিজ্ঞাসিত প্রশ্ন",
    "વારંવાર પૂછાતા પ્રશ્નો",
    "அடிக்கடி கேட்கப்படும் கேள்விகள்",
    "తరచుగా అడిగే ప్రశ్నలు",
    "اکثر پوچھے جانے والے سوالات",
    "سوالات متداول",
    "الأسئلة الشائعة",
    "שאלות נפוצות",
    "Preguntas frecuentes",
    "Perguntas frequentes",
    "Pertanyaan yang sering diajukan",
    "Câu hỏi thường gặp",
)
LABELS = (
    ("Q", "A"),
    ("प्रश्न", "उत्तर"),
    ("सवाल", "जवाब"),
    ("প্রশ্ন", "উত্তর"),
    ("પ્રશ્ન", "જવાબ"),
    ("வினா", "விடை"),
    ("ప్రశ్న", "జవాబు"),
    ("سوال", "جواب"),
    ("سؤال", "الجواب"),
    ("שאלה", "תשובה"),
    ("Pregunta", "Respuesta"),
    ("Pergunta", "Resposta"),
    ("Tanya", "Jawab"),
    ("Hỏi", "Đáp"),
)


def widgets(text: str, name: str) -> int:
    """How many of the text's questions are in an `faq`; none of its words may be lost."""
    done = convert_pasted(read_pasted(text.encode(), name), name="x")
    assert missing(done) == []
    return done.text.count("question:") if "```{faq}" in done.text else 0


@for_each("heading", HEADINGS)
def test_a_heading_tells_them(heading: str) -> None:
    mark = "؟" if "ا" in heading else "?"
    pairs = {f"CTET 2026{mark}": "In June 2026.", f"NET 2026{mark}": "In July 2026."}
    text = "".join(f"**{asked}**\n\n{told}\n\n" for asked, told in pairs.items())
    assert widgets(f"# News\n\nText.\n\n## {heading}\n\n{text}", "x.md") == 2
    html = "".join(f"<p><b>{asked}</b></p><p>{told}</p>" for asked, told in pairs.items())
    page = f"<h1>News</h1><p>Text.</p><h2>{heading}</h2><div>{html}</div>"
    assert widgets(page, "x.html") == 2


@for_each("labels", LABELS, ids=" ".join)
def test_labels_tell_them(labels: tuple[str, str]) -> None:
    ask, tell = labels
    lines = [f"{ask} 1: CTET 2026", f"{tell}: June 2026.", f"{ask} 2: NET 2026", f"{tell}: July."]
    assert widgets("# News\n\nText.\n\n" + "\n\n".join(lines) + "\n", "x.md") == 2
