"""The pages of a folder site print no English word of ours in another language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup

from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.folder import Folder
from blogkit.render.document import Document, Fragment
from blogkit.render.phrases.lookup import languages, word_list
from tests.cases import for_each

NOW = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)
OTHERS = [name for name in languages() if name != "en"]
_READ = ("aria-label", "title", "alt", "content")


def readers_words(page: Path) -> str:
    """What is read on a page or in a feed: its text, and names for screen readers."""
    text = page.read_text(encoding="utf-8").removeprefix('<?xml version="1.0" encoding="utf-8"?>')
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup.find_all(["style", "script"]):
        tag.extract()
    names = [str(tag.get(name)) for tag in soup.find_all(True) for name in _READ if tag.get(name)]
    return " ".join([soup.get_text(" "), *names])


def english_words(language: str) -> list[str]:
    """Our words that are spelt in another way in this language."""
    own = word_list(language)
    words = [key for key in word_list("en") if "{" not in key and own[key] != key]
    return [*words, "December", "Dec", "words", "minutes", "question"]


def build(home: Path, language: str, posts: int) -> None:
    site = Folder(
        "main",
        home,
        records=home.parent / "records",
        title="X0",
        language=language,
        zone=ZoneInfo("UTC"),
        clock=lambda: NOW,
    )
    home.mkdir()
    for number in range(1, posts + 1):
        kind = "page" if number == 1 else "post"
        document = Document(f"k{number}", (Fragment("paragraph", f"<p>X{number}</p>"),))
        draft = Draft(
            key=f"k{number}",
            kind=kind,  # type: ignore[arg-type]
            title=f"X{number}",
            body=site.compose(document),
            excerpt=f"X{number}" if number % 2 else "",
            labels=("X2", "X3") if kind == "post" else (),
        )
        site.set_state(site.create(draft).ref, Target(State.LIVE))
    site.build()


@for_each("language", OTHERS, ids=OTHERS, quick=2, local=4)
@for_each("posts", [0, 13])
def test_no_page_has_an_english_word(language: str, posts: int, tmp_path: Path) -> None:
    build(tmp_path / "site", language, posts)
    pages = [path for path in tmp_path.rglob("*") if path.suffix in {".html", ".xml"}]
    assert len(pages) > posts
    for page in pages:
        shown = readers_words(page)
        left = [
            words
            for words in english_words(language)
            if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", shown)
        ]
        assert left == [], page.name


@for_each("language", languages(), quick=2)
def test_dates_are_in_words(language: str, tmp_path: Path) -> None:
    build(tmp_path / "site", language, 13)
    shown = readers_words(tmp_path / "site" / "index.html")
    assert not re.search(r"\d{4}-\d\d", shown)
