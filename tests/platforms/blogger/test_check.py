from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from blogkit.platforms.base import Capabilities, Draft, State, Target
from blogkit.platforms.blogger.check import blogger_problems, labels_of
from blogkit.render.document import Asset
from tests.cases import for_each

CAN = Capabilities(max_labels=20, max_labels_chars=200)
BY_TITLE = Capabilities(slug="by-title", max_labels=20, max_labels_chars=200)
SCHEDULED = Target(State.SCHEDULED, datetime(2027, 1, 1, tzinfo=UTC))


def found(
    can: Capabilities = CAN, target: Target | None = None, **fields: object
) -> list[tuple[str, str]]:
    written = {"key": "talks", "kind": "post", "title": "Talks", "body": "<p>a</p>", **fields}
    listed = list(blogger_problems(Draft(**written), target, can))  # type: ignore[arg-type]
    assert all(problem.message for problem in listed)
    assert all(problem.hint for problem in listed if problem.severity == "error")
    return [(problem.code, problem.severity) for problem in listed]


def test_labels_categories_and_tags_are_one_list() -> None:
    draft = Draft(
        "k", "post", "T", "b", labels=(" A ", "B", ""), categories=("B", "C"), tags=("a",)
    )
    assert labels_of(draft) == ("A", "B", "C", "a")


@for_each(
    ("labels", "expected"),
    [
        ((), []),
        (tuple(f"l{n}" for n in range(20)), []),
        (tuple(f"l{n}" for n in range(21)), [("labels", "error")]),
        (("x" * 200,), []),
        (("x" * 201,), [("labels", "error")]),
        (("x" * 100, "y" * 100), []),
        (("x" * 100, "y" * 101), [("labels", "error")]),
        (tuple(f"label {n:04}" for n in range(20)), []),
        (("Polity, India", "a,b"), [("labels", "error"), ("labels", "error")]),
        (("same",) * 30, []),
    ],
)
def test_labels_are_counted_as_blogger_counts_them(
    labels: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert found(labels=labels) == expected


def test_the_limit_holds_for_all_three_kinds_together() -> None:
    assert found(labels=("x" * 100,), categories=("y" * 100,), tags=("z",)) == [("labels", "error")]


def test_a_local_image_is_refused_at_its_line_with_what_to_do_instead() -> None:
    asset = Asset(Path("/w/images/map.png"), "images/map.png", "0" * 64, "", 17)
    (problem,) = blogger_problems(Draft("k", "post", "T", "b", assets=(asset,)), None, CAN)
    assert (problem.line, problem.severity) == (17, "error")
    assert "images/map.png" in problem.message
    assert "https://" in problem.hint


@for_each(
    ("fields", "expected"),
    [
        ({"title": " "}, [("title", "error")]),
        ({"title": "x" * 201}, [("title", "warning")]),
        ({"body": "x" * 900 * 1024}, [("large", "warning")]),
        ({"body": "x" * 900 * 1024 + "x"}, [("too-large", "error")]),
        ({"body": "अ" * 310 * 1024}, [("too-large", "error")]),
        ({"excerpt": "e"}, [("excerpt", "warning")]),
        ({"featured_url": "https://example.com/a.png"}, [("featured", "warning")]),
        ({"slug": "talks"}, [("slug", "warning")]),
        ({"kind": "page", "labels": ("a",)}, [("page-labels", "warning")]),
    ],
)
def test_what_would_be_lost_is_said(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert found(**fields) == expected  # type: ignore[arg-type]


@for_each(
    ("slug", "expected"),
    [
        ("miami-talks-2026", []),
        ("x" * 40, []),
        ("x" * 41, [("slug", "error")]),
        ("Miami", [("slug", "error")]),
        ("miami_talks", [("slug", "error")]),
        ("वार्ता", [("slug", "error")]),
        ("-a", [("slug", "error")]),
        ("the-talks", []),
        ("end-of-the-talks", [("slug", "warning")]),
    ],
)
def test_slugs_that_blogger_cannot_make_are_refused(
    slug: str, expected: list[tuple[str, str]]
) -> None:
    assert found(BY_TITLE, slug=slug) == expected


def test_schedules() -> None:
    assert found(target=SCHEDULED) == []
    assert found(target=SCHEDULED, kind="page") == [("page-schedule", "error")]
    assert found(BY_TITLE, target=SCHEDULED, slug="talks") == []
