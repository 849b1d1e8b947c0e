"""What each check objects to, at its line, and what looks like it and is fine. Bodies begin in
line 4.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from blogkit.lint.runner import run_rules
from blogkit.lint.widget_rules import excerpt_polluted
from tests.cases import for_each
from tests.lint.reader import found, reading
from tests.render.drawing import draw

LONG = (
    "Most students read on their phones, and few of them get to the end of what they have begun to"
    " read in the morning. " * 6
)


@for_each(
    ("code", "text", "lines"),
    [
        ("placeholder", "a\n\nWrite YOUR_NAME_HERE now\n", [6]),
        ("placeholder", "a\n\n[a](https://example.com/YOUR_LINK_HERE)\n", [6]),
        ("placeholder", "a\n\n<a href='YOUR_LINK_HERE'>test</a>\n", [6]),
        ("placeholder", "🏛️ AI GENERATED HEADER\n", [4]),
        ("placeholder", "a\n\nAds Area\n\nb [INSERT NAME] c\n", [6, 8]),
        ("placeholder", "---\ntitle: YOUR_TITLE_HERE\n---\na\n", [2]),
        (
            "placeholder",
            "```{meta-box}\nitems:\n  - {label: Where, value: YOUR_CITY_HERE}\n```\n",
            [6],
        ),
        (
            "leaked-instruction",
            (
                "a\n\nHow to add your test link: After pasting this code, find the JavaScript"
                " section\n"
            ),
            [6, 6, 6],
        ),
        (
            "leaked-instruction",
            "Certainly! Here is the post:\n\nText. As an AI language model, I cannot\n",
            [4, 6],
        ),
        ("mojibake", "a\n\nthe cafÃ© and πŸ‡ΊπŸ‡Έ\n", [6, 6]),
        ("mojibake", "---\ntitle: DonÃ©t\nlabels:\n  - cafÃ©\n---\na\n", [2, 4]),
        (
            "mojibake",
            '---\ntitle: "Don\\u00c3\\u00a9t"\nexcerpt: >\n  A long\n  cafÃ©\n---\na\n',
            [5, 2],
        ),
        ("mojibake", "```{meta-box}\nitems:\n  - {label: cafÃ©, value: b}\n```\n", [6]),
        ("repeated-title", "a\n\n## Some Talks!\n", [6]),
        ("repeated-title", "```{hero}\ntitle: Some talks\n```\n", [5]),
        ("repeated-title", "```{hero} Some talks\ndeck: a\n```\n", [4]),
        ("all-caps-title", "---\ntitle: DIPLOMATIC TALKS HELD IN MIAMI\n---\na\n", [2]),
        ("title-length", f"---\nkey: a\ntitle: {'word ' * 19}\n---\na\n", [3]),
        ("relative-date", "a\n\nThe talks continue on Sunday.\n", [6]),
        ("relative-date", "It was\nannounced yesterday.\n", [5]),
        ("relative-date", "---\ntitle: Talks continue Sunday\n---\na\n", [2]),
        ("relative-date", "They met last week. Nothing on 3 May 2024 was said.\n", [4]),
        (
            "relative-date",
            (
                "```{timeline}\nevents:\n  - {label: 2022, title: a}\n  - {label: Now, title:"
                " b}\n```\n"
            ),
            [7],
        ),
        ("table-without-caption", "Some text.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", [6]),
        ("table-without-caption", "```{table}\nrows:\n  - [a, b]\n```\n", [4]),
        ("table-without-caption", "a\n\n<table><tr><td>1</td></tr></table>\n", [6]),
        ("pyq-without-year", "## Previous Year Questions\n\n- Discuss this.\n- And that?\n", [4]),
        (
            "pyq-without-year",
            (
                "```{questions} PYQs\nitems:\n  - {text: Discuss this., year: 2021}\n  - {text: And"
                " that?}\n```\n"
            ),
            [7],
        ),
        ("pyq-without-year", "```{questions}\nbadge: PYQ\nitems:\n  - {text: Discuss}\n```\n", [7]),
        ("emoji-only-meaning", "| a | b |\n|---|---|\n| x | ✅ |\n", [6]),
        ("emoji-only-meaning", "## 🇺🇸\n\n- 🇷🇺\n- ok\n", [4, 6]),
        ("emoji-only-meaning", "[👉](https://example.com)\n", [4]),
        ("emoji-only-meaning", "```{meta-box}\nitems:\n  - {label: 📍, value: Miami}\n```\n", [6]),
        ("cta-without-label", "a\n\n[Click here!](https://example.com)\n", [6]),
        ("cta-without-label", "<a href='/x'>Read more »</a>\n", [4]),
        ("cta-without-label", "```{quiz-button}\nlabel: Click Here\n```\n", [5]),
        ("claim-without-source", f"{LONG}\n\nAccording to a recent survey, 3 in 4 do.\n", [6]),
        (
            "claim-without-source",
            f"{LONG}\n\nIt costs ₹76,000 crore, 20% more, or 5 million.\n",
            [6],
        ),
        ("heading-order", "## a\n\n#### b\n\n## c\n", [6]),
        ("heading-order", "# Another title\n\n## b\n", [4]),
        ("heading-order", "<h2>a</h2>\n\n<h4>b</h4>\n", [6]),
        ("missing-alt", "a\n\n![](https://example.com/a.jpg)\n", [6]),
        ("missing-alt", "<img src='https://example.com/a.jpg'>\n", [4]),
        ("missing-alt", "---\ntitle: a\nimage: https://example.com/a.jpg\n---\na\n", [3]),
        ("empty-link", "a\n\n[](https://example.com) and [b]()\n", [6, 6]),
        ("empty-link", "a\n\n[b](http:) and [c](:)\n", [6, 6]),
        ("empty-link", "[![](https://example.com/a.jpg)](https://example.com)\n", [4]),
        ("empty-link", "<p>\n<a href='https://example.com'></a>\n</p>\n", [5]),
        ("http-image", "a\n\n![b](http://example.com/a.jpg)\n", [6]),
        ("http-image", "<img alt='' src='HTTP://example.com/a.jpg'>\n", [4]),
        ("duplicate-id", "<p id='a'>b</p>\n\n<p id='a'>c</p>\n", [6]),
        ("stray-quote", '<p><img src=\'a.png\' alt="A map"" width="10"></p>\n', [4]),
        ("stray-quote", "<p class='a'' id=b>c</p>\n\n<p <b>c</b></p>\n", [4, 6]),
        ("whole-page", "<!DOCTYPE html>\n<html>\n<head></head>\n<body>a</body></html>\n", [5]),
        ("whole-page", "a\n\n<style>\n.a{}\nbody {color:red}\n</style>\n", [8]),
        ("whole-page", "<style>.a{} *{margin:0}</style>\n", [4]),
        ("fragile-image", "![a](https://drive.google.com/uc?export=view&id=1)\n", [4]),
        ("fragile-image", "<img alt='' src='https://i.imgur.com/a.png'>\n", [4]),
        ("fragile-image", "---\ntitle: a\nimage: https://cdn.discordapp.com/a.png\n---\na\n", [3]),
        ("relative-address", "<a href='page2.html'>b</a>\n", [4]),
        ("relative-address", "a\n\n<img alt='' src='/images/a.png'>\n", [6]),
        ("relative-address", "[b](files/a.pdf)\n", [4]),
        ("duplicate-id", "## Who came\n\n<p id='who-came'>c</p>\n", [6]),
        (
            "unknown-internal-link",
            "a\n\n[b](posts/gone.md) [c](../posts/gone.md#x) [d](gone)\n",
            [6, 6, 6],
        ),
        (
            "unknown-internal-link",
            (
                "```{meta-box}\nitems:\n  - {label: a, value: '[b](posts/gone.md)'}\n  - {label: c,"
                " value: d, href: gone.md}\n```\n"
            ),
            [6, 7],
        ),
    ],
)
def test_what_is_objected_to(code: str, text: str, lines: list[int]) -> None:
    assert found(code, text) == lines


@for_each(
    ("code", "text"),
    [
        ("placeholder", "`YOUR_NAME_HERE` and\n\n```\nYOUR_NAME_HERE\n```\n\n    YOUR_NAME_HERE\n"),
        ("placeholder", 'Replace “YOUR_NAME_HERE” and "AI GENERATED HEADER", your name here\n'),
        ("placeholder", "YOUR_MOCK_TEST_LINK_HERE and {{ quiz_url }}\n"),
        (
            "placeholder",
            (
                "The ads area of a page is small. [INSERT](https://example.com) <!-- YOUR_NAME_HERE"
                " -->\n"
            ),
        ),
        ("placeholder", "```{callout}\nWrite `YOUR_NAME_HERE`.\n```\n"),
        (
            "leaked-instruction",
            (
                "How to add your voice: paste, find and replace.\n\n> As an AI language model, I"
                " cannot.\n"
            ),
        ),
        ("leaked-instruction", 'It said "as an AI language model" once. Here is the plan.\n'),
        ("mojibake", "π r², «café»… हिन्दी Привет, Ça va ? É… `cafÃ©`\n\n```\ncafÃ©\n```\n"),
        ("repeated-title", "Some talks are held. **Some talks**\n\n## Some talks that matter\n"),
        ("all-caps-title", "---\ntitle: UPSC CSE GS-II PYQ UNESCO\n---\na\n"),
        ("all-caps-title", "---\ntitle: हिन्दी में UNESCO की बैठक\n---\na\n"),
        ("all-caps-title", "---\ntitle: NCERT and ASEAN explained\n---\na\n"),
        ("title-length", f"---\ntitle: {'हिन्दी ' * 13}\n---\na\n"),
        (
            "relative-date",
            (
                "On Sunday, 21 December 2025, they met. Every Sunday they meet. Black Friday."
                " Sundays. On Sundays. On Monday to Friday.\n"
            ),
        ),
        (
            "relative-date",
            (
                "> It happened yesterday.\n\n“We met on Sunday,” he said. Yesterday's news. The"
                " last week of May. India today is young.\n"
            ),
        ),
        ("relative-date", "---\ntitle: Was jetzt\nlanguage: de\n---\nlast week\n"),
        (
            "relative-date",
            (
                "```{timeline}\nevents:\n  - {label: Now, title: b, current: true}\n  - {label:"
                " Now, title: b, date: 2024-12}\n```\n"
            ),
        ),
        ("table-without-caption", "The four tables:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        (
            "table-without-caption",
            (
                "## Growth\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n**Table 2. More**\n\n| a | b"
                " |\n|---|---|\n| 1 | 2 |\n"
            ),
        ),
        (
            "table-without-caption",
            (
                "```{table} Growth\nrows:\n  - [a, b]\n```\n\n```{table}\ncaption: Growth\nrows:\n "
                " - [a, b]\n```\n"
            ),
        ),
        (
            "table-without-caption",
            (
                "<table><caption>a</caption><tr><td>1</td></tr></table>\n\n<table"
                " role='presentation'><tr><td>1</td></tr></table>\n"
            ),
        ),
        (
            "pyq-without-year",
            (
                "## Previous Year Questions\n\n- Discuss this (2021).\n\n## Practice questions\n\n-"
                " Discuss that.\n"
            ),
        ),
        ("pyq-without-year", "## Previous year papers\n\n- [Paper I](https://example.com)\n"),
        ("pyq-without-year", "```{questions} Practice\nitems:\n  - {text: Discuss this.}\n```\n"),
        (
            "emoji-only-meaning",
            "🎉\n\n| a | b |\n|---|---|\n| 1 | ✅ yes |\n| 2 | # |\n\n- 🇺🇸 US\n- 5\n",
        ),
        (
            "emoji-only-meaning",
            "```{meta-box}\nicon: 📌\nitems:\n  - {icon: 📍, label: Where, value: Miami}\n```\n",
        ),
        (
            "cta-without-label",
            "[Click here for the polity test](https://example.com) [More about Miami](/a) here\n",
        ),
        (
            "claim-without-source",
            (
                f"{LONG}\n\nAccording to a recent survey, 3 in 4 do. [The"
                " survey](https://example.com)\n"
            ),
        ),
        ("claim-without-source", "According to a recent survey, 3 in 4 do.\n"),
        (
            "claim-without-source",
            f"{LONG}\n\nAccording to a recent survey[^1], 3 in 4 do.\n\n[^1]: The survey.\n",
        ),
        (
            "claim-without-source",
            f"{LONG}\n\nIt costs 5% more.\n\n> Studies show 20%, 30% and 40%.\n",
        ),
        (
            "claim-without-source",
            f"{LONG}\n\n20%, 30%, 40%\n\n```{{table}} a\nrows:\n  - [a]\nsource: Ministry\n```\n",
        ),
        ("heading-order", "### a\n\n#### b\n\n## c\n\n### d\n"),
        ("heading-order", "```\n# a\n#### b\n```\n"),
        (
            "missing-alt",
            (
                "![A hotel](https://example.com/a.jpg)\n\n<img src='https://example.com/a.jpg'"
                " alt=''>\n"
            ),
        ),
        (
            "empty-link",
            (
                "[a](https://example.com) [back to top](#) <a id='x'></a>"
                " [![b](https://example.com/a.jpg)](https://example.com)\n"
            ),
        ),
        (
            "http-image",
            (
                "![b](https://example.com/a.jpg) [c](http://example.com/a.jpg)"
                " `![b](http://example.com/a.jpg)`\n"
            ),
        ),
        ("whole-page", "```html\n<html><body>\n```\n\n`<body>` and <b>body { }</b>\n"),
        ("whole-page", "<style>.body{} #html,.a body{margin:0} @media print{.x{}}</style>\n"),
        ("fragile-image", "[a](https://drive.google.com/x) ![b](https://notimgur.com/a.png)\n"),
        ("fragile-image", "![b](https://lh3.googleusercontent.com/x/y=s1600)\n"),
        (
            "relative-address",
            (
                "[a](/2026/01/rain.html) [b](posts/rain.md) [c](#x) [d](mailto:a@b.example)"
                " [e](https://example.com/a.html) [f]({{quiz_url}}) ![g](images/a.png)\n"
            ),
        ),
        ("stray-quote", "<p title='\"' id=a\">b</p>\n\n<table><caption>a</caption></table>\n"),
        ("duplicate-id", "## a\n\n## a\n\n<p id='b'>c</p>\n\n```html\n<p id='b'>\n```\n"),
        (
            "unknown-internal-link",
            (
                "[a](posts/talks.md) [b](talks.md#x) [c](talks) [d](../pages/about.md)"
                " [e](other-key) [f](/2024/05/x.html)\n"
            ),
        ),
        (
            "unknown-internal-link",
            (
                "[a](https://example.com/posts/x.md) [b](#top) [c](mailto:a@example.com)"
                " [d](files/a.pdf) [e]({{ quiz_url }})\n"
            ),
        ),
    ],
)
def test_what_looks_like_it_and_is_fine(code: str, text: str) -> None:
    assert found(code, text) == []


@for_each(
    ("until", "today", "stale"),
    [
        ("2024-12-21", date(2024, 12, 21), False),
        ("2024-12-21", date(2024, 12, 22), True),
        ("2024-12", date(2024, 12, 31), False),
        ("2024-12", date(2025, 1, 1), True),
        ("2024-02", date(2024, 2, 29), False),
        ("2024", date(2024, 12, 31), False),
        ("2024", date(2025, 1, 1), True),
        ("soon", date(2030, 1, 1), False),
    ],
)
def test_a_badge_is_true_through_its_last_day(until: str, today: date, stale: bool) -> None:
    text = f"```{{hero}}\ndeck: a\nbadge:\n  text: Latest\n  until: {until}\n```\n"
    assert found("stale-badge", text, today=today) == ([8] if stale else [])


def test_html_posts_are_read_as_well() -> None:
    text = (
        "<p>a</p>\n<!-- {meta-box}\nitems:\n  - {label: a, value:"
        " YOUR_CITY_HERE}\n-->\n<pre>YOUR_A_HERE</pre>\n<!-- YOUR_B_HERE -->\n"
    )
    assert found("placeholder", text, name="posts/a.html") == [7]
    assert found(
        "missing-alt", "<p>\n<img src='https://example.com/a.jpg'></p>", name="posts/a.html"
    ) == [5]
    assert found(
        "cta-without-label", "<p>\n<a href='/x'>click <b>here</b></a></p>", name="posts/a.html"
    ) == [5]


def test_what_stands_in_a_callout_is_read_as_well() -> None:
    text = (
        "````{callout}\n---\nkind: note\n---\na\n\n[click here](/a)\n\n```{table}\nrows:\n  - [a,"
        " b]\n```\n````\n"
    )
    assert found("cta-without-label", text) == [10]
    assert found("table-without-caption", text) == [12]


BYLINE = '```{byline}\npublished: "2025-03-03"\ncategories: [Transport, Coast]\n```\n\n'
BOX = "```{meta-box} Key details\nitems:\n  - {label: Route, value: Bhavnagar to Dahej}\n```\n\n"
ROW = "  - [Bhavnagar, Dahej, 480 rupees one way]\n"
TABLE = f"```{{table}} Fares\nrows:\n{ROW}"
SENTENCE = "The first boat left at six in the morning, with ninety people.\n"


@for_each(
    ("body", "lines"),
    [
        (f"{SENTENCE}\n{BOX}", []),
        (f"{BYLINE}{SENTENCE}", []),
        (f"{BYLINE}{BOX}## How it began\n\nIt left at six.\n", []),
        (f"{BYLINE}<!-- a note -->\n\n{BOX}{SENTENCE}", []),
        (f"```{{hero}}\ndeck: a\nbadge: latest\n```\n\n{SENTENCE}", []),
        (f"{BYLINE}{BOX}", [4]),
        (f"{BOX}## How it began\n", [4]),
        (f"{TABLE}```\n\n{SENTENCE}", []),
        (f"{TABLE}{ROW * 9}```\n\n{SENTENCE}", [4]),
        (f"📍 {SENTENCE}", [4]),
        (f"---\ntitle: a\nexcerpt: b\n---\n📍 {SENTENCE}", []),
    ],
)
def test_an_automatic_excerpt_has_a_sentence(body: str, lines: list[int]) -> None:
    page = reading(body)
    document = draw(body if not body.startswith("---") else SENTENCE)
    assert [one.line for one in excerpt_polluted(page, document)] == lines


@pytest.mark.slow
def test_a_long_post_is_read_in_one_go() -> None:
    """No check looks for the end of something from every place where it may begin: that would
    not end in the life of this test.
    """
    page = reading(
        '[click here](/a) on Sunday, "quoted, cafÃ© | YOUR_NAME_HERE\n\n<td>✅\n\n' * 2500
    )
    counts = Counter(problem.code for problem in run_rules(page))
    assert counts["cta-without-label"] == counts["placeholder"] == counts["mojibake"] == 2500
