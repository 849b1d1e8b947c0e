"""A template that would fill the memory, or never end, is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.render.widgets.templates import environment
from tests.cases import for_each
from tests.render.drawing import own_widget

DOUBLE = "{% set ns = namespace(x=X) %}{% for _ in range(60) %}{% set ns.x = Y %}{% endfor %}"
BOMBS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(9999) %}abc{% endfor %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{% set x = 'x' * 99999 %}{% for a in range(99999) %}{{ x }}{% endfor %}",
    DOUBLE.replace("X", "'ab'").replace("Y", "ns.x ~ ns.x"),
    DOUBLE.replace("X", "'ab'").replace("Y", "ns.x + ns.x"),
    DOUBLE.replace("X", "'ab'").replace("Y", "[ns.x, ns.x] | join(ns.x)"),
    DOUBLE.replace("X", "'ab'").replace("Y", "ns.x.join([ns.x, ns.x])"),
    DOUBLE.replace("X", "'ab'").replace("Y", "ns.x.replace('a', ns.x)"),
    DOUBLE.replace("X", "'ab'").replace("Y", "ns.x | replace('a', ns.x)"),
    DOUBLE.replace("X", "[1]").replace("Y", "ns.x + ns.x"),
    DOUBLE.replace("X", "[1]").replace("Y", "[ns.x, ns.x]") + "{{ ns.x }}",
    DOUBLE.replace("X", "[1]").replace("Y", "[ns.x, ns.x]") + "{{ ns.x | string | length }}",
    "{{ 'x' | center(10 ** 9) }}",
    "{{ 'x'.zfill(10 ** 9) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%*d' | format(10 ** 9, 1) }}",
    "{{ [1] | batch(10 ** 9, 0) | list }}",
    "{{ [1] | slice(10 ** 9) | list }}",
    "{{ 'a\\nb' | indent(10 ** 9) }}",
    "{{ lipsum(n=10 ** 6) }}",
    "{{ tags | map('center', 10 ** 9) | list }}",
]


def render(template: str) -> str:
    sandbox = environment([], sandboxed=True)
    return sandbox.from_string(template).render(tags=["b", "a"], title="T")


@pytest.mark.slow
@for_each("template", BOMBS)
def test_it_is_refused(template: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        render(template)


@for_each(
    ("template", "expected"),
    [
        ("{% for tag in tags %}{{ loop.index }}{{ tag }}{% endfor %}", "1b2a"),
        ("{% for tag in [] %}x{% else %}none{% endfor %}", "none"),
        ("{% for tag in tags recursive %}{{ tag }}{% endfor %}", "ba"),
        ("{{ tags | sort | join(', ') }} {{ tags | map('upper') | join }}", "a, b BA"),
        ("{{ [{'n': 1}, {'n': 2}] | join('-', attribute='n') }}", "1-2"),
        (
            "{{ 'a<b' | replace('<', '&') }} {{ '%05d' % 7 }} {{ '%s!' | format(title) }}",
            "a&amp;b 00007 T!",
        ),
        ("{{ title ~ '<' ~ 1 }} {{ 2 + 3 * 4 % 5 }} {{ 'x' * 3 }}", "T&lt;1 4 xxx"),
        ("{% macro item(x) %}<b>{{ x }}</b>{% endmacro %}{{ item('<') }}", "<b>&lt;</b>"),
        (
            "{{ 'a' | center(5) }}|{{ 'x'.zfill(3) }}|{{ tags }}",
            "  a  |00x|[&#39;b&#39;, &#39;a&#39;]",
        ),
        ("{% for n in range(50000) %}{% endfor %}{{ 1400000000 }}", "1400000000"),
    ],
)
def test_others_render_as_before(template: str, expected: str) -> None:
    assert render(template) == expected


def test_the_template_of_a_widget_is_bounded(tmp_path: Path) -> None:
    own_widget(tmp_path, "box", template=f"<p>{BOMBS[3]}</p>", widget="")
    (tmp_path / "box/widget.py").unlink()
    fields = "purpose: x\nfields:\n  - {name: title, type: inline, description: x}\n"
    (tmp_path / "box/fields.yaml").write_text(fields, encoding="utf-8")
    registry = Registry([tmp_path, builtin_folder()], allowed=lambda _folder: True)
    with pytest.raises(SecurityError, match="20,000,000 characters"):
        registry["box"].template.render(title="T")
