"""The pages of a folder site: lists, excerpts, pictures, labels, languages and looks."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import html5lib  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup

from blogkit.platforms.base import State, Target
from blogkit.platforms.folder.site.addresses import label_slug
from blogkit.platforms.folder.site.excerpt import first_sentences
from blogkit.platforms.folder.site.style import looks, style_sheet
from blogkit.render.looks.presets import preset_named, preset_names
from blogkit.render.looks.theme import theme_from_settings
from blogkit.render.phrases.lookup import word_list
from tests.cases import for_each
from tests.folder_sites import WORDS_OF_PAGES, Blog

HOSTILE = """</title><script>alert(1)</script> "'&amp; <img src=x onerror=y> --> ]]>"""
PICTURE = '<p>First. <img src="https://example.com/a.png" alt="A &quot;map&quot;"></p>'


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path)


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def filled(blog: Blog, posts: int = 15, *, days: int = 1) -> Blog:
    folder = blog.folder()
    for number in range(posts):
        blog.now += timedelta(days=days - 1)
        label = "Economy" if number % 2 else "भूगोल"
        blog.publish(f"Post {number}", folder, labels=(label, "All"))
    return blog


def test_every_page_is_valid_html_whatever_a_title_holds(blog: Blog) -> None:
    filled(blog)
    blog.publish(HOSTILE, labels=(HOSTILE,), excerpt=HOSTILE, body=PICTURE)
    blog.publish("About us", kind="page")
    pages = blog.pages()
    assert len(pages) > 15 + 8
    for path, text in pages.items():
        html5lib.HTMLParser(strict=True).parse(text)
        assert "<script" not in text, path
        assert len(soup(text).find_all("h1")) == 1
    card = soup(pages["index.html"]).find("article")
    assert card is not None
    link, about, shown = card.find("h2"), card.find("p", class_="about"), card.find("img")
    assert link is not None
    assert about is not None
    assert shown is not None
    assert (link.get_text(), about.get_text()) == (HOSTILE, HOSTILE)
    assert (shown["alt"], shown["loading"]) == ('A "map"', "lazy")
    assert {"width", "height"} <= set(shown.attrs)


def test_every_link_leads_to_a_page(blog: Blog) -> None:
    filled(blog, 30)
    blog.publish("C++ & C#", labels=("C++", "C#", "C"))
    blog.publish("About us", kind="page")
    for path, text in blog.pages().items():
        if path == "404.html":
            continue
        for link in soup(text).find_all(["a", "link"], href=re.compile(r"^(?!data:)")):
            file = (blog.home / path).parent / unquote(str(link["href"]))
            assert file.resolve().is_file(), (path, link)


@pytest.mark.slow
def test_older_posts_are_on_the_pages_of_months_and_years(blog: Blog) -> None:
    filled(blog, 34, days=4)
    seen, path = [], "index.html"
    ways = []
    while path:
        ways.append(path)
        page = soup((blog.home / path).read_text("utf-8"))
        seen += [title.get_text() for title in page.select("article h2")]
        older = page.find("a", rel="next")
        place = (blog.home / path).parent / str(older["href"]) if older else None
        path = place.resolve().relative_to(blog.home.resolve()).as_posix() if place else ""
    assert ways[:3] == ["index.html", "2027/01/index.html", "2026/12/index.html"]
    assert list(dict.fromkeys(seen)) == [f"Post {number}" for number in reversed(range(34))]
    december = soup((blog.home / ways[2]).read_text("utf-8"))
    assert [each.get_text() for each in december.find_all("h1")] == ["December 2026"]
    newer = december.find("a", rel="prev")
    assert newer is not None
    assert newer["href"] == "../../2027/01/index.html"
    year = soup((blog.home / "label/economy/2026.html").read_text("utf-8"))
    assert [each.get_text() for each in year.find_all("h1")] == ["Economy · 2026"]


def test_one_post_changes_no_page_that_does_not_show_it(blog: Blog) -> None:
    filled(blog, 40)
    before = blog.versions()
    post = blog.publish("One more", labels=("Economy",))
    after = blog.versions()
    path = "2026/10/one-more.html"
    assert {path for path in after if after[path] != before.get(path)} == {
        path,
        "2026/10/index.html",
        "feed.xml",
        "index.html",
        "label/economy.html",
        "label/economy/2026.html",
    }
    blog.folder().build()
    assert blog.versions() == after
    assert post.url.endswith(path)


