"""What nearly is a part of a post's format: found in each spelling, fixed where only one fix is
possible, and never found in text that only talks about it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.errors import ContentError
from blogkit.lint.encoding import apply_repairs
from blogkit.lint.near_misses import colours, large_images
from blogkit.lint.near_misses.rules import MISS_RULES, near_repairs
from blogkit.lint.near_misses.starter import starter_body, starter_sentences
from blogkit.lint.runner import refusals
from blogkit.render.phrases.lookup import languages
from tests.cases import for_each
from tests.lint.reader import found, reading

ROOT = Path(__file__).resolve().parents[2]
DATA = "events:\n  - {label: 2024, title: Talks}\n"

FOUND: list[tuple[str, str, list[int]]] = [
    ("near-widget", f"```timeline\n{DATA}```\n", [4]),
    ("near-widget", f"a\n\n~~~ timeline How it began\n{DATA}~~~\n", [6]),
    ("near-widget", f"```yaml {{timeline}}\n{DATA}```\n", [4]),
    ("near-widget", f"```{{.timeline}}\n{DATA}```\n", [4]),
    ("near-widget", f"```[timeline]\n{DATA}```\n", [4]),
    ("near-widget", "```timeline\n- 2020: Start\n- 2021: End\n```\n", [4]),
    ("near-widget", "```table\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n", [4]),
    ("near-widget", "````{callout} X\n```timeline\nevents: []\n```\n````\n", [5]),
    ("near-widget", "a\n\n[timeline]\n\nb\n", [6]),
    ("near-widget", 'a\n\n[timeline title="x"]\n', [6]),
    ("near-widget", "a\n\n{{timeline}}\n", [6]),
    ("near-widget", "a\n\n{timeline}\n", [6]),
    ("near-widget", f":::timeline\n{DATA}:::\n", [4]),
    ("near-widget", f"::: timeline How it began\n{DATA}:::\n", [4]),
    ("near-widget", f":::{{timeline}}\n{DATA}:::\n", [4]),
    ("near-widget", f"‘‘‘{{timeline}}\n{DATA}’’’\n", [4]),
    ("near-widget", f"“`{{timeline}} How\n{DATA}“`\n", [4]),
    ("near-widget", f"´´´{{timeline}}\n{DATA}´´´\n", [4]),
    ("near-widget", f"<!-- {{timeline}} How\n{DATA}-->\n", [4]),
    ("near-widget", "a\n\n<!-- {toc} -->\n", [6]),
    ("near-widget", f"a\n\n<!--{{timeline}}\n{DATA}-->\n", [6]),
    ("near-widget", f"```timeline{{}}\n{DATA}```\n", [4]),
    ("near-widget", f"```{{timeline How\n{DATA}```\n", [4]),
    ("near-widget", "```meta_box\nitems:\n  - {label: a, value: b}\n```\n", [4]),
    ("near-widget", "a\n\n[ Timeline ]\n", [6]),
    ("near-widget", "a\n\n[timeline]2020: a[/timeline]\n", [6]),
    ("near-widget", "a\n\n{{< timeline >}}\n", [6]),
    ("near-widget", f":::Timeline\n{DATA}:::\n", [4]),
    ("near-widget", f"'''{{timeline}}\n{DATA}'''\n", [4]),
    ("near-widget", f'"""{{timeline}} How\n{DATA}"""\n', [4]),
    ("near-widget", f"``{{timeline}}\n{DATA}``\n", [4]),
    ("near-widget", f"<!-- {{ Timeline }}\n{DATA}-->\n", [4]),
    *(
        ("near-placeholder", f"[Start]({address})\n", [4])
        for address in (
            "{{ quiz_ulr }}",
            "{{ quiz_url }",
            "{{test_url}}",
            "<quiz_url>",
            "QUIZ_LINK",
            "$quiz_url",
            "#yourlink",
            "YOUR LINK HERE",
            "https://YOUR_LINK",
            "https://www.yourwebsite.com/quiz",
            "LINK_HERE",
            "#INSERT_LINK",
        )
    ),
    *(
        ("address-without-https", f"[x]({address})\n", [4])
        for address in (
            "<www.example.com>",
            "www.example.com 'A title'",
            "youtu.be/abc",
            "https//example.com",
            "http:/example.com",
            "https:example.com/a",
            "htps://example.com",
        )
    ),
    ("address-without-https", "[x] and more\n\n[x]: www.example.com\n", [6]),
    ("near-link", "See [the test] (https://example.com/a).\n", [4]),
    ("near-link", "[a]  (www.example.com) and\n[b c] ({{ quiz_url }}) and more\n", [4, 5]),
    ("near-link", "(the test)[https://example.com]\n", [4]),
    ("near-placeholder", "[Start]({{quizurl}})\n", [4]),
    ("near-placeholder", "Start: {{ quiz-url }} now\n", [4]),
    ("near-placeholder", "<a href='{{ QUIZ_LINK }}'>Start</a>\n", [4]),
    ("near-placeholder", "Start at {quiz_url} or [[quiz url]]\n", [4, 4]),
    (
        "near-placeholder",
        "{{quiz_url}} or {quiz_url} or {{quiz_url} or { quiz_link }}\n",
        [4, 4, 4],
    ),
    ("near-placeholder", "[y](#LINK_HERE) [z](#TEST_URL_HERE) [u](#url_here)\n", [4, 4, 4]),
    ("near-placeholder", '```{quiz-button}\nlabel: Start\nurl: "{{ quizurl }}"\n```\n', [6]),
    ("near-placeholder", "[Start](#YOUR_LINK)\n", [4]),
    ("near-placeholder", "[Start](your-link-here)\n", [4]),
    ("near-placeholder", '<a href="YOUR-QUIZ-URL">Start</a>\n', [4]),
    ("near-placeholder", "Go to YOUR_LINK today.\n", [4]),
    ("address-without-https", "[x](www.example.com)\n", [4]),
    ("address-without-https", "[x](example.org/page) and [y](www.example.in/a?b=1)\n", [4, 4]),
    ("address-without-https", '<a href="www.example.com/a">x</a>\n', [4]),
    ("address-without-https", '[x](/a)\n<a HREF="www.example.com/a">x</a>\n', [5]),
    (
        "address-without-https",
        "```{related}\nitems:\n  - {title: a, href: www.example.com}\n```\n",
        [6],
    ),
    ("generator-tag", 'Text\n\n{{< figure src="a.png" >}} {{% /notice %}}\n', [6, 6]),
    ("generator-tag", "{% include ads.html %} and {%- custom 1 -%}\n", [4, 4]),
    ("generator-tag", "[a]({{ site.baseurl }}/a) [b]({filename}b.md) {{page.title}}\n", [4, 4, 4]),
    ("generator-tag", "[t]({tag}x) [i](<{index}>) [z](|filename|c.md)\n", [4, 4, 4]),
    ("generator-tag", '<a href="{category}x">\n\n[r]: {author}asha\n[s]: |archives|\n', [4, 6, 7]),
    ("generator-tag", "![a]({{ '/a.png' | relative_url }}) {{ include.x }}\n", [4, 4]),
    ("curly-quotes", "---\ntitle: “Talks”\n---\na\n", [2]),
    ("curly-quotes", "---\ntitle: a\nlabels: [“x”, “y”]\n---\na\n", [3, 3]),
    ("curly-quotes", "```{meta-box}\nitems:\n  - {label: “Where”, value: ‘Doha’}\n```\n", [6, 6]),
    ("curly-quotes", "```{meta-box}\nitems:\n  - {“label”: a, value: b}\n```\n", [6]),
    ("curly-quotes", "```{timeline}\nevents:\n  - label: “2024”\n    title: a\n```\n", [6]),
    ("template-text", starter_body("hi-IN"), [4, 8, 9]),
    *(("template-text", f"{sentence}\n", [4]) for sentence in starter_sentences()),
    ("template-text", '```{meta-box}\nitems:\n  - {label: a, value: "..."}\n```\n', [6]),
    ("template-text", "```{meta-box}\nitems:\n  - {label: a, value: TODO}\n```\n", [6]),
    ("colour-without-background", '<p style="color:#333">Dark</p>\n', [4]),
    ("colour-without-background", '<div><span style="color: rgb(0, 0, 0)">x</span></div>\n', [4]),
    ("colour-without-background", '<font color="black">x</font>\n', [4]),
    ("colour-without-background", '<p style="margin:0;color:#fff">White</p>\n', [4]),
    ("large-image", f'<img alt="x" src="data:image/png;base64,{"A" * 200_000}">\n', [4]),
    ("large-image", f"![x](data:image/jpeg;base64,{'A' * 200_000})\n", [4]),
    ("large-image", "![x](data:image/png;base64,iVBORw0KGgo...)\n", [4]),
    ("large-image", '<img src="https://example.com/a.jpg" alt="x" width="4000">\n', [4]),
    ("large-image", f"a\n\n![x](<data:image/webp;base64,{'A' * 150_000}>)\n", [6]),
]

FINE: list[tuple[str, str]] = [
    ("near-widget", "````markdown\n```timeline\nevents: []\n```\n````\n"),
    (
        "near-widget",
        "Write ```` ```timeline ```` or `[timeline]` without braces and nothing happens.\n",
    ),
    ("near-widget", "```timeline\nA drawing of a line, not data\n```\n"),
    ("near-widget", "```yaml\nevents: []\n```\n"),
    ("near-widget", "```mermaid\ntimeline\n  2024 : Talks\n```\n"),
    ("near-widget", "See [timeline] for more.\n\n[timeline]\n\n[timeline]: https://example.com\n"),
    ("near-widget", "> [timeline]\n>\n> :::timeline\n"),
    ("near-widget", "“‘Table’, he said,” and left.\n\n‘’‘ is not a word\n"),
    ("near-widget", "::: warning\nText\n:::\n"),
    ("near-widget", "[Related]\n\n[Sources]\n\n[Image: a map]\n\n`{timeline}`\n\n~~~\n~~~\n"),
    ("near-widget", "'''timeline''' is bold there.\n\n``{timeline}`` is code.\n"),
    ("near-widget", "``` {timeline}\nevents: []\n```\n\n```{ timeline }\nevents: []\n```\n"),
    ("near-widget", "<!-- {x} is a set -->\n\n<!-- timeline -->\n\n`<!-- {timeline} -->`\n"),
    ("near-widget", f"```{{timeline}}\n{DATA}```\n"),
    ("near-widget", "<table>\n<tr><td>a</td></tr>\n</table>\n"),
    ("near-placeholder", "[Start]({{ quiz_url }}) or [later](YOUR_MOCK_TEST_LINK_HERE)\n"),
    ("near-placeholder", 'Write `{{ quizurl }}` or `#YOUR_LINK`, or "YOUR_LINK", and it stays.\n'),
    ("near-placeholder", "The quiz {easy} and the mock test; your link to the past; your-link.\n"),
    ("near-placeholder", "```\n[x](#YOUR_LINK) {{ quizurl }}\n```\n"),
    (
        "near-placeholder",
        "[a](#url) [y](#link-here) [z](#LINK) [b](/link) [c](posts/your-link.md) [d](https://yourself.org)\n",
    ),
    (
        "near-placeholder",
        "[e](https://example.com/quiz-link) [f]({{ date.iso }}) [g](#your-rights)\n",
    ),
    (
        "near-placeholder",
        "[h](https://testlink.com/url) [i](quiz-link) [j](mailto:a@yoursite.org)\n",
    ),
    ("near-placeholder", "Use the {quiz-button} widget. Scores rose 20% quiz by quiz 30%.\n"),
    ("address-without-https", "[x](https://www.example.com) [y](/a) [z](#b) [p](posts/a.md)\n"),
    ("address-without-https", "Write `[x](www.example.com)`; www.example.com is text.\n"),
    ("address-without-https", "[mail](mailto:a@example.com) [file](notes.md) [v](3.11)\n"),
    ("generator-tag", "`{{< figure >}}`\n\n```\n{% include x %}\n```\n\n{{ quiz_url }}\n"),
    ("generator-tag", "{% timeline %}\n\n{% quiz_url %} costs {a} {{b}} {:c}\n"),
    ("generator-tag", "A {tag} of a {category}, {index} (|tag|).\n\n|tag|index|\n|-|-|\n|a|b|\n"),
    ("generator-tag", "`[t]({tag}x)` and {{ quiz_url }}\n"),
    ("address-without-https", "[a](http://b.com) [b](HTTPS://b.com) [c](tel:1) [d](https.html)\n"),
    ("address-without-https", "[a](//example.com) [b](httpd/a.html) [c](main.py) [d](a.in.md)\n"),
    ("address-without-https", "[x]: posts/a.md\n\n[^1]: www.example.com has it.\n"),
    ("near-link", "- [x] (https://example.com)\n- [ ] (https://example.com)\n"),
    ("near-link", "Rain falls [1] (https://example.com) and [2, 3] (www.example.com).\n"),
    ("near-link", "[the test] (as it was)\n\n`[a] (https://a.example)` and (a)[b]\n"),
    ("near-link", "[the test] (https://b.example)\n\n[the test]: https://a.example\n"),
    ("near-link", "[a](https://a.example) (https://b.example) [a][b] (www.example.com)\n"),
    ("near-link", "f(x)[https://a.example] \\[a] (https://a.example)\n"),
    ("curly-quotes", "---\ntitle: The “Miami” talks\n---\n“A quote,” he said: “yes”.\n"),
    ("curly-quotes", "```{quote}\ntext: He said “yes”, and ‘no’\n```\n"),
    ("curly-quotes", "```{faq}\nitems:\n  - {question: a?, answer: 'The “old” way: “x”'}\n```\n"),
    ("curly-quotes", "```yaml\ntitle: “x”\n```\n"),
    ("curly-quotes", '```{faq}\nitems:\n  - {question: a, answer: "b, “c”, d: “e”"}\n```\n'),
    (
        "curly-quotes",
        "```{faq}\nitems:\n  - question: He said, “yes”, [a], “b”\n    answer: c\n```\n",
    ),
    (
        "template-text",
        f"The template begins “{next(iter(starter_sentences()))}” in every new post.\n",
    ),
    ("template-text", 'Wait… and then: … \n\n`value: "…"`\n'),
    ("template-text", "```{meta-box}\nitems:\n  - {label: a, value: b …}\n```\n"),
    ("colour-without-background", '<p style="color:#333;background:#fff">x</p>\n'),
    (
        "colour-without-background",
        '<div style="background-color:#fff"><b style="color:#000">x</b></div>\n',
    ),
    ("colour-without-background", '<p style="color:#c0392b;border-color:#000">x</p>\n'),
    (
        "colour-without-background",
        '<p style="background-color:#000">x</p>\n\n`style="color:#000"`\n',
    ),
    (
        "large-image",
        '<img alt="x" src="data:image/png;base64,AAAA">\n\nA data:image/png in text.\n',
    ),
    ("large-image", "![x](images/missing.jpg) ![y](https://example.com/large.jpg)\n"),
]


@for_each(("code", "text", "lines"), FOUND)
def test_each_spelling_is_found(code: str, text: str, lines: list[int]) -> None:
    assert found(code, text) == lines


@for_each(("code", "text"), FINE)
def test_what_only_looks_like_it_is_fine(code: str, text: str) -> None:
    assert found(code, text) == []


SHAPES = {
    "a fence without braces": r"[`~]{3,}",
    "square brackets": r"\[",
    "braces": r"\{",
    "colons": r":::",
    "quotation marks": r"[‘’“”´'\"]|``\{",
    "a comment": r"<!--",
}
"""What a near widget begins with."""


def test_each_shape_of_a_call_has_three_spellings() -> None:
    begins = [
        next(line for line in text.splitlines() if line not in ("", "a"))
        for code, text, _ in FOUND
        if code == "near-widget"
    ]
    counts = {shape: sum(bool(re.match(p, one)) for one in begins) for shape, p in SHAPES.items()}
    assert {shape: count >= 3 for shape, count in counts.items()} == dict.fromkeys(SHAPES, True)


def test_there_are_three_spellings_of_each() -> None:
    assert {
        code: sum(code == one for one, _, _ in FOUND) >= 3 for code in MISS_RULES
    } == dict.fromkeys(MISS_RULES, True)


FIXED = {
    f"```timeline\n{DATA}```\n": f"```{{timeline}}\n{DATA}```\n",
    f"~~~ timeline How it began\n{DATA}~~~\n": f"~~~ {{timeline}} How it began\n{DATA}~~~\n",
    f":::timeline How\n{DATA}:::\n": f"```{{timeline}} How\n{DATA}```\n",
    f"‘‘‘{{timeline}}\n{DATA}’’’\n": f"```{{timeline}}\n{DATA}```\n",
    f"<!-- {{timeline}} How\n{DATA}-->\n": f"```{{timeline}} How\n{DATA}```\n",
    "[Start]({{quizurl}})\n": "[Start]({{ quiz_url }})\n",
    "[x](www.example.com/a)\n": "[x](https://www.example.com/a)\n",
    "[x](<www.example.com>)\n": "[x](<https://www.example.com>)\n",
    "[x]: www.example.com\n": "[x]: https://www.example.com\n",
    "[x](http//example.com/a)\n": "[x](http://example.com/a)\n",
    "[a b] (https://example.com)\n": "[a b](https://example.com)\n",
    "(a b)[https://example.com]\n": "[a b](https://example.com)\n",
    "[Start](quiz_url)\n": "[Start]({{ quiz_url }})\n",
    "'''{Meta_Box} How\nitems: []\n'''\n": "```{meta-box} How\nitems: []\n```\n",
    "```{meta-box}\nitems:\n  - {label: “A”, value: “b, c”}\n```\n": (
        '```{meta-box}\nitems:\n  - {label: "A", value: "b, c"}\n```\n'
    ),
}


@for_each(("before", "after"), FIXED.items())
def test_what_is_certain_is_fixed_and_then_fine(before: str, after: str) -> None:
    head = "---\ntitle: Some talks\n---\n"
    page = reading(before)
    assert apply_repairs((head + before).encode(), near_repairs(page)) == (head + after).encode()
    assert near_repairs(reading(after)) == []
    assert near_repairs(page, frozenset(MISS_RULES)) == []


def test_publishing_refuses_what_readers_would_see_as_text() -> None:
    body = f"```timeline\n{DATA}```\n\n[x](#YOUR_LINK)\n\n[timeline]\n\n{{{{< a >}}}} {{% a %}}\n"
    assert [problem.code for problem in refusals(reading(body))] == [
        "near-widget",
        "near-placeholder",
        "generator-tag",
    ]


def _texts() -> dict[str, str]:
    """Every post and every text that we have, and the pages of our documentation as posts."""
    samples = (ROOT / "blogkit/project/files/sample").rglob("*.md")
    examples = (ROOT / "widgets").glob("*/example.md")
    docs = (ROOT / "docs").glob("*.md")
    texts = {path: path.read_text(encoding="utf-8") for path in [*samples, *examples, *docs]}
    for path, text in [*texts.items()]:
        if path.name != "checks.md":  # its examples have what each check finds
            posts = re.findall(r"(?ms)^(`{3,})markdown\n(---\n.*?)^\1$", text)
            texts |= {
                path.with_name(f"{path.stem}-{n}.md"): post for n, (_, post) in enumerate(posts)
            }
    for path in (ROOT / "tests/importers/corpus").glob("*.expected"):
        texts[path] = path.read_text(encoding="utf-8").partition("%%%\n")[0]
    return {str(path.relative_to(ROOT)): text for path, text in texts.items()}


@pytest.mark.slow
def test_nothing_of_ours_is_a_false_alarm() -> None:
    alarms, read = [], 0
    for name, text in _texts().items():
        try:
            page = reading(text, name=f"posts/{Path(name).name.split('.')[0]}.md")
        except ContentError:  # a template of posts with placeholders for dates
            continue
        read += 1
        alarms += [(name, one.problem) for rule in MISS_RULES.values() for one in rule(page)]
    assert alarms == []
    assert read > 120


def test_a_body_without_a_line_outside_its_fence_is_checked() -> None:
    assert found("near-widget", "```yaml callout\ntitle: x\n```") == [4]


def test_a_file_over_the_limit_is_named(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    picture = tmp_path / "posts/wide.jpg"
    with picture.open("wb") as file:
        file.truncate(large_images.LARGEST_FILE + 1)
    text = "---\ntitle: a\nimage: posts/wide.jpg\n---\n![x](wide.jpg)\n"
    page = reading(text)
    page = replace(page, post=replace(page.post, path=tmp_path / "posts/a.md"))
    lines = [one.problem.line for one in large_images.large_images(page)]
    assert lines == [3, 5]


def test_colours_are_read_in_each_notation() -> None:
    given = {"#000": "dark", "rgb(255,255,255)": "light", "navy": "dark", "#c0392b": ""}
    read = {text: colours._theme(colour) for text in given if (colour := colours._read(text))}
    assert read == given


def test_a_new_post_has_a_text_in_every_language_of_the_widgets() -> None:
    assert len({starter_body(language) for language in languages()}) == len(languages())
    assert starter_body("xx") == starter_body("en")
