"""Templates with their constant `style()` calls taken out write what they wrote with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from blogkit.errors import ContentError
from blogkit.render.looks.theme import Theme
from blogkit.render.widgets.compiled import compiled
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.render.widgets.templates import environment
from blogkit.sanitizers.profiles import BLOGGER, FEED, STRICT
from tests.cases import for_each
from tests.render.drawing import call, draw_html, own_widget

KNOWN = ("box", "title", "small")


def style(*parts: str) -> Markup:
    return Markup('class="{}"').format(",".join(parts))


def styled(part: str) -> bool:
    return part == "title"


def mark(name: str) -> str:
    return f"<{name}>"


def both(folder: Path, source: str, **values: object) -> tuple[str, str, int]:
    """What the compiled and the plain template write, and how many constants the compiled one
    has.
    """
    path = folder / "template.html"
    path.write_text(source, encoding="utf-8")
    made = compiled(environment([folder]), "template.html", path, KNOWN)
    ask: dict[str, Callable[..., object]] = {"style": style, "styled": styled, "mark": mark}
    constants = {name: ask[call.name](*call.parts) for name, call in made.constants.items()}
    plain = environment([folder]).get_template("template.html").render(values, **ask)
    return made.template.render(values, **ask, **constants), plain, len(constants)


@for_each(
    ("source", "constants"),
    [
        ('<p {{ style("title") }}>{{ style() }}{{ style("title") }}</p>', 2),
        ('{{ style("title", "small") }}{{ style("title,small") }}', 1),
        ('{{ style("title") if on else style("small") }}{{ style("title") | upper }}', 2),
        (
            (
                '{% for n in "ab" %}{% if loop.first %}{{ style("title") }}{% endif %}{{'
                " style(*parts) }}{{ style(part) }}{% endfor %}"
            ),
            1,
        ),
        ('{{ style("title") if not on else "<" }}{{ style(part) if on else part }}', 1),
        ('{{ style(part) if on else style("title") }}{{ "<" ~ style("title") }}', 1),
        ('{% macro m(x) %}{{ x }}{{ style("title") }}{% endmacro %}{{ m(style("small")) }}', 2),
        ('{% set a = style("title") %}{{ a }}{% block b %}{{ style("small") }}{% endblock %}', 2),
        ('{% set style = other %}{{ style("title") }}', 0),
        ('{% for style in [other] %}{{ style("title") }}{% endfor %}', 0),
        ('{% macro style(x) %}<{{ x }}>{% endmacro %}{{ style("title") }}', 0),
        ('{% macro m(style) %}{{ style("title") }}{% endmacro %}{{ m(other) }}', 0),
        ('{% if styled("title") %}{{ mark("a sign") }}{% endif %}{{ styled("small") }}', 3),
        ('{% if styled(part) %}{{ mark(part) }}{% endif %}{{ mark("box") }}', 1),
        ('{% set mark = other %}{{ mark("box") }}{{ style("title") }}', 1),
        ('{% if not on %}{{ style("unknown") }}{% endif %}{{ style.__name__ }}', 0),
    ],
)
def test_the_same_is_written(tmp_path: Path, source: str, constants: int) -> None:
    new, plain, count = both(
        tmp_path, source, on=True, parts=["small"], part="box", other=lambda *parts: f"other{parts}"
    )
    assert (new, count) == (plain, constants)


def test_a_part_without_a_rule_fails_where_it_is_reached(tmp_path: Path) -> None:
    template = '<div {{ style() }}>\n<p {{ style("gone") }}>{{ title }}</p>\n{{ body }}\n</div>\n'
    with pytest.raises(ContentError) as caught:
        draw_html(call("box", "x", "A title"), registry=own_widget(tmp_path, template=template))
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (2, "bad-template")
    assert ".bk-gone" in problem.message


def test_an_error_after_a_constant_keeps_its_line(tmp_path: Path) -> None:
    template = "<div {{ style() }}>\n\n{{ nothing }}\n{{ title }}{{ body }}</div>\n"
    with pytest.raises(ContentError) as caught:
        draw_html(call("box", "x", "A title"), registry=own_widget(tmp_path, template=template))
    assert caught.value.problems[0].line == 3


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each template that Jinja compiles."""
    names: list[str] = []
    compile_ = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda self, *given, **more: names.append(given[1]) or compile_(self, *given, **more),
    )
    return names


def test_a_template_is_compiled_once_for_all_looks(tmp_path: Path, counted: list[str]) -> None:
    looks = [
        (STRICT, Theme(), False),
        (STRICT, Theme(), True),
        (BLOGGER, Theme(), False),
        (FEED, Theme(accent="#2563eb"), False),
    ]
    for registry in (own_widget(tmp_path), own_widget(tmp_path)):
        pages = [registry.look(registry["box"], *look) for look in (*looks, *looks)]
        assert len({id(page) for page in pages}) == len(looks)
    assert counted == ["box/template.html"]


def test_a_changed_template_or_style_is_compiled_again(tmp_path: Path, counted: list[str]) -> None:
    template = "<p {{ style('more') }}>%s</p>"
    both = ".bk-box { margin: 0 }\n.bk-more { margin: 0 }\n"

    def html(**files: str) -> str:
        return draw_html(call("box", "x"), registry=own_widget(tmp_path, **files))

    assert "one" in html(template=template % "one", style=both)
    assert "two" in html(template=template % "two", style=both)
    with pytest.raises(ContentError, match="bk-more"):
        html(template=template % "two")
    assert counted == ["box/template.html"] * 3


def test_looks_differ_where_profiles_themes_and_directions_do() -> None:
    registry = Registry([builtin_folder()])
    kind = registry["meta-box"]
    looks = [
        registry.look(kind, profile, theme, right_to_left)
        for profile in (STRICT, FEED)
        for theme in (Theme(), Theme(own_parts=(("meta-box", "list", "margin:9px"),)))
        for right_to_left in (False, True)
    ]
    assert (
        len({str(sorted(look.constants.items())) for look in looks}) == 6
    )  # a feed keeps no styles, so its themes look alike
