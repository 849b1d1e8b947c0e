"""Sites with several languages, whose lists show one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blogkit.platforms.base import Draft, Ref, State
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.listings.languages import code_of
from tests.cases import for_each
from tests.platforms.wordpress.conftest import Connect, Script, post

POSTS = "/wp/v2/posts"
DRAFT = Draft("miami", "post", "Talks open", "<p>x</p>\n<!-- blogkit:post key=miami -->")


@pytest.fixture
def school(connect: Connect) -> WordPress:
    return connect(languages=["en", "hi"])


def test_lists_and_searches_ask_for_each_language(school: WordPress, script: Script) -> None:
    script.on("GET", POSTS, [post(7)])
    script.on("GET", POSTS, [post(7), post(8, content={"raw": "<p>y</p>"})])
    listed = [one.ref for one in school.list("post", [State.DRAFT])]
    assert listed == [Ref("7"), Ref("8")], "each once"
    assert [query["lang"] for _, _, query, _ in script.seen] == ["en", "hi"]
    script.clear()
    script.on("GET", POSTS, [])
    assert school.find("miami", "post") is None
    assert list(school.find_similar([DRAFT], "post")) == []
    assert [query["lang"] for _, _, query, _ in script.seen] == ["en", "hi", "en", "hi"]


@pytest.mark.parametrize(("language", "code"), [("", "en"), ("hi", "hi"), ("hi-IN", "hi")])
def test_a_new_post_is_in_its_language(
    school: WordPress, script: Script, language: str, code: str
) -> None:
    script.on("POST", POSTS, post(lang=code), 201)
    draft = replace(DRAFT, language=language)
    made = school.create(school.resolve(draft))
    assert script.seen[-1][2]["lang"] == code, "as WPML takes it"
    assert script.writes()[-1][1]["lang"] == code, "as Polylang takes it"
    assert made.settings["lang"] == code
    script.on("GET", f"{POSTS}/7", post(lang=code))
    seen = school.get(Ref("7"))
    assert school.update(seen.ref, draft, seen, fresh=True) == seen
    assert len(script.writes()) == 1, "it is in this language"


def test_a_language_that_the_settings_lack_is_a_problem(school: WordPress) -> None:
    (problem,) = school.check(replace(DRAFT, language="ta"), None)
    assert (problem.code, problem.severity) == ("language", "error")
    assert problem.hint == 'write lang = "en,hi,ta" there'
    assert not school.check(replace(DRAFT, language="en-GB"), None)


@for_each(
    ("language", "codes", "code"),
    [
        ("pt-BR", ("pt-pt", "pt-br"), "pt-br"),
        ("pt", ("en", "pt_BR"), "pt_BR"),
        ("zh-Hans", ("zh-hant", "zh_hans"), "zh_hans"),
        ("ta", ("en",), ""),
    ],
)
def test_codes_are_compared_whole_first(language: str, codes: tuple[str, ...], code: str) -> None:
    assert code_of(language, codes) == code


@pytest.mark.parametrize(
    ("usual", "everything", "hidden"), [("2", "3", True), ("3", "3", False), ("", "", False)]
)
def test_a_site_that_hides_posts_is_found_out_by_its_counts(
    site: WordPress, script: Script, usual: str, everything: str, hidden: bool
) -> None:
    script.on("GET", POSTS, [], X_WP_Total=usual)
    script.on("GET", POSTS, [], X_WP_Total=everything)
    assert ("lists 2 of its 3 posts" in site.hides_posts()) == hidden
    site.hides_posts()
    assert [query.get("lang", "") for _, _, query, _ in script.seen] == ["", "all"], "asked once"


def test_a_site_with_languages_in_its_settings_hides_none(
    school: WordPress, script: Script
) -> None:
    assert school.hides_posts() == ""
    assert script.seen == []
