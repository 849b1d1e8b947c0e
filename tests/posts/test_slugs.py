"""Slugs, anchors and file names keep every script whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

from blogkit.paths import file_words, flaw
from blogkit.posts.anchors import Anchors
from blogkit.posts.slugs import slugify
from blogkit.project.files.scaffold import file_stem
from tests.cases import for_each

TITLES = {
    "हिन्दी: क़ानून और न्याय।": "हिन्दी-क़ानून-और-न्याय",
    "র‍্যাব কী?": "র‍্যাব-কী",
    "মুক্তিযুদ্ধের ইতিহাস": "মুক্তিযুদ্ধের-ইতিহাস",
    "महाराष्ट्राचे अर्थशास्त्र (२०२६)": "महाराष्ट्राचे-अर्थशास्त्र-२०२६",
    "தமிழ்நாடு – வரலாறு": "தமிழ்நாடு-வரலாறு",
    "తెలుగు భాష, సాహిత్యం": "తెలుగు-భాష-సాహిత్యం",
    "ગુજરાતનો ઇતિહાસ": "ગુજરાતનો-ઇતિહાસ",
    "اردو زبان، تاریخ": "اردو-زبان-تاریخ",
    "می‌خواهم بدانم": "می‌خواهم-بدانم",
    "¿Qué es la inflación?": "qué-es-la-inflación",
    "Educação & saúde": "educação-saúde",
    "Đà Nẵng: Việt Nam": "đà-nẵng-việt-nam",
}
MAKERS: dict[str, Callable[[str], str]] = {
    "slug": slugify,
    "file": file_stem,
    "id": lambda title: Anchors().give(title),
}
Form = Literal["NFC", "NFD"]


@for_each("title", TITLES)
@for_each("make", MAKERS, ids=list(MAKERS))
@for_each("form", ["NFC", "NFD"])
def test_a_title_keeps_its_letters(title: str, make: str, form: Form) -> None:
    made = MAKERS[make](unicodedata.normalize(form, title))
    assert made == unicodedata.normalize("NFC", TITLES[title])
    assert slugify(made) == made
    assert flaw(made) == ""


@for_each(
    ("title", "slug"),
    [
        ("👩‍🔬 a‍b", "ab"),
        ("भारत‍", "भारत"),
        ("‌क‍ ‍ख", "क-ख"),
        ("क‍।", "क"),
        ("क‍‍ष", "कष"),
    ],
)
def test_a_joiner_that_spells_nothing_goes(title: str, slug: str) -> None:
    assert slugify(title) == slug
    assert file_words(title.replace(" ", "-"), 80).strip("-") == slug


@for_each(
    ("title", "options", "slug"),
    [
        ("प्रधानमंत्री", {"max_bytes": 12}, "प्र"),
        ("कि कि", {"max_bytes": 9}, "कि"),
        ("सत्य की बात", {"max_chars": 7}, "सत्य-की"),
        ("Việt Nam", {"max_chars": 7}, "việt"),
        ("क्ष", {"max_chars": 2}, ""),
    ],
)
def test_a_cut_leaves_whole_letters(title: str, options: dict[str, int], slug: str) -> None:
    assert slugify(title, **options) == slug
