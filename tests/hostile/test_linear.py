"""No post takes time that grows with the square of its length: it is checked, or refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Literal

import pytest

import blogkit
from blogkit.edits import insert_widget, parse_anchor, replace_text
from blogkit.edits.matches import PlaceError
from blogkit.errors import BlogkitError, ContentError
from blogkit.importers.html.convert import convert
from blogkit.lint.active_content import find_active
from blogkit.posts.excess import MOST_CALLS, excess
from blogkit.regions import RegionMeta, find_regions
from blogkit.sanitizers.compare import losses
from tests.cases import for_each
from tests.growth import assert_linear, assert_takes
from tests.hostile.posts import AT_FULL_LENGTH, HEADS, NESTED, REPEATED, WRAPPED, counted
from tests.sampling import is_whole

pytestmark = pytest.mark.slow

SIZE = 40_000 if is_whole() else 20_000
"""Work that grows with the square shows at half the size, too; CI takes no chances."""
MEGABYTE = 1_000_000
PROMISED = 3.0
"""Seconds for a megabyte; see docs/safety.md."""

Make = Callable[[int], str]


def repeated(unit: str) -> Make:
    return lambda size: unit * max(size // len(unit.encode()), 1)


def nested(ends: tuple[str, str]) -> Make:
    def make(size: int) -> str:
        times = size // len("".join(ends))
        return ends[0] * times + "x" + ends[1] * times

    return make


def wrapped(parts: tuple[str, str, str]) -> Make:
    return lambda size: parts[0] + repeated(parts[1])(size) + parts[2]


BODIES: dict[str, Make] = {
    **{repr(unit): repeated(unit) for unit in REPEATED},
    **{repr(ends): nested(ends) for ends in NESTED},
    **{repr(parts): wrapped(parts) for parts in WRAPPED},
    **{name: (lambda size, name=name: counted(size)[name]) for name in counted(100)},
}
FILES: dict[str, Make] = {
    **{repr(parts): wrapped(parts) for parts in HEADS},
    **{
        name: (lambda size, make=make: f"---\ntitle: A post\n---\n{make(size)}")
        for name, make in BODIES.items()
    },
}
MARKUP = {
    name: make for name, make in BODIES.items() if "<" in name or "\\u" in name or "Ã" in name
}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("blog")
    (root / "blogkit.toml").write_text(
        '[blog]\ntimezone = "UTC"\ndefault_site = "a"\n[sites.a]\nplatform = "folder"\n'
        'folder = "site"\n',
        encoding="utf-8",
    )
    checked(root, "---\ntitle: A\n---\ncafÃ© <b>x</b>\n\n```{callout}\nx\n```\n", "md")
    return root


def checked(root: Path, text: str, ending: str) -> list[blogkit.errors.Problem]:
    shutil.rmtree(root / "posts", ignore_errors=True)
    (root / "posts").mkdir()
    (root / f"posts/a.{ending}").write_bytes(text.encode("utf-8", "surrogatepass"))
    return blogkit.open(root, environ={}).check()


@for_each("name", FILES, local=30)
def test_markdown_is_checked_in_linear_time(blog: Path, name: str) -> None:
    assert_linear(lambda text: checked(blog, text, "md"), FILES[name], SIZE)


@for_each("name", MARKUP, local=9)
def test_html_is_checked_in_linear_time(blog: Path, name: str) -> None:
    make = FILES[name]
    assert_linear(lambda text: checked(blog, text, "html"), make, SIZE)


def insert(form: str) -> Callable[[str], object]:
    def work(body: str) -> None:
        marks = (RegionMeta(f"m{number}", "callout") for number in count())
        for place in ("end", "before:h2:Conclusion", "after:text:needle", "start"):
            try:
                whole = f"{body}<h2>Conclusion</h2><p>needle</p>"
                insert_widget(whole, "<p>x</p>", parse_anchor(place), next(marks), form=form)  # type: ignore[arg-type]
            except (PlaceError, BlogkitError):
                continue

    return work


def replace(body: str) -> None:
    text = f"{body} <a href='YOUR_X_HERE'>YOUR_X_HERE</a>"
    with suppress(BlogkitError):
        replace_text(text, "YOUR_X_HERE", "https://a.example/")


STAGES: dict[str, Callable[[str], object]] = {
    "import": lambda body: excess(body, "html", line=1, path="") or convert(body, name="x"),
    "regions": lambda body: find_regions(body.replace("callout", "blogkit")),
    "comparison": lambda body: losses(body, f"{body[: len(body) // 2]}<p>x</p>"),
    "active content": find_active,
    "replace": replace,
}


@pytest.mark.parametrize("stage", STAGES)
@for_each("name", MARKUP, local=9)
def test_pages_and_live_posts_are_read_in_linear_time(stage: str, name: str) -> None:
    STAGES[stage]("<p>a</p><!-- x -->")
    assert_linear(STAGES[stage], MARKUP[name], SIZE)


FORMS = ("blogger", "blocks", "classic", "plain")


FORMED = [(form, name) for name in MARKUP for form in FORMS]


@for_each(("form", "name"), FORMED, local=22)  # every 15th: each form
def test_widgets_are_inserted_in_linear_time(form: str, name: str) -> None:
    assert_linear(insert(form), MARKUP[name], SIZE)


def longest(make: Make, ending: Literal["md", "html"]) -> str:
    """Return the longest body, up to a megabyte, that is not refused for its density."""
    size = MEGABYTE
    while excess(make(size), ending, line=1, path=""):
        size = size * 9 // 10
    return make(size)


@pytest.mark.parametrize("ending", ["md", "html"])
@for_each("unit", AT_FULL_LENGTH, local=3)
def test_a_megabyte_is_checked_in_three_seconds_or_refused(
    blog: Path, unit: str, ending: Literal["md", "html"]
) -> None:
    whole, most = repeated(unit)(MEGABYTE), longest(repeated(unit), ending)
    for body in {whole, most}:
        assert_takes(
            PROMISED,
            lambda number, body=body: checked(
                blog, f"---\ntitle: A post {number}\n---\n{body}", ending
            ),
        )


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("- a\n" * 80_000, 75_004, "the limit of 75,000"),
        ("x\n\n" + "> " * 200 + "a\n", 6, "nested more than 100"),
        ("x\n" + "1. " * 200 + "a\n", 5, "nested more than 100"),
        ("x\n" + counted(40_000)["a wide table"], 6, "columns"),
        ("x\n\n" + "```{callout}\n" + "word " * 60_000 + "\n```\n", 6, "250 KB"),
        ("## a b\n\n" * 3_000 + "```{toc}\n```\n\n" * 60, 6_000, "5 MB"),
    ],
)  # fmt: skip
def test_too_much_is_refused_with_line_and_reason(
    blog: Path, body: str, line: int, words: str
) -> None:
    found = [
        one for one in checked(blog, f"---\ntitle: A\n---\n{body}", "md") if one.severity == "error"
    ]
    assert {one.code for one in found} == {"too-complex"}
    assert words in found[0].message
    assert found[0].line >= line if words == "5 MB" else found[0].line == line
    assert found[0].hint


@for_each("head", ["title: A", "title: A\npost_id: 1"])
def test_too_many_calls_in_html_are_refused_before_they_are_rendered(blog: Path, head: str) -> None:
    call = "<!-- {callout} T\nx -->\n"
    body = "<!-- {{ x }} -->\n" + call * MOST_CALLS
    assert excess(body, "html", line=1, path="") is None
    (found,) = checked(blog, f"---\n{head}\n---\n{body}{call}", "html")
    assert (found.code, found.severity) == ("too-complex", "error")
    assert found.line == head.count("\n") + 5 + 2 * MOST_CALLS
    assert "7,501 widgets" in found.message


def test_a_page_with_too_many_tags_is_not_imported(blog: Path) -> None:
    with pytest.raises(ContentError, match=r"75,00[0-9] tags"):
        blogkit.open(blog, environ={}).import_(
            "<!doctype html><body>" + "<b>" * 75_000, dry_run=True
        )


def test_what_posts_have_is_no_excess(blog: Path) -> None:
    rows = "| name | value | note |\n|---|---|---|\n" + "| a | 1 | x |\n" * 5_000
    text = "# h\n\n" + "A sentence with *emphasis* and a [link](https://example.com).\n\n" * 2_000
    quote = "> > > a\n\n" + "- a\n  - b\n    - c\n"
    assert excess(rows + "\n" + text + quote + "> " * 90 + "a\n", "md", line=1, path="") is None
