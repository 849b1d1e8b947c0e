"""Widgets print the words of the post's language, in every language that has a list."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.units import format_unit
from bs4 import BeautifulSoup

from blogkit.render.phrases.lookup import (
    DIGITS,
    LETTERS,
    Phrases,
    languages,
    missing,
    phrases_for,
    word_list,
)
from blogkit.sanitizers.profiles import PROFILES
from blogkit.widget_tools.expected_output import render_example
from tests.cases import for_each
from tests.folder_sites import WORDS_OF_PAGES
from tests.lint.reader import ROOT
from tests.render.drawing import OURS
from tests.widgets.samples import NAMES

DOCS = Path(__file__).parents[2] / "docs"
OTHERS = [name for name in languages() if name != "en"]
TARGET = ["bn", "en", "es", "gu", "hi", "id", "mr", "pt", "ta", "te", "ur", "vi"]
# Some words are spelt alike in both languages.
SAME = {
    english for name in OTHERS for english, words in word_list(name).items() if english == words
}
EVERY_WORD = """\
```{byline}
published: 2026-12-01
updated: 2026-12-03
author: X1
reading_time: 4
categories: [X2]
```

```{callout}
---
kind: exam
---
X
```

```{callout}
---
kind: warning
title: X
---
X
```

```{hero} X
badge: {tone: breaking}
image: {src: "https://example.com/a.png", alt: X, ai_generated: true}
```

```{image}
src: https://example.com/a.png
alt: X
credit: X
ai_generated: true
```

```{pros-cons}
pros: [X]
cons: [X]
```

```{questions}
items:
  - {text: X, marks: 15, words: 250, source: X, answer: X}
```

```{mcq}
items:
  - {text: X, options: [Y, Z], answer: A}
```

```{quiz-button}
label: X
url: https://example.com/quiz
questions: 25
minutes: 30
new_tab: true
```

```{quiz-button}
label: X
```

```{quote}
text: X
href: https://example.com/
```

```{related}
items: [{title: X, href: "https://example.com/"}]
```

```{sources}
items: [{title: X, date: 2026-12-01}]
```

```{stats}
items: [{value: 1, label: X, trend: up}, {value: 2, label: X, trend: steady}]
```

```{table}
columns: [X, Y]
rows: [[1, 2]]
source: X
```

```{timeline}
events: [{label: X, title: X, current: true}, {title: X, current: true}]
```

```{toc}
```

```{update-log}
items: [{date: 2026-12-01, text: X}]
```

## X

[X]({{ quiz_url }})

X[^1] and[^1]

