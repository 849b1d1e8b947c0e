"""Any words in any field: the output parses, runs nothing, and reads back exactly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import BLOGGER, STRICT, Profile
from blogkit.widget_tools.fuzz_strings import HOSTILE_WORDS as HOSTILE
from blogkit.widget_tools.fuzz_strings import literally
from tests.cases import for_each
from tests.render.drawing import ICONS, call, draw, draw_html, own_widget, refused
from tests.widgets.samples import TEXTS, below, written

WORDS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40),
)
TAGS = re.compile(
    "div|section|nav|figure|figcaption|blockquote|p|h[2-4]|dl|dt|dd|ul|ol|li|table|caption|thead|tbody|tr|th|td|details|summary|"
    "a|br|cite|strong|em|code|del|small|span|sup|time|img"
)


def yaml(value: Any) -> str:
    """JSON, which YAML reads, with the line breaks that only YAML knows written as escapes."""
    return re.sub(
        "[\x85\u2028\u2029\ufeff]",
        lambda m: f"\\u{ord(m[0]):04x}",
        json.dumps(value, ensure_ascii=False),
    )


def put(value: Any, words: str, key: str = "") -> Any:
    """The fields with the words in place; icons are plain text, all others are Markdown."""
    if isinstance(value, dict):
        return {name: put(item, words, name) for name, item in value.items()}
    if isinstance(value, list):
        return [put(item, words) for item in value]
    return (words if key == "icon" else literally(words)) if value == "W" else value


def drawn(name: str, fields: Any, profile: Profile) -> str:
    """A widget with these fields."""
    body = call(name, written(name, yaml(fields))) + below(name)
    return draw(body, profile, theme=ICONS).fragments[0].html


def seen(text: str) -> str:
    """Text as it is laid out: runs of white space are one space, no-break ones too."""
    return re.sub(r"[ \t\n\r\f\xa0]+", " ", text).strip(" ")


def assert_harmless(html: str) -> BeautifulSoup:
    """Return the document, which runs nothing."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        assert TAGS.fullmatch(tag.name)
        assert not [name for name in tag.attrs if name.startswith("on")]
        target = re.sub(r"[\s\x00-\x20]", "", str(tag.get("href", tag.get("src", ""))))
        assert not re.match(r"(?:javascript|vbscript|data):", target, re.IGNORECASE)
    return soup


@pytest.mark.slow
@for_each("name", TEXTS, local=3)
@given(words=WORDS)
@example(words="a")
@example(words="\\0 \\\\server \\\" \\' \\")
def test_words_read_back_exactly(name: str, words: str) -> None:
    if not words.strip():
        return
    for profile in (STRICT, BLOGGER):
        html = drawn(name, put(TEXTS[name], words), profile)
        text = assert_harmless(html).get_text()
        wanted = json.dumps(TEXTS[name]).count('"W"')
        assert seen(text).count(seen(words)) >= wanted
        if profile == STRICT:
            assert judge(html, STRICT).clean


@pytest.mark.slow
@for_each("name", [*TEXTS][::-1], local=3)  # others than above
@given(
    words=st.one_of(
        st.sampled_from(HOSTILE), st.text("[]()<>!*_`~\"'&#:;/\\ \njavscriptonxhl=", max_size=40)
    )
)
@example(words='" onclick="alert(1)" x=\'')
@example(words="[x](javascript:alert(1)) ![y](javascript:alert(1)) <javascript:alert(1)>")
@example(words="[x](<java\tscript:alert(1)>) [y](&#106;avascript:alert(1)) [z](data:text/html,x)")
@example(words="[a](:) [b](http:) [c](javascript) [d](<: >) [e](x:) [f](::x) [g](/a:x) [h](#a:x)")
def test_markdown_of_any_kind_runs_nothing(name: str, words: str) -> None:
    if not words.strip():
        return

    def raw(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: raw(item) for key, item in value.items()}
        return (
            [raw(item) for item in value]
            if isinstance(value, list)
            else words
            if value == "W"
            else value
        )

    html = drawn(name, raw(TEXTS[name]), STRICT)
    assert_harmless(html)
    assert "\n" not in html
    # WordPress cuts a scheme that it does not know off an address, and `check` tells it.
    own_scheme = re.compile(r'the address "\s*[a-zA-Z][\w+.-]*:[^"]')
    assert [one for one in judge(html, STRICT).losses if not own_scheme.match(one.what)] == []


@given(words=WORDS)
def test_the_words_after_the_name_are_no_way_in(words: str) -> None:
    title = seen(re.sub(r"[`{}\x85\u2028\u2029\xa0]", "", words))
    assert_harmless(draw_html(call("timeline", "events: [{label: x, title: y}]", title)))


@given(words=WORDS)
def test_links_hold_addresses_only(words: str) -> None:
    body = call("meta-box", yaml({"items": [{"label": "x", "value": "y", "href": words}]}))
    if refused(body):
        return
    html = draw_html(body)
    assert_harmless(html)
    assert judge(html, STRICT).clean


def test_templates_of_a_workspace_escape_too(tmp_path: Path) -> None:
    registry = own_widget(
        tmp_path, template='<div {{ style() }}><p title="{{ title | plain }}">{{ title }}</p></div>'
    )
    html = draw_html(call("box", "x", '"><script>alert(1)</script>'), registry=registry)
    assert [tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)] == ["div", "p"]
