from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.wordpress.check import wordpress_problems
from blogkit.render.document import Asset
from tests.cases import for_each

GOOD = Draft(
    "k", "post", "Talks open", "x", labels=("GS-II", "R&D", "अर्थव्यवस्था"), slug="talks-open"
)
DRAWING = Asset(Path("/x/a.svg"), "images/a.svg", "0" * 64, "", 5)


def found(draft: Draft, target: Target | None = None) -> list[tuple[str, int, str]]:
    return [
        (problem.code, problem.line, problem.severity)
        for problem in wordpress_problems(draft, target, "https://school.example/")
    ]


def test_a_good_draft_has_no_problems() -> None:
    assert found(GOOD, Target(State.LIVE)) == []
    assert found(replace(GOOD, featured_url="https://school.example/u/a.png")) == []


@for_each(
    ("draft", "problem"),
    [
        (replace(GOOD, title=" "), ("no-title", 0, "error")),
        (replace(GOOD, slug="Talks Open"), ("slug", 0, "error")),
        (replace(GOOD, slug="स" * 23), ("slug", 0, "error")),
        (replace(GOOD, tags=("List<T>",)), ("label", 0, "error")),
        (replace(GOOD, categories=("",)), ("label", 0, "error")),
        (replace(GOOD, labels=("x" * 201,)), ("label", 0, "error")),
        (replace(GOOD, kind="page"), ("page-labels", 0, "warning")),
        (replace(GOOD, assets=(DRAWING,)), ("image-type", 5, "warning")),
        (replace(GOOD, featured=DRAWING), ("image-type", 5, "warning")),
        (
            replace(GOOD, featured_url="https://elsewhere.example/a.png"),
            ("featured-url", 0, "error"),
        ),
    ],
)
def test_what_wordpress_would_refuse_or_lose_is_known_before(
    draft: Draft, problem: tuple[str, int, str]
) -> None:
    assert found(draft) == [problem]


def test_a_schedule_needs_a_time() -> None:
    assert found(GOOD, Target(State.SCHEDULED)) == [("no-time", 0, "error")]


def test_every_error_says_what_to_do() -> None:
    worst = replace(
        GOOD,
        title="",
        slug="A B",
        tags=("<",),
        assets=(DRAWING,),
        featured_url="https://elsewhere.example/a.png",
    )
    assert all(
        problem.hint
        for problem in wordpress_problems(worst, Target(State.SCHEDULED), "https://school.example/")
    )