[^1]: X
"""


def readers_words(body: str, language: str, profile: str = "wordpress-author") -> str:
    document = render_example(ROOT, body, PROFILES[profile], OURS, ROOT, language, allow_open=True)
    soup = BeautifulSoup(document.html, "html.parser")
    labels = " ".join(str(tag["aria-label"]) for tag in soup.find_all(attrs={"aria-label": True}))
    return f"{soup.get_text(' ')} {labels}"


def test_the_languages_are_those_that_we_promise() -> None:
    assert languages() == TARGET


@for_each("language", OTHERS, ids=OTHERS)
def test_no_word_is_missing(language: str) -> None:
    assert missing(Phrases(language)) == []
    assert set(word_list(language)) == set(word_list("en"))


def test_english_is_the_key() -> None:
    assert [
        key
        for key, words in word_list("en").items()
        if words != key and not isinstance(words, dict)
    ] == []


@for_each("profile", PROFILES, ids=list(PROFILES))
@for_each("language", OTHERS, ids=OTHERS, quick=2)
def test_no_english_word_is_printed(language: str, profile: str) -> None:
    shown = readers_words(EVERY_WORD, language, profile)
    ours = [words for words in word_list("en") if "{" not in words and words not in SAME]
    ours += ["question", "questions", "minute", "minutes", "mark", "marks", "word", "words"]
    ours += ["December", "Dec"]
    left = [words for words in ours if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", shown)]
    assert left == []


def test_every_word_of_ours_is_in_that_post_or_belongs_to_another_kind() -> None:
    english = readers_words(EVERY_WORD, "en", "blogger")
    kinds = {"Note", "Tip", "Background", "Update"}
    kinds |= {"Latest", "Updated", "Exclusive", "Explainer", "Down", "Contents"}
    absent = {
        words
        for words in word_list("en")
        if "{" not in words and words not in english and words not in kinds
    }
    below_wide_tables = {"swipe →"}
    assert absent - {DIGITS, LETTERS} == set(WORDS_OF_PAGES) | below_wide_tables


@for_each("name", NAMES, ids=NAMES)
@for_each("language", OTHERS, ids=OTHERS, quick=2)
def test_an_example_shows_no_english_word_but_its_own(language: str, name: str) -> None:
    body = (OURS[name].folder / "example.md").read_text(encoding="utf-8")
    shown = readers_words(body, language)
    ours = [words for words in word_list("en") if "{" not in words and words not in SAME]
    left = [words for words in ours if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", shown)]
    assert [words for words in left if words not in body] == []


@for_each("language", TARGET, ids=TARGET)
@pytest.mark.parametrize("number", ["1", "2", "5", "30"])
def test_minutes_are_those_of_the_cldr(language: str, number: str) -> None:
    known = Locale.parse(language)
    wanted = format_unit(Decimal(number), "duration-minute", "long", locale=known)
    phrases = Phrases(language)
    assert phrases("{number} minutes", number) == phrases.figures(wanted)


@for_each("language", TARGET, ids=TARGET)
def test_now_is_that_of_the_cldr(language: str) -> None:
    # Babel has no public name for it (https://www.unicode.org/reports/tr35/tr35-dates.html#Calendar_Fields).
    seconds = Locale.parse(language)._data["date_fields"]["second"]
    assert Phrases(language)("Now").casefold() == seconds["relative"][0].casefold()


@for_each("language", TARGET, ids=TARGET)
def test_digits_are_those_of_the_cldr(language: str) -> None:
    # https://www.unicode.org/reports/tr35/tr35-numbers.html#defaultNumberingSystem
    digits = {"latn": "0123456789", "beng": "০১২৩৪৫৬৭৮৯", "deva": "०१२३४५६७८९"}
    wanted = digits[Locale.parse(language).default_numbering_system]
    assert Phrases(language).figures("0123456789") == wanted


@for_each("language", TARGET, ids=TARGET)
def test_every_plural_category_of_the_cldr_has_words_of_its_own(language: str) -> None:
    tags = set(Locale.parse(language).plural_form.tags) | {"other"}
    counted = {key: words for key, words in word_list(language).items() if "{number}" in key}
    for key, words in counted.items():
        if isinstance(words, dict):
            # "many" is for millions in Spanish and Portuguese, which no widget counts, and nouns
            # have one form in Vietnamese and Indonesian
            needed = {"other"} if language in {"id", "vi"} else tags - {"many"}
            assert needed <= set(words) <= tags, key


@for_each("language", TARGET, ids=TARGET)
@pytest.mark.parametrize("date", ["2021-12", "2021-12-04", "2024-02-29"])
def test_dates_are_those_of_the_cldr(language: str, date: str) -> None:
    known, phrases = Locale.parse(language), Phrases(language)
    year, month, number = (*map(int, date.split("-")), 1)[:3]
    at = datetime.date(year, month, number)
    wanted = (
        format_date(at, "long", locale=known)
        if date.count("-") == 2
        else format_skeleton("yMMMM", at, locale=known)
    )
    shown = readers_words(f"```{{timeline}}\nevents: [{{date: {date}, title: X}}]\n```", language)
    assert phrases.figures(wanted) in shown


@for_each(("language", "letters"), [("hi", "ABCD"), ("bn", "কখগঘ"), ("ur", ["الف", "ب", "ج", "د"])])
def test_options_are_called_as_the_language_calls_them(
    language: str, letters: Sequence[str]
) -> None:
    for answer in ("C", letters[2], f"({letters[2]})", "Z3"):
        body = f"items: [{{text: X, options: [Z1, Z2, Z3, Z4], answer: {answer!r}}}]"
        shown = readers_words(f"```{{mcq}}\n{body}\n```", language).split()
        assert [word for word in shown if word in letters] == [*letters, letters[2]]
    shown = readers_words("```{questions}\nitems: [{text: X, options: [Z1, Z2]}]\n```", language)
    assert [word for word in shown.split() if word in letters] == [*letters[:2]]


def test_figures_of_tables_have_the_digits_of_the_language() -> None:
    columns = "[{label: X, kind: number}, {label: Y, kind: date}]"
    body = f"columns: {columns}\nrows: [[1234567.5, 2021-12-04]]"
    shown = readers_words(f"```{{table}}\n{body}\n```", "mr")
    assert "१२,३४,५६७.५" in shown
    assert "४ डिसें, २०२१" in shown
    assert "12,34,567.5" in readers_words(f"```{{table}}\nlocale: mr\n{body}\n```", "mr")


@for_each("language", ["bn", "mr"])
def test_a_blog_may_choose_other_digits(language: str) -> None:
    own = {language: {DIGITS: DIGITS}}
    assert phrases_for(language, own)("{number} minutes", 25).startswith("25")
    assert phrases_for("hi", {"hi": {"0123456789": "०१२३४५६७८९"}}).figures("2026") == "२०२६"


def test_the_page_about_languages_is_true() -> None:
    text = (DOCS / "languages.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \w+[^|]*\| `(\w\w)` \| ([^|]+) \| (\w{10}) \| ([^|]+) \|$", text, re.MULTILINE
    )
    assert sorted(row[0] for row in rows) == TARGET
    for language, date, digits, letters in rows:
        phrases = Phrases(language)
        written = phrases.figures(format_date(datetime.date(2021, 12, 4), "long", locale=language))
        assert date.split(";")[0] == written
        assert digits == phrases("0123456789")
        assert phrases(LETTERS).startswith(letters)


def test_plural_forms_follow_the_language() -> None:
    assert [Phrases("en")("{number} marks", n) for n in ("0", "1", "1.5", "2")] == [
        "0 marks",
        "1 mark",
        "1.5 marks",
        "2 marks",
    ]
    assert Phrases("pt-BR")("{number} questions", 0) == "0 questão"
    assert Phrases("es")("{number} questions", 0) == "0 preguntas"
    assert Phrases("ta")("{number} questions", 25) == "25 வினாக்கள்"


@for_each(
    ("language", "month", "day"),
    [
        ("en", "December 2021", "December 4, 2021"),
        ("hi", "दिसंबर 2021", "4 दिसंबर 2021"),
        ("es", "diciembre de 2021", "4 de diciembre de 2021"),
        ("vi", "tháng 12 năm 2021", "4 tháng 12, 2021"),
        ("ur", "دسمبر 2021", "4 دسمبر، 2021"),
        ("tlh", "2021-12", "2021-12-04"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, month: str, day: str) -> None:
    timeline = (
        "```{timeline}\nevents: [{date: 2021-12, title: X}, {date: 2021-12-04, title: X}]\n```"
    )
    box = "```{meta-box}\nitems: [{label: X, date: 2021-12}, {label: X, date: 2021-12-04}]\n```"
    for body in (timeline, box):
        shown = readers_words(body, language)
        assert month in shown
        assert day in shown


def test_a_region_uses_the_word_list_its_language() -> None:
    assert Phrases("hi-IN")("Sources") == Phrases("hi_IN")("Sources") == "स्रोत"


@for_each("tag", ["", "tlh", "../en", "hi/../hi", "x" * 9], ids=["none", "tlh", "up", "in", "long"])
def test_an_unknown_language_is_english(tag: str) -> None:
    assert Phrases(tag)("Sources") == "Sources"
    assert Phrases(tag)("{number} minutes", 1) == "1 minute"


def test_word_list_the_blog_win() -> None:
    own = {"hi": {"Sources": "संदर्भ", "{number} marks": "{number} अंकों का"}, "hi-IN": {"Now": "आज"}}
    hindi, indian = phrases_for("hi", own), phrases_for("hi-IN", own)
    assert (hindi("Sources"), hindi("Now"), indian("Now")) == ("संदर्भ", "अब", "आज")
    assert indian("{number} marks", 15) == "15 अंकों का"
    assert phrases_for("en", own)("Sources") == "Sources"


def test_some_words_of_an_author_leave_the_others_to_the_language() -> None:
    body = "```{byline}\npublished: 2026\nauthor: Y\nwords: {author: X}\n```"
    shown = readers_words(body, "hi")
    assert "प्रकाशित: 2026" in shown
    assert "X Y" in shown
    assert "लेखक" not in shown


def test_words_that_an_author_writes_stay() -> None:
    body = (
        "```{callout}\n---\nkind: tip\nlabel: Note\n---\nX\n```\n\n"
        "```{sources}\ntitle: Read next\nitems: [{title: X}]\n```\n\n"
        '```{toc}\ntitle: ""\n```\n\n## Y\n'
    )
    shown = readers_words(body, "hi")
    assert "Note" in shown
    assert "Read next" in shown
    assert "इस लेख में" not in shown
