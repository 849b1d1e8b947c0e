"""The rules of `blogkit/widget_tools/rules.py` over every widget, in every shape and for every
kind of site.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from blogkit.render.document import Document
from blogkit.render.widgets.class_names import is_cut
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import FEED, PROFILES, STRICT, Profile
from blogkit.widget_tools import rules
from tests.render.drawing import draw
from tests.widgets.samples import NAMES, SAMPLES, known

FRONTS = {"ltr": {"language": "en"}, "rtl": {"language": "ar"}}
FORMS = [*((profile, "ltr") for profile in PROFILES.values()), (STRICT, "rtl")]


@cache
def drawn(body: str, profile: Profile, front: str = "ltr") -> Document:
    """The widget alone, where other blocks stand below it."""
    document = draw(body, profile, front=FRONTS[front], allow_open=True)
    return replace(
        document, fragments=tuple(fragment for fragment in document.fragments if fragment.widget)
    )


@pytest.fixture(params=SAMPLES, ids=[name for name, _ in SAMPLES])
def body(request: pytest.FixtureRequest) -> str:
    return request.param[1]


@pytest.fixture(params=FORMS, ids=[f"{profile.name}-{front}" for profile, front in FORMS])
def html(request: pytest.FixtureRequest, body: str) -> str:
    return drawn(body, *request.param).html


@pytest.mark.parametrize("rule", rules.EVERYWHERE, ids=lambda rule: rule.__name__)
def test_everywhere(html: str, rule: rules.Rule) -> None:
    assert list(rule(html)) == []


@pytest.mark.parametrize("front", FRONTS)
def test_wordpress_keeps_the_strict_form_byte_for_byte(body: str, front: str) -> None:
    assert list(rules.wordpress_keeps_it(drawn(body, STRICT, front).html)) == []


def test_directions_are_logical_or_chosen(body: str) -> None:
    left, right = (drawn(body, STRICT, front).html for front in FRONTS)
    assert list(rules.sides_follow_the_writing(left, right)) == []


def test_ids_are_unique_and_every_reference_is_met(body: str) -> None:
    assert list(rules.ids_are_met(draw(body + "\n" + body, allow_open=True).html)) == []


def test_what_is_decoration_is_styles_alone(body: str) -> None:
    documents = {profile: drawn(body, profile) for profile in PROFILES.values()}
    forms = {
        profile.name: document.html
        for profile, document in documents.items()
        if profile.anchors or document.fragments
    }
    assert list(rules.profiles_agree(forms)) == []


def test_no_words_are_glued_when_tags_are_stripped(body: str) -> None:
    assert list(rules.no_words_are_glued(drawn(body, FEED).html)) == []


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_the_sheet_is_for_those_who_keep_one(body: str, profile: Profile) -> None:
    document = drawn(body, profile)
    assert bool(document.sheet) == profile.style_sheet
    assert list(rules.sheet_is_safe(document, wanted=profile.style_sheet)) == []


@pytest.mark.parametrize("name", NAMES)
def test_class_names_in_the_style_sheets_too(name: str) -> None:
    css = (builtin_folder() / name / "style.css").read_text(encoding="utf-8")
    assert [found for found in re.findall(r"\.bk-([\w-]+)", css) if is_cut(found)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_byte_budget(name: str) -> None:
    html = drawn(Registry([builtin_folder()])[name].example, STRICT).html
    assert len(html.encode()) <= known(name).BUDGET
