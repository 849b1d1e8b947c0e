"""`blogkit render --as …`: the same post for feeds, mail programs, and readers of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import for_each
from tests.cli.conftest import Run

POST = """---
title: Polity
---
Some *text* with ![a map](images/map.png).

```{meta-box} Key details
items: [{label: Venue, value: Miami}]
```

```{faq}
items: [{question: Why?, answer: Because.}]
```
"""


@pytest.fixture
def post(tmp_path: Path) -> Path:
    (tmp_path / "blogkit.toml").write_text(
        '[sites.here]\nplatform = "folder"\nfolder = "site"\n', encoding="utf-8"
    )
    for folder in ("posts", "images"):
        (tmp_path / folder).mkdir()
    (tmp_path / "images/map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    path = tmp_path / "posts/polity.md"
    path.write_text(POST, encoding="utf-8")
    return path


def test_html_is_what_the_site_gets(run: Run, post: Path) -> None:
    assert run("render", post, "--as", "html").out == run("render", post).out
    assert "<details" in run("render", post).out


def test_feeds_and_mail_get_html_that_they_keep(run: Run, post: Path) -> None:
    feed, mail = run("render", post, "--as", "feed").out, run("render", post, "--as", "email").out
    assert "<dl><div><dt>Venue</dt> <dd>Miami</dd></div></dl>" in feed
    assert "Venue: Miami</p>" in mail
    for html in (feed, mail):
        assert "<details" not in html
        assert "class=" not in html
    assert "style=" in mail
    assert "style=" not in feed


def test_text_and_markdown(run: Run, post: Path) -> None:
    end = "\n\nKey details\n\nVenue: Miami\n\nWhy?\n\nBecause.\n"
    assert run("render", post, "--as", "text").out == "Some text with a map." + end
    assert (
        run("render", post, "--as", "markdown").out
        == "Some *text* with ![a map](images/map.png).\n\n**Key details**\n\n- **Venue:**"
        " Miami\n\n**Why?**\n\nBecause.\n"
    )


def test_a_page_is_html(run: Run, post: Path) -> None:
    page = run("render", post, "--as", "email", "--page").out
    assert page.startswith("<!doctype html>")
    assert "Venue: Miami</p>" in page
    refused = run("render", post, "--as", "text", "--page")
    assert refused.code == 2
    assert "--page needs HTML" in refused.err


@for_each(
    ("form", "key"),
    [
        ("html", "html"),
        ("feed", "html"),
        ("email", "html"),
        ("text", "text"),
        ("markdown", "markdown"),
    ],
)
def test_the_report_names_the_form(run: Run, post: Path, form: str, key: str) -> None:
    report = run("--json", "render", post, "--as", form).json
    assert report["as"] == form
    assert report[key].strip() == run("render", post, "--as", form).out.strip()