@pytest.mark.slow
def test_the_first_publish_writes_each_page_a_few_times(blog: Blog) -> None:
    folder, writes = blog.folder(), []
    before: dict[str, int] = {}
    for number in range(60):
        blog.publish(f"Post {number}", folder, labels=(f"Label {number % 5}",))
        now = blog.versions()
        writes.append(sum(now[path] != before.get(path) for path in now))
        before = now
    assert max(writes) <= 8
    assert sum(writes[30:]) <= sum(writes[:30]) + 60


def test_a_change_of_the_look_is_one_of_every_page(blog: Blog) -> None:
    filled(blog, 3)
    before = blog.versions()
    red = blog.folder(sheet=lambda: "main{color:red}")
    red.build()
    after = blog.versions()
    assert {path for path in after if after[path] == before[path]} == set()
    assert all("main{color:red}" in text for text in blog.pages().values())
    red.build()
    assert blog.versions() == after


def test_a_site_of_an_older_version_follows(blog: Blog) -> None:
    filled(blog, 2)
    for path in ("label/all.html", "404.html", "feed.xml"):
        (blog.home / path).unlink()
    for path in blog.files("*.html"):
        (blog.home / path).write_text("<main>\n<!-- blogkit:site -->\nold</main>", "utf-8")
    (blog.home / "mine.html").write_text("old", "utf-8")
    blog.publish("New one")
    assert [path for path, text in blog.pages().items() if "old" in text] == ["mine.html"]


def test_files_of_another_program_stay(blog: Blog) -> None:
    mine = ["404.html", "feed.xml", "label/all.html", "2026/09/index.html"]
    for path in mine:
        (blog.home / path).parent.mkdir(parents=True, exist_ok=True)
        (blog.home / path).write_text("mine", "utf-8")
    filled(blog)
    assert [path for path in mine if (blog.home / path).read_text("utf-8") != "mine"] == []
    page = blog.publish("Index", kind="page")
    assert page.url.endswith("/index-2.html")


def test_a_list_goes_with_its_last_post(blog: Blog) -> None:
    filled(blog, 12)
    folder = blog.folder()
    post = blog.publish("Alone", folder, labels=("Once",))
    assert {"label/once.html", "2026/09/index.html", "label/all/2026.html"} & set(blog.pages())
    folder.set_state(post.ref, Target(State.DRAFT))
    gone = {"label/once.html", "2026/09/index.html"}
    assert gone & set(blog.pages()) == set()
    for each in list(folder.list("post", [State.LIVE])):
        folder.trash(each.ref)
    assert list(blog.files()) == ["404.html", "feed.xml", "index.html"]
    assert sorted(path.name for path in blog.home.iterdir() if path.is_dir()) == [".blogkit-site"]


def test_words_are_those_of_the_language(blog: Blog) -> None:
    blog.settings = {"language": "hi", "title": "पत्रिका"}
    assert "अभी कुछ भी प्रकाशित नहीं हुआ है।" in _empty(blog)
    folder = blog.folder()
    blog.publish("परिचय", folder, kind="page")
    for number in range(14):
        blog.now += timedelta(days=2)
        blog.publish(f"लेख {number}", folder, labels=("भूगोल",), body="<p>पहला वाक्य। दूसरा।</p>")
    shown = "\n".join(blog.pages().values())
    text = BeautifulSoup(shown, "html.parser").get_text(" ")
    assert [word for word in WORDS_OF_PAGES if re.search(rf"\b{word}\b", text)] == []
    assert [each for each in WORDS_OF_PAGES[1:] if str(word_list("hi")[each]) not in shown] == []
    assert "सितंबर 2026" in blog.pages()["2026/09/index.html"]


def _empty(blog: Blog) -> str:
    folder = blog.folder()
    folder.trash(blog.publish("A", folder).ref)
    return blog.pages()["index.html"]


def test_urdu_runs_from_right_to_left(blog: Blog) -> None:
    blog.settings = {"language": "ur", "title": "رسالہ"}
    blog.publish("خبر", labels=("سائنس",))
    for text in blog.pages().values():
        assert text.count('<html lang="ur" dir="rtl">') == 1


