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
from blogkit.render.widgets.registry import builtin_folder
from blogkit.sanitizers.profiles import BLOGGER, FEED, PROFILES, STRICT, Profile
from blogkit.widget_tools import rules
from tests.cases import for_each
from tests.render.drawing import OURS, draw
from tests.widgets.samples import NAMES, SAMPLES, SIX, known

pytestmark = pytest.mark.xdist_group("drawn")
"""One worker draws what all rules look at."""

FRONTS = {"ltr": {"language": "en"}, "rtl": {"language": "ar"}}
FORMS = [*((profile, "ltr") for profile in PROFILES.values()), (STRICT, "rtl")]


@cache
def drawn(body: str, profile: Profile, front: str = "ltr") -> Document:
    """The widget alone, where other blocks stand below it."""
    document = draw(body, profile, front=FRONTS[front], allow_open=True)
    return replace(
        document, fragments=tuple(fragment for fragment in document.fragments if fragment.widget)
    )


EVERY_BODY = for_each(
    "body", [body for _, body in SAMPLES], ids=[name for name, _ in SAMPLES], quick=20, local=47
)
EVERY_PROFILE = for_each("profile", PROFILES.values(), ids=PROFILES)


@pytest.mark.parametrize("rule", rules.EVERYWHERE, ids=lambda rule: rule.__name__)
@EVERY_BODY
@for_each("form", FORMS, ids=[f"{profile.name}-{front}" for profile, front in FORMS])
def test_everywhere(rule: rules.Rule, body: str, form: tuple[Profile, str]) -> None:
    assert list(rule(drawn(body, *form).html)) == []


@EVERY_BODY
@for_each("front", FRONTS)
def test_wordpress_keeps_the_strict_form_byte_for_byte(body: str, front: str) -> None:
    assert list(rules.wordpress_keeps_it(drawn(body, STRICT, front).html)) == []


@EVERY_BODY
def test_directions_are_logical_or_chosen(body: str) -> None:
    left, right = (drawn(body, STRICT, front).html for front in FRONTS)
    assert list(rules.sides_follow_the_writing(left, right)) == []


@EVERY_BODY
def test_ids_are_unique_and_every_reference_is_met(body: str) -> None:
    assert list(rules.ids_are_met(draw(body + "\n" + body, allow_open=True).html)) == []


@EVERY_BODY
def test_what_is_decoration_is_styles_alone(body: str) -> None:
    documents = {profile: drawn(body, profile) for profile in PROFILES.values()}
    forms = {
        profile.name: document.html
        for profile, document in documents.items()
        if profile.anchors or document.fragments
    }
    assert list(rules.profiles_agree(forms)) == []


@EVERY_BODY
def test_no_words_are_glued_when_tags_are_stripped(body: str) -> None:
    assert list(rules.no_words_are_glued(drawn(body, FEED).html)) == []


@EVERY_BODY
@EVERY_PROFILE
def test_the_sheet_is_for_those_who_keep_one(body: str, profile: Profile) -> None:
    document = drawn(body, profile)
    assert bool(document.sheet) == profile.style_sheet
    assert list(rules.sheet_is_safe(document, wanted=profile.style_sheet)) == []


@for_each("name", NAMES)
def test_class_names_in_the_style_sheets_too(name: str) -> None:
    css = (builtin_folder() / name / "style.css").read_text(encoding="utf-8")
    assert [found for found in re.findall(r"\.bk-([\w-]+)", css) if is_cut(found)] == []


@pytest.mark.slow
@for_each("name", NAMES, local=3)
@for_each("preset", SIX)
def test_every_preset_keeps_the_rules(name: str, preset: str) -> None:
    def html(profile: Profile, front: str = "ltr") -> str:
        document = draw(OURS[name].example, profile, front=FRONTS[front], theme=SIX[preset])
        return "".join(part.html for part in document.fragments if part.widget)

    left, right, feed, blogger = html(STRICT), html(STRICT, "rtl"), html(FEED), html(BLOGGER)
    authors = [*rules.EVERYWHERE, rules.wordpress_keeps_it]
    assert rules.broken(authors, left) + rules.broken(authors, right) == []
    assert rules.broken([*rules.EVERYWHERE, rules.no_words_are_glued], feed) == []
    assert rules.broken(rules.EVERYWHERE, blogger) == []
    assert list(rules.sides_follow_the_writing(left, right)) == []
    forms = {"author": left, "blogger": blogger} | ({"feed": feed} if feed else {})
    assert list(rules.profiles_agree(forms)) == []


@for_each("name", NAMES)
def test_the_byte_budget_in_every_preset(name: str) -> None:
    weights = {
        preset: sum(
            len(fragment.html.encode())
            for fragment in draw(OURS[name].example, theme=theme).fragments
            if fragment.widget
        )
        for preset, theme in SIX.items()
    }
    most = known(name).BUDGET
    assert {preset: weight for preset, weight in weights.items() if weight > most} == {}
