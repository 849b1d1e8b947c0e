"""Pieces in another language carry `lang`, and `dir` if they run the other way."""

from __future__ import annotations

import re

from blogkit.importers.patch.to_markdown import MarkdownStyle, to_markdown
from blogkit.render.formats.bidi import is_right_to_left
from blogkit.render.formats.isolation import isolated
from blogkit.render.formats.pieces import PieceMarker
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import BLOGGER, STRICT
from tests.cases import for_each
from tests.render.drawing import call, draw_html, refused

HINDI, URDU = "भारत की जल नीति", "بھارت کی آبی پالیسی"
ENGLISH = "The water policy of India"
TABLE = call("table", f'columns: ["English", "हिन्दी"]\nrows: [["{ENGLISH}", "{HINDI}"]]')


def marked(body: str, language: str = "en", blog: str = "en") -> list[tuple[str, str]]:
    """The elements that name a language or a direction, with their words."""
    html = draw_html(body, front={"language": language}, language=blog)
    found = re.findall(r"<(\w+)((?: (?:lang|dir)=\"\w+\")+)[^>]*>(.*?)</\1>", html)
    return [
        (f"{name}{marks}", re.sub("<[^>]+>", "", words).strip()) for name, marks, words in found
    ]


@for_each(
    ("body", "language", "wanted"),
    [
        (ENGLISH, "en", []),
        (HINDI, "hi", []),
        (HINDI, "en", [('span lang="hi"', HINDI)]),
        (HINDI, "mr", []),
        (ENGLISH, "hi", [('span lang="en"', ENGLISH)]),
        (URDU, "en", [('p lang="ur" dir="rtl"', URDU)]),
        (ENGLISH, "ur", [('p lang="en" dir="ltr"', ENGLISH)]),
        (f"The word नीति means policy, and {ENGLISH}", "en", []),
        ("इस नीति को National Water Policy कहते हैं", "hi", []),
        (f"## {HINDI}", "en", [('span lang="hi"', HINDI)]),
        (f"- {HINDI}\n- {ENGLISH}", "en", [('span lang="hi"', HINDI)]),
        (f"- {HINDI}\n    - {ENGLISH}", "en", [('span lang="hi"', HINDI)]),
        # a marker keeps the side that its list has room on
        (f"- {URDU}\n- {ENGLISH}", "ur", [('span lang="en" dir="ltr"', ENGLISH)]),
        (f"`{HINDI}`", "en", []),
        ("https://example.com/a-long-address", "hi", []),
        ("GDP", "hi", []),
        (f'<p lang="sa">{HINDI}</p>', "en", [('p lang="sa"', HINDI)]),
        (TABLE, "en", [('th lang="hi"', "हिन्दी"), ('td lang="hi"', HINDI)]),
    ],
)
def test_pieces_are_marked(body: str, language: str, wanted: list[tuple[str, str]]) -> None:
    assert marked(body, language) == wanted


def test_the_language_of_the_blog_is_the_likeliest_of_its_script() -> None:
    assert marked(HINDI, "en", blog="mr") == [('span lang="mr"', HINDI)]


def test_a_post_without_a_language_is_in_that_of_its_script() -> None:
    html = draw_html(f"{HINDI}\n\n{HINDI}\n\n{ENGLISH}", language="en")
    assert html.count("lang=") == html.count('<span lang="en">') == 1


@for_each("language", ["hi", "ur"])
def test_a_widget_may_name_its_language(language: str) -> None:
    body = f"language: {language}\nevents: [{{date: 2021-12, title: {HINDI}, current: true}}]"
    html = draw_html(call("timeline", body), front={"language": "en"})
    root = re.match("<div[^>]*>", html)
    assert root is not None
    assert f' lang="{language}"' in root[0]
    assert (' dir="rtl"' in root[0]) == is_right_to_left(language, "")
    assert {"hi": "दिसंबर 2021", "ur": "دسمبر 2021"}[language] in html
    assert "Now" not in html


def test_a_widget_from_left_to_right_in_a_post_from_right_to_left() -> None:
    body = f"---\nlanguage: en\nkind: tip\n---\n{ENGLISH}"
    html = draw_html(call("callout", body), front={"language": "ur"})
    assert html.startswith('<div lang="en" dir="ltr"')
    assert "Tip" in html
    assert html.count("dir=") == 1


def test_a_language_that_is_none_is_refused() -> None:
    (problem,) = refused(call("timeline", "language: x y\nevents: [{label: a, title: b}]"))
    assert (problem.code, problem.line) == ("bad-language", 5)


@for_each(
    ("html", "wanted"),
    [
        ("<p>زبان C++ میں</p>", '<p>زبان <span dir="ltr">C++</span> میں</p>'),
        ("<p>پرچہ GS-II (2) میں</p>", '<p>پرچہ <span dir="ltr">GS-II (2)</span> میں</p>'),
        (
            "<p>GS-II · UPSC 2023 · 15 نمبر</p>",
            '<p><span dir="ltr">GS-II</span> · <span dir="ltr">UPSC 2023</span> · 15 نمبر</p>',
        ),
        ("<p>یہ <b>World Bank</b> ہے</p>", '<p>یہ <b dir="ltr">World Bank</b> ہے</p>'),
        ("<p>یہ World Bank ہے</p>", "<p>یہ World Bank ہے</p>"),
        ('<p dir="ltr">C++ (2)</p>', '<p dir="ltr">C++ (2)</p>'),
        ("<p><code>C++</code> ہے</p>", "<p><code>C++</code> ہے</p>"),
        ("<p>A&amp;B &#35; ہے</p>", "<p>A&amp;B &#35; ہے</p>"),
    ],
)
def test_latin_names_keep_their_place(html: str, wanted: str) -> None:
    assert isolated(html) == wanted
    assert isolated(wanted) == wanted


def test_sites_keep_the_marks() -> None:
    body = f"{URDU}\n\n{HINDI}\n\n{TABLE}"
    for profile in (STRICT, BLOGGER):
        html = draw_html(body, profile, front={"language": "en"})
        assert html.count("lang=") == 4
        assert judge(html, profile).losses == ()


def test_a_pull_reads_them_back() -> None:
    for text, language in ((HINDI, "en"), ("پرچہ C++ میں", "ur")):
        html = draw_html(text, front={"language": language})
        assert "<span" in html
        assert to_markdown(html, MarkdownStyle()) == text


def test_what_is_nested_without_end_is_left_alone() -> None:
    html = "<div>" * 3000 + f"<p>{HINDI}</p>" + "</div>" * 3000
    assert PieceMarker("en").marked(html).count("lang=") == 0
