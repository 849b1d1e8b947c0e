"""Scripts and style sheets in ASCII, for sites that store references instead of characters."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from blogkit.posts.loader import load_post
from blogkit.render.escape_code import escape_code
from blogkit.render.renderer import render_post
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import BLOGGER, STRICT
from tests.cases import for_each
from tests.render.drawing import OURS


@for_each(
    ("html", "written"),
    [
        ("<script>let a = 'हि';</script>", r"<script>let a = '\u0939\u093f';</script>"),
        ("<script>'😀'</script>", r"<script>'\ud83d\ude00'</script>"),
        (r"<script>'\é \\é'</script>", r"<script>'\u00e9 \\\u00e9'</script>"),
        ("<script type=module>é</script>", r"<script type=module>\u00e9</script>"),
        (
            '<script type="application/ld+json">{"a":"é"}</script>',
            r'<script type="application/ld+json">{"a":"\u00e9"}</script>',
        ),
        ("<style>.a:after{content:'→'}</style>", r"<style>.a:after{content:'\2192 '}</style>"),
        ("<script>a</script><p>é</p>", "<script>a</script><p>é</p>"),
        ('<script type="text/template"><p>é</p></script>', None),
        ("<textarea>é</textarea>", None),
        ("<p title='é'>é</p><!-- é -->", None),
        ("<script>let a = 'é'", r"<script>let a = '\u00e9'"),
    ],
)
def test_only_code_is_escaped(html: str, written: str | None) -> None:
    assert escape_code(html) == (html if written is None else written)


@given(st.text(st.characters(codec="utf-8", exclude_characters='<\\"\n\r\0\x0c')))
def test_a_string_means_the_same(text: str) -> None:
    escaped = escape_code(f'<script type="application/json">"{text}"</script>')
    assert escaped.isascii()
    value = re.sub(r"<[^>]*>", "", escaped)
    assert json.loads(value, strict=False) == text


def test_a_hindi_script_goes_to_blogger_as_it_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "posts/a.md"
    path.parent.mkdir()
    text = "---\ntitle: A\n---\n<script>\nalert('नमस्ते');\n</script>\n"
    path.write_text(text, encoding="utf-8")
    post = load_post(path, root=tmp_path, zone=ZoneInfo("UTC"))
    for profile, expected in ((BLOGGER, "\\u0928\\u092e"), (STRICT, "नम")):
        document = render_post(post, registry=OURS, profile=profile, root=tmp_path)
        assert expected in document.html
        if profile is BLOGGER:
            assert not judge(document.html, profile).losses
