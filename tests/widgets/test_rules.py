"""The rules that every widget's output keeps, in every shape and for every kind of site."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from blogkit.render.document import Document
from blogkit.render.registry import Registry, builtin_folder
from blogkit.render.styles import contrast_with_white
from blogkit.survival.autop import wpautop
from blogkit.survival.compare import losses
from blogkit.survival.css import filter_style
from blogkit.survival.encode import seal
from blogkit.survival.kses import kses
from blogkit.survival.profile import FEED, PROFILES, STRICT, Profile
from tests.render.drawing import draw
from tests.widgets.samples import NAMES, SAMPLES, known

VERSIONS = [(6, 1), (6, 8), (7, 0), (7, 1)]
BLOCK = "table|thead|tbody|tr|td|th|caption|div|section|nav|figure|figcaption|blockquote|pre|dl|dd|dt|ul|ol|li|p|h[234]|details|summary"
HOLDS_TEXT = {"p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "h2", "h3", "h4", "summary", "pre"}
CUT_BY_READERS = re.compile("ad|banner|breadcrumb|comment|footer|header|menu|related|share|sidebar|social|sponsor|promo|popup|widget")
FRONTS = {"ltr": {"language": "en"}, "rtl": {"language": "ar"}}
FORMS = [*((profile, "ltr") for profile in PROFILES.values()), (STRICT, "rtl")]


@cache
def drawn(body: str, profile: Profile, front: str = "ltr") -> Document:
    """The widget alone, where other blocks stand below it."""
    document = draw(body, profile, front=FRONTS[front], allow_open=True)
    return replace(document, fragments=tuple(fragment for fragment in document.fragments if fragment.widget))


@pytest.fixture(params=SAMPLES, ids=[name for name, _ in SAMPLES])
def body(request: pytest.FixtureRequest) -> str:
    return request.param[1]


@pytest.fixture(params=FORMS, ids=[f"{profile.name}-{front}" for profile, front in FORMS])
def html(request: pytest.FixtureRequest, body: str) -> str:
    return drawn(body, *request.param).html


def tags(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").find_all(True)


def styles(html: str) -> list[str]:
    return [str(tag["style"]) for tag in tags(html) if tag.has_attr("style")]


def test_no_script_is_needed(html: str) -> None:
    for tag in tags(html):
        assert tag.name not in {"script", "style", "iframe", "object", "form", "input", "button", "svg", "link", "meta"}
        assert not [name for name in tag.attrs if name.startswith("on")]


def test_it_is_one_line(html: str) -> None:
    assert not re.search(r"[\r\n\t]", html)


def test_one_space_before_an_opening_block_tag_that_follows_a_closing_one(html: str) -> None:
    assert not re.search(rf"</(?:{BLOCK})>(?! <(?:{BLOCK})\b|</|\Z)", html)
    assert not re.search(rf"\s</(?:{BLOCK})>", html)
    assert not re.search(rf"<(?:{BLOCK})\b[^>]*>\s", html)


def test_all_text_stands_in_elements_that_hold_text(html: str) -> None:
    for string in BeautifulSoup(html, "html.parser").find_all(string=True):
        if string.strip():
            holder = next(parent for parent in string.parents if re.fullmatch(BLOCK, parent.name))
            assert holder.name in HOLDS_TEXT, f"{string!r} stands in <{holder.name}>"


def test_paragraphs_and_their_like_are_not_mixed_with_bare_text(html: str) -> None:
    for tag in tags(html):
        if tag.name != "li" and any(isinstance(child, Tag) and re.fullmatch(BLOCK, child.name) for child in tag.children):
            assert not [child for child in tag.children if isinstance(child, NavigableString) and child.strip()], tag


@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_wordpress_keeps_the_strict_form_byte_for_byte(body: str, version: tuple[int, int]) -> None:
    for front in FRONTS:
        strict = drawn(body, STRICT, front).html
        assert kses(strict, version) == strict
        assert seal(strict) == strict


@pytest.mark.parametrize("version", [(6, 1), (7, 1)], ids=str)
def test_wpautop_changes_nothing_that_a_reader_sees(html: str, version: tuple[int, int]) -> None:
    assert losses(html, wpautop(html, version)) == []
    assert losses(f"<p>before</p>\n{html}\n<p>after</p>", wpautop(f"before\n\n{html}\n\nafter", version)) == []


def test_styles_are_canonical_and_survive(html: str) -> None:
    for style in styles(html):
        assert filter_style(style, (6, 1)) == style
        assert not re.search(r"[\"'\\]|&|;\s|\s;|\s:|;\Z|/\*", style)
        assert "display" not in style
        outside = re.sub(r"var\([^()]*(?:\([^()]*\)[^()]*)*\)", "", style)
        assert not re.search(r"\b(?:rgb|hsl|rgba|hsla|color-mix|light-dark)\(", outside)
        assert all(re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", c) for c in re.findall(r"#[0-9A-Fa-f]+", style))


def test_text_keeps_the_colour_of_its_theme_but_on_colours_that_are_dark_enough(html: str) -> None:
    for style in styles(html):
        declared = dict(item.partition(":")[::2] for item in style.split(";"))
        if (colour := declared.get("color", "inherit")) != "inherit":
            ground = re.fullmatch(r"var\(--bk-[a-z]+,(#[0-9a-f]{6})\)", declared["background"])
            assert colour == "#ffffff!important"
            assert ground
            assert (contrast_with_white(ground[1]) or 0) >= 4.5


def test_directions_are_logical_or_chosen(body: str) -> None:
    left, right = (drawn(body, STRICT, front).html for front in FRONTS)
    for html in (left, right):
        assert not re.search(r"(?:margin|padding)-(?:left|right)", html)
    assert "border-right" not in left
    assert "border-left" not in right
    assert 'dir="rtl"' in right
    assert 'dir="' not in left


def test_class_names_are_ours_and_live_in_reader_modes(html: str) -> None:
    for tag in tags(html):
        for name in tag.get("class", []):
            assert name.startswith(("bk-", "language-"))
            assert not CUT_BY_READERS.search(name)


@pytest.mark.parametrize("name", NAMES)
def test_class_names_in_the_style_sheets_too(name: str) -> None:
    css = (builtin_folder() / name / "style.css").read_text(encoding="utf-8")
    for found in re.findall(r"\.bk-([\w-]+)", css):
        assert not CUT_BY_READERS.search(found)


def test_ids_are_unique_and_every_reference_is_met(body: str) -> None:
    html = draw(body + "\n" + body, allow_open=True).html
    ids = [str(tag["id"]) for tag in tags(html) if tag.has_attr("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"bk-[0-9a-f]{4}-\d+", str(tag["id"])) for tag in tags(drawn(body, STRICT).html) if tag.has_attr("id"))
    for tag in tags(html):
        if str(tag.get("href", "")).startswith("#"):
            assert unquote(str(tag["href"])[1:]) in ids
        if described := tag.get("aria-describedby"):
            assert described in ids


def test_icons_are_not_read_aloud_and_never_alone(html: str) -> None:
    for tag in BeautifulSoup(html, "html.parser").find_all("span"):
        assert tag.attrs == {"aria-hidden": "true"}
        assert tag.parent is not None
        assert tag.parent.get_text().strip() != tag.get_text().strip()


def test_what_is_decoration_is_styles_alone(body: str) -> None:
    """Stripped of styles and classes, and what folds unfolded, the words and their structure are the same everywhere."""

    def bare(html: str) -> str:
        soup = BeautifulSoup(html, "html.parser")
        for tag in soup.find_all(["time", "details"]):
            tag.unwrap()
        for tag in soup.find_all("summary"):
            tag.name = "p"
        for tag in soup.find_all(True):
            for name in ("style", "class", "dir"):
                tag.attrs.pop(name, None)
        return str(soup)

    forms = {bare(drawn(body, profile).html) for profile in PROFILES.values() if profile.anchors or drawn(body, profile).fragments}
    assert len(forms) == 1


def test_no_words_are_glued_when_tags_are_stripped(body: str) -> None:
    html = drawn(body, FEED).html
    stripped = re.sub(r"<[^>]*>", "", html)
    soup = BeautifulSoup(html, "html.parser")
    for inline in ("a", "strong", "em", "small", "span", "time", "code", "del"):
        for tag in soup.find_all(inline):
            tag.unwrap()
    soup = BeautifulSoup(str(soup), "html.parser")  # joins what unwrapping left in pieces
    words = " ".join(" ".join(soup.get_text("\0").split("\0")).split())
    assert " ".join(BeautifulSoup(stripped, "html.parser").get_text().split()) == words


@pytest.mark.parametrize("name", NAMES)
def test_the_byte_budget(name: str) -> None:
    html = drawn(Registry([builtin_folder()])[name].example, STRICT).html
    assert len(html.encode()) <= known(name).BUDGET


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_the_sheet_is_for_those_who_keep_one(body: str, profile: Profile) -> None:
    document = drawn(body, profile)
    assert bool(document.sheet) == profile.style_sheet
    assert document.sheet.isascii()
    assert "<" not in document.sheet
    assert "display" not in document.html
