"""The permalink that Blogger makes of a title."""

from __future__ import annotations

import re
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from blogkit.sandbox.slug import MAX_LENGTH, permalink, slug_from_title
from tests.cases import for_each


@for_each(
    ("title", "made"),
    [
        ("Hello, World!", "hello-world"),
        ("The cost of a thing and the other", "the-cost-of-thing-and-other"),
        ("A the an", "a"),
        ("Don't panic", "dont-panic"),
        ("US–Russia talks", "usrussia-talks"),
        ("Café 3-0001 भारत", "cafe-3-0001"),
        ("ASP.NET and T/T", "aspnet-and-tt"),
        ("nf_conntrack_max: tool(s)", "nfconntrackmax-tools"),
        ("well-known  facts", "well-known-facts"),
        ("भारत", "blog-post"),
        ("", "blog-post"),
        ("<b>Bold</b> &amp; brave", "bold-brave"),
        (
            "one two three four five six seven eight nine ten",
            "one-two-three-four-five-six-seven-eight",
        ),
        ("x" * 60, "x" * (MAX_LENGTH - 1)),
        (f"{'x' * 20} {'y' * 19}", f"{'x' * 20}-{'y' * 19}"),
        (f"{'x' * 20} {'y' * 18} zz", f"{'x' * 20}-{'y' * 18}"),
        (f"{'x' * 20} {'y' * 19} zz", "x" * 20),
    ],
)
def test_known_titles(title: str, made: str) -> None:
    assert slug_from_title(title) == made


@given(st.text(max_size=120))
def test_any_title_makes_a_short_ascii_slug(title: str) -> None:
    made = slug_from_title(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= MAX_LENGTH
    assert slug_from_title(made) == made


@given(st.sets(st.integers(0, 3)))
def test_a_permalink_is_never_one_that_is_taken(numbers: set[int]) -> None:
    made: list[str] = []
    for number in sorted(numbers):
        made.append(
            permalink(
                "post",
                "Same",
                datetime(2026, 2, 3),  # noqa: DTZ001
                f"8046029254386353{number:03d}",
                made.__contains__,
            )
        )
    assert len(set(made)) == len(numbers)
    assert all(re.fullmatch(r"/2026/02/same(_\d{10})?\.html", path) for path in made)
