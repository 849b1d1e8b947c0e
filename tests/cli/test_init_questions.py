"""`blogkit init` asks a few questions on a terminal, tests the address at once, and finds time zone
and language out by itself; scripts give options.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import responses

from blogkit.errors import UsageError
from blogkit.posts.yaml12 import load_yaml
from blogkit.project.files.looks import look_names
from blogkit.project.files.machine import local_language
from blogkit.project.files.starting import known_language, known_zone
from blogkit.project.files.welcome import welcome_post
from blogkit.project.sign_in.identify import FoundBlog, identify
from blogkit.render.phrases.lookup import languages
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cases import for_each
from tests.cli import process
from tests.cli.conftest import Run

KOLKATA = {"TZ": "Asia/Kolkata", "LANG": "en_IN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}


def settings(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "blogkit.toml").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("real_time")
def test_the_questions(tmp_path: Path) -> None:
    drawn = process.on_a_terminal(
        "init",
        "blog",
        cwd=tmp_path,
        answers="Polity notes\n\nAsia/Kolkata\n\nexamm\nexam\n",
        **{**KOLKATA, "TZ": "UTC", "LANG": "C"},
    )
    for question in ("Name of the blog [blog]:", "Its address", "zone [UTC]:", "age [en-IN]:"):
        assert question in drawn
    assert "no look is named “examm”" in drawn
    assert settings(tmp_path / "blog") == {
        "blog": {
            "title": "Polity notes",
            "timezone": "Asia/Kolkata",
            "language": "en-IN",
            "default_site": "main",
        },
        "sites": {"main": {"platform": "folder", "folder": "site"}},
        "theme": {"preset": "exam"},
    }


@pytest.mark.usefixtures("real_time")
def test_a_wrong_answer_is_told_at_once_and_asked_again(tmp_path: Path) -> None:
    with Sandbox(title="Rehearsal") as sandbox:
        wrong = f"http://127.0.0.1:1/\nnot a blog\n{sandbox.url}\n"
        drawn = process.on_a_terminal(
            "init",
            cwd=tmp_path,
            answers=f"\n{wrong}Asia/Kolkatta\nAsia/Kolkata\nhindustani\nhi\n\n",
            **KOLKATA,
        )
        assert "http://127.0.0.1:1/: " in drawn
        assert "“not a blog” is not the address of a blog" in drawn
        assert "found a test blog of blogkit sandbox, “Rehearsal”" in drawn
        assert "no time zone is named “Asia/Kolkatta”" in drawn
        assert "no language has the tag “hindustani”" in drawn
        made = settings(tmp_path)
        assert made["sites"]["main"]["api_base"] == sandbox.api_base
        assert (made["blog"]["timezone"], made["blog"]["language"]) == ("Asia/Kolkata", "hi")
        done = process.call("publish", "--yes", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert [post.state for post in sandbox.store.find(Wanted("post", ["LIVE"]))] == ["LIVE"]


def test_a_script_gives_options(run: Run, tmp_path: Path) -> None:
    done = run("init", "blog")
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    for option in ("--title", "--url", "--platform", "--timezone", "--language", "--yes"):
        assert option in done.err
    words = ["--title", "Notes", "--platform", "wordpress", "--url", "https://school.example/"]
    more = ["--username", "asha", "--timezone", "Europe/Paris", "--language", "pt_br"]
    assert run("init", "blog", *words, *more).code == 0
    made = settings(tmp_path / "blog")
    assert (made["blog"]["timezone"], made["blog"]["language"]) == ("Europe/Paris", "pt-BR")
    assert made["sites"]["main"] == {
        "platform": "wordpress",
        "url": "https://school.example/",
        "username": "asha",
    }
    post = (tmp_path / "blog/posts/hello.md").read_text(encoding="utf-8")
    assert ("\npublish: now" in post, "Boas-vindas a Notes" in post) == (False, True)
    for empty in ("", " \n"):
        done = run("init", "other", *more, "--platform", "folder", "--title", empty)
        assert (done.code, "a blog needs a name" in done.err) == (2, True)
    assert run("init", "two-lines", *words, *more, "--title", "Polity\n  notes").code == 0
    assert settings(tmp_path / "two-lines")["blog"]["title"] == "Polity notes"
    done = run("init", "other", "--title", "Notes", "--platform", "blogger")
    assert (done.code, "needs an address" in done.err) == (2, True)


WORDPRESS = "<html><head><title>Polity &amp; more</title></head>"
LINK = '<https://school.example/wp-json/>; rel="https://api.w.org/"'
GENERATOR = "<meta content='blogger' name='generator'/>"


@for_each(
    ("typed", "page", "headers", "found"),
    [
        (
            "school.example",
            WORDPRESS,
            {"Link": LINK},
            FoundBlog("wordpress", "https://school.example/", "Polity & more"),
        ),
        (
            "https://school.example/blog?x=1#top",
            '<link rel="https://api.w.org/" href="/wp-json/">',
            {},
            FoundBlog("wordpress", "https://school.example/blog"),
        ),
        (
            "https://a.wordpress.com",
            WORDPRESS,
            {"Link": LINK},
            FoundBlog("wordpress", "https://a.wordpress.com/", "Polity & more", False, True),
        ),
        (
            "https://news.example/2024/05/post.html",
            GENERATOR,
            {},
            FoundBlog("blogger", "https://news.example/"),
        ),
        (
            "https://x.blogspot.com",
            "<title> X </title>",
            {},
            FoundBlog("blogger", "https://x.blogspot.com/", "X"),
        ),
    ],
)
def test_a_page_tells_its_platform(
    typed: str, page: str, headers: dict[str, str], found: FoundBlog
) -> None:
    with responses.RequestsMock() as mock:
        url = typed.partition("?")[0] if "://" in typed else f"https://{typed}/"
        mock.get(url, body=page, headers=headers)
        assert identify(typed) == found


@for_each(
    ("status", "page", "words"),
    [
        (200, "<title>A shop</title>", "is neither a Blogger blog nor a WordPress site"),
        (404, "", "answers 404"),
    ],
)
def test_what_is_no_blog_is_told(status: int, page: str, words: str) -> None:
    with responses.RequestsMock() as mock:
        mock.get("https://shop.example/", status=status, body=page)
        with pytest.raises(UsageError, match=words) as error:
            identify("https://shop.example")
    assert error.value.hint


@for_each(
    ("environ", "zone", "language"),
    [
        ({"LANG": "en_IN.UTF-8"}, "Asia/Kolkata", "en-IN"),
        ({"LC_ALL": "hi_IN", "LANG": "en_US"}, "UTC", "hi-IN"),
        ({"LANG": "C.UTF-8"}, "Asia/Kolkata", "en-IN"),
        ({}, "UTC", "en"),
        ({"LANG": "de"}, "Europe/Berlin", "de-DE"),
        ({"LANG": "de"}, "Asia/Kolkata", "de"),
        ({"LANG": "pt_BR.UTF-8@euro"}, "UTC", "pt-BR"),
        ({"LANG": "zh-Hant-TW"}, "UTC", "zh-Hant-TW"),
        ({"LANG": "../x"}, "UTC", "en"),
    ],
)
def test_the_language_of_the_machine(environ: dict[str, str], zone: str, language: str) -> None:
    assert local_language(zone, environ) == language


def test_names_of_zones_and_languages() -> None:
    assert (known_language("EN_in"), known_zone("UTC")) == ("en-IN", "UTC")
    for wrong in ("klingonese", "e", "../x"):
        with pytest.raises(UsageError):
            known_language(wrong)
    for wrong in ("Asia/Kolkatta", "../etc", ""):
        with pytest.raises(UsageError):
            known_zone(wrong)


def test_the_first_post_is_a_good_one_in_every_language(run: Run, tmp_path: Path) -> None:
    """No check finds anything in it, and the widgets' own words are in its language, too."""
    assert run("init", "--yes").code == 0
    english = welcome_post("Notes", "en", live=True)
    for language in languages():
        text = welcome_post("Notes", language, live=True)
        assert (text == english) == (language == "en")
        front = load_yaml(text.split("---\n")[1], path="x", line=1).value
        assert "Notes" in front["title"]
        (tmp_path / f"posts/{language}.md").write_text(
            text.replace("publish: now", f"language: {language}"), encoding="utf-8"
        )
    done = run("check")
    assert (done.code, done.out) == (0, f"{len(languages()) + 1} posts checked: no problems\n")
    assert welcome_post("Notes", "xx-YY", live=True) == english


