"""Every check is documented, with an example that it really objects to; and what it objects to
is really a post.
"""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from blogkit.errors import ConfigError
from blogkit.lint import runner, widget_rules
from blogkit.lint.registry import CHECKS, switched_off
from blogkit.posts.loader import load_post
from blogkit.render import renderer
from blogkit.sanitizers.profiles import STRICT
from tests.cases import for_each
from tests.lint.reader import reading
from tests.render.drawing import OURS

PAGE = (Path(__file__).resolve().parents[2] / "docs/checks.md").read_text(encoding="utf-8")
PARTS = dict(re.findall(r"^## ([a-z-]+)\n(.*?)(?=^## [a-z-]+$|\Z)", PAGE, re.DOTALL | re.MULTILINE))


def test_every_check_is_documented_in_order() -> None:
    assert list(PARTS) == list(CHECKS)


def test_every_check_is_done() -> None:
    assert {*runner.RULES, *widget_rules.WIDGET_RULES, "excerpt-polluted", "active-content"} == set(
        CHECKS
    )


@for_each("code", CHECKS)
def test_the_example_is_objected_to(code: str) -> None:
    (example,) = [
        body
        for _, body in re.findall(
            r"^(`{3,})markdown\n(.*?)^\1$", PARTS[code], re.DOTALL | re.MULTILINE
        )
    ]
    page = reading(example)
    document = renderer.render_post(
        page.post, registry=OURS, profile=STRICT, root=Path("/workspace")
    )
    problems = [*runner.run_rules(page), *widget_rules.run_widget_rules(page, document)]
    assert code in {problem.code for problem in problems}
    assert {problem.severity for problem in problems if problem.code == code} == {
        CHECKS[code].severity
    }
    off = frozenset({code})
    assert code not in {
        problem.code
        for problem in [
            *runner.run_rules(page, off),
            *widget_rules.run_widget_rules(page, document, off),
        ]
    }


def test_errors_are_what_publish_refuses() -> None:
    assert [code for code, check in CHECKS.items() if check.severity == "error"] == [
        "placeholder",
        "mojibake",
        "active-content",
        "whole-page",
        "near-widget",
        "near-placeholder",
        "generator-tag",
    ]
    page = reading("[x](https://example.com/YOUR_PAGE_HERE) cafÃ© [click here](/a)\n")
    assert [problem.code for problem in runner.refusals(page)] == [
        "mojibake",
        "placeholder",
    ] or len(runner.refusals(page)) == 2
    assert runner.refusals(page, frozenset({"placeholder", "mojibake"})) == []
    assert runner.refusals(reading("[click here](/a)\n")) == []


def test_a_code_that_does_not_exist_is_refused() -> None:
    assert switched_off(["mojibake"]) == {"mojibake"}
    with pytest.raises(ConfigError) as caught:
        switched_off(["all-cap-title"])
    assert caught.value.hint == 'did you mean "all-caps-title"?'


SAMPLES = sorted(
    (Path(__file__).resolve().parents[2] / "blogkit/project/files/sample/posts").glob("*.md")
)


@for_each("path", SAMPLES, ids=lambda path: path.stem)
def test_our_samples_are_clean(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("{{ next week }}", "2026-12-01")
    page = reading(text, name=f"posts/{path.name}")
    post = load_post(path, root=path.parent.parent, zone=ZoneInfo("UTC"), text=text.encode())
    document = renderer.render_post(
        post,
        registry=OURS,
        profile=STRICT,
        root=path.parent.parent,
        quiz_url="https://a.example/q",
    )
    assert [*runner.run_rules(page), *widget_rules.run_widget_rules(page, document)] == []