@for_each(
    ("text", "shown"),
    [
        ("One. Two.", "One. Two."),
        ("A" * 60 + ". " + "B" * 60 + "! " + "C" * 60 + ".", "A" * 60 + ". " + "B" * 60 + "!"),
        ("It costs ₹3.5 crore (about $0.4 m). Next", "It costs ₹3.5 crore (about $0.4 m). Next"),
        ("पहला वाक्य। " * 30, ("पहला वाक्य। " * 10).strip()),
        ("یہ جملہ ہے۔ " * 30, ("یہ جملہ ہے۔ " * 10).strip()),
        ("word " * 80, ("word " * 40).strip() + "…"),
        ("क्षि" * 120, "क्षि" * 50 + "…"),
        ("x" + "क्षि" * 120, "x" + "क्षि" * 49 + "…"),
        ("", ""),
    ],
)
def test_excerpts_end_with_a_sentence_or_a_word(text: str, shown: str) -> None:
    assert first_sentences(text) == shown


def test_an_excerpt_has_no_words_of_widgets(blog: Blog) -> None:
    hero = '<div class="bk-hero">\n<div>\n<p>🔗 Explainer</p>\n</div>\n</div>\n'
    blog.publish("Rivers", body=f"{hero}<p>A river and its sea.</p>")
    blog.publish("Button", body='<p class="bk-quiz-button">\nTake the quiz\n</p>')
    (button, rivers) = soup(blog.pages()["index.html"]).find_all("article")
    assert [p.text for p in rivers.select("p.about")] == ["A river and its sea."]
    assert button.select("p.about") == []


@for_each(
    ("body", "featured", "shown"),
    [
        ('<p>Text.</p><p><img src="/images/x.png"></p>', "", ("/images/x.png", "", "640", "360")),
        (
            '<img src="1.gif" width="1" height="1"><img alt=b src=c.png width="800" height="600">',
            "",
            ("c.png", "b", "800", "600"),
        ),
        ('<img src="a.png" alt="a">', "b.png", ("b.png", "", "640", "360")),
        ('<img src="a.png" alt="a">', "a.png", ("a.png", "a", "640", "360")),
        ('<img src="data:image/png;base64,AA==" alt="a">', "", None),
        ("<p>No picture.</p>", "", None),
    ],
)
def test_the_picture_of_a_card(
    blog: Blog, body: str, featured: str, shown: tuple[str, ...] | None
) -> None:
    blog.publish("Title", body=body, featured_url=featured)
    newest = soup(blog.pages()["index.html"]).find("article")
    found = newest.find("img") if newest else None
    names = ("src", "alt", "width", "height")
    assert (tuple(found[name] for name in names) if found else None) == shown


@for_each(
    ("label", "slug"),
    [
        ("GS-III", "gs-iii"),
        ("Science and Technology", "science-and-technology"),
        ("भारत की नीति", "भारत-की-नीति"),
    ],
)
def test_the_address_of_a_label(label: str, slug: str) -> None:
    assert label_slug(label) == slug


def test_labels_that_differ_have_different_addresses() -> None:
    assert len({label_slug(label) for label in ("C", "C++", "C#", "c+", "../c", "")}) == 6
    assert label_slug("GS III") == label_slug("gs-iii")


@for_each("look", looks())
def test_a_look_asks_for_nothing_and_is_small(look: str) -> None:
    sheet = style_sheet(theme_from_settings({"preset": look}))
    assert re.findall(r"url\(|@import|@font-face|https?:|/\*|</", sheet) == []
    assert len(sheet.encode()) < 10_000
    assert sheet.count("{") == sheet.count("}")


def test_each_preset_has_a_look_and_a_blogs_own_tokens_count() -> None:
    names = [name for name in preset_names() if not preset_named(name).replaced_by]
    assert looks() == sorted(names)
    sheets = {name: style_sheet(theme_from_settings({"preset": name})) for name in preset_names()}
    assert len({*sheets.values()}) == len(sheets)
    own = style_sheet(theme_from_settings({"preset": "exam", "accent": "#15803d"}))
    assert own == sheets["exam"].replace("--fill:#4f5bd5", "--fill:#15803d")
