"""docs/import.md, executed: its commands in their order, and an input for each row of its tables."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from blogkit.errors import ContentError
from blogkit.importers.convert import convert_pasted, read_pasted
from scripts.docs import ROOT
from tests.cases import for_each
from tests.cli.conftest import Run

PAGE = (ROOT / "docs/import.md").read_text(encoding="utf-8")
BLOCKS = [body for _, body in re.findall(r"(?ms)^(`{3,})[a-z]+\n(.*?)^\1$", PAGE)]
ANSWER, COMMANDS, POST, LIST, PREVIEW, _ = BLOCKS
TABLES = [
    [row.split("|")[1].strip() for row in re.findall(r"(?m)^\|.*$", part.replace("\\|", "¦"))[2:]]
    for part in re.split(r"(?m)^## ", PAGE)
    if "\n|" in part
]
QUIZ = "# T\n\n1. Why?\nA) x\nB) y\n"

TEXT = {
    "a first sentence that may": ("Here is a post about trams.\n\n## A\n\nb\n", "about trams."),
    "the headline": ("A Headline\n\nText here.", 'title: "A Headline"'),
    "front matter, and": (
        "---\ntitle: T\npublish: now\n---\na\n\nTags: x, y\n",
        'labels: ["x", "y"]',
    ),
    "`Published on": ("# T\n\nPublished on: March 14, 2025 | Category: Economy\n", "```{byline}"),
    "a list or pairs": ("# T\n\n## Key Details\n\n- A: b\n- C: d\n", "```{meta-box} Key Details"),
    "events below": ("# T\n\n## Timeline\n\n- 2001: a\n- 2002: b\n", "```{timeline}"),
    "questions with lettered": (f"{QUIZ}Answer: A\n", "```{mcq}"),
    "questions with answers": (
        "# T\n\n## FAQ\n\n**Why?**\n\nSo.\n\n**How?**\n\nThus.\n",
        "```{faq}",
    ),
    "a list below": ("# T\n\n## Previous Year Questions\n\n1. Why?\n2. How?\n", "```{questions}"),
    "a link to a mock": ("# T\n\n[Take the mock test](#)\n", "```{quiz-button}"),
    "a table below": ("# T\n\n**Ports**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "```{table} Ports"),
    "rows with bars": ("T\n\nText.\n\na\tb\n1\t2\n", "| a | b |\n| --- | --- |"),
    "bullets such": ("T\n\nText.\n\n• one\n• two\n", "- one\n- two"),
    "in plain text": ("T\n\nText.\n\n1. A Part\n\nMore text.\n", "## 1. A Part"),
    "in a text from": (
        "The Rain\n\n14/03/25, 9:41 pm - Meena: It fell at noon.\n",
        "\n\nIt fell at noon.\n",
    ),
    "in plain text: `*": ("T\n\nThe *first* rain.\n", "The **first** rain."),
    "what an assistant": ("Sure! Here's the post:\n\n# T\n\nText【4†source】.\n", "\n\nText."),
}
FAQ = """<h2>FAQ</h2>
<h3>Why is it wet?</h3><p>It rained.</p>
<h3>Who saw it?</h3><p>Asha did.</p>"""
HTML = {
    "the title": ("<h1>T</h1><p>a</p>", 'title: "T"'),
    "`Category": ("<p>Category: A, B</p>", 'labels: ["A", "B"]'),
    "`Published on": ("<p>Published on: December 20, 2024</p>", "# publish: 2024-12-20 07:00"),
    "the page's": ('<html lang="hi"><body><p>क</p></body></html>', 'language: "hi"'),
    "a table, a": ("<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", "```{table}"),
    "multiple-choice questions, and": (
        f"<h1>T</h1>{FAQ}",
        "{faq}",
    ),
    "everything": ("<p  class='x'>a</p>", "<p  class='x'>a</p>"),
    "parts of": ("<p>a</p><p>Post a Comment</p>", "<p>a</p>\n"),
    "scripts": ("<p>a</p><script>x()</script>", "<p>a</p>\n"),
    "instructions": ("<p>a</p><p>After pasting this code, stop.</p>", "<p>a</p>\n"),
    "text in": ("<p>It doesnâ€™t.</p>", "It doesn’t."),
}
GENERATED = [
    ("+++\ntitle = 'T'\ntags = ['a']\n+++\nx\n", "a.md", 'title: "T"\ntags: ["a"]\n'),
    ("---\nlayout: post\n---\nx\n", "2015-01-15-rain.md", "# publish: 2015-01-15 07:00 "),
    ("+++\ntitle = 'T'\ndraft = true\n+++\nx\n", "a.md", "publish: draft\n"),
    ("---\npermalink: /2015/rain.html\n---\nx\n", "a.md", 'slug: "rain"'),
    (
        "+++\n+++\n{{< figure src='https://e.example/a.png' alt='A' caption='B' >}}\n",
        "a.md",
        "{image}",
    ),
    ("+++\n+++\n{{< vimeo 123 >}}\n", "a.md", "<https://vimeo.com/123>"),
    ("---\nlayout: post\n---\n{% highlight c %}\nx\n{% endhighlight %}\n", "a.md", "```c\nx\n```"),
    ("+++\n+++\n{{% notice tip %}}\nx\n{{% /notice %}}\n", "a.md", "{callout}"),
    ("---\nlayout: post\n---\n* TOC\n{:toc}\n", "a.md", "```{toc}"),
    ("---\nlayout: post\n---\n{% raw %}{{ x }}{% endraw %}\n", "a.md", "\n{{ x }}\n"),
    ("---\nlayout: post\n---\n[a]({{ '/a.png' | relative_url }})\n", "a.md", "[a](/a.png)"),
]
"""A file for each row, and what it becomes."""
REFUSED = {
    "an empty file": (b" \n", "empty"),
    "a file above 5 MB": (b"a" * 5_000_001, "5,000,001 bytes; the limit is 5,000,000"),
    "a PDF": (b"%PDF-1.7", "PDF"),
    "a file that is neither": (b"caf\xe9", "not UTF-8"),
}


def test_the_commands_do_what_the_page_shows(run: Run, tmp_path: Path) -> None:
    assert run("init", "--yes").code == 0
    (tmp_path / "answer.md").write_text(ANSWER, encoding="utf-8")
    dry, written, checked = (run(*shlex.split(line)[1:]) for line in COMMANDS.splitlines())
    assert (dry.out, dry.err) == (POST, LIST)
    assert (tmp_path / "posts/ferries-return-to-the-gulf.md").read_text(encoding="utf-8") == POST
    assert LIST in written.out
    assert checked.code == 0


def test_every_row_of_the_tables_has_a_case() -> None:
    _, text, html, generated, refused = TABLES
    assert len(generated) == len(GENERATED)
    assert [row for row in text if not any(row.startswith(name) for name in TEXT)] == []
    assert [row for row in html if not any(row.startswith(name) for name in HTML)] == []
    known = (*REFUSED, "a file in `posts/`")
    assert [row for row in refused if not row.startswith(known)] == []


@for_each("name", TEXT)
def test_text_becomes_what_the_page_promises(name: str) -> None:
    source, post = TEXT[name]
    assert post in convert_pasted(read_pasted(source.encode(), "standard input")).text


@for_each("name", HTML)
def test_html_becomes_what_the_page_promises(name: str) -> None:
    source, post = HTML[name]
    assert post in convert_pasted(read_pasted(source.encode(), "page.html")).text


@for_each("row", range(len(GENERATED)))
def test_a_generators_post_becomes_what_the_page_promises(row: int) -> None:
    source, name, post = GENERATED[row]
    assert post in convert_pasted(read_pasted(source.encode(), name)).text


@for_each("name", REFUSED)
def test_a_file_is_refused_as_the_page_tells(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(ContentError, match=reason) as refused:
        read_pasted(data, "pasted.txt")
    assert all(problem.hint for problem in refused.value.problems)


def test_a_post_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("init", "--yes").code == 0
    (tmp_path / "posts/a.md").write_text("---\ntitle: A\n---\na\n", encoding="utf-8")
    refused = run("import", "posts/a.md")
    assert refused.code == 2
    assert "posts/a.md is a post already" in refused.err
    assert "run: blogkit check posts/a.md" in refused.err


def test_a_part_that_stays_has_its_reason() -> None:
    (left,) = convert_pasted(read_pasted(QUIZ.encode(), "a.md")).kept
    assert left.why == "question 1 has no answer"