def test_in_a_wrong_folder_the_first_advice_is_to_go_to_the_right_one(run: Run) -> None:
    hint = run("status").err.splitlines()[1]
    assert hint.index("cd") < hint.index("-C") < hint.index("blogkit init")


@pytest.mark.usefixtures("real_time")
def test_a_question_mark_shows_the_looks_in_the_browser(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}\n', encoding="utf-8")
    browser.chmod(0o700)
    answers = "\n\nAsia/Kolkata\nhi\n?\n\n"
    places = {"BROWSER": str(browser), "TMPDIR": str(tmp_path)}
    process.on_a_terminal("init", "blog", cwd=tmp_path, answers=answers, **KOLKATA, **places)
    page = Path(seen.read_text(encoding="utf-8").strip().removeprefix("file://"))
    text = page.read_text(encoding="utf-8")
    assert [f"<h2>{name}</h2>" in text for name in look_names()] == [True] * len(look_names())
    assert text.count("यह आपकी पहली पोस्ट है।") == len(look_names())
    assert "theme" not in settings(tmp_path / "blog")


def test_a_script_names_a_look(run: Run, tmp_path: Path) -> None:
    assert run("init", "a", "--yes", "--look", "saffron").code == 0
    assert settings(tmp_path / "a")["theme"] == {"preset": "saffron"}
    assert run("-C", "a", "publish", "--yes").code == 0
    done = run("init", "b", "--yes", "--look", "safron")
    assert (done.code, "saffron" in done.err, (tmp_path / "b").exists()) == (2, True, False)
